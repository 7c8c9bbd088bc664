"""THE HEART: an employer's path from registration to badge, for one cycle."""

from certif.certification.actions import finish_registration, latest, open_certification, resubmit, send_back, validate
from certif.certification.credentials import Credential, CredentialKind, did, issuer_document, issuer_keys, list_facts, signed_list
from certif.certification.issuing import issue_missing_credentials, rotate_issuer_key
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
from certif.certification.queries import (
    certification_of,
    certifications_of,
    certifications_of_employer,
    file_of,
    verifications_of,
    visible_to,
)
from certif.certification.signatures import ContractDecline, ContractSignature
from certif.certification.signing import Assent, choose_language, decline_contract, deliver_contract, send_signing_code, sign_contract
from certif.certification.stages import at, stage_column
from certif.certification.wording import stage_label, stage_look

__all__ = [
    "Assent",
    "Badge",
    "Certification",
    "ContractDecline",
    "ContractSignature",
    "Credential",
    "CredentialKind",
    "Decision",
    "Reinstatement",
    "Resubmission",
    "Revocation",
    "Stage",
    "Suspension",
    "Verification",
    "at",
    "certificate_file_name",
    "certification_of",
    "certifications_of",
    "certifications_of_employer",
    "choose_language",
    "decline_contract",
    "deliver_contract",
    "did",
    "file_of",
    "finish_registration",
    "issue_missing_credentials",
    "issuer_document",
    "issuer_keys",
    "latest",
    "list_facts",
    "open_certification",
    "resubmit",
    "rotate_issuer_key",
    "send_back",
    "send_signing_code",
    "sign_contract",
    "signed_list",
    "stage_column",
    "stage_label",
    "stage_look",
    "validate",
    "verifications_of",
    "visible_to",
]
