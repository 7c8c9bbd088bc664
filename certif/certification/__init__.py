"""THE HEART: an employer's path from registration to badge, for one cycle."""

from certif.certification.actions import finish_registration, may_decide, open_certification, raise_level, resubmit, send_back, validate
from certif.certification.automatic import validate_automatically
from certif.certification.changes import ContractChange, change_since_last_cycle, contract_change
from certif.certification.credentials import (
    Credential,
    CredentialKind,
    did,
    issuer_document,
    issuer_keys,
    list_facts,
    originals_at,
    purposes_against,
    signed_list,
)
from certif.certification.cycles import granted_after, granted_before, held_since, latest, open_cycle, unbroken
from certif.certification.issuing import is_sure, issue_missing_credentials, rotate_issuer_key
from certif.certification.levels import entry_level_ends, higher_levels
from certif.certification.milestones import Milestone, MilestoneCompletion, Progress, milestones_of, overdue, waits
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
from certif.certification.paper_signing import PaperPage, contest_signature, record_paper_signature, set_aside_signature
from certif.certification.papers import certificate_file_name
from certif.certification.past import PastBadge, enter_certification, remove_past_certification
from certif.certification.queries import (
    certification_of,
    certifications_of,
    certifications_of_employer,
    file_of,
    places_of,
    programs_for,
    readable_file,
    verifications_of,
    visible_to,
)
from certif.certification.reviews import AutomaticReview, review_of, why_by_hand
from certif.certification.signatures import ContractDecline, ContractSignature, Mandate, PaperSignature, signature_counts
from certif.certification.signing import (
    Assent,
    choose_language,
    contract_for,
    decline_contract,
    deliver_contract,
    send_signing_code,
    sign_contract,
)
from certif.certification.silence import Awaited, awaited_of, silent_between
from certif.certification.space import Word, say_in_space
from certif.certification.stages import at, stage_column
from certif.certification.stamps import ContractStamp, is_stamp_good, stamp_of
from certif.certification.wording import stage_label, stage_look

__all__ = [
    "Assent",
    "AutomaticReview",
    "Awaited",
    "Badge",
    "Certification",
    "ContractChange",
    "ContractDecline",
    "ContractSignature",
    "ContractStamp",
    "Credential",
    "CredentialKind",
    "Decision",
    "Mandate",
    "Milestone",
    "MilestoneCompletion",
    "PaperPage",
    "PaperSignature",
    "PastBadge",
    "Progress",
    "Reinstatement",
    "Resubmission",
    "Revocation",
    "Stage",
    "Suspension",
    "Verification",
    "Word",
    "at",
    "awaited_of",
    "certificate_file_name",
    "certification_of",
    "certifications_of",
    "certifications_of_employer",
    "change_since_last_cycle",
    "choose_language",
    "contest_signature",
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
    "is_stamp_good",
    "is_sure",
    "issue_missing_credentials",
    "issuer_document",
    "issuer_keys",
    "latest",
    "list_facts",
    "may_decide",
    "milestones_of",
    "open_certification",
    "open_cycle",
    "originals_at",
    "overdue",
    "places_of",
    "programs_for",
    "purposes_against",
    "raise_level",
    "readable_file",
    "record_paper_signature",
    "remove_past_certification",
    "resubmit",
    "review_of",
    "rotate_issuer_key",
    "say_in_space",
    "send_back",
    "send_signing_code",
    "set_aside_signature",
    "sign_contract",
    "signature_counts",
    "signed_list",
    "silent_between",
    "stage_column",
    "stage_label",
    "stage_look",
    "stamp_of",
    "unbroken",
    "validate",
    "validate_automatically",
    "verifications_of",
    "visible_to",
    "waits",
    "why_by_hand",
]
