"""A week to fill in, two shifts a day: it works by keyboard and on a telephone, without any script."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from wtforms import Field, ValidationError

from certif.agreements.ages import BANDS, STUDIES
from certif.kit.forms import Choice, Day, Form, Number, ShortText, Tick
from certif.kit.languages import _, _l
from certif.law import UNDER_14_EXCEPTIONS
from certif.programs import Program
from certif.territory import Partner

DAYS = (
    (6, _l("Dimanche")),
    (0, _l("Lundi")),
    (1, _l("Mardi")),
    (2, _l("Mercredi")),
    (3, _l("Jeudi")),
    (4, _l("Vendredi")),
    (5, _l("Samedi")),
)
"""Weekdays from Monday, in the order of the week that the law counts."""
TURNS = (("a", _l("Premier quart")), ("b", _l("Second quart")))
EXCEPTIONS = [("", _l("Aucun de ces cas")), *((one.code, one.sentence) for one in UNDER_14_EXCEPTIONS)]

_TIME = re.compile(r"([01]?\d|2[0-3])\s*[:hH]\s*([0-5]\d)?", re.ASCII)


def read_time(text: str | None) -> dt.time | None:
    """Read a time of day as people write it, `16:30` or `16 h 30`; None for anything else."""
    found = _TIME.fullmatch(" ".join((text or "").split()).replace("h ", "h"))
    return dt.time(int(found[1]), int(found[2] or 0)) if found else None


class Clock(ShortText):
    """A time of day. `whose`: of which day and shift, where its label does not say it."""

    def __init__(self, label: Any, whose: tuple[Any, ...] = (), **kwargs: Any) -> None:
        super().__init__(label, most=8, required=False, render_kw={"type": "time"}, **kwargs)
        self._whose = whose

    @property
    def whose(self) -> str:
        """The day and the shift, in words."""
        return ", ".join(str(one) for one in self._whose).capitalize()

    def pre_validate(self, form: Any) -> None:
        """Refuse what is no time of day."""
        if self.data and read_time(self.data) is None:
            raise ValidationError(_("Écrivez une heure comme 16:30."))

    @property
    def time(self) -> dt.time | None:
        """The time that was typed."""
        return read_time(self.data)


class WeekForm(Form):
    """A week of work."""

    @property
    def days(self) -> Iterator[tuple[object, list[tuple[object, Any, Any]]]]:
        """The days, each with the fields of its two shifts: (name of the shift, start, end)."""
        for day, name in DAYS:
            yield name, [(said, self[f"d{day}{turn}_from"], self[f"d{day}{turn}_until"]) for turn, said in TURNS]

    @property
    def shifts(self) -> list[list[str | int]]:
        """What was typed: triples (weekday from Monday, start, end)."""
        found: list[list[str | int]] = []
        for day, _name in DAYS:
            for turn, _said in TURNS:
                starts, ends = self[f"d{day}{turn}_from"].time, self[f"d{day}{turn}_until"].time
                if starts and ends:
                    found.append([day, f"{starts:%H:%M}", f"{ends:%H:%M}"])
        return found

    def validate(self, extra_validators: Any = None) -> bool:
        """Check each field, then that every shift has both ends, and none covers another."""
        is_valid = bool(super().validate(extra_validators))
        return all([is_valid, *(self._check(day) for day, _name in DAYS)])

    def _check(self, day: int) -> bool:
        spans = []
        for turn, _said in TURNS:
            first, last = self[f"d{day}{turn}_from"], self[f"d{day}{turn}_until"]
            if first.errors or last.errors:
                return False
            if bool(first.data) != bool(last.data):
                return _blame(last if first.data else first, _("Écrivez le début et la fin de ce quart."))
            if first.time and last.time:
                if first.time == last.time:
                    return _blame(last, _("Ce quart finit à l’heure où il commence."))
                ends = _minutes(last.time) + (24 * 60 if last.time < first.time else 0)
                spans.append((_minutes(first.time), ends, last))
        spans.sort(key=lambda span: span[0])
        if len(spans) == 2 and spans[1][0] < spans[0][1]:
            return _blame(spans[1][2], _("Ces deux quarts se chevauchent."))
        return True


for _day, _said_day in DAYS:
    for _turn, _said_turn in TURNS:
        setattr(WeekForm, f"d{_day}{_turn}_from", Clock(_l("De"), (_said_day, _said_turn)))
        setattr(WeekForm, f"d{_day}{_turn}_until", Clock(_l("À"), (_said_day, _said_turn)))


class ScheduleForm(WeekForm):
    """What must be known to judge a week; none of it is kept."""

    class Meta:
        """No token: the page reads no cookie."""

        csrf = False

    on = Day(_l("Un jour de cette semaine"), hint=_l("Les congés scolaires de cette semaine-là comptent."))
    band = Choice(_l("Âge"), radio=True, choices=list(BANDS.items()))
    studies = Choice(_l("Études"), choices=list(STUDIES.items()))
    has_diploma = Tick(_l("J’ai déjà un diplôme d’études secondaires ou professionnelles"))
    exception = Choice(_l("Avant 14 ans, quel travail ?"), required=False, choices=EXCEPTIONS)
    has_form = Tick(_l("Un parent a signé le formulaire de consentement de la CNESST"))
    body = Choice(_l("Centre de services ou commission scolaire"), required=False, hint=_l("Pour compter les congés de son calendrier."))
    class_from = Clock(_l("Début des cours"))
    class_until = Clock(_l("Fin des cours"))
    way_home = Number(_l("Minutes de trajet vers la maison"), least=0, most=240, required=False)
    program = Choice(_l("Programme de l’employeur"), required=False, hint=_l("Celui de sa vignette, s’il est certifié."))
    federal = Tick(_l("L’employeur est de compétence fédérale : banque, télécommunications, transport entre provinces, poste"))

    def offer(self, bodies: list[Partner], programs: list[Program]) -> ScheduleForm:
        """Offer school bodies and programs."""
        self.body.choices = [("", _("Je ne sais pas")), *((one.ref, one.name) for one in bodies)]
        self.program.choices = [("", _("Aucun, ou je ne sais pas")), *((one.slug, f"{one.name} ({one.region.name})") for one in programs)]
        return self

    @property
    def class_hours(self) -> tuple[dt.time, dt.time] | None:
        """First and last bell, when both were typed in order."""
        first, last = self.class_from.time, self.class_until.time
        return (first, last) if first and last and first < last else None


def _minutes(time: dt.time) -> int:
    return time.hour * 60 + time.minute


def _blame(field: Field, sentence: object) -> bool:
    field.errors = [*field.errors, str(sentence)]
    return False
