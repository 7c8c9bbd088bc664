"""The life of a printed sticker, in story order: printed in a lot, handed to someone, hung somewhere, retired or replaced."""

from __future__ import annotations

from sqlalchemy import func, select

from certif.accounts import User, staff_of
from certif.certification import Verification
from certif.kit import audit, clock
from certif.kit.access import Actor
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.languages import _, _l
from certif.programs import Program, version_in_force
from certif.visibility.kits import kit_at
from certif.visibility.orders import KIT_MAKERS
from certif.visibility.serials import Sticker, StickerAssignment, StickerHandover, StickerLot, StickerRetirement

audit.declare("lot_printed", _l("%(by)s a imprimé le lot %(number)s de %(quantity)s vignettes."), "number", "quantity", "look")
audit.declare("stickers_handed_over", _l("%(by)s a remis à %(to)s les vignettes %(first)s à %(last)s."), "to", "first", "last")
audit.declare("sticker_assigned", _l("%(by)s a posé la vignette %(label)s à %(place)s."), "label", "place", "code")
audit.declare("sticker_retired", _l("%(by)s a retiré la vignette %(label)s : « %(reason)s »"), "label", "reason", "replaced_by")

MOST_STICKERS = 100
"""How many stickers a lot has at most: twenty-five sheets, typeset in less than two seconds."""


def print_lot(program: Program, *, look: str, quantity: int, by: Actor) -> StickerLot:
    """Print a lot of stickers, each with a serial of its own.

    Takes: `look`, `certified` or `in_progress`.
    Refuses: someone who has no part in the program; too many at once; in progress, where the program does not show it.
    """
    _let_in(program.id, by)
    version = version_in_force(program)
    if not 0 < quantity <= MOST_STICKERS:
        raise Refusal(_("Imprimez de 1 à %(most)s vignettes à la fois.", most=MOST_STICKERS))
    if look == "in_progress" and (version is None or not version.rules.shows_in_progress):
        raise Refusal(_("Ce programme ne montre pas les démarches en cours : il n’a pas de vignette pour elles."))
    number = (db.session.scalar(select(func.max(StickerLot.number))) or 0) + 1
    lot = StickerLot(
        number=number, program=program, look=look, quantity=quantity, printed_at=clock.now(), printed_by=by.ref, printed_by_name=by.name
    )  # fmt: skip
    db.session.add(lot)
    db.session.flush()
    db.session.add_all(Sticker(lot_id=lot.id, number=place) for place in range(1, quantity + 1))
    audit.record("lot_printed", lot, by=by, number=number, quantity=quantity, look=look)
    return lot


def hand_over(lot: StickerLot, to: User, *, first: int, last: int, by: Actor) -> StickerHandover:
    """Hand stickers of a lot, from `first` to `last`, to someone of the team, whoever held them before.

    Refuses: someone who has no part in the program, on either side; numbers that the lot has not; a sticker that hangs somewhere already,
    or was retired.
    """
    _let_in(lot.program_id, by)
    if to not in staff_of(lot.program, KIT_MAKERS):
        raise Refusal(_("Cette personne ne fait pas partie de l’équipe du programme."))
    lock(lot)
    if not 1 <= first <= last <= lot.quantity:
        raise Refusal(_("Ce lot va de 1 à %(last)s : donnez un premier et un dernier numéro entre les deux.", last=lot.quantity))
    range_of = Sticker.number.between(first, last)
    stickers = db.session.scalars(select(Sticker).where(Sticker.lot_id == lot.id, range_of).order_by(Sticker.number)).all()
    for sticker in stickers:
        if sticker.assignment is not None or sticker.retirement is not None:
            raise Refusal(_("La vignette %(label)s n’est plus en stock. Choisissez d’autres numéros.", label=sticker.label))
    handover = StickerHandover(lot_id=lot.id, user=to, handed_at=clock.now(), handed_by=by.ref)
    db.session.add(handover)
    for sticker in stickers:
        sticker.handover = handover
    audit.record("stickers_handed_over", lot, by=by, to=to.shown_name, first=stickers[0].label, last=stickers[-1].label)
    return handover


def assign_sticker(sticker: Sticker, verification: Verification, hangs_at: str, *, by: Actor) -> StickerAssignment:
    """Say where a sticker hangs; its QR opens the page of that establishment from now on.

    Takes: `hangs_at`, the very spot, in a few words.
    Refuses: someone who has no part in the program; a sticker that hangs elsewhere or was retired; one of another program; an establishment
    that may not post up this one today.
    """
    _let_in(sticker.lot.program_id, by)
    lock(sticker)
    if sticker.retirement is not None:
        raise Refusal(_("La vignette %(label)s a été retirée. Prenez-en une autre.", label=sticker.label))
    if sticker.assignment is not None:
        raise Refusal(_("La vignette %(label)s est déjà posée quelque part. Prenez-en une autre.", label=sticker.label))
    if verification.program_id != sticker.lot.program_id:
        raise Refusal(_("La vignette %(label)s est celle d’un autre programme.", label=sticker.label))
    status = kit_at(verification).status
    if status is None:
        raise Refusal(_("Cet établissement n’a rien à afficher aujourd’hui : sa certification n’est pas en vigueur."))
    if (status == "in_progress") != (sticker.lot.look == "in_progress"):
        raise Refusal(_("Cette vignette ne dit pas où en est l’établissement : prenez-en une de l’autre sorte."))
    place = verification.establishment
    sticker.assignment = StickerAssignment(
        verification=verification, hangs_at=hangs_at, assigned_at=clock.now(), assigned_by=by.ref, assigned_by_name=by.name
    )
    db.session.flush()
    audit.record("sticker_assigned", sticker, by=by, label=sticker.label, place=place.name, code=verification.code)
    return sticker.assignment


def retire_sticker(sticker: Sticker, reason: str, *, replacement: Sticker | None = None, by: Actor) -> StickerRetirement:
    """Take a sticker out of use. Its replacement, when there is one, hangs at the same spot from now on.

    Refuses: someone who has no part in the program; a sticker retired already; a replacement for one that hangs nowhere; what
    `assign_sticker` refuses of the replacement.
    """
    _let_in(sticker.lot.program_id, by)
    lock(sticker)
    if sticker.retirement is not None:
        raise Refusal(_("La vignette %(label)s est déjà retirée.", label=sticker.label))
    if replacement is not None:
        if sticker.assignment is None:
            raise Refusal(_("Cette vignette n’est posée nulle part : il n’y a rien à remplacer."))
        assign_sticker(replacement, sticker.assignment.verification, sticker.assignment.hangs_at, by=by)
    sticker.retirement = StickerRetirement(replaced_by=replacement, reason=reason, retired_at=clock.now(), retired_by=by.ref)
    db.session.flush()
    label = replacement.label if replacement else ""
    audit.record("sticker_retired", sticker, by=by, label=sticker.label, reason=reason, replaced_by=label)
    return sticker.retirement


def _let_in(program_id: int, by: Actor) -> None:
    if not by.holds(program_id, *KIT_MAKERS):
        raise Refusal(_("Dans ce programme, votre rôle ne permet pas de gérer les vignettes."))
