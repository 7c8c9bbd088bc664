"""What is typed of a gala, of a moment, of a guest: values that acts take whole."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from certif.galas.evening_model import MomentKind


@dataclass(frozen=True)
class GalaTerms:
    """What a gala is. `starts_at`, the hour on a clock in Québec, such as `18:30`."""

    name_fr: str
    name_en: str
    organiser: str
    held_on: dt.date
    starts_at: str
    place: str
    address: str


@dataclass(frozen=True)
class MomentTerms:
    """What a moment is. `seconds`, how long it lasts."""

    kind: MomentKind
    title: str
    seconds: int
    presenter: str = ""
    music: str = ""
    notes: str = ""


@dataclass(frozen=True)
class GuestTerms:
    """Who is invited, on behalf of whom, how many come together, and where the invitation goes, in which language."""

    name: str
    body: str
    seats: int
    email: str | None = None
    language: str = "fr"


@dataclass(frozen=True)
class Wording:
    """What is said of a laureate on stage and printed. None: nothing changes, as for those who may not be named."""

    citation: str | None = None
    boss_name: str | None = None
    boss_said: str | None = None
    student_name: str | None = None
    student_said: str | None = None
