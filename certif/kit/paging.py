"""Pages of a list, by what the last row says rather than by counting: as fast at the end as at the start, and nothing is seen twice."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, literal, tuple_

from certif.kit.db import db

Shown = TypeVar("Shown")
PAGE = 25


@dataclass(frozen=True)
class Cursor:
    """The last row of the page before: its instant, and its public name."""

    at: dt.datetime
    ref: str

    def __str__(self) -> str:
        return base64.urlsafe_b64encode(f"{self.at.isoformat()} {self.ref}".encode()).decode().rstrip("=")


@dataclass(frozen=True)
class Slice(Generic[Shown]):
    """One page of a list. `next`: the cursor of the following page, None at the end."""

    rows: Sequence[Shown]
    next: str | None


def read_cursor(text: str | None) -> Cursor | None:
    """Read the cursor of an address; what is no cursor is the first page."""
    try:
        at, ref = base64.urlsafe_b64decode(f"{text or ''}===").decode().split(" ")
        instant = dt.datetime.fromisoformat(at)
    except (ValueError, binascii.Error, UnicodeDecodeError):
        return None
    return Cursor(instant, ref) if instant.tzinfo is not None else None


def cut(found: Select[Any], at: ColumnElement[Any], ref: ColumnElement[Any], after: Cursor | None, *, newest_first: bool) -> Slice[Any]:
    """Give one page of a statement whose rows have `since` and `ref`.

    Takes: `at` and `ref`, the columns by which it is ordered.
    """
    if after is not None:
        here = tuple_(literal(after.at, at.type), literal(after.ref))
        found = found.where(tuple_(at, ref) < here if newest_first else tuple_(at, ref) > here)
    order = (at.desc(), ref.desc()) if newest_first else (at, ref)
    rows = db.session.execute(found.order_by(*order).limit(PAGE + 1)).all()
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return Slice(rows[:PAGE], str(Cursor(last.since, last.ref)) if last is not None else None)
