"""What jurors and those who seat them type."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from wtforms import HiddenField, ValidationError

from certif.accounts import folded_email
from certif.campaigns import Criterion, Phase
from certif.kit.filters import FilterForm
from certif.kit.forms import Choice, Email, Form, LongText, Number, ShortText
from certif.kit.languages import LANGUAGES, _, _l
from certif.selections.jury_model import Ballot, JuryEntry, JurySeat, RecusalKind

RECUSAL_LABELS = {
    RecusalKind.CONFLICT: _l("Conflit d’intérêts : je connais cet employeur ou cette personne"),
    RecusalKind.ABSTENTION: _l("Abstention, pour une autre raison"),
}
_MOST_BUTTONS = 10  # beyond, a number is typed rather than chosen


class BallotForm(Form):
    """A juror's grid for one entry; the criteria are added by `ballot_form`. `based_on`: the version that is on the screen."""

    based_on = HiddenField()
    comment = LongText(
        _l("Commentaire"), required=False, most=2000,
        hint=_l("Pour les autres membres du jury et pour ceux qui décident. Ne nommez personne."),
    )  # fmt: skip

    criteria: Sequence[Criterion] = ()

    @property
    def grid(self) -> list[tuple[Any, Criterion]]:
        """The fields of the criteria, each with its criterion."""
        return [(self[f"score_{place}"], one) for place, one in enumerate(self.criteria)]

    @property
    def scores(self) -> dict[str, int]:
        """What was scored, by criterion."""
        return {one.id: int(field.data) for field, one in self.grid}

    @property
    def version(self) -> int:
        """The version that was on the screen; 0 for none, or for what is no number."""
        typed = self.based_on.data or ""
        return int(typed) if re.fullmatch(r"[0-9]{1,6}", typed) else 0


def ballot_form(phase: Phase, ballot: Ballot | None) -> BallotForm:
    """Give the grid of a phase, filled with what was scored last."""
    fields = {f"score_{place}": _field(one) for place, one in enumerate(phase.criteria)}
    kind: type[BallotForm] = type("BallotForm", (BallotForm,), {**fields, "criteria": phase.criteria})
    if ballot is None:
        return kind(based_on="0")
    scored = {f"score_{place}": ballot.scores.get(one.id) for place, one in enumerate(phase.criteria)}
    return kind(**scored, comment=ballot.comment, based_on=str(ballot.number))


def _field(criterion: Criterion) -> Any:
    whole = _l("De 0 à %(most)s.", most=criterion.most)
    if criterion.most > _MOST_BUTTONS:
        return Number(criterion.name, least=0, most=criterion.most, hint=whole, required=_l("Notez ce critère."))
    choices = [(str(score), str(score)) for score in range(criterion.most + 1)]
    return Choice(criterion.name, radio=True, choices=choices, hint=whole, required=_l("Notez ce critère."))


class RecusalForm(Form):
    """Why a juror stands aside."""

    kind = Choice(_l("Raison"), radio=True, choices=[(one.value, label) for one, label in RECUSAL_LABELS.items()])
    reason = ShortText(_l("Précisez"), most=300, required=False, hint=_l("Seule l’équipe du concours lit ceci."))


class SeatForm(Form):
    """Someone who is invited to sit."""

    name = ShortText(_l("Nom"), most=120)
    email = Email(_l("Courriel"), hint=_l("L’invitation y part aussitôt ; cette personne se connecte avec cette adresse."))
    language = Choice(_l("Langue de ses courriels"), choices=list(LANGUAGES.items()))


class SharesForm(Form):
    """Who reads what, one entry a line: `12 ; ana@exemple.com ; luc@exemple.com`."""

    lines = LongText(
        _l("Une candidature par ligne"),
        most=200_000,
        hint=_l("Son numéro, puis l’adresse de chaque membre, entre points-virgules."),
    )

    def offer(self, entries: Sequence[JuryEntry], seats: Sequence[JurySeat]) -> SharesForm:
        """Say which numbers and which addresses there are."""
        self._entries = {one.number: one for one in entries}
        self._seats = {one.email: one for one in seats}
        return self

    def validate_lines(self, field: LongText) -> None:
        """Refuse a line that names no entry, or nobody who sits."""
        for place, cells in _cells(field.data):
            if not re.fullmatch(r"[0-9]{1,6}", cells[0]) or int(cells[0]) not in self._entries:
                raise ValidationError(_("Ligne %(line)s : aucune candidature n’a ce numéro.", line=place))
            unknown = next((cell for cell in cells[1:] if folded_email(cell) not in self._seats), None)
            if unknown is not None:
                raise ValidationError(_("Ligne %(line)s : %(email)s ne siège pas à ce jury.", line=place, email=unknown))

    @property
    def pairs(self) -> list[tuple[JurySeat, JuryEntry]]:
        """Who reads what, as typed."""
        return [
            (self._seats[folded_email(one)], self._entries[int(cells[0])]) for _place, cells in _cells(self.lines.data) for one in cells[1:]
        ]


def written_shares(entries: Sequence[JuryEntry], seats: Sequence[JurySeat], shared: frozenset[tuple[int, int]]) -> str:
    """Give who reads what as `SharesForm` takes it."""
    return "\n".join(" ; ".join([str(entry.number), *(seat.email for seat in seats if (seat.id, entry.id) in shared)]) for entry in entries)


class RankingFilter(FilterForm):
    """Which part of the ranking is looked at."""

    cell = Choice(_l("Territoire"), required=False)
    category = Choice(_l("Catégorie"), required=False)

    def offer(self, cells: dict[str, str], categories: list[tuple[str, str]]) -> RankingFilter:
        """Offer the territories and the categories of the contest."""
        self.cell.choices = [("", _("Tous")), *cells.items()]
        self.category.choices = [("", _("Toutes")), *categories]
        return self


def _cells(lines: str | None) -> list[tuple[int, list[str]]]:
    parted = [(place, [cell.strip() for cell in line.split(";")]) for place, line in enumerate((lines or "").split("\n"), 1)]
    return [(place, [cells[0], *filter(None, cells[1:])]) for place, cells in parted if any(cells)]
