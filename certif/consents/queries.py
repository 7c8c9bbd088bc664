"""The questions one asks of consents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Protocol

from sqlalchemy import ColumnElement, exists, literal, select

from certif.consents.model import Consent, ConsentWithdrawal
from certif.consents.purposes import PURPOSES
from certif.kit import clock
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


def agreed_among(subjects: Sequence[Subject], *purposes: str) -> set[tuple[str, str]]:
    """Give which of these rows are agreed to now, and for what, as pairs of a ref and a purpose: one statement for all of them."""
    names = {name_of(one): one.ref for one in subjects}
    wanted = select(Consent).where(Consent.subject.in_(names), Consent.purpose.in_(purposes))
    return {(names[one.subject], one.purpose) for one in db.session.scalars(wanted) if one.is_in_force}


def is_agreed(kind: str, ref: Any, purpose: str) -> ColumnElement[bool]:
    """Give the condition that a purpose is agreed to now, for lists. Takes: `kind`, the name of the model; `ref`, its column."""
    declared = PURPOSES[purpose]
    return exists().where(
        Consent.subject == literal(f"{kind}:") + ref, Consent.purpose == declared.name, Consent.text_version == declared.version,
        Consent.given_at > clock.now() - dt.timedelta(days=declared.days),
        ~exists().where(ConsentWithdrawal.consent_id == Consent.id),
    )  # fmt: skip


def name_of(subject: Subject) -> str:
    """Give the name by which consents know a row: `User:7KQ…`."""
    return f"{type(subject).__name__}:{subject.ref}"
