"""Questions about laureate lists: what a key opens, who asked for what, each loaded through whoever asks."""

from __future__ import annotations

import hmac
from collections.abc import Sequence

from sqlalchemy import select, true
from werkzeug.exceptions import NotFound

from certif.galas.list_actions import GIVERS, PREFIX
from certif.galas.list_model import ListRequest, ListToken
from certif.galas.model import Gala
from certif.kit import tokens
from certif.kit.access import Actor
from certif.kit.db import db
from certif.kit.paging import Slice, cut, read_cursor


def token_behind(secret: str) -> ListToken | None:
    """Give the key in force that these signs are, or None: looked for by its digest, so that nothing is learnt from how long it takes."""
    if not secret.startswith(PREFIX):
        return None
    digest = tokens.digest(secret)
    found = db.session.scalar(select(ListToken).where(ListToken.digest == digest))
    return found if found is not None and hmac.compare_digest(found.digest, digest) and found.is_in_force else None


def tokens_of(gala: Gala) -> Sequence[ListToken]:
    """Give the keys of a gala, the newest first."""
    return db.session.scalars(select(ListToken).where(ListToken.gala_id == gala.id).order_by(ListToken.id.desc())).all()


def token_of(actor: Actor, ref: str) -> ListToken:
    """Give a key to whoever gives the lists of its gala. Refuses (404) any other."""
    found = db.session.scalar(select(ListToken).where(ListToken.ref == ref))
    if found is None or not actor.holds(found.gala.program_id, *GIVERS):
        raise NotFound
    return found


def asked_of(actor: Actor, after: str | None) -> Slice[ListRequest]:
    """Give the lists asked of this person's programs, the newest first."""
    held = actor.program_ids(*GIVERS)
    mine = ListRequest.program_id.in_(held) if held is not None else true()
    found = select(ListRequest, ListRequest.asked_at.label("since"), ListRequest.ref).where(mine)
    page = cut(found, ListRequest.asked_at.expression, ListRequest.ref.expression, read_cursor(after), newest_first=True)
    return Slice([row.ListRequest for row in page.rows], page.next)


def asked_by(actor: Actor) -> Sequence[ListRequest]:
    """Give the lists that this person asked for, the newest first."""
    return db.session.scalars(select(ListRequest).where(ListRequest.user_id == actor.user_id).order_by(ListRequest.id.desc())).all()


def request_by(actor: Actor, ref: str) -> ListRequest:
    """Give a request to whoever made it. Refuses (404) any other."""
    found = db.session.scalar(select(ListRequest).where(ListRequest.ref == ref, ListRequest.user_id == actor.user_id))
    if found is None:
        raise NotFound
    return found


def request_to(actor: Actor, ref: str) -> ListRequest:
    """Give a request to whoever may answer it. Refuses (404) any other."""
    found = db.session.scalar(select(ListRequest).where(ListRequest.ref == ref))
    if found is None or not actor.holds(found.program_id, *GIVERS):
        raise NotFound
    return found
