"""Questions about workshops that are asked for: whose they are, and which wait."""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists, select, true
from sqlalchemy.orm import joinedload
from werkzeug.exceptions import NotFound

from certif.imports import KEEPERS
from certif.kit.access import Actor
from certif.kit.db import db
from certif.kit.paging import Slice, cut, read_cursor
from certif.visits.workshop_model import WorkshopAnswer, WorkshopRequest


def requests_of(actor: Actor, after: str | None, *, waiting: bool) -> Slice[WorkshopRequest]:
    """Give the workshops asked of this person's programs, the last asked first. Takes: `waiting`, only those without an answer."""
    found = select(WorkshopRequest, WorkshopRequest.asked_at.label("since"), WorkshopRequest.ref).where(_mine(actor))
    if waiting:
        found = found.where(~exists().where(WorkshopAnswer.request_id == WorkshopRequest.id))
    found = found.options(joinedload(WorkshopRequest.mrc), joinedload(WorkshopRequest.answer).joinedload(WorkshopAnswer.visit))
    page = cut(found, WorkshopRequest.asked_at.expression, WorkshopRequest.ref.expression, read_cursor(after), newest_first=True)
    return Slice([row.WorkshopRequest for row in page.rows], page.next)


def request_of(actor: Actor, ref: str) -> WorkshopRequest:
    """Give the request named `ref` to the team of its program. Refuses (404) any other."""
    found = db.session.scalar(select(WorkshopRequest).where(WorkshopRequest.ref == ref, _mine(actor)))
    if found is None:
        raise NotFound
    return found


def _mine(actor: Actor) -> ColumnElement[bool]:
    held = actor.program_ids(*KEEPERS)
    return WorkshopRequest.program_id.in_(held) if held is not None else true()
