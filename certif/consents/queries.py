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


def agreed(subjects: Sequence[Subject], *purposes: str) -> set[tuple[str, str]]:
    """Give what is agreed to now about many rows at once, as pairs (the row's ref, purpose): one statement, however many rows."""
    refs = {name_of(subject): subject.ref for subject in subjects}
    wanted = select(Consent).where(Consent.subject.in_(refs), Consent.purpose.in_([PURPOSES[one].name for one in purposes]))
    return {(refs[one.subject], one.purpose) for one in db.session.scalars(wanted) if one.is_in_force} if refs else set()


def name_of(subject: Subject) -> str:
    """Give the name by which consents know a row: `User:7KQ…`."""
    return f"{type(subject).__name__}:{subject.ref}"
