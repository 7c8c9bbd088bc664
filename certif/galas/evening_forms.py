"""What is typed of an evening: its awards, who receives which, what is said of each, its moments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import ValidationError

from certif.galas.evening import MOMENT_LABELS, Line
from certif.galas.evening_model import EveningMoment, GalaAward, MomentKind
from certif.galas.honours import Honour
from certif.galas.terms import MomentTerms, Wording
from certif.kit.forms import Choice, Form, LongText, Number, ShortText
from certif.kit.languages import _, _l, language

_EMPLOYER, _STUDENT = ("boss_name", "boss_said"), ("student_name", "student_said")
WORDED = {"citation": "citation", "boss_name": "boss", "boss_said": "boss_said", "student_name": "student", "student_said": "student_said"}
"""What is typed of a laureate, and where an `Honour` says it, as each may be named."""


class AwardForm(Form):
    """An award of the evening's own."""

    name_fr = ShortText(_l("Nom du prix"), most=120)
    name_en = ShortText(_l("Nom en anglais"), most=120, required=False, hint=_l("Vide : le nom français."))
    sponsor = ShortText(_l("Commanditaire du prix"), most=120, required=False)


class PlacingForm(Form):
    """Which award each laureate receives: one field a laureate, read by the laureate's public name."""

    def offer(self, honours: Sequence[Honour], awards: Sequence[GalaAward]) -> PlacingForm:
        """Take the laureates and the awards of a gala."""
        self._honours, self._awards = honours, {one.ref: one for one in awards}
        return self

    def placed(self, typed: Any) -> list[tuple[Any, GalaAward | None]] | None:
        """Give each laureate with its award, from what was typed; None, and a sentence, when an award is not the gala's."""
        chosen = [(one.laureate, typed.get(f"award-{one.laureate.ref}", "")) for one in self._honours]
        if any(ref and ref not in self._awards for _laureate, ref in chosen):
            self.form_errors = [_("Choisissez un prix de la liste.")]
            return None
        return [(laureate, self._awards.get(ref)) for laureate, ref in chosen]

    def choices(self, honour: Honour) -> list[tuple[str, str, bool]]:
        """Give what a laureate may receive: value, label, whether it is so now."""
        now = honour.award.ref if honour.award else ""
        offered = [("", _("Prix du concours")), *((one.ref, award_name(one)) for one in self._awards.values())]
        return [(value, str(label), value == now) for value, label in offered]


class WordingForm(Form):
    """How a laureate is named, pronounced and presented."""

    boss_name = ShortText(_l("Nom du boss, comme au diplôme"), most=120, required=False)
    boss_said = ShortText(_l("Comment on le prononce"), most=120, required=False, hint=_l("Comme « ju-LI tran-BLÉ »."))
    student_name = ShortText(_l("Nom de l’élève, comme au diplôme"), most=120, required=False)
    student_said = ShortText(_l("Comment on le prononce"), most=120, required=False)
    citation = LongText(_l("Citation"), most=1500, required=False, hint=_l("Lue à voix haute : environ 130 mots par minute."))

    def wording(self, honour: Honour) -> Wording:
        """Give what was typed; nothing of who may not be named, nor of a citation that is held and was not written anew."""
        asked = [*_EMPLOYER * honour.names_employer, *_STUDENT * honour.names_student]
        asked += ["citation"] if self.citation.data or not honour.names_too_much else []
        return Wording(**{name: self[name].data or "" for name in asked})


class MomentForm(Form):
    """A moment of the evening."""

    kind = Choice(_l("Genre de moment"), choices=[(one.value, label) for one, label in MOMENT_LABELS.items()])
    title = ShortText(_l("Titre"), most=120, required=False, hint=_l("Vide pour une remise : le prix et la lauréate ou le lauréat."))
    minutes = Number(_l("Durée : minutes"), least=0, most=600)
    seconds = Number(_l("et secondes"), least=0, most=59, required=False)
    after = Choice(_l("Juste après"), required=False)
    presenter = ShortText(_l("Qui présente"), most=120, required=False)
    music = ShortText(_l("Musique"), most=200, required=False)
    notes = LongText(_l("Notes de régie"), most=1000, required=False)

    @classmethod
    def of(cls, lines: Sequence[Line], place: int) -> MomentForm:
        """Give the form of the moment that stands at a place, from 0."""
        moment = lines[place].moment
        minutes, seconds = divmod(moment.seconds, 60)
        known = {name: getattr(moment, name) for name in ("kind", "title", "presenter", "music", "notes")}
        before = lines[place - 1].moment.ref if place else ""
        return cls(minutes=minutes, seconds=seconds, after=before, **known).offer(lines, moment)

    def offer(self, lines: Sequence[Line], moment: EveningMoment | None = None) -> MomentForm:
        """Offer the places of the evening: first, or after each other moment."""
        self._others = {line.moment.ref: line.moment for line in lines if line.moment is not moment}
        titles = {line.moment.ref: f"{number}. {line.title}" for number, line in enumerate(lines, 1)}
        self.after.choices = [("", _("Au tout début")), *((ref, titles[ref]) for ref in self._others)]
        return self

    def validate_minutes(self, field: Number) -> None:
        """Refuse a moment that does not last."""
        if not (field.data or 0) and not (self.seconds.data or 0):
            raise ValidationError(_("Donnez une durée d’au moins une seconde."))

    @property
    def follows(self) -> EveningMoment | None:
        """The moment that comes right before; None at the very beginning."""
        return self._others.get(self.after.data or "")

    @property
    def terms(self) -> MomentTerms:
        """What was typed."""
        said = {name: self[name].data or "" for name in ("title", "presenter", "music", "notes")}
        return MomentTerms(MomentKind(self.kind.data), seconds=(self.minutes.data or 0) * 60 + (self.seconds.data or 0), **said)


def award_name(award: GalaAward) -> str:
    """Give the name of an award in the language being spoken."""
    return (award.name_en if language() == "en" else award.name_fr) or award.name_fr
