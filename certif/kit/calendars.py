"""What is to happen, as calendars take it (iCalendar, RFC 5545), and as invitations that calendars answer (iTIP, RFC 5546).

Hours are those of Québec, with the rules of its summer time; an hour that exists twice, on the night when clocks go back, is written in
UTC, so that no reader can take one for the other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from certif.kit.clock import TORONTO
from certif.kit.settings import settings

ICS = "text/calendar"
_WIDEST = 73  # octets a line, the break aside
_ZONE = "America/Toronto"
_RULES = (
    "BEGIN:VTIMEZONE", f"TZID:{_ZONE}",
    "BEGIN:DAYLIGHT", "TZNAME:EDT", "TZOFFSETFROM:-0500", "TZOFFSETTO:-0400", "DTSTART:20070311T020000",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU", "END:DAYLIGHT",
    "BEGIN:STANDARD", "TZNAME:EST", "TZOFFSETFROM:-0400", "TZOFFSETTO:-0500", "DTSTART:20071104T020000",
    "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU", "END:STANDARD",
    "END:VTIMEZONE",
)  # fmt: skip
"""The summer time of Québec since 2007. Source: Loi sur le temps légal (RLRQ, c. T-5.1), and the tz database."""


@dataclass(frozen=True)
class Person:
    """Who organises, or who is invited; `standing`, what they answered, as calendars say it: `NEEDS-ACTION`, `ACCEPTED`, `DECLINED` or
    `TENTATIVE`."""

    name: str
    email: str
    standing: str = "NEEDS-ACTION"


@dataclass(frozen=True)
class Happening:
    """One thing that is to happen. `key` names it for ever, in every calendar; `sequence` counts its changes; `changed_at`, the last one.

    `is_all_day`: from the day of `starts_at` to that of `ends_at`, which is no longer part of it.
    """

    key: str
    title: str
    place: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    changed_at: dt.datetime
    sequence: int = 0
    is_cancelled: bool = False
    is_all_day: bool = False
    note: str = ""
    url: str = ""
    organiser: Person | None = None
    guests: tuple[Person, ...] = ()


def calendar_of(happenings: Iterable[Happening], *, method: str = "PUBLISH", name: str = "") -> str:
    """Give what is to happen as one calendar.

    Takes: `method`, `PUBLISH` for whoever subscribes or keeps, `REQUEST` and `CANCEL` for whoever is invited; `name`, that of the calendar.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Certif//Certif//FR", "CALSCALE:GREGORIAN", f"METHOD:{method}"]
    lines += [f"X-WR-CALNAME:{escaped(name)}", f"X-WR-TIMEZONE:{_ZONE}"] if name else []
    lines += _RULES
    for one in happenings:
        lines += _event(one)
    return written([*lines, "END:VCALENDAR"])


def written(lines: Iterable[str]) -> str:
    """Give the lines of a calendar as they travel: none too long, each with its break."""
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _event(one: Happening) -> Iterator[str]:
    yield from ("BEGIN:VEVENT", f"UID:{one.key}@{settings().host.split(':')[0]}", f"SEQUENCE:{one.sequence}")
    yield from (f"DTSTAMP:{_utc(one.changed_at)}", f"LAST-MODIFIED:{_utc(one.changed_at)}")
    yield from (_when("DTSTART", one.starts_at, one), _when("DTEND", one.ends_at, one))
    for name, words in (("SUMMARY", one.title), ("LOCATION", one.place), ("DESCRIPTION", one.note)):
        if words:
            yield f"{name}:{escaped(words)}"
    if one.url:
        yield f"URL:{one.url}"
    if one.organiser:
        yield f'ORGANIZER;CN="{_quoted(one.organiser.name)}":mailto:{one.organiser.email}'
    for guest in one.guests:
        asked = str(guest.standing == "NEEDS-ACTION").upper()
        yield f'ATTENDEE;CN="{_quoted(guest.name)}";ROLE=REQ-PARTICIPANT;PARTSTAT={guest.standing};RSVP={asked}:mailto:{guest.email}'
    yield from (f"STATUS:{'CANCELLED' if one.is_cancelled else 'CONFIRMED'}", "END:VEVENT")


def _when(name: str, at: dt.datetime, one: Happening) -> str:
    here = at.astimezone(TORONTO)
    if one.is_all_day:
        return f"{name};VALUE=DATE:{here:%Y%m%d}"
    is_twice = here.replace(fold=0).utcoffset() != here.replace(fold=1).utcoffset()
    return f"{name}:{_utc(at)}" if is_twice else f"{name};TZID={_ZONE}:{here:%Y%m%dT%H%M%S}"


def _utc(at: dt.datetime) -> str:
    return f"{at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"


def escaped(words: str) -> str:
    """Give a text as it stands in a line."""
    return words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\r", "").replace("\n", "\\n")


def _quoted(words: str) -> str:
    """Give a name fit to stand between quotes, where nothing can be escaped."""
    return " ".join(words.replace('"', "’").split())


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
