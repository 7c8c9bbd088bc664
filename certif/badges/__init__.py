"""What proves, as images: the badge, the QR code, the card for social networks. It knows how, never who.

The image itself is never the proof.
"""

from certif.badges.face import BadgeFace, badge_svg, draw_badge, social_card
from certif.badges.qr import draw_qr, qr_svg

__all__ = ["BadgeFace", "badge_svg", "draw_badge", "draw_qr", "qr_svg", "social_card"]
