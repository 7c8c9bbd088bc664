"""What a region decides, as values: levels, commitments, hours, texts. No table, no request; a region is never named here."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from certif.kit.access import Role
from certif.kit.languages import _l, language
from certif.law import HourRule
from certif.programs.checks import Automatic

PUBLIC_COLOUR = "#0f4a3c"
REMINDER_DAYS = (7, 21, 45)
MOST_REMINDERS, LATEST_REMINDER = 3, 365


@dataclass(frozen=True)
class Text:
    """The same words in both languages. `str(text)` speaks the reader’s; French stands in while English is missing."""

    fr: str = ""
    en: str = ""

    def said_in(self, name: str) -> str:
        """Give the words in `fr` or `en`."""
        return self.en if name == "en" and self.en else self.fr

    def __str__(self) -> str:
        return self.said_in(language())

    def __bool__(self) -> bool:
        return bool(self.fr or self.en)

    @property
    def is_whole(self) -> bool:
        """Whether both languages are there."""
        return bool(self.fr and self.en)

    @property
    def paragraphs(self) -> list[str]:
        """The reader’s words, cut at blank lines."""
        return paragraphs(str(self))


def paragraphs(text: str) -> list[str]:
    """Cut a text at its blank lines; a line break inside a paragraph is only a space."""
    return [" ".join(part.split("\n")).strip() for part in text.split("\n\n") if part.strip()]


class PaymentMethod(StrEnum):
    """How an employer may give its contribution."""

    CARD = "card"
    CHEQUE = "cheque"
    INTERAC = "interac"
    CASH = "cash"

    @property
    def label(self) -> object:
        """The method in words (lazy)."""
        return _METHODS[self]


_METHODS = {
    PaymentMethod.CARD: _l("Carte de crédit ou de débit"),
    PaymentMethod.CHEQUE: _l("Chèque"),
    PaymentMethod.INTERAC: _l("Virement Interac"),
    PaymentMethod.CASH: _l("Argent comptant"),
}


@dataclass(frozen=True)
class Level:
    """A degree of recognition, named by the program. A supporter hires no student and backs the cause.

    Takes: `criteria`, one a line; `colour`, `#rrggbb`.
    """

    code: str
    name: Text
    criteria: Text = field(default_factory=Text)
    colour: str = PUBLIC_COLOUR
    is_supporter: bool = False


@dataclass(frozen=True)
class Commitment:
    """A promise of the employer. One that is not required is offered, and the employer picks it or not.

    Takes: `within_months`, how long after the first day of the certification it may take to be met; None from the first day.
    """

    id: str
    text: Text
    is_required: bool = True
    within_months: int | None = None


@dataclass(frozen=True)
class ContractText:
    """The words around the commitments in the moral contract."""

    title: Text = field(default_factory=Text)
    preamble: Text = field(default_factory=Text)
    required_intro: Text = field(default_factory=Text)
    optional_intro: Text = field(default_factory=Text)
    closing: Text = field(default_factory=Text)


@dataclass(frozen=True)
class Colours:
    """The program’s own colours, on badges and stickers: certified, and in progress."""

    primary: str = PUBLIC_COLOUR
    in_progress: str = "#f2b705"


@dataclass(frozen=True)
class Rules:
    """All that a version decides besides its terms.

    Takes: `receivers`, who may receive applications; `validators`, who may decide; `waivers_per_year`, None for no cap; `instructions`,
    how to pay by each method that
    is allowed, in the order they are offered; `agreements`, the follow-up pledges the program invites to (`student`, `school`); `logo`,
    digest of a kept picture; `entry_level_months`, the longest stay at the first of several levels, None for no cap; `sample_percent`,
    the share of certified employers examined each year, None for no examination; `reminder_days`, after how many days of silence an
    employer on its way is reminded, at most three, in order; empty for never; `prices_by_size`, the contribution in cents of the bands
    of size that have one of their own; `automatic`, when a file is validated without a person, None for never.
    """

    slogan: Text = field(default_factory=Text)
    presentation: Text = field(default_factory=Text)
    levels: tuple[Level, ...] = ()
    hours: tuple[HourRule, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    contract: ContractText = field(default_factory=ContractText)
    receivers: tuple[Role, ...] = (Role.AGENT, Role.MANAGER)
    validators: tuple[Role, ...] = (Role.AGENT, Role.MANAGER)
    shows_in_progress: bool = False
    waivers_per_year: int | None = None
    instructions: dict[PaymentMethod, Text] = field(default_factory=dict)
    agreements: tuple[str, ...] = ()
    colours: Colours = field(default_factory=Colours)
    logo: str | None = None
    recognises_founders: bool = False
    pilot_until: dt.date | None = None
    entry_level_months: int | None = None
    sample_percent: int | None = None
    reminder_days: tuple[int, ...] = REMINDER_DAYS
    prices_by_size: dict[str, int] = field(default_factory=dict)
    automatic: Automatic | None = None

    @property
    def supporter_level(self) -> Level | None:
        """The level of those who hire no student, when the program has one."""
        return next((level for level in self.levels if level.is_supporter), None)

    @property
    def earned_levels(self) -> tuple[Level, ...]:
        """The levels of those who hire, lowest first."""
        return tuple(level for level in self.levels if not level.is_supporter)


@dataclass(frozen=True)
class Terms:
    """What lists and steps ask of a version: its price, what it requires, how long it lasts."""

    price_cents: int = 0
    requires_signature: bool = True
    requires_contribution: bool = False
    requires_visit: bool = False
    validity_months: int = 24
    grace_days: int = 30


def may_be_delays(days: tuple[int, ...]) -> bool:
    """Whether these may be the days after which a silent employer is reminded: at most three, each later than the one before."""
    return len(days) <= MOST_REMINDERS and list(days) == sorted(set(days)) and all(1 <= day <= LATEST_REMINDER for day in days)


def months_after(day: dt.date, months: int) -> dt.date:
    """Give the same day some months later, or that month’s last."""
    count = day.month - 1 + months
    year, month = day.year + count // 12, count % 12 + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
