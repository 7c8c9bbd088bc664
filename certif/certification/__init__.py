"""THE HEART: an employer's path from registration to badge, for one cycle."""

from certif.certification.actions import finish_registration, latest, open_certification, resubmit, send_back, validate
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
from certif.certification.past import PastBadge, enter_certification, remove_past_certification
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
    "Decision",
    "PastBadge",
    "Reinstatement",
    "Resubmission",
    "Revocation",
    "Stage",
    "Suspension",
    "Verification",
    "at",
    "certification_of",
    "certifications_of",
    "certifications_of_employer",
    "choose_language",
    "decline_contract",
    "deliver_contract",
    "enter_certification",
    "file_of",
    "finish_registration",
    "latest",
    "open_certification",
    "remove_past_certification",
    "resubmit",
    "send_back",
    "send_signing_code",
    "sign_contract",
    "stage_column",
    "stage_label",
    "stage_look",
    "validate",
    "verifications_of",
    "visible_to",
]
