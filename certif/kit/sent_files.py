"""Bytes that people send: pictures and documents that prove nothing by themselves, and are erased once what refers to them lets go.

They are no evidence: nobody vouches for them, and the law asks that they be kept no longer than needed.
"""

from __future__ import annotations

import datetime as dt
import hashlib

from sqlalchemy import delete, exists
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.exceptions import NotFound

from certif.kit import clock
from certif.kit.db import Base, Model, db


class SentFile(Model):
    """One file, named by its own SHA-256. Keeps: what was sent, until no row refers to it any more; the rooms say when."""

    __tablename__ = "sent_file"

    digest: Mapped[str] = mapped_column(primary_key=True)
    media_type: Mapped[str]
    content: Mapped[bytes] = mapped_column(deferred=True)
    sent_at: Mapped[dt.datetime]


def keep(content: bytes, media_type: str) -> str:
    """Keep `content`, once: the same bytes have the same name. Gives: its SHA-256, in hexadecimal."""
    digest = hashlib.sha256(content).hexdigest()
    if db.session.get(SentFile, digest) is None:
        db.session.add(SentFile(digest=digest, media_type=media_type, content=content, sent_at=clock.now()))
        db.session.flush()
    return digest


def fetch(digest: str) -> SentFile:
    """Give the file named `digest`. Not there: `NotFound`."""
    found = db.session.get(SentFile, digest)
    if found is None:
        raise NotFound
    return found


def erase_unused() -> None:
    """Erase every file to which no row refers any more."""
    columns = [
        key.parent for table in Base.metadata.tables.values() for key in table.foreign_keys if key.target_fullname == "sent_file.digest"
    ]
    db.session.execute(delete(SentFile).where(*(~exists().where(column == SentFile.digest) for column in columns)))
