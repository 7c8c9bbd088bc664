"""How a room to the right writes to recipients of its own: a bulletin, for one. All the rest of a mailing is the same for everybody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from certif.kit.access import Actor
from certif.mailings.model import Audience, Mailing, MailingRecipient


@dataclass(frozen=True)
class Written:
    """A letter as it would leave."""

    language: str
    subject: str
    body: str


@dataclass(frozen=True)
class Subject:
    """What a mailing is about, and where it is read: an endpoint, and the `ref` of its address."""

    label: str
    page: str
    ref: str


@dataclass(frozen=True)
class Writer:
    """What is asked of the room that a mailing is for.

    `settle` writes one letter, or gives the name of the reason why there is none, one of `SKIPPED`; `seen` gives the letter as it would
    leave, in a language; `agreed` is told once, when all who must have agreed, in the same unit of work; `about` says what it is about.
    """

    settle: Callable[[MailingRecipient, Mailing, Actor], str | None]
    seen: Callable[[Mailing, str], Written]
    agreed: Callable[[Mailing, Actor], None]
    about: Callable[[Mailing], Subject]


_writers: dict[Audience, Writer] = {}


def write_with(audience: Audience, writer: Writer) -> None:
    """Let a room write to an audience."""
    _writers[audience] = writer


def writer_of(mailing: Mailing) -> Writer | None:
    """Give who writes the letters of a mailing; None where this room does."""
    return _writers.get(Audience(mailing.audience))
