"""Questions about hours that are offered: whose they are, and which a link opens."""

from __future__ import annotations

from sqlalchemy import select, true
from sqlalchemy.orm import joinedload
from werkzeug.exceptions import NotFound

from certif.imports import KEEPERS
from certif.kit import tokens
from certif.kit.access import Actor
from certif.kit.db import db
from certif.kit.paging import Slice, cut, read_cursor
from certif.visits.slot_model import SlotOffer


def offers_of(actor: Actor, after: str | None) -> Slice[SlotOffer]:
    """Give the hours offered in this person's programs, the last opened first."""
    held = actor.program_ids(*KEEPERS)
    mine = SlotOffer.program_id.in_(held) if held is not None else true()
    shown = joinedload(SlotOffer.user), joinedload(SlotOffer.prospect), joinedload(SlotOffer.employer), joinedload(SlotOffer.program)
    found = select(SlotOffer, SlotOffer.opened_at.label("since"), SlotOffer.ref).where(mine).options(*shown)
    page = cut(found, SlotOffer.opened_at.expression, SlotOffer.ref.expression, read_cursor(after), newest_first=True)
    return Slice([row.SlotOffer for row in page.rows], page.next)


def offer_of(actor: Actor, ref: str) -> SlotOffer:
    """Give an offer to the team of its program. Refuses (404) any other."""
    found = db.session.scalar(select(SlotOffer).where(SlotOffer.ref == ref))
    if found is None or not actor.holds(found.program_id, *KEEPERS):
        raise NotFound
    return found


def offer_behind(token: str) -> SlotOffer:
    """Give the offer of a link. Refuses (404) any other."""
    found = db.session.scalar(select(SlotOffer).where(SlotOffer.token_digest == tokens.digest(token)))
    if found is None:
        raise NotFound
    return found
