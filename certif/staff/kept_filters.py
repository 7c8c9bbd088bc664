"""Filters that are kept: asked of a list again and again, by one person or by the team of a program."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, or_, select
from werkzeug.exceptions import NotFound

from certif.kit import clock, tokens
from certif.kit.access import STAFF, Actor, Role
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.inserting import insert_new
from certif.kit.languages import _
from certif.programs import Program
from certif.staff.model import KeptFilter

SHARERS = (Role.ADMIN, Role.MANAGER, Role.AGENT)
"""Who keeps a filter for a whole team."""
MOST = 40
"""How many one person keeps."""


def keep_filter(endpoint: str, name: str, query: str, *, program: Program | None, by: Actor) -> None:
    """Keep what is asked of a list, under a name. Takes: `program`, whose team sees it too; None for oneself alone.

    Refuses: a name that this person gave to another filter of the list; more than forty; a program whose team this person is not of.
    """
    if program is not None and not by.holds(program.id, *SHARERS):
        raise Refusal(_("Vous ne pouvez partager un filtre qu’avec l’équipe de votre programme."))
    if len(db.session.scalars(select(KeptFilter.id).where(KeptFilter.user_id == by.user_id).limit(MOST)).all()) == MOST:
        raise Refusal(_("Vous gardez déjà %(most)s filtres : retirez-en un.", most=MOST))
    row = {
        "ref": tokens.ref(), "user_id": by.user_id, "program_id": program.id if program else None, "endpoint": endpoint, "name": name,
        "query": query, "kept_at": clock.now(),
    }  # fmt: skip
    if not insert_new(KeptFilter, [row], KeptFilter.id):
        raise Refusal(_("Vous avez déjà un filtre de ce nom pour cette liste : choisissez-en un autre."))


def remove_filter(kept: KeptFilter) -> None:
    """Keep it no more. Refuses (404) one that was removed in the meantime."""
    db.session.delete(lock(kept))


def filters_seen_by(actor: Actor, endpoint: str | None = None) -> Sequence[KeptFilter]:
    """Give the filters that this person kept, then those that their teams share, by name; of one list where `endpoint` is given."""
    found = select(KeptFilter).where(_seen_by(actor))
    if endpoint is not None:
        found = found.where(KeptFilter.endpoint == endpoint)
    return db.session.scalars(found.order_by(KeptFilter.user_id != actor.user_id, KeptFilter.name, KeptFilter.id)).all()


def filter_of(actor: Actor, ref: str) -> KeptFilter:
    """Give a filter that this person kept. Refuses (404) any other."""
    found = db.session.scalar(select(KeptFilter).where(KeptFilter.ref == ref, KeptFilter.user_id == actor.user_id))
    if found is None:
        raise NotFound
    return found


def _seen_by(actor: Actor) -> ColumnElement[bool]:
    mine, held = KeptFilter.user_id == actor.user_id, actor.program_ids(*STAFF)
    return or_(mine, KeptFilter.program_id.is_not(None) if held is None else KeptFilter.program_id.in_(held))
