"""Which numbers may be called: those with a ground kept with its source, and whose owner never said stop."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from certif.imports import Prospect
from certif.kit import tokens
from certif.kit.db import db
from certif.visits.contact_model import CallStop


def numbers_of(prospects: Sequence[Prospect]) -> dict[int, str]:
    """Give the number of each of these prospects that may be called, by its id: one statement."""
    known = {one.id: one.contact_phone for one in prospects if one.contact_phone and one.contact_ground and one.contact_source}
    digests = {number_digest(phone) for phone in known.values()}
    stopped = set(db.session.scalars(select(CallStop.number_digest).where(CallStop.number_digest.in_(digests)))) if digests else set()
    return {one: phone for one, phone in known.items() if number_digest(phone) not in stopped}


def number_digest(phone: str) -> str:
    """Give what is kept of a number that said stop: without its extension."""
    return tokens.digest(phone.split(";", maxsplit=1)[0])
