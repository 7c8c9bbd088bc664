"""Questions about sponsorships: whose they are, how much of each is used, and what the sponsor may see of it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ScalarSelect, func, select, true
from sqlalchemy.orm import contains_eager, joinedload
from werkzeug.exceptions import NotFound

from certif.contributions import APPROVERS, KEEPERS, Contribution, Cover, contributions_of
from certif.employers import Employer, employers_of
from certif.kit import clock
from certif.kit.access import Actor, Role
from certif.kit.db import db
from certif.kit.languages import _, _n, format_money
from certif.kit.money import Money
from certif.kit.paging import Slice, cut, read_cursor
from certif.programs import Program
from certif.sponsorships.kinds import STANDINGS, Standing
from certif.sponsorships.model import SponsoredSeat, Sponsorship

MOST_SHOWN = 100
"""How many of the newest covers a page lists; the accounts list them all."""

FEWEST = 5
"""A sponsor reads no number of employers smaller than this for a span of time: with a map and a calendar, it would be a name."""


@dataclass(frozen=True)
class Usage:
    """How much of a sponsorship stands as used, and whether it may be used today."""

    sponsorship: Sponsorship
    used: int
    spent: Money

    @property
    def seats_left(self) -> int | None:
        """How many more employers it may cover; None where an amount bounds it."""
        seats = self.sponsorship.seats
        return None if seats is None else max(seats - self.used, 0)

    @property
    def budget_left(self) -> Money | None:
        """How much more it may give; None where a number bounds it."""
        budget = self.sponsorship.budget
        return None if budget is None else max(budget - self.spent, Money(0))

    @property
    def is_used_up(self) -> bool:
        """Whether nothing is left."""
        return self.seats_left == 0 or self.budget_left == Money(0)

    @property
    def standing(self) -> Standing:
        """Whether it may be used today."""
        if self.sponsorship.stop is not None:
            return Standing.STOPPED
        if clock.today() > self.sponsorship.valid_until:
            return Standing.OVER
        if self.is_used_up:
            return Standing.USED_UP
        return Standing.TO_COME if clock.today() < self.sponsorship.valid_from else Standing.OPEN

    @property
    def standing_label(self) -> str:
        """Where it stands, in the reader's language."""
        return str(STANDINGS[self.standing])

    @property
    def told(self) -> str:
        """Which it is and what is left of it, in the reader's language."""
        if self.seats_left is not None:
            left = _n("reste %(num)s contribution", "reste %(num)s contributions", self.seats_left)
        else:
            left = _("reste %(amount)s", amount=format_money(self.budget_left or Money(0)))
        return f"{self.sponsorship.sponsor} – {self.sponsorship.shown_code} – {left}"


def sponsorship_for(actor: Actor, ref: str, *roles: Role) -> Sponsorship:
    """Give a sponsorship to staff of its program. Refuses (404) any other."""
    found = db.session.scalar(select(Sponsorship).where(Sponsorship.ref == ref))
    if found is None or not actor.holds(found.program_id, *(roles or KEEPERS)):
        raise NotFound
    return found


def open_sponsorships(program: Program) -> list[Usage]:
    """Give the sponsorships of a program that may be used today, the oldest first."""
    used, spent = _used()
    today = clock.today()
    stands = Sponsorship.valid_from <= today, Sponsorship.valid_until >= today, Sponsorship.program_id == program.id
    found = select(Sponsorship, used.label("used"), spent.label("spent")).where(*stands).options(joinedload(Sponsorship.stop))
    usages = (Usage(row.Sponsorship, row.used, Money(int(row.spent))) for row in db.session.execute(found.order_by(Sponsorship.id)))
    return [one for one in usages if one.standing is Standing.OPEN]


def seat_for(actor: Actor, cover_ref: str) -> SponsoredSeat:
    """Give the seat of a cover, by the ref of the cover, to those who approve in its program. Refuses (404) any other."""
    wanted = select(SponsoredSeat).join(Cover, Cover.id == SponsoredSeat.cover_id).where(Cover.ref == cover_ref)
    found = db.session.scalar(wanted)
    if found is None or not actor.holds(found.sponsorship.program_id, *APPROVERS):
        raise NotFound
    return found


