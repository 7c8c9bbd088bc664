"""The days of the public roll, each signed and tied to the one before, and the pages of names that they list."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from certif.kit.db import Model

START = "0" * 64
"""What the first day follows."""


class RollPage(Model):
    """Up to a thousand lines of the roll, named by the SHA-256 of their text: a page that did not change since yesterday is the same row.

    Keeps: what the public pages said (organisation, place, level), as evidence, for ever.
    """

    __tablename__ = "roll_page"

    digest: Mapped[str] = mapped_column(primary_key=True)
    lines: Mapped[int]
    packed: Mapped[bytes] = mapped_column(deferred=True)


class RollDay(Model):
    """The roll of one day. `statement` is the very text that was signed; `digest`, its SHA-256, is what the next day follows."""

    __tablename__ = "roll_day"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    day: Mapped[dt.date] = mapped_column(unique=True)
    lines: Mapped[int]
    previous: Mapped[str] = mapped_column(unique=True)
    digest: Mapped[str]
    statement: Mapped[str]
    signature: Mapped[str]
    published_at: Mapped[dt.datetime]

    @property
    def said(self) -> dict[str, Any]:
        """What the statement says."""
        found = json.loads(self.statement)
        assert isinstance(found, dict)
        return found

    @property
    def line(self) -> str:
        """The day as it is published: the text that was signed, and its signature, in one line of JSON."""
        return json.dumps({"statement": self.statement, "signature": self.signature}, ensure_ascii=False) + "\n"
