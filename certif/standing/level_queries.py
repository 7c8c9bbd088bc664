"""Questions about levels asked for: those of a certification, and those that await staff."""

from __future__ import annotations

from sqlalchemy import exists, func, select
from sqlalchemy.orm import joinedload
from werkzeug.exceptions import NotFound

from certif.certification import Certification, readable_file, visible_to
from certif.kit import sent_files
from certif.kit.access import Actor
from certif.kit.db import db
from certif.standing.level_model import LevelDecision, LevelRequest

PAGE = 25


def requests_of(certification: Certification) -> list[LevelRequest]:
    """Give the levels that were asked for in a cycle, the first one first."""
    return list(
        db.session.scalars(select(LevelRequest).where(LevelRequest.certification_id == certification.id).order_by(LevelRequest.number))
    )


def awaiting_requests(actor: Actor, after: str | None) -> list[LevelRequest]:
    """Give a page of the requests that await a decision and that this person may see, the oldest first; one more tells that others follow.

    Takes: `after`, the ref of the last one seen.
    """
    query = (
        select(LevelRequest)
        .join(Certification)
        .options(joinedload(LevelRequest.certification).joinedload(Certification.employer))
        .options(joinedload(LevelRequest.certification).joinedload(Certification.program))
        .options(joinedload(LevelRequest.certification).joinedload(Certification.version))
        .where(visible_to(actor), ~exists().where(LevelDecision.request_id == LevelRequest.id))
    )
    if after:
        query = query.where(LevelRequest.id > select(LevelRequest.id).where(LevelRequest.ref == after).scalar_subquery())
    return list(db.session.scalars(query.order_by(LevelRequest.id).limit(PAGE + 1)))


def count_level_requests(actor: Actor) -> int:
    """Count the requests that await a decision and that this person may see."""
    waits = ~exists().where(LevelDecision.request_id == LevelRequest.id)
    return db.session.scalar(select(func.count(LevelRequest.id)).join(Certification).where(visible_to(actor), waits)) or 0


def request_of(actor: Actor, ref: str) -> LevelRequest:
    """Give a request to staff who may see its file. Refuses (404) any other."""
    found = db.session.scalar(select(LevelRequest).join(Certification).where(LevelRequest.ref == ref, visible_to(actor)))
    if found is None:
        raise NotFound
    return found


def piece_of(actor: Actor, ref: str, position: int) -> tuple[sent_files.SentFile, str]:
    """Give a file of a request, and its name, to the employer's people and to staff who follow the file. Refuses (404) any other."""
    request = db.session.scalar(select(LevelRequest).where(LevelRequest.ref == ref))
    if request is None:
        raise NotFound
    readable_file(actor, request.certification.ref)
    for one in request.evidence:
        if one.position == position and one.piece_digest is not None:
            return sent_files.fetch(one.piece_digest), one.piece_name or ""
    raise NotFound
