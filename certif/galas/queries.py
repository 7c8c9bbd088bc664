"""Questions about galas: whose they are, which contests they honour, who organises them, and what anyone may know of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from sqlalchemy import Select, exists, select, true
from sqlalchemy.orm import joinedload
from werkzeug.exceptions import NotFound

from certif.accounts import folded_email
from certif.campaigns import Campaign
from certif.galas.evening_model import GalaAnnouncement, GalaAward, GalaCancellation, GalaOrganiser
from certif.galas.model import EmbargoLift, Gala, GalaCampaign
from certif.kit.access import Actor, Role
from certif.kit.db import db
from certif.kit.languages import language
from certif.kit.paging import Slice, cut, read_cursor
from certif.programs import french
from certif.selections import Laureate, ResultRelease

Row = TypeVar("Row")

PREPARERS = (Role.ADMIN, Role.MANAGER, Role.AGENT)
"""Who of the region prepares galas, as those who organise them do."""

DECIDERS = (Role.ADMIN, Role.MANAGER)
"""Who decides that a gala is held, of which contests, and by whom it is organised."""


def gala_of(actor: Actor, ref: str) -> Gala:
    """Give a gala to those who prepare it: staff of its program, and its organisers. Refuses (404) any other."""
    found = db.session.scalar(select(Gala).where(Gala.ref == ref).options(joinedload(Gala.program)))
    if found is None or not (actor.holds(found.program_id, *PREPARERS) or organises(actor, found)):
        raise NotFound
    return found


def gala_decided_by(actor: Actor, ref: str) -> Gala:
    """Give a gala to those who decide of it. Refuses (404) any other."""
    found = gala_of(actor, ref)
    if not decides(actor, found):
        raise NotFound
    return found


def decides(actor: Actor, gala: Gala) -> bool:
    """Whether this person decides of a gala."""
    return actor.holds(gala.program_id, *DECIDERS)


def organises(actor: Actor, gala: Gala) -> bool:
    """Whether this person is one of its organisers today, by the address they sign in with."""
    if not actor.email:
        return False
    mine = GalaOrganiser.gala_id == gala.id, GalaOrganiser.email == folded_email(actor.email), GalaOrganiser.ended_at.is_(None)
    return bool(db.session.scalar(select(exists().where(*mine))))


def may_lift(actor: Actor, gala: Gala) -> bool:
    """Whether this person may lift the embargo: whoever decides of the gala, or organises it."""
    return decides(actor, gala) or organises(actor, gala)


def galas_of(actor: Actor, after: str | None) -> Slice[Gala]:
    """Give the galas of this person's programs, the last planned first."""
    held = actor.program_ids(*PREPARERS)
    mine = Gala.program_id.in_(held) if held is not None else true()
    found = select(Gala, Gala.planned_at.label("since"), Gala.ref).where(mine).options(joinedload(Gala.program))
    page = cut(found, Gala.planned_at.expression, Gala.ref.expression, read_cursor(after), newest_first=True)
    return Slice([row.Gala for row in page.rows], page.next)


def galas_organised_by(actor: Actor) -> Sequence[Gala]:
    """Give the galas that this person organises, the last held first."""
    mine = GalaOrganiser.email == folded_email(actor.email), GalaOrganiser.ended_at.is_(None)
    found = select(Gala).join(GalaOrganiser, GalaOrganiser.gala_id == Gala.id).where(*mine)
    return db.session.scalars(found.order_by(Gala.held_on.desc(), Gala.id).limit(100)).all()


def gala_to_come(campaign: Campaign) -> Gala | None:
    """Give a gala that honours a contest, is not cancelled, and whose embargo is not lifted; None where there is none."""
    gone = exists().where(GalaCancellation.gala_id == Gala.id) | exists().where(EmbargoLift.gala_id == Gala.id)
    mine = GalaCampaign.campaign_id == campaign.id
    return db.session.scalar(select(Gala).join(GalaCampaign).where(mine, ~gone).order_by(Gala.held_on).limit(1))


