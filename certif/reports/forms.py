"""What is typed of reports: what narrows them, periods, targets, reasons, conclusions, rates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import ValidationError

from certif.kit.filters import FilterForm
from certif.kit.forms import Choice, Day, Form, LongText, Number, ShortText
from certif.kit.languages import _, _l
from certif.kit.money import Money
from certif.plans import AUDIENCES, Funder, Objective
from certif.programs import Program
from certif.reports.indicators import INDICATORS
from certif.reports.model import ReportPeriod
from certif.territory import Mrc

_ALL, _ALL_F = ("", _l("Tous")), ("", _l("Toutes"))


class QuestionForm(FilterForm):
    """What is asked of the figures."""

    program = Choice(_l("Programme"), name="programme", required=False)
    period = Choice(_l("Période"), name="periode", required=False)
    since = Day(_l("Du"), name="depuis", required=False)
    until = Day(_l("Au"), name="jusqua", required=False)
    mrc = Choice(_l("MRC"), name="mrc", required=False)
    funder = Choice(_l("Bailleur de fonds"), name="bailleur", required=False)
    axis = Choice(_l("Axe"), name="volet", required=False)
    objective = Choice(_l("Objectif"), name="objectif", required=False)
    audience = Choice(_l("Clientèle"), name="public", required=False, choices=[_ALL, *AUDIENCES.items()])

    def offer(
        self, programs: Sequence[Program], periods: Sequence[ReportPeriod], mrcs: Sequence[Mrc], funders: Sequence[Funder],
        objectives: Sequence[Objective],
    ) -> QuestionForm:  # fmt: skip
        """Offer what the reader may ask."""
        several = len(programs) > 1
        self.program.choices = [_ALL, *((one.slug, one.name) for one in programs)]
        self.period.choices = [
            ("", _l("Autres dates")), *((one.ref, f"{one.title} ({one.program.name})" if several else one.title) for one in periods)
        ]  # fmt: skip
        self.mrc.choices = [_ALL_F, *((one.slug, one.name) for one in mrcs)]
        self.funder.choices = [_ALL, *((one.ref, one.name) for one in funders)]
        self.axis.choices = [_ALL, *((axis, axis) for axis in sorted({one.axis for one in objectives if one.axis}))]
        self.objective.choices = [_ALL, *((one.ref, f"{one.code} {one.title}") for one in objectives)]
        return self


class PeriodForm(Form):
    """The days of a period."""

    title = ShortText(_l("Nom de la période"), most=100, hint=_l("Comme « Année 2026-2027 » ou « Premier trimestre »."))
    from_on = Day(_l("Premier jour"))
    until_on = Day(_l("Dernier jour"))


class TargetForm(Form):
    """What a period aims at."""

    indicator = Choice(_l("Indicateur"), choices=[("", _l("Choisir")), *((one.name, one.label) for one in INDICATORS.values())])
    aim = Number(_l("Cible"), least=1, most=10_000_000)
    mrc = Choice(_l("MRC"), required=False, hint=_l("Vide : tout le programme."))
    objective = Choice(_l("Objectif"), required=False, hint=_l("Une MRC ou un objectif, pas les deux."))

    def offer(self, mrcs: Sequence[Mrc], objectives: Sequence[Objective]) -> TargetForm:
        """Offer the places and the objectives of the program."""
        self._mrcs, self._objectives = {one.slug: one for one in mrcs}, {one.ref: one for one in objectives}
        self.mrc.choices = [_ALL_F, *((one.slug, one.name) for one in mrcs)]
        self.objective.choices = [_ALL, *((one.ref, f"{one.code} {one.title}") for one in objectives)]
        return self

    @property
    def said(self) -> dict[str, Any]:
        """What was typed, as `set_target` takes it."""
        chosen = {"mrc": self._mrcs.get(self.mrc.data or ""), "objective": self._objectives.get(self.objective.data or "")}
        return {"indicator": self.indicator.data, "aim": self.aim.data, **chosen}


class UnlockForm(Form):
    """Why a period is opened again."""

    reason = LongText(_l("Motif"), most=1000, hint=_l("Il reste au journal, et sur la page de la période."))


class ConclusionForm(Form):
    """What a trial taught."""

    conclusion = LongText(_l("Conclusion"), most=5000, hint=_l("Ce qui a changé, ce qui n’a pas fonctionné, ce que vous recommandez."))


class ApprovalForm(Form):
    """That a statement was read."""

    seen = ShortText(_l("Empreinte"), most=64)


class RateForm(Form):
    """What a meeting, a kilometre and an hour are worth."""

    from_on = Day(_l("À compter du"))
    visit = ShortText(_l("Par rencontre, en dollars"), most=12, hint=_l("Comme 45,00. Zéro si rien n’est payé à la rencontre."))
    kilometre = ShortText(_l("Par kilomètre, en dollars"), most=12, hint=_l("Comme 0,62."))
    hour = ShortText(_l("Par heure de rencontre, en dollars"), most=12)

    def validate_visit(self, field: ShortText) -> None:
        """Say how to write an amount."""
        _check_amount(field)

    def validate_kilometre(self, field: ShortText) -> None:
        """Say how to write an amount."""
        _check_amount(field)

    def validate_hour(self, field: ShortText) -> None:
        """Say how to write an amount."""
        _check_amount(field)

    @property
    def amounts(self) -> tuple[Money, Money, Money]:
        """What was typed: visit, kilometre, hour."""
        found = [Money.typed(field.data) or Money(0) for field in (self.visit, self.kilometre, self.hour)]
        return found[0], found[1], found[2]


def _check_amount(field: ShortText) -> None:
    if Money.typed(field.data) is None:
        raise ValidationError(_("Écrivez un montant comme 45,00."))
