"""What other overviews ask of the directory: the codes that search engines may read."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func, select

from certif.directory.model import Listing
from certif.kit import clock
from certif.kit.db import db
from certif.standing import Status

_HELD = (Status.CERTIFIED.value, Status.SUPPORTER.value)


def code_ranges(size: int) -> list[int]:
    """Give the numbers of the ranges, `size` codes wide, that may hold a listing: one statement, however many there are."""
    lowest, highest = db.session.execute(select(func.min(Listing.verification_id), func.max(Listing.verification_id))).one()
    return [] if lowest is None else list(range(lowest // size, highest // size + 1))


def codes_between(number: int, size: int) -> list[str]:
    """Give the codes of one range whose certification stands."""
    inside = Listing.verification_id.between(number * size, number * size + size - 1)
    found = select(Listing.code).where(inside, Listing.status.in_(_HELD), Listing.expires_on >= clock.today())
    return list(db.session.scalars(found.order_by(Listing.verification_id)))


def certified_among(employer_ids: Iterable[int]) -> set[int]:
    """Give which of these employers hold a certification that stands today, as the directory last read it: one statement for all."""
    stands = Listing.status == Status.CERTIFIED, Listing.expires_on >= clock.today()
    return set(db.session.scalars(select(Listing.employer_id).where(Listing.employer_id.in_(list(employer_ids)), *stands).distinct()))
