"""Bytes that must never be lost or changed: sealed contracts, receipts, certificates.

They are rows, in the same transaction as the row that speaks of them: one thing to back up, nothing to lose between two stores.
"""

from __future__ import annotations

import datetime as dt
import hashlib

from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.exceptions import NotFound

from certif.kit import clock
from certif.kit.db import Model, db


class Evidence(Model):
    """One document, named by its own SHA-256. Keeps: what was signed or received, for as long as the act it proves."""

    __tablename__ = "evidence"

    digest: Mapped[str] = mapped_column(primary_key=True)
    media_type: Mapped[str]
    content: Mapped[bytes] = mapped_column(deferred=True)
    kept_at: Mapped[dt.datetime]


def keep(content: bytes, media_type: str) -> str:
    """Keep `content` for ever, once: the same bytes have the same name.

    Gives: its SHA-256, in hexadecimal.
    """
    digest = hashlib.sha256(content).hexdigest()
    if db.session.get(Evidence, digest) is None:
        db.session.add(Evidence(digest=digest, media_type=media_type, content=content, kept_at=clock.now()))
        db.session.flush()
    return digest


def fetch(digest: str) -> Evidence:
    """Give the document named `digest`. Not there: `NotFound`."""
    found = db.session.get(Evidence, digest)
    if found is None:
        raise NotFound
    return found


def is_kept(digest: str) -> bool:
    """Whether these very bytes are ours."""
    return db.session.get(Evidence, digest) is not None
