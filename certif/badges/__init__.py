"""What proves, as images: the badge, the QR code, the card for social networks; and pictures that people give, redrawn. It knows how, never
who.

The image itself is never the proof.
"""

from certif.badges.face import BadgeFace, badge_svg, draw_badge, social_card
from certif.badges.qr import draw_qr, qr_svg
from certif.badges.redrawing import HEAVIEST_PICTURE, as_svg, redrawn

__all__ = ["HEAVIEST_PICTURE", "BadgeFace", "as_svg", "badge_svg", "draw_badge", "draw_qr", "qr_svg", "redrawn", "social_card"]
