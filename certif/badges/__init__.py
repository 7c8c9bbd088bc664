"""What proves: the badge, the QR code, the card, credentials that others verify; and pictures that people give, redrawn.

It knows how, never who.

The image itself is never the proof.
"""

from certif.badges.baking import bake_png, bake_svg
from certif.badges.credential import MEDIA_TYPE, PURPOSES, REVOCATION, Achievement, Claim, Recipient, as_text, endorsement, open_badge
from certif.badges.face import BadgeFace, badge_svg, draw_badge, social_card
from certif.badges.keys import IssuerKey, add_issuer_key, did_document, issuer_did, issuer_keys
from certif.badges.proofs import signed
from certif.badges.qr import draw_qr, qr_svg
from certif.badges.redrawing import HEAVIEST_PICTURE, as_svg, redrawn, redrawn_page
from certif.badges.status_list import ENTRIES, status_list

__all__ = [
    "ENTRIES",
    "HEAVIEST_PICTURE",
    "MEDIA_TYPE",
    "PURPOSES",
    "REVOCATION",
    "Achievement",
    "BadgeFace",
    "Claim",
    "IssuerKey",
    "Recipient",
    "add_issuer_key",
    "as_svg",
    "as_text",
    "badge_svg",
    "bake_png",
    "bake_svg",
    "did_document",
    "draw_badge",
    "draw_qr",
    "endorsement",
    "issuer_did",
    "issuer_keys",
    "open_badge",
    "qr_svg",
    "redrawn",
    "redrawn_page",
    "signed",
    "social_card",
    "status_list",
]
