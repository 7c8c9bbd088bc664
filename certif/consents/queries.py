"""The questions one asks of consents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from sqlalchemy import select

from certif.consents.model import Consent
from certif.consents.purposes import PURPOSES
from certif.kit.db import db


class Subject(Protocol):
    """A row that a consent is about: a person, an employer, a photograph."""

    ref: str


def consents_of(subject: Subject, purpose: str | None = None) -> list[Consent]:
    """Give what was ever agreed to about a row, withdrawn or not, oldest first."""
    wanted = select(Consent).where(Consent.subject == name_of(subject)).order_by(Consent.id)
    if purpose is not None:
        wanted = wanted.where(Consent.purpose == PURPOSES[purpose].name)
    return list(db.session.scalars(wanted))


def has_consent(subject: Subject, purpose: str) -> bool:
    """Whether this purpose is agreed to now: in the words in force, not withdrawn, not too long ago."""
    return any(consent.is_in_force for consent in consents_of(subject, purpose))


def agreed_among(subjects: Sequence[Subject], *purposes: str) -> dict[str, set[str]]:
    """Give, by the ref of each of these rows, to which of these purposes it is agreed now. One statement for all of them."""
    names = {name_of(one): one.ref for one in subjects}
    found: dict[str, set[str]] = {one.ref: set() for one in subjects}
    if names:
        wanted = select(Consent).where(Consent.subject.in_(names), Consent.purpose.in_(purposes))
        for consent in db.session.scalars(wanted):
            if consent.is_in_force:
                found[names[consent.subject]].add(consent.purpose)
    return found


def name_of(subject: Subject) -> str:
    """Give the name by which consents know a row: `User:7KQ…`."""
    return f"{type(subject).__name__}:{subject.ref}"
