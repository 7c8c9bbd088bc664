"""What proves: the badge, the QR code, the card, credentials that others verify; and pictures that people give, redrawn.

It knows how, never who.

The image itself is never the proof.
"""

from certif.badges.baking import bake_png, bake_svg
from certif.badges.checking import Signer, is_did, is_signed_with, public_key, signer_of
from certif.badges.credential import (
    MEDIA_TYPE,
    PURPOSES,
    REVOCATION,
    SUSPENSION,
    Achievement,
    Claim,
    Recipient,
    as_text,
    endorsement,
    open_badge,
)
from certif.badges.face import BadgeFace, badge_svg, draw_badge, social_card
from certif.badges.keys import IssuerKey, add_issuer_key, did_document, issuer_did, issuer_keys
from certif.badges.offline_code import OfflineCertificate, offline_code
from certif.badges.proofs import signed
from certif.badges.qr import draw_qr, qr_svg
from certif.badges.redrawing import HEAVIEST_PICTURE, as_svg, redrawn, redrawn_page
from certif.badges.status_list import ENTRIES, status_list
from certif.badges.unbaking import HEAVIEST_CREDENTIAL, credential_in, read_credential

__all__ = [
    "ENTRIES",
    "HEAVIEST_CREDENTIAL",
    "HEAVIEST_PICTURE",
    "MEDIA_TYPE",
    "PURPOSES",
    "REVOCATION",
    "SUSPENSION",
    "Achievement",
    "BadgeFace",
    "Claim",
    "IssuerKey",
    "OfflineCertificate",
    "Recipient",
    "Signer",
    "add_issuer_key",
    "as_svg",
    "as_text",
    "badge_svg",
    "bake_png",
    "bake_svg",
    "credential_in",
    "did_document",
    "draw_badge",
    "draw_qr",
    "endorsement",
    "is_did",
    "is_signed_with",
    "issuer_did",
    "issuer_keys",
    "offline_code",
    "open_badge",
    "public_key",
    "qr_svg",
    "read_credential",
    "redrawn",
    "redrawn_page",
    "signed",
    "signer_of",
    "social_card",
    "status_list",
]
