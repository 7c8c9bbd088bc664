"""What is typed of a body, of somebody to reach, of what was given, of a meeting: values that acts take whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from certif.kit.money import Money
from certif.network.model import BodyKind, MemberCategory, ProvisionKind
from certif.territory import Mrc, Partner


@dataclass(frozen=True)
class BodyTerms:
    """What a body is, and where it works today. `goal`, the plan or goal by which it acts against dropping out."""

    name: str
    kind: BodyKind
    mrcs: Sequence[Mrc] = field(default_factory=tuple)
    category: MemberCategory | None = None
    partner: Partner | None = None
    website: str = ""
    goal: str = ""


@dataclass(frozen=True)
class ContactTerms:
    """Whom to reach. `expertise`, on what they advise others, empty for those who are no expert."""

    name: str
    role: str
    email: str | None = None
    phone: str | None = None
    language: str = "fr"
    expertise: str = ""


@dataclass(frozen=True)
class ProvisionTerms:
    """What was given on a day: money, or what prizes are worth; whole hours, or how many rooms or prizes."""

    kind: ProvisionKind
    given_on: dt.date
    what: str
    amount: Money | None = None
    quantity: int = 0


@dataclass(frozen=True)
class MeetingTerms:
    """When and where a committee meets, and what about. `starts_at`, the hour on a clock in Québec, such as `18:30`."""

    held_on: dt.date
    starts_at: str
    place: str
    agenda: str


@dataclass(frozen=True)
class AskTerms:
    """What somebody asks for, and how to answer them."""

    asker: str
    organisation: str
    name: str
    email: str
    words: str
    phone: str | None = None
    language: str = "fr"
