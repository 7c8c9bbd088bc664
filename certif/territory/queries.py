"""The questions one asks of territory. `on` is a day; without it, today in Québec."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload
from werkzeug.exceptions import NotFound

from certif.kit import clock
from certif.kit.db import db
from certif.kit.languages import folded
from certif.territory.model import Mrc, MrcRegion, Partner, PartnerKind, PartnerTerritory, Region, SchoolCalendar, Sector, in_force
from certif.territory.reference import sectors


def regions() -> list[Region]:
    """Give the 17 regions, in the order of their codes."""
    return list(db.session.scalars(select(Region).order_by(Region.code)))


def region(code: str) -> Region:
    """Give the region of a two-digit code, such as `14`. Refuses: a code that no region has (not found)."""
    found = db.session.scalar(select(Region).where(Region.code == code))
    if found is None:
        raise NotFound
    return found


def mrc(slug: str) -> Mrc:
    """Give the MRC of a slug, such as `la-haute-yamaska`. Refuses: a slug that no MRC has (not found)."""
    found = db.session.scalar(select(Mrc).where(Mrc.slug == slug))
    if found is None:
        raise NotFound
    return found


def region_of(mrc: Mrc, on: dt.date | None = None) -> Region:
    """Give the region an MRC belongs to, or belonged to on a day."""
    belongs = MrcRegion.mrc_id == mrc.id, in_force(MrcRegion, on or clock.today())
    return db.session.scalars(select(Region).join(MrcRegion).where(*belongs)).one()


def mrcs(region: Region | None = None, on: dt.date | None = None) -> list[Mrc]:
    """Give the MRC, or those of one region, in the order of the alphabet."""
    found = select(Mrc)
    if region is not None:
        found = found.join(MrcRegion).where(MrcRegion.region_id == region.id, in_force(MrcRegion, on or clock.today()))
    return sorted(db.session.scalars(found), key=lambda mrc: folded(mrc.name))


def mrcs_by_region(on: dt.date | None = None) -> list[tuple[Region, list[Mrc]]]:
    """Give every region with its MRC, both in order: one query."""
    pairs = db.session.execute(
        select(Region, Mrc).join(MrcRegion, MrcRegion.region_id == Region.id).join(Mrc).where(in_force(MrcRegion, on or clock.today()))
    )
    groups: dict[Region, list[Mrc]] = defaultdict(list)
    for group, member in pairs:
        groups[group].append(member)
    return [(group, sorted(groups[group], key=lambda mrc: folded(mrc.name))) for group in sorted(groups, key=lambda group: group.code)]


def mrc_choices(on: dt.date | None = None, *, inside: Collection[str] | None = None) -> dict[str, list[tuple[str, str]]]:
    """Give the choices of a select, grouped by region: `{"01 – Bas-Saint-Laurent": [("kamouraska", "Kamouraska"), …], …}`.

    Takes: `inside`, the codes of the regions to keep; all when it is None.
    """
    return {
        f"{group.code} – {group.name}": [(mrc.slug, mrc.name) for mrc in members]
        for group, members in mrcs_by_region(on)
        if inside is None or group.code in inside
    }


def partners(kind: PartnerKind | None = None, region: Region | None = None, on: dt.date | None = None) -> list[Partner]:
    """Give the partners, of one kind, and of those who serve all or part of one region, in the order of the alphabet."""
    found = select(Partner)
    if kind is not None:
        found = found.where(Partner.kind == kind)
    if region is not None:
        day = on or clock.today()
        inside = select(MrcRegion.mrc_id).where(MrcRegion.region_id == region.id, in_force(MrcRegion, day))
        here = or_(PartnerTerritory.region_id == region.id, PartnerTerritory.mrc_id.in_(inside))
        found = found.where(Partner.id.in_(select(PartnerTerritory.partner_id).where(here, in_force(PartnerTerritory, day))))
    return sorted(db.session.scalars(found), key=lambda partner: folded(partner.name))


def partners_serving(mrc: Mrc, kind: PartnerKind, on: dt.date | None = None) -> Sequence[Partner]:
    """Give the partners of one kind who serve an MRC, linked to it or to its region: two statements."""
    day, link = on or clock.today(), PartnerTerritory
    here = or_(link.mrc_id == mrc.id, link.region_id == region_of(mrc, day).id)
    serving = select(link.partner_id).where(here, in_force(link, day))
    return db.session.scalars(select(Partner).where(Partner.kind == kind, Partner.id.in_(serving)).order_by(Partner.name)).all()


def partner(ref: str) -> Partner:
    """Give the partner of this public name. Refuses: a name that no partner has (not found)."""
    found = db.session.scalar(select(Partner).where(Partner.ref == ref))
    if found is None:
        raise NotFound
    return found


def territory_of(partner: Partner, on: dt.date | None = None) -> list[Mrc]:
    """Give the MRC a partner serves, in the order of the alphabet: those it is linked to, and all those of a region it is linked to."""
    day = on or clock.today()
    theirs = PartnerTerritory.partner_id == partner.id, in_force(PartnerTerritory, day)
    inside = (
        select(MrcRegion.mrc_id)
        .join(PartnerTerritory, PartnerTerritory.region_id == MrcRegion.region_id)
        .where(in_force(MrcRegion, day), *theirs)
    )
    found = select(Mrc).where(or_(Mrc.id.in_(inside), Mrc.id.in_(select(PartnerTerritory.mrc_id).where(*theirs))))
    return sorted(db.session.scalars(found), key=lambda mrc: folded(mrc.name))


def serves(partner: Partner, mrc: Mrc, on: dt.date | None = None) -> bool:
    """Whether a partner serves an MRC, as finely as the sources tell: a link to a region counts for each of its MRC."""
    return mrc in territory_of(partner, on)


def school_year_of(day: dt.date) -> str:
    """Give the school year of a day, `2026-2027`: from July 1 to June 30. Source: the ministry's usage, to be confirmed."""
    first = day.year if day.month >= 7 else day.year - 1
    return f"{first}-{first + 1}"


def calendar_of(partner: Partner, on: dt.date | None = None) -> SchoolCalendar | None:
    """Give the calendar of a school body for the school year of a day, or None while nobody has entered it."""
    year = school_year_of(on or clock.today())
    return db.session.scalar(select(SchoolCalendar).where(SchoolCalendar.partner_id == partner.id, SchoolCalendar.school_year == year))


def calendars_of(bodies: Sequence[Partner], years: Sequence[str]) -> Sequence[SchoolCalendar]:
    """Give the calendars of school bodies for some school years, with their breaks: two statements, however many bodies."""
    asked = SchoolCalendar.partner_id.in_([body.id for body in bodies]), SchoolCalendar.school_year.in_(years)
    return db.session.scalars(select(SchoolCalendar).where(*asked).options(selectinload(SchoolCalendar.breaks))).all()


def sector(code: str) -> Sector:
    """Give the sector of a SCIAN code, such as `44-45`. Refuses: a code that no sector has (not found)."""
    for found in sectors():
        if found.code == code:
            return found
    raise NotFound
