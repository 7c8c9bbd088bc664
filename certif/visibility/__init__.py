"""THE VISIBILITY KIT. What a certified employer posts up: window sticker, poster, certificate, badge, texts to copy; for one, or
for many at once; and the printed stickers that bear a number of their own.
"""

from certif.visibility.actions import give_logo, order_kits, remove_logo
from certif.visibility.kits import Kit, kit_at, kit_of, kits_of, logo_of
from certif.visibility.model import EmployerLogo
from certif.visibility.retention import forget_old_logos
from certif.visibility.serials import Sticker, StickerAssignment, StickerLot
from certif.visibility.sharing import BADGE, badge_code
from certif.visibility.sheets import logo_for, zipped
from certif.visibility.sticker_actions import assign_sticker, hand_over, print_lot, retire_sticker
from certif.visibility.stock import find_sticker

__all__ = [
    "BADGE",
    "EmployerLogo",
    "Kit",
    "Sticker",
    "StickerAssignment",
    "StickerLot",
    "assign_sticker",
    "badge_code",
    "find_sticker",
    "forget_old_logos",
    "give_logo",
    "hand_over",
    "kit_at",
    "kit_of",
    "kits_of",
    "logo_for",
    "logo_of",
    "order_kits",
    "print_lot",
    "remove_logo",
    "retire_sticker",
    "zipped",
]
