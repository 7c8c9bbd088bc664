"""What is typed of a school calendar: its first and last day, its days without classes, one a line, and where it is written."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from wtforms import ValidationError

from certif.agreements.exam_forms import CONFIDENCE
from certif.kit.forms import Choice, Day, Form, LongText, ShortText
from certif.kit.languages import _, _l
from certif.territory import SchoolCalendar

_DAY = r"(\d{4}-\d{2}-\d{2})"
_LINE = re.compile(rf"{_DAY}(?:\s*(?:au|to|à|[–/-])\s*{_DAY})?\s*(?:[:;,–-]\s*)?(.*)")
MOST_BREAKS = 60

Break = tuple[dt.date, dt.date, str]


class Breaks(LongText):
    """Days without classes, one a line, read as (first, last, label)."""

    def pre_validate(self, form: Any) -> None:
        """Refuse a line that says no days; say which, and how to write one."""
        lines = [line.strip() for line in (self.data or "").replace("\u00a0", " ").splitlines()]
        self.read: list[Break] = [_break(number, line) for number, line in enumerate(lines, 1) if line]
        if len(self.read) > MOST_BREAKS:
            raise ValidationError(_("Écrivez au plus %(most)s congés.", most=MOST_BREAKS))


class CalendarForm(Form):
    """The calendar of a school body for one school year."""

    first_day = Day(_l("Premier jour de classe"))
    last_day = Day(_l("Dernier jour de classe"))
    breaks = Breaks(
        _l("Jours sans classe"), required=False, render_kw={"rows": 10},
        hint=_l("Un congé par ligne : 2027-03-01 au 2027-03-05 : Relâche. Une journée seule : 2026-10-12 : Action de grâces."),
    )  # fmt: skip
    source = ShortText(_l("Source"), most=300, hint=_l("Où ce calendrier est écrit : son adresse sur le Web, un courriel de la direction…"))
    confidence = Choice(_l("Fiabilité"), choices=list(CONFIDENCE.items()))

    @classmethod
    def of(cls, calendar: SchoolCalendar | None) -> CalendarForm:
        """Give the form, with what is known already written."""
        if calendar is None:
            return cls(data={"confidence": "A"})
        names = ("first_day", "last_day", "source", "confidence")
        lines = [_written(one.first_day, one.last_day, one.label) for one in calendar.breaks]
        return cls(data={**{name: getattr(calendar, name) for name in names}, "breaks": "\n".join(lines)})

    @property
    def terms(self) -> dict[str, Any]:
        """What is set."""
        plain = {name: self[name].data for name in ("first_day", "last_day", "source", "confidence")}
        return {**plain, "breaks": self.breaks.read}


def _break(number: int, line: str) -> Break:
    found = _LINE.fullmatch(line)
    try:
        if found is None:
            raise ValueError
        first = dt.date.fromisoformat(found.group(1))
        last = dt.date.fromisoformat(found.group(2)) if found.group(2) else first
    except ValueError:
        example = _("2027-03-01 au 2027-03-05 : Relâche")
        raise ValidationError(_("Ligne %(number)s : écrivez un congé comme %(example)s.", number=number, example=example)) from None
    if last < first:
        raise ValidationError(_("Ligne %(number)s : le dernier jour vient avant le premier.", number=number))
    return first, last, found.group(3).strip()[:120] or str(_("Congé"))


def _written(first: dt.date, last: dt.date, label: str) -> str:
    days = first.isoformat() if first == last else _("%(first)s au %(last)s", first=first.isoformat(), last=last.isoformat())
    return _("%(days)s : %(label)s", days=days, label=label)
