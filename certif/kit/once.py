"""A form sent twice does what it does once: whoever pressed twice, or heard no answer and pressed again, is led where the first press led.

Each form carries a mark of its own. What was sent under a mark is remembered by its digest, in the same transaction as what it did: of
many at once, the database lets one through. The same page filled in otherwise is another thing to say, and is heard.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import secrets

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import Flask, Response, g, redirect, request
from sqlalchemy import delete, select
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.exceptions import Conflict

from certif.kit import clock
from certif.kit.db import Model, db, transaction
from certif.kit.jobs import recurring

FIELD = "once"
KEPT = dt.timedelta(days=1)

_MARK = re.compile(r"[A-Za-z0-9_-]{22}")
_NONCE = bytes(12)  # each key serves once


class AnsweredPost(Model):
    """A form that was sent and answered.

    Keeps: a digest of what was sent, and where it led, sealed under the form's own mark, which is not kept: nobody reads it but who sends
    the same again; a day.
    """

    __tablename__ = "answered_post"

    fingerprint: Mapped[str] = mapped_column(primary_key=True)
    location: Mapped[bytes]
    answered_at: Mapped[dt.datetime] = mapped_column(index=True)


def mark() -> str:
    """Give a form its mark: 128 bits."""
    return secrets.token_urlsafe(16)


def remember(response: Response) -> None:
    """Note, in this unit of work, where this post leads; nowhere, when its answer is shown only once. Another one like it that was quicker
    makes the database refuse.
    """
    leads, does_something = response.status_code == 303, "journal" in db.session().info
    if g.get("fingerprint") is not None and (leads or does_something):
        sealed = _cipher().encrypt(_NONCE, response.headers.get("Location", "").encode(), None)
        db.session.add(AnsweredPost(fingerprint=g.fingerprint, location=sealed, answered_at=clock.now()))
        db.session.flush()


def repeated() -> Response | None:
    """Give the answer that the same post was given before, if any and if it can be given again."""
    address = _address()
    return redirect(address, 303, Response) if address else None  # type: ignore[return-value]


def install(app: Flask) -> None:
    """Look, once it is known who may enter, whether a post was answered before."""
    app.jinja_env.globals[FIELD] = mark

    @app.before_request
    def answer_again() -> Response | None:
        if request.method != "POST" or getattr(app.view_functions.get(request.endpoint or ""), "takes_foreign_posts", False):
            return None
        g.fingerprint = _fingerprint()
        address = _address()
        if address is None:
            return None
        g.fingerprint = None  # there is nothing new to remember
        if not address:
            raise Conflict
        return redirect(address, 303, Response)  # type: ignore[return-value]


def _address() -> str | None:
    """Give where the same post led before: empty when its answer was shown only once, None when there was none."""
    if g.get("fingerprint") is None:
        return None
    found = db.session.scalar(select(AnsweredPost.location).where(AnsweredPost.fingerprint == g.fingerprint))
    return None if found is None else _cipher().decrypt(_NONCE, found, None).decode()


def _fingerprint() -> str | None:
    """Give the digest of what was sent and where to; None for a form without a mark."""
    if not _MARK.fullmatch(request.form.get(FIELD, "")):
        return None
    said = hashlib.sha256(json.dumps([request.full_path, sorted(request.form.lists())]).encode())
    for name, file in request.files.items(multi=True):
        said.update(f"{name} {file.filename} ".encode() + hashlib.file_digest(file.stream, "sha256").digest())  # type: ignore[arg-type]
        file.stream.seek(0)
    return said.hexdigest()


def _cipher() -> AESGCM:
    return AESGCM(hashlib.sha256(b"where a post led " + request.form[FIELD].encode()).digest())


@recurring("forget_answered_posts", every=dt.timedelta(hours=6), retention=True)
def forget_answered_posts() -> None:
    """Forget what was sent more than a day ago."""
    with transaction():
        db.session.execute(delete(AnsweredPost).where(AnsweredPost.answered_at < clock.now() - KEPT))
