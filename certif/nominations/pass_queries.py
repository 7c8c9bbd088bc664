"""Questions about school passes: the lots of a contest, and the school that a pass was made for."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, func, select
from werkzeug.exceptions import NotFound

from certif.campaigns import Campaign
from certif.kit import tokens
from certif.kit.access import Actor, Role
from certif.kit.db import db
from certif.kit.paging import Slice, cut, read_cursor
from certif.nominations.nominate_keys import typed_code
from certif.nominations.pass_model import NominationPass, PassLot


def campaign_for(actor: Actor, ref: str, *roles: Role) -> Campaign:
    """Give a published contest through staff who hold one of these roles in its program. Refuses (404) any other."""
    found = db.session.scalar(select(Campaign).where(Campaign.ref == ref, Campaign.published_at.is_not(None)))
    if found is None or not actor.holds(found.program_id, *roles):
        raise NotFound
    return found


def lots_of(campaign: Campaign, after: str | None = None) -> Slice[Row[Any]]:
    """Give the lots of a contest, newest first, each with how many of its passes have served."""
    used = select(func.count(NominationPass.used_at)).where(NominationPass.lot_id == PassLot.id).scalar_subquery().label("used")
    found = select(PassLot.ref, PassLot.school, PassLot.count, PassLot.made_at.label("since"), used).where(
        PassLot.campaign_id == campaign.id
    )
    at, ref = PassLot.__table__.c.made_at, PassLot.__table__.c.ref
    return cut(found, at, ref, read_cursor(after), newest_first=True)


def school_of(campaign_id: int, code: str) -> str:
    """Give the school that a pass was made for; empty for no pass of this contest."""
    wanted = select(PassLot.school).join(NominationPass, NominationPass.lot_id == PassLot.id)
    mine = NominationPass.token_digest == tokens.digest(typed_code(code)), PassLot.campaign_id == campaign_id
    return db.session.scalar(wanted.where(*mine)) or ""
