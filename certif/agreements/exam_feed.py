"""Exam weeks as calendars take them (iCalendar, RFC 5545): whole days, each with what it asks of a schedule."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from certif.agreements.exam_model import ExamFeed, ExamPeriod
from certif.agreements.exam_queries import periods_around
from certif.employers import Establishment
from certif.kit.calendars import ICS, escaped, written
from certif.kit.languages import _
from certif.kit.settings import settings

__all__ = ["ICS", "advice", "calendar_of"]

_REFRESH = "P1D"
_DAY = dt.timedelta(days=1)


def calendar_of(feed: ExamFeed) -> str:
    """Give the exam weeks around a place of work as a calendar, in the language being spoken."""
    place = feed.establishment
    title = _("Semaines d’examens – %(place)s", place=place.name)
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Certif//Examens//FR", "METHOD:PUBLISH", "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{escaped(title)}", f"REFRESH-INTERVAL;VALUE=DURATION:{_REFRESH}",
        f"X-PUBLISHED-TTL:{_REFRESH}", *(line for periods in _together(periods_around(place)) for line in _event(place, periods)),
        "END:VCALENDAR",
    ]  # fmt: skip
    return written(lines)


def advice() -> str:
    """Say what exam weeks ask of a schedule."""
    rest, ask = (
        _("Pas de quart la veille ni le jour d’un examen ; moins d’heures cette semaine-là."),
        _("Demandez à vos élèves leurs dates exactes."),
    )
    return f"{rest} {ask}"


def _together(periods: Sequence[ExamPeriod]) -> list[list[ExamPeriod]]:
    """Give what is held on the same days as one: several school bodies share the weeks of the ministry."""
    found: dict[tuple[dt.date, dt.date, str], list[ExamPeriod]] = {}
    for period in periods:
        found.setdefault((period.first_day, period.last_day, period.kind), []).append(period)
    return list(found.values())


def _event(place: Establishment, periods: Sequence[ExamPeriod]) -> Sequence[str]:
    first, names = periods[0], [period.partner.short_name for period in periods]
    held_by = names[0] if len(names) == 1 else _("%(count)s organismes scolaires", count=len(names))
    summary = _("Pas de quart : %(exams)s, %(body)s", exams=first.kind_label, body=held_by)
    is_unsure = all(_is_unsure(period) for period in periods)
    return (
        "BEGIN:VEVENT",
        f"UID:examens-{first.kind}-{first.first_day:%Y%m%d}-{first.last_day:%Y%m%d}-{place.ref}@{settings().host.split(':')[0]}",
        f"DTSTAMP:{max(period.noted_at for period in periods).astimezone(dt.UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{first.first_day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{first.last_day + _DAY:%Y%m%d}",
        f"SUMMARY:{escaped(summary)}",
        f"DESCRIPTION:{escaped(chr(10).join([advice(), *_held_by(periods)]))}",
        "TRANSP:TRANSPARENT",
        f"STATUS:{'TENTATIVE' if is_unsure else 'CONFIRMED'}",
        "END:VEVENT",
    )


def _held_by(periods: Sequence[ExamPeriod]) -> list[str]:
    """Give the school bodies, those of one source on a line, and what of it is still to be confirmed."""
    found: dict[tuple[str, bool], list[str]] = {}
    for period in periods:
        found.setdefault((period.source, _is_unsure(period)), []).append(period.partner.short_name)
    unsure = _("Dates à confirmer.")
    return [
        " ".join([f"{', '.join(names)}.", _("Source : %(source)s.", source=source), *([unsure] if is_unsure else [])])
        for (source, is_unsure), names in found.items()
    ]


def _is_unsure(period: ExamPeriod) -> bool:
    return period.confidence in {"C", "U"}
