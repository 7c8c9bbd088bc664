"""Random names and codes, and the count of attempts at guessing them."""

from __future__ import annotations

import datetime as dt
import hashlib
import random
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import case
from sqlalchemy.orm import Mapped, mapped_column

from certif.kit import clock
from certif.kit.db import Model, checkpoint, db
from certif.kit.errors import Refusal
from certif.kit.inserting import insert_into
from certif.kit.languages import _

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Thirty signs that nobody confuses on paper: no 0 O, 1 I L, U V… Upper case makes a smaller QR."""

_LENGTH = 22  # 22 × log2(30) = 107 bits


_source: random.Random = secrets.SystemRandom()


class AttemptCount(Model):
    """How many times something was tried in the current window. Keeps: a key without personal data, purged after its window."""

    __tablename__ = "attempt_count"

    key: Mapped[str] = mapped_column(primary_key=True)
    started_at: Mapped[dt.datetime]
    count: Mapped[int]


def ref() -> str:
    """Give the public name of a row, also fit for paper: 22 signs without look-alikes, 107 bits."""
    return "".join(_source.choices(ALPHABET, k=_LENGTH))


@contextmanager
def drawn_from(seed: int) -> Iterator[None]:
    """Draw names and codes from `seed` for a while, so that a demonstration is the same each time. Never where anyone could rely on
    them."""
    global _source  # noqa: PLW0603 — one source for the process is the point
    before, _source = _source, random.Random(seed)  # noqa: S311
    try:
        yield
    finally:
        _source = before


def secret() -> str:
    """Give a secret for a link or a cookie: 43 URL-safe signs, 256 bits. Only its `digest` is kept."""
    return secrets.token_urlsafe(32)


def digest(text: str) -> str:
    """Give the SHA-256 of `text` (UTF-8), in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def six_digits() -> str:
    """Give a code that a person types: six digits."""
    return f"{_source.randrange(1_000_000):06d}"


def below(most: int) -> int:
    """Give a whole number drawn from 0 to `most` - 1."""
    return _source.randrange(most)


def count_attempt(key: str, *, limit: int, within: dt.timedelta) -> None:
    """Count one attempt **before** it is judged, and keep the count even when the rest of the request is rolled back.

    Takes: `key`, what is being guessed (it is digested, so it may hold an address); `limit`, attempts allowed in `within`.
    Refuses: the attempt beyond the limit.
    Must be called before anything is written in this unit of work.
    """
    session = db.session()
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("attempts are counted before anything is written")
    insert = insert_into(AttemptCount)
    is_over = AttemptCount.started_at <= clock.now() - within
    statement = insert.values(key=digest(key), started_at=clock.now(), count=1).on_conflict_do_update(
        index_elements=[AttemptCount.key],
        set_={
            "count": case((is_over, 1), else_=AttemptCount.count + 1),
            "started_at": case((is_over, clock.now()), else_=AttemptCount.started_at),
        },
    )
    count = session.scalar(statement.returning(AttemptCount.count))
    checkpoint()
    if count is None or count > limit:
        raise Refusal(_("Trop d’essais. Attendez un peu avant de recommencer."))


def forget_attempts(key: str) -> None:
    """Forget the attempts at `key`, once the right person has shown to be right."""
    row = db.session.get(AttemptCount, digest(key))
    if row:
        db.session.delete(row)
