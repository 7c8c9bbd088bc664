"""What staff type about printed stickers."""

from __future__ import annotations

from typing import TypeGuard

from certif.accounts import User
from certif.certification import Verification
from certif.kit.forms import Choice, Form, Number, ShortText
from certif.kit.languages import _, _l
from certif.programs import Program
from certif.visibility.serials import Sticker
from certif.visibility.sticker_actions import MOST_STICKERS

_NUMBER_HINT = _l("Le numéro court imprimé dessus, comme 0003-017, ou l’adresse que le code QR ouvre.")


class PrintLotForm(Form):
    """How many stickers, of which sort, for which program."""

    program = Choice(_l("Programme"))
    look = Choice(
        _l("Sorte"),
        radio=True,
        choices=[("certified", _l("Employeur certifié")), ("in_progress", _l("Employeur en démarche"))],
        default="certified",
    )
    quantity = Number(_l("Combien"), hint=_l("Quatre par feuille, cent au plus par lot."), least=1, most=MOST_STICKERS)

    def offer(self, programs: list[Program]) -> None:
        """Offer these programs."""
        self.program.choices = [(program.ref, program.name) for program in programs]

    def chosen(self, programs: list[Program]) -> Program:
        """Give the program that was chosen."""
        return next(program for program in programs if program.ref == self.program.data)


class HandOverForm(Form):
    """Which stickers of a lot, and to whom."""

    person = Choice(_l("À qui"))
    first = Number(_l("Du numéro"), least=1, most=MOST_STICKERS)
    last = Number(_l("Au numéro"), least=1, most=MOST_STICKERS)

    def offer(self, people: list[User]) -> None:
        """Offer these people."""
        self.person.choices = [(user.ref, user.shown_name) for user in people]

    def chosen(self, people: list[User]) -> User:
        """Give the person who was chosen."""
        return next(user for user in people if user.ref == self.person.data)


class AssignStickerForm(Form):
    """Which sticker hangs where."""

    number = ShortText(_l("Vignette"), hint=_NUMBER_HINT)
    place = Choice(_l("Établissement"), radio=True)
    hangs_at = ShortText(_l("Où exactement"), hint=_l("Par exemple : porte principale, vitrine de gauche."), most=120)

    def offer(self, codes: list[Verification]) -> None:
        """Offer the establishments of these codes."""
        self.place.choices = [(one.code, f"{one.establishment.name}, {one.establishment.municipality}") for one in codes]

    def chosen(self, codes: list[Verification]) -> Verification:
        """Give the code of the establishment that was chosen."""
        return next(one for one in codes if one.code == self.place.data)

    def must_exist(self, sticker: Sticker | None) -> TypeGuard[Sticker]:
        """Say what to do when no sticker bears what was typed."""
        return _found(self.number, sticker)


class RetireStickerForm(Form):
    """Why, and what hangs there instead."""

    reason = ShortText(_l("Motif"), hint=_l("Par exemple : abîmée, perdue, certification terminée."), most=200)
    replacement = ShortText(_l("Vignette qui la remplace"), hint=_NUMBER_HINT, required=False)

    def must_exist(self, sticker: Sticker | None) -> bool:
        """Say what to do when a replacement was typed and no sticker bears it."""
        return not self.replacement.data or _found(self.replacement, sticker)


def _found(field: ShortText, sticker: Sticker | None) -> bool:
    if sticker is None:
        field.errors = [*field.errors, _("Aucune vignette de vos programmes ne porte ce numéro. Relisez-le sur la vignette.")]
    return sticker is not None
