"""Exam weeks as calendars take them (iCalendar, RFC 5545): whole days, each with what it asks of a schedule."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from certif.agreements.exam_model import ExamFeed, ExamPeriod
from certif.agreements.exam_queries import periods_around
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
        f"X-PUBLISHED-TTL:{_REFRESH}", *(line for period in periods_around(place) for line in _event(period)), "END:VCALENDAR",
    ]  # fmt: skip
    return written(lines)


def advice() -> str:
    """Say what exam weeks ask of a schedule."""
    rest, ask = (
        _("Pas de quart la veille ni le jour d’un examen ; moins d’heures cette semaine-là."),
        _("Demandez à vos élèves leurs dates exactes."),
    )
    return f"{rest} {ask}"


def _event(period: ExamPeriod) -> Sequence[str]:
    summary = _("Pas de quart : %(exams)s, %(body)s", exams=period.kind_label, body=period.partner.short_name)
    source, unsure = _("Source : %(source)s.", source=period.source), _("Dates à confirmer.")
    said = f"{advice()} {source}"
    if period.confidence in {"C", "U"}:
        said = f"{said} {unsure}"
    status = "TENTATIVE" if period.confidence in {"C", "U"} else "CONFIRMED"
    return (
        "BEGIN:VEVENT",
        f"UID:examens-{period.ref}@{settings().host.split(':')[0]}",
        f"DTSTAMP:{period.noted_at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{period.first_day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{period.last_day + _DAY:%Y%m%d}",
        f"SUMMARY:{escaped(summary)}",
        f"DESCRIPTION:{escaped(said)}",
        "TRANSP:TRANSPARENT",
        f"STATUS:{status}",
        "END:VEVENT",
    )
