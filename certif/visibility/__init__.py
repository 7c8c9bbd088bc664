"""THE VISIBILITY KIT. What a certified employer posts up: window sticker, poster, certificate, badge, texts to copy; for one, or
for many at once; and the printed stickers that bear a number of their own.
"""

from certif.visibility.actions import give_logo, remove_logo
from certif.visibility.kits import Kit, kit_at, kit_of, kits_of, logo_of
from certif.visibility.model import EmployerLogo
from certif.visibility.retention import forget_old_logos
from certif.visibility.serials import Sticker, StickerLot
from certif.visibility.sheets import logo_for, zipped

__all__ = [
    "EmployerLogo",
    "Kit",
    "Sticker",
    "StickerLot",
    "forget_old_logos",
    "give_logo",
    "kit_at",
    "kit_of",
    "kits_of",
    "logo_for",
    "logo_of",
    "remove_logo",
    "zipped",
]
