"""Questions about laureates: whose they are, who may be named in public and in which words, who comes next in the ranking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, exists, or_, select, true
from sqlalchemy.orm import joinedload
from werkzeug.exceptions import NotFound

from certif.campaigns import Campaign, Unit
from certif.certification import Badge, Verification
from certif.consents import is_agreed
from certif.kit import clock
from certif.kit.access import Actor, Role
from certif.kit.db import db
from certif.kit.languages import language
from certif.kit.paging import Slice, cut, read_cursor
from certif.nominations import Boss, Nomination
from certif.programs import Program
from certif.selections.model import Laureate, LaureateWithdrawal, Pick, ResultRelease
from certif.selections.phase_entries import closing_of, picks_of, ref_of, standing
from certif.selections.phase_recipe import Candidate, fits
from certif.territory import Mrc, Region

HONOURERS = (Role.ADMIN, Role.MANAGER, Role.AGENT)
PURPOSES_ASKED = ("laureate_employer", "laureate_student", "laureate_image", "laureate_employer_image")
"""All that is asked of laureates. The photo of a duo shows two people, and asks both."""


@dataclass(frozen=True)
class Honoured:
    """A laureate as anyone may read of it: only what was agreed to; the rest is empty."""

    ref: str
    since: Any
    year: int
    category: str
    mrc: str
    municipality: str
    employer: str
    boss: str
    student: str
    citation: str
    has_photo: bool


def laureate_of(actor: Actor, ref: str) -> Laureate:
    """Give a laureate to the team of its program. Refuses (404) any other."""
    found = db.session.scalar(select(Laureate).where(Laureate.ref == ref))
    if found is None or not actor.holds(found.campaign.program_id, *HONOURERS):
        raise NotFound
    return found


def laureates_in(campaign: Campaign) -> list[Laureate]:
    """Give every laureate of a contest, those that stepped down too, in their order."""
    wanted = select(Laureate).where(Laureate.campaign_id == campaign.id).options(joinedload(Laureate.mrc))
    return list(db.session.scalars(wanted.order_by(Laureate.position, Laureate.id)))


def category_name(campaign: Campaign, category: str, spoken: str | None = None) -> str:
    """Give the name of a category of a contest, in the language of the page; nothing for none."""
    found = next((one for one in campaign.definition.categories if one.id == category), None)
    if found is None:
        return ""
    return (found.name.en if (spoken or language()) == "en" else found.name.fr) or found.name.fr


def candidates_in(campaign: Campaign) -> dict[str, tuple[Candidate, Pick]]:
    """Give who may be honoured, in the order of the last ranking: those that are fit, kept or not; nothing before it is closed."""
    closing = closing_of(campaign, campaign.definition.phases[-1]) if campaign.definition.phases else None
    if closing is None:
        return {}
    fit = {one["entry"] for one in closing.record["entries"] if one["fit"]}
    levels = _levels(campaign)
    picks = sorted(picks_of(closing), key=lambda pick: (pick.rank, -(pick.score or 0), pick.cell, pick.boss.name_key))
    found = {}
    for pick in picks:
        said = frozenset([pick.nomination.level]) if pick.nomination else levels.get(pick.boss_id, frozenset())
        one = Candidate(ref_of(pick), pick.boss.mrc.slug, said, _sector(pick.boss), pick.is_kept)
        if one.entry in fit:
            found[one.entry] = (one, pick)
    return found


def next_in_line(laureate: Laureate) -> list[Pick]:
    """Give who comes next in the place of a laureate: several when they are equal, nobody at the end of the ranking.

    Within the same cell and the same category, none that was ever named, nor a boss still honoured where the contest honours each once.
    """
    campaign = laureate.campaign
    laureates = laureates_in(campaign)
    named = {(one.boss_id, one.nomination_id) for one in laureates}
    honoured = {one.boss_id for one in laureates if one.standing_down is None} if campaign.definition.once_a_boss else set()
    category = next((one for one in campaign.definition.categories if one.id == laureate.category), None)
    waiting = [
        pick
        for one, pick in candidates_in(campaign).values()
        if (pick.boss_id, pick.nomination_id) not in named
        and pick.boss_id not in honoured
        and fits(one, category)
        and (category or pick.cell == laureate.cell)
    ]
    first = min((pick.rank for pick in waiting), default=0)
    return [pick for pick in waiting if pick.rank == first]


def is_certified(laureate: Laureate) -> bool:
    """Whether the place of work was certified on the day the laureate was named, in any program."""
    place, day = laureate.boss.establishment_id, laureate.named_at.astimezone(clock.TORONTO).date()
    held = (
        exists()
        .where(Badge.verification_id == Verification.id, Verification.establishment_id == place)
        .where(Badge.valid_from <= day, Badge.valid_until >= day)
    )
    return place is not None and bool(db.session.scalar(select(held)))


def public_laureates(asked: Mapping[str, Any], after: str | None, campaign: Campaign | None = None) -> Slice[Honoured]:
    """Give the laureates that agreed to be named, once released, the newest first. Takes: `asked`, slugs and numbers by filter."""
    found = _public().where(
        Program.region_id == select(Region.id).where(Region.code == asked["region"]).scalar_subquery() if asked.get("region") else true(),
        Mrc.slug == asked["mrc"] if asked.get("mrc") else true(),
        Laureate.year == int(asked["year"]) if asked.get("year") else true(),
        Laureate.category == asked["category"] if asked.get("category") else true(),
        Laureate.campaign_id == campaign.id if campaign else true(),
    )
    page = cut(found, Laureate.named_at.expression, Laureate.ref.expression, read_cursor(after), newest_first=True)
    return Slice([_honoured(row) for row in page.rows], page.next)


def public_photo(ref: str) -> str:
    """Give the digest of a photo that anyone may see. Refuses: one that nobody agreed to show (not found)."""
    row = db.session.execute(_public().where(Laureate.ref == ref)).first()
    if row is None or not _honoured(row).has_photo:
        raise NotFound
    return str(row.Laureate.photo_digest)


def filters_offered() -> tuple[list[int], dict[str, str]]:
    """Give the years and the categories of what was released, the newest first: at most the last hundred contests."""
    found = select(Campaign).join(ResultRelease, ResultRelease.campaign_id == Campaign.id)
    campaigns = list(db.session.scalars(found.order_by(Campaign.closes_on.desc()).limit(100)))
    named = {one.id: category_name(campaign, one.id) for campaign in reversed(campaigns) for one in campaign.definition.categories}
    return sorted({one.year for one in campaigns}, reverse=True), named


def _public() -> Select[Any]:
    agreed = {purpose: is_agreed("Laureate", Laureate.ref, purpose) for purpose in PURPOSES_ASKED}
    return (
        select(Laureate, Laureate.named_at.label("since"), Laureate.ref.label("ref"), *(one.label(name) for name, one in agreed.items()))
        .join(Campaign, Campaign.id == Laureate.campaign_id)
        .join(Program, Program.id == Campaign.program_id)
        .join(Mrc, Mrc.id == Laureate.mrc_id)
        .join(ResultRelease, ResultRelease.campaign_id == Laureate.campaign_id)
        .where(~exists().where(LaureateWithdrawal.laureate_id == Laureate.id))
        .where(or_(agreed["laureate_employer"], and_(agreed["laureate_student"], Laureate.student_name != "")))
        .options(joinedload(Laureate.campaign).joinedload(Campaign.program), joinedload(Laureate.mrc))
    )


def _honoured(row: Any) -> Honoured:
    one: Laureate = row.Laureate
    is_duo = one.campaign.definition.unit is Unit.DUO
    employer, student = bool(row.laureate_employer), bool(row.laureate_student) and is_duo
    both, seen = employer and (student or not is_duo), bool(row.laureate_employer_image and (row.laureate_image or not is_duo))
    return Honoured(
        one.ref, row.since, one.year, category_name(one.campaign, one.category), one.mrc.name, one.municipality,
        one.employer_name if employer else "", one.boss_name if employer else "",
        one.student_name if student else "", one.citation if both else "",
        both and seen and one.photo_digest is not None,
    )  # fmt: skip


def _levels(campaign: Campaign) -> dict[int, frozenset[str]]:
    wanted = select(Nomination.boss_id, Nomination.level).where(Nomination.campaign_id == campaign.id, standing(is_read=True)).distinct()
    found: dict[int, frozenset[str]] = {}
    for boss_id, level in db.session.execute(wanted):
        found[boss_id] = found.get(boss_id, frozenset()) | {level}
    return found


def _sector(boss: Boss) -> str | None:
    return boss.sector or (boss.establishment.employer.sector if boss.establishment else None)
