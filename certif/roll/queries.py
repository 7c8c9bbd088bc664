"""Questions about the roll: its days, the pages of one, and whether all of it still holds together."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
from collections.abc import Iterator, Sequence

from cryptography.exceptions import InvalidSignature
from sqlalchemy import select
from werkzeug.exceptions import NotFound

from certif.certification import issuer_keys
from certif.kit.db import db
from certif.roll.model import START, RollDay, RollPage

PAGE = 30
_BATCH = 50


def last_day() -> RollDay | None:
    """Give the newest day of the roll."""
    return db.session.scalar(select(RollDay).order_by(RollDay.number.desc()).limit(1))


def days_before(number: int | None) -> tuple[Sequence[RollDay], int | None]:
    """Give one page of days, the newest first: those before `number`, or the last ones; and the number that the next page is before.

    Refuses (404): a page where there is nothing.
    """
    query = select(RollDay).order_by(RollDay.number.desc()).limit(PAGE + 1)
    found = db.session.scalars(query if number is None else query.where(RollDay.number < number)).all()
    if number is not None and not found:
        raise NotFound
    return found[:PAGE], found[PAGE - 1].number if len(found) > PAGE else None


def roll_of(day: str) -> RollDay:
    """Give the roll of a day, written `2026-11-26`. Refuses (404): what is no day, or has no roll."""
    try:
        wanted = dt.date.fromisoformat(day)
    except ValueError:
        raise NotFound from None
    found = db.session.scalar(select(RollDay).where(RollDay.day == wanted))
    if found is None:
        raise NotFound
    return found


def page_of(digest: str) -> bytes:
    """Give the lines of a page. Refuses (404): one that is not there."""
    found = db.session.get(RollPage, digest)
    if found is None:
        raise NotFound
    content = gzip.decompress(found.packed)
    db.session.expunge(found)  # let go of it: who reads a whole day holds one page at a time
    return content


def days_after(number: int) -> Iterator[RollDay]:
    """Give every day after `number`, oldest first, a few at a time."""
    while True:
        found = db.session.scalars(select(RollDay).where(RollDay.number > number).order_by(RollDay.number).limit(_BATCH)).all()
        for one in found:
            yield one
            db.session.expunge(one)
        if len(found) < _BATCH:
            return
        number = found[-1].number


def digests_of(roll: RollDay) -> list[str]:
    """Give the names of the pages of a day."""
    return [page["digest"] for page in roll.said["pages"]]


def pages_named(digests: list[str]) -> Iterator[bytes]:
    """Give the lines of pages, a page at a time: read when they are sent, when the request that asked for them is over."""
    for digest in digests:
        yield page_of(digest)


def first_broken_day() -> dt.date | None:
    """Read the whole roll; give the first day that does not follow from the one before, or whose signature or pages are not what they
    were."""
    keys = {key.ref: key.private.public_key() for key in issuer_keys()}
    previous, sound = START, set[str]()
    for one in days_after(0):
        said = one.said
        try:
            keys[said["key"]].verify(bytes.fromhex(one.signature), one.statement.encode())
        except (InvalidSignature, KeyError, ValueError):
            return one.day
        if said["previous"] != previous or said["day"] != one.day.isoformat() or not _has_pages(said["pages"], sound):
            return one.day
        previous = hashlib.sha256(one.statement.encode()).hexdigest()
    return None


def _has_pages(pages: list[dict[str, str]], sound: set[str]) -> bool:
    """Whether every page is there and says what it said. `sound`: those already looked at."""
    for digest in (page["digest"] for page in pages if page["digest"] not in sound):
        try:
            if hashlib.sha256(page_of(digest)).hexdigest() != digest:
                return False
        except (NotFound, OSError, EOFError):
            return False
        sound.add(digest)
    return True
