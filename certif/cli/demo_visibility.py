"""What the demonstration shows of what is posted up: kits ordered for all, and numbered stickers, in stock, hung, spoilt and replaced."""

from __future__ import annotations

import datetime as dt

from certif import visibility
from certif.accounts import staff_of
from certif.certification import Certification, Stage, verifications_of
from certif.kit import clock
from certif.kit.access import Actor, Role
from certif.visibility import StickerLot, order_kits, retire_sticker


def post_up(told: list[Certification], managers: dict[str, Actor]) -> None:
    """Let the region of the first employer print stickers, hang some and order every kit; and one that shows paths hang one of those.

    Takes: `managers`, who answers for the program of each region, by its code.
    """
    first, under_way = told[0], next(one for one in told if one.program.region.code == "02" and one.stage is Stage.AWAITING_VALIDATION)
    expiring = next(one for one in told if one.stage is Stage.CERTIFIED and one.program is first.program and one is not first)
    with clock.frozen(clock.now() - dt.timedelta(days=40)):
        lot = _printed(first, "certified", 12, managers["14"])
        _hang(lot, 1, first, "Porte d’entrée, à hauteur des yeux", managers["14"])
        _hang(lot, 2, expiring, "Vitrine, à gauche de la porte", managers["14"])
    with clock.frozen(clock.now() - dt.timedelta(days=6)):
        spoilt, whole = (_numbered(lot, number, managers["14"]) for number in (2, 3))
        retire_sticker(spoilt, "Décolorée par le soleil", replacement=whole, by=managers["14"])
        order_kits(first.program, only_new=False, by=managers["14"])
    with clock.frozen(clock.now() - dt.timedelta(days=5)):
        _hang(_printed(under_way, "in_progress", 4, managers["02"]), 1, under_way, "Kiosque de la ferme", managers["02"])


def _printed(certification: Certification, look: str, quantity: int, manager: Actor) -> StickerLot:
    """Print a lot for the program of an employer, and hand half of it to its agent."""
    lot = visibility.print_lot(certification.program, look=look, quantity=quantity, by=manager)
    agent = staff_of(certification.program, (Role.AGENT,))[0]
    visibility.hand_over(lot, agent, first=1, last=quantity // 2, by=manager)
    return lot


def _hang(lot: StickerLot, number: int, certification: Certification, hangs_at: str, manager: Actor) -> None:
    visibility.assign_sticker(_numbered(lot, number, manager), verifications_of(certification)[0], hangs_at, by=manager)


def _numbered(lot: StickerLot, number: int, manager: Actor) -> visibility.Sticker:
    found = visibility.find_sticker(manager, f"{lot.number:04d}-{number:03d}")
    assert found is not None
    return found
