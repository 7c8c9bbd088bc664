"""THE HEART: an employer's path from registration to badge, for one cycle."""

from certif.certification.actions import finish_registration, may_decide, open_certification, raise_level, resubmit, send_back, validate
from certif.certification.changes import ContractChange, change_since_last_cycle, contract_change
from certif.certification.credentials import Credential, CredentialKind, did, issuer_document, issuer_keys, list_facts, signed_list
from certif.certification.cycles import granted_after, granted_before, held_since, latest, open_cycle, unbroken
from certif.certification.issuing import is_sure, issue_missing_credentials, rotate_issuer_key
from certif.certification.levels import entry_level_ends, higher_levels
from certif.certification.model import (
    Badge,
    Certification,
    Decision,
    Reinstatement,
    Resubmission,
    Revocation,
    Stage,
    Suspension,
    Verification,
)
from certif.certification.papers import certificate_file_name
from certif.certification.past import PastBadge, enter_certification, past_obstacle, remove_past_certification
from certif.certification.queries import (
    certification_of,
    certifications_of,
    certifications_of_employer,
    file_of,
    places_of,
    readable_file,
    verifications_of,
    visible_to,
)
from certif.certification.signatures import ContractDecline, ContractSignature
from certif.certification.signing import (
    Assent,
    choose_language,
    contract_for,
    decline_contract,
    deliver_contract,
    send_signing_code,
    sign_contract,
)
from certif.certification.space import Word, say_in_space
from certif.certification.stages import at, stage_column
from certif.certification.wording import stage_label, stage_look

__all__ = [
    "Assent",
    "Badge",
    "Certification",
    "ContractChange",
    "ContractDecline",
    "ContractSignature",
    "Credential",
    "CredentialKind",
    "Decision",
    "PastBadge",
    "Reinstatement",
    "Resubmission",
    "Revocation",
    "Stage",
    "Suspension",
    "Verification",
    "Word",
    "at",
    "certificate_file_name",
    "certification_of",
    "certifications_of",
    "certifications_of_employer",
    "change_since_last_cycle",
    "choose_language",
    "contract_change",
    "contract_for",
    "decline_contract",
    "deliver_contract",
    "did",
    "enter_certification",
    "entry_level_ends",
    "file_of",
    "finish_registration",
    "granted_after",
    "granted_before",
    "held_since",
    "higher_levels",
    "is_sure",
    "issue_missing_credentials",
    "issuer_document",
    "issuer_keys",
    "latest",
    "list_facts",
    "may_decide",
    "open_certification",
    "open_cycle",
    "past_obstacle",
    "places_of",
    "raise_level",
    "readable_file",
    "remove_past_certification",
    "resubmit",
    "rotate_issuer_key",
    "say_in_space",
    "send_back",
    "send_signing_code",
    "sign_contract",
    "signed_list",
    "stage_column",
    "stage_label",
    "stage_look",
    "unbroken",
    "validate",
    "verifications_of",
    "visible_to",
]