def sponsorship_seen(sight: str) -> Sponsorship:
    """Give the sponsorship of a sponsor's own link. Refuses (404) any other."""
    found = db.session.scalar(select(Sponsorship).where(Sponsorship.sight == sight))
    if found is None:
        raise NotFound
    return found


def sponsorships_of(actor: Actor, after: str | None) -> Slice[Usage]:
    """Give the sponsorships of this person's programs, the newest first."""
    held = actor.program_ids(*KEEPERS)
    mine = Sponsorship.program_id.in_(held) if held is not None else true()
    used, spent = _used()
    columns = Sponsorship.recorded_at.label("since"), Sponsorship.ref, used.label("used"), spent.label("spent")
    found = select(Sponsorship, *columns).where(mine).options(joinedload(Sponsorship.program), joinedload(Sponsorship.stop))
    page = cut(found, Sponsorship.recorded_at.expression, Sponsorship.ref.expression, read_cursor(after), newest_first=True)
    return Slice([Usage(row.Sponsorship, row.used, Money(int(row.spent))) for row in page.rows], page.next)


def usage_of(sponsorship: Sponsorship) -> Usage:
    """Count how much of a sponsorship stands as used."""
    used, spent = db.session.execute(select(*_used()).select_from(Sponsorship).where(Sponsorship.id == sponsorship.id)).one()
    return Usage(sponsorship, used, Money(int(spent)))


def dues_of(actor: Actor) -> list[Contribution]:
    """Give what is still due, of the newest path of each of this person's employers in each program, and covered by nobody."""
    newest = {(one.employer_id, one.program_id): one for employer in employers_of(actor) for one in reversed(contributions_of(employer))}
    return [one for one in newest.values() if not one.is_settled and one.cover is None]


def uptake_of(sponsorship: Sponsorship) -> list[tuple[dt.date, dt.date, int]]:
    """Give how many employers were covered over time: first month, last month, number.

    Months that follow one another are told together until they count enough employers for nobody to be known by the number; nothing
    where all of them together are too few.
    """
    standing = SponsoredSeat.sponsorship_id == sponsorship.id, Cover.released_at.is_(None)
    days = db.session.scalars(select(Cover.covered_at).join(SponsoredSeat, SponsoredSeat.cover_id == Cover.id).where(*standing))
    months = Counter(day.astimezone(clock.TORONTO).date().replace(day=1) for day in days)
    told: list[tuple[dt.date, dt.date, int]] = []
    first: dt.date | None = None
    count = 0
    for month in sorted(months):
        first, count = first or month, count + months[month]
        if count >= FEWEST:
            told.append((first, month, count))
            first, count = None, 0
    if count and told:
        since, _until, before = told.pop()
        told.append((since, max(months), before + count))
    return told


def covered_by(sponsorship: Sponsorship) -> list[tuple[Employer, Cover]]:
    """Give whom a sponsorship covered, for staff, the newest hundred first; what was released stands with the rest."""
    wanted = (
        select(Employer, Cover)
        .select_from(SponsoredSeat)
        .join(Cover, Cover.id == SponsoredSeat.cover_id)
        .join(Contribution, Contribution.id == Cover.contribution_id)
        .join(Employer, Employer.id == Contribution.employer_id)
        .where(SponsoredSeat.sponsorship_id == sponsorship.id)
        .options(contains_eager(Cover.contribution), joinedload(Cover.receipt))
        .order_by(SponsoredSeat.number.desc())
    )
    return [(row.Employer, row.Cover) for row in db.session.execute(wanted.limit(MOST_SHOWN))]


def _used() -> tuple[ScalarSelect[Any], ScalarSelect[Any]]:
    """Give, as columns, how many covers of a `Sponsorship` stand, and what they add up to."""
    standing = SponsoredSeat.sponsorship_id == Sponsorship.id, Cover.released_at.is_(None)
    each = (
        select(what).select_from(SponsoredSeat).join(Cover, Cover.id == SponsoredSeat.cover_id).where(*standing).correlate(Sponsorship)
        for what in (func.count(), func.coalesce(func.sum(Cover.cents), 0))
    )
    used, spent = (one.scalar_subquery() for one in each)
    return used, spent
