"""Questions about contests: which one an address names, which ones are open, whose they are."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, exists, select, true
from sqlalchemy.orm import joinedload
from werkzeug.exceptions import NotFound

from certif.campaigns.model import Campaign, CampaignEnding
from certif.kit import clock
from certif.kit.access import STAFF, Actor, Role
from certif.kit.db import db
from certif.kit.languages import _l, language
from certif.kit.paging import Slice, cut, read_cursor
from certif.programs import Program
from certif.territory import Region

WRITERS = (Role.ADMIN, Role.MANAGER)
"""Who decides of a contest. All other staff of its program read what was decided."""
READERS = STAFF
_MOST_SHOWN = 200
_SHOWN_AFTER = dt.timedelta(days=120)


class CampaignState(StrEnum):
    """Where a contest stands today."""

    DRAFT = "draft"
    COMING = "coming"
    OPEN = "open"
    CHOOSING = "choosing"
    OVER = "over"


STATES = {
    CampaignState.DRAFT: _l("Brouillon"),
    CampaignState.COMING: _l("À venir"),
    CampaignState.OPEN: _l("Ouvert"),
    CampaignState.CHOOSING: _l("Lauréats à choisir"),
    CampaignState.OVER: _l("Terminé"),
}
LOOKS = {
    CampaignState.DRAFT: "in_progress",
    CampaignState.COMING: "waiting",
    CampaignState.OPEN: "certified",
    CampaignState.CHOOSING: "action",
    CampaignState.OVER: "expired",
}
"""The look of each one's tag."""


def state_of(campaign: Campaign) -> CampaignState:
    """Say where a contest stands today."""
    if not campaign.is_published:
        return CampaignState.DRAFT
    if campaign.is_over:
        return CampaignState.CHOOSING if clock.today() <= campaign.definition.results_on else CampaignState.OVER
    return CampaignState.OPEN if campaign.is_open else CampaignState.COMING


def title_of(campaign: Campaign, spoken: str | None = None) -> str:
    """Give the title in a language, that of the page by default; French stands in where English is missing."""
    return campaign.title_en if (spoken or language()) == "en" and campaign.title_en else campaign.title_fr


def name_of(campaign: Campaign) -> str:
    """Give the title with its program and its year, to tell two editions apart."""
    return f"{title_of(campaign)} – {campaign.program.name}, {campaign.year}"


def campaign_at(ref: str) -> Campaign | None:
    """Give the published contest that an address names, with its program and region, in one statement; None where there is none."""
    return db.session.scalar(_with_program().where(Campaign.ref == ref, Campaign.published_at.is_not(None)))


def open_campaigns() -> list[Campaign]:
    """Give the contests in which one may nominate today, the first to close first."""
    return [one for one in shown_campaigns() if one.is_open]


def shown_campaigns(region: str | None = None) -> list[Campaign]:
    """Give the contests that are open or to come, in the order in which they close; then those that closed lately, whose laureates are
    being chosen or told. Takes: `region`, a code; None for every region."""
    today = clock.today()
    found = _with_program().where(Campaign.published_at.is_not(None), Campaign.closes_on >= today - _SHOWN_AFTER, ~_is_ended())
    if region is not None:
        found = found.where(Program.region.has(Region.code == region))
    return list(db.session.scalars(found.order_by(Campaign.closes_on < today, Campaign.closes_on, Campaign.ref).limit(_MOST_SHOWN)))


def campaigns_open(program: Program) -> list[Campaign]:
    """Give the contests of a program in which one may nominate today, the first to close first."""
    today = clock.today()
    mine = Campaign.program_id == program.id, Campaign.closes_on >= today, Campaign.opens_on <= today
    found = _with_program().where(*mine, Campaign.published_at.is_not(None), ~_is_ended())
    return list(db.session.scalars(found.order_by(Campaign.closes_on, Campaign.ref)))


def campaigns_of(actor: Actor, after: str | None = None) -> Slice[Campaign]:
    """Give the contests of this person's programs, drafts among them, the newest first."""
    found = select(Campaign, Campaign.drafted_at.label("since"), Campaign.ref).options(joinedload(Campaign.program))
    held = actor.program_ids(*READERS)
    found = found.where(Campaign.program_id.in_(held) if held is not None else true())
    page = cut(found, Campaign.drafted_at.expression, Campaign.ref.expression, read_cursor(after), newest_first=True)
    return Slice([row.Campaign for row in page.rows], page.next)


def campaign_of(actor: Actor, ref: str, *roles: Role) -> Campaign:
    """Give the contest named `ref` to those who hold one of `roles` in its program (any staff by default). Refuses (404) any other."""
    found = db.session.scalar(_with_program().where(Campaign.ref == ref))
    if found is None or not actor.holds(found.program_id, *(roles or READERS)):
        raise NotFound
    return found


def draft_to_edit(actor: Actor, ref: str) -> Campaign:
    """Give a draft to someone who may change it. Refuses: what is published, or no such right (not found)."""
    found = campaign_of(actor, ref, *WRITERS)
    if found.is_published:
        raise NotFound
    return found


def other_editions(actor: Actor, campaign: Campaign) -> list[Campaign]:
    """Give the contests of this person's programs that another one may be compared with, the newest first."""
    held = actor.program_ids(*READERS)
    mine = Campaign.program_id.in_(held) if held is not None else true()
    found = _with_program().where(mine, Campaign.id != campaign.id)
    return list(db.session.scalars(found.order_by(Campaign.drafted_at.desc(), Campaign.ref).limit(_MOST_SHOWN)))


def _with_program() -> Select[tuple[Campaign]]:
    loaded = joinedload(Campaign.program)
    return select(Campaign).join(Campaign.program).options(loaded.joinedload(Program.region), loaded.joinedload(Program.body))


def _is_ended() -> ColumnElement[bool]:
    return exists().where(CampaignEnding.campaign_id == Campaign.id)