def galas_that_honour(campaign: Campaign) -> Sequence[Gala]:
    """Give the galas that honour a contest, the first held first."""
    found = select(Gala).join(GalaCampaign, GalaCampaign.gala_id == Gala.id).where(GalaCampaign.campaign_id == campaign.id)
    return db.session.scalars(found.order_by(Gala.held_on, Gala.id)).all()


def contests_of(gala: Gala) -> Sequence[Campaign]:
    """Give the contests whose laureates a gala honours."""
    found = select(Campaign).join(GalaCampaign, GalaCampaign.campaign_id == Campaign.id).where(GalaCampaign.gala_id == gala.id)
    return db.session.scalars(found.order_by(Campaign.closes_on.desc(), Campaign.id)).all()


def contests_for(gala: Gala) -> Sequence[Campaign]:
    """Give the published contests of the gala's program, the newest fifty first: those it may honour."""
    mine = Campaign.program_id == gala.program_id, Campaign.published_at.is_not(None)
    return db.session.scalars(select(Campaign).where(*mine).order_by(Campaign.closes_on.desc(), Campaign.id.desc()).limit(50)).all()


def is_released(campaign: Campaign) -> bool:
    """Whether the results of a contest were told."""
    return bool(db.session.scalar(select(exists().where(ResultRelease.campaign_id == campaign.id))))


def organisers_of(gala: Gala) -> Sequence[GalaOrganiser]:
    """Give those who organise a gala today."""
    standing = GalaOrganiser.gala_id == gala.id, GalaOrganiser.ended_at.is_(None)
    return db.session.scalars(select(GalaOrganiser).where(*standing).order_by(GalaOrganiser.id)).all()


def organiser_in(gala: Gala, ref: str) -> GalaOrganiser:
    """Give one who organises a gala. Refuses (404) any other."""
    return _one(select(GalaOrganiser).where(GalaOrganiser.gala_id == gala.id, GalaOrganiser.ref == ref))


def awards_of(gala: Gala) -> Sequence[GalaAward]:
    """Give the evening's own awards, as they were added."""
    return db.session.scalars(select(GalaAward).where(GalaAward.gala_id == gala.id).order_by(GalaAward.id)).all()


def award_in(gala: Gala, ref: str) -> GalaAward:
    """Give an award of a gala. Refuses (404) any other."""
    return _one(select(GalaAward).where(GalaAward.gala_id == gala.id, GalaAward.ref == ref))


def laureate_in(gala: Gala, ref: str) -> Laureate:
    """Give a laureate whom a gala honours. Refuses (404) any other."""
    honoured = exists().where(GalaCampaign.gala_id == gala.id, GalaCampaign.campaign_id == Laureate.campaign_id)
    return _one(select(Laureate).where(Laureate.ref == ref, honoured).options(joinedload(Laureate.campaign), joinedload(Laureate.mrc)))


def cancellation_of(gala: Gala) -> GalaCancellation | None:
    """Give why a gala is not held; None while it stands."""
    return db.session.scalar(select(GalaCancellation).where(GalaCancellation.gala_id == gala.id))


def is_announced(gala: Gala) -> bool:
    """Whether anyone may know when and where it is held."""
    return bool(db.session.scalar(select(exists().where(GalaAnnouncement.gala_id == gala.id))))


def gala_shown(ref: str) -> Gala:
    """Give a gala to anyone, once it is announced or its embargo is lifted. Refuses (404) any other."""
    found = db.session.scalar(select(Gala).where(Gala.ref == ref).options(joinedload(Gala.program)))
    if found is None or not (found.lift or is_announced(found)):
        raise NotFound
    return found


def name_of(gala: Gala) -> str:
    """Give the name of a gala in the language being spoken."""
    return gala.name_en if language() == "en" and gala.name_en else french(gala.name_fr)


def title_of(campaign: Campaign) -> str:
    """Give the title of a contest in the language being spoken."""
    return campaign.title_en if language() == "en" and campaign.title_en else french(campaign.title_fr)


def _one(wanted: Select[tuple[Row]]) -> Row:
    found = db.session.scalar(wanted)
    if found is None:
        raise NotFound
    return found
