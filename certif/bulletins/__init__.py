"""WHAT A PROGRAM WRITES TO THOSE WHO ASKED FOR IT. Bulletins made of blocks, subscribers who confirmed, a public archive."""

from certif.bulletins.actions import BlockTerms, add_block, draft_bulletin, prepare_bulletin
from certif.bulletins.model import BlockKind, Bulletin, BulletinBlock, BulletinPublication, BulletinSubscriber
from certif.bulletins.subscribing import ask_for_bulletin, confirm_subscription, unsubscribe

__all__ = [
    "BlockKind",
    "BlockTerms",
    "Bulletin",
    "BulletinBlock",
    "BulletinPublication",
    "BulletinSubscriber",
    "add_block",
    "ask_for_bulletin",
    "confirm_subscription",
    "draft_bulletin",
    "prepare_bulletin",
    "unsubscribe",
]
