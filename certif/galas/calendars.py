"""An evening as calendars take it (iCalendar, RFC 5545): when and where, and nothing of who is honoured."""

from __future__ import annotations

import datetime as dt

from certif.galas.evening import begins_at, ends_at
from certif.galas.model import Gala
from certif.galas.queries import cancellation_of, name_of
from certif.kit.settings import settings

ICS = "text/calendar"
_WIDEST = 73  # octets a line, the break aside


def calendar_of(gala: Gala) -> str:
    """Give the evening as a calendar of one event."""
    lines = (
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Certif//Galas//FR", "METHOD:PUBLISH", "BEGIN:VEVENT",
        f"UID:gala-{gala.ref}@{settings().host.split(':')[0]}", f"DTSTAMP:{_utc(gala.planned_at)}", f"DTSTART:{_utc(begins_at(gala))}",
        f"DTEND:{_utc(ends_at(gala))}", f"SUMMARY:{_text(name_of(gala))}", f"LOCATION:{_text(f'{gala.place}, {gala.address}')}",
        f"STATUS:{'CANCELLED' if cancellation_of(gala) else 'CONFIRMED'}",
        "END:VEVENT", "END:VCALENDAR",
    )  # fmt: skip
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _utc(at: dt.datetime) -> str:
    return f"{at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    return words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n").replace("\r", "")


def _folded(line: str) -> str:
    """Break a line that is too long, between signs and never within one. Source: RFC 5545, 3.1."""
    parts, here = [""], 0
    for sign in line:
        size = len(sign.encode())
        if here + size > _WIDEST:
            parts.append("")
            here = 0
        parts[-1] += sign
        here += size
    return "\r\n ".join(parts)
