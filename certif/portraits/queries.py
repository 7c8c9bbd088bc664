"""Questions about portraits: the last release of a region, what it may be compared with, and what staff may release."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from sqlalchemy import Row, Select, bindparam, exists, func, select
from sqlalchemy.orm import aliased, joinedload, undefer
from werkzeug.exceptions import NotFound

from certif.kit import clock
from certif.kit.access import Actor, Role
from certif.kit.db import db
from certif.kit.languages import folded
from certif.portraits.model import PortraitRelease, PortraitWithdrawal, StudentTotal
from certif.portraits.telling import Told
from certif.portraits.withholding import WHOLE
from certif.programs import Program, programs_of
from certif.surveys import Audience, Cut, Questionnaire, Survey
from certif.territory import Region, regions

RELEASERS = (Role.ADMIN, Role.MANAGER)
TEAM = (Role.ADMIN, Role.MANAGER, Role.AGENT)
YEARS = 6
"""How many school years a page compares."""


def _read(query: Select[tuple[PortraitRelease]]) -> Select[tuple[PortraitRelease]]:
    """Keep the release that is read of each program and year: the newest that is not withdrawn."""
    one = aliased(PortraitRelease)
    withdrawn = exists().where(PortraitWithdrawal.release_id == one.id)
    return query.where(PortraitRelease.id.in_(select(func.max(one.id)).where(~withdrawn).group_by(one.program_id, one.school_year)))


def releases_of_region(region: str) -> list[PortraitRelease]:
    """Give what is read of the programs of a region, the newest year first: one statement. Takes: a region's code."""
    return list(db.session.scalars(_of_region(), {"region": region}))[: YEARS * 4]


@cache
def _of_region() -> Select[tuple[PortraitRelease]]:
    """Give the statement, written once: every reader of a portrait asks it."""
    program = joinedload(PortraitRelease.program)
    query = _read(select(PortraitRelease)).join(Program).join(Region).where(Region.code == bindparam("region"))
    return query.options(program.joinedload(Program.region), program.joinedload(Program.body)).order_by(
        PortraitRelease.school_year.desc(), PortraitRelease.released_at.desc()
    )


def told_by(releases: list[PortraitRelease]) -> dict[int, Told]:
    """Give what these releases tell, by id: one statement."""
    asked = select(PortraitRelease.id, PortraitRelease.told).where(PortraitRelease.id.in_([one.id for one in releases]))
    return {row[0]: row[1] for row in db.session.execute(asked)}


def regions_told() -> list[tuple[Region, str | None]]:
    """Give every region, with the last school year that it tells of, if any."""
    years = select(Program.region_id, func.max(PortraitRelease.school_year)).join(Program).group_by(Program.region_id)
    withdrawn = exists().where(PortraitWithdrawal.release_id == PortraitRelease.id)
    told = {row[0]: row[1] for row in db.session.execute(years.where(~withdrawn))}
    return [(one, told.get(one.id)) for one in regions()]


def last_release(program: Program, school_year: str | None = None) -> PortraitRelease | None:
    """Give what is read of a program, of a year or of the newest one."""
    query = _read(select(PortraitRelease)).where(PortraitRelease.program_id == program.id)
    return _newest(query.where(PortraitRelease.school_year == school_year) if school_year else query)


def _newest(query: Select[tuple[PortraitRelease]]) -> PortraitRelease | None:
    holds = undefer(PortraitRelease.told), undefer(PortraitRelease.compass)
    return db.session.scalar(query.options(*holds).order_by(PortraitRelease.school_year.desc(), PortraitRelease.id.desc()).limit(1))


def told_near(survey_id: int) -> Told | None:
    """Give what is read of the program of a survey of students; None for a survey of anyone else. One statement, one more for a release
    that is not known yet."""
    near = db.session.connection().execute(_near(), {"survey": survey_id}).first()
    return _told(near.digest, near.id) if near else None


@cache
def _near() -> Select[tuple[int, str]]:
    """Give the statement, written once: everyone who answers asks it."""
    one, withdrawn, told = PortraitRelease.__table__, PortraitWithdrawal.__table__, Survey.__table__
    asked = Questionnaire.__table__
    return (
        select(one.c.id, one.c.digest)
        .join(told, told.c.program_id == one.c.program_id)
        .join(asked, asked.c.id == told.c.questionnaire_id)
        .where(told.c.id == bindparam("survey"), asked.c.audience == Audience.STUDENTS)
        .where(~exists().where(withdrawn.c.release_id == one.c.id))
        .order_by(one.c.school_year.desc(), one.c.id.desc())
        .limit(1)
    )


def _told(digest: str, release_id: int) -> Told:
    """Give what a release tells, read once: what has a digest does not change."""
    if digest not in _kept:
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        _kept[digest] = db.session.scalars(select(PortraitRelease.told).where(PortraitRelease.id == release_id)).one()
    return _kept[digest]


_MOST_KEPT = 32
_kept: dict[str, Told] = {}


def is_told(program: Program) -> bool:
    """Whether a portrait of this program may be read."""
    withdrawn = exists().where(PortraitWithdrawal.release_id == PortraitRelease.id)
    found = select(PortraitRelease.id).where(PortraitRelease.program_id == program.id, ~withdrawn).limit(1)
    return db.session.scalar(found) is not None


@dataclass(frozen=True)
class Season:
    """The surveys of a program in a school year, as a portrait. `last`: what is read of it."""

    program: Program
    school_year: str
    last: PortraitRelease | None


def seasons_of(actor: Actor) -> list[Season]:
    """Give what whoever asks may see put together, the newest year first."""
    programs = {one.id: one for one in programs_of(actor, *TEAM)}
    asked = select(Survey.program_id, Survey.school_year).where(Survey.program_id.in_(programs)).distinct()
    rows: list[Row[tuple[int, str]]] = list(db.session.execute(asked))
    read = {(one.program_id, one.school_year): one for one in db.session.scalars(_read(select(PortraitRelease)))}
    found = [Season(programs[row[0]], row[1], read.get((row[0], row[1]))) for row in rows]
    return sorted(found, key=lambda one: (-int(one.school_year[:4]), folded(one.program.name)))


def history_of(program: Program, school_year: str) -> list[PortraitRelease]:
    """Give every release of a year, the newest first."""
    asked = select(PortraitRelease).where(PortraitRelease.program_id == program.id, PortraitRelease.school_year == school_year)
    return list(db.session.scalars(asked.options(joinedload(PortraitRelease.withdrawal)).order_by(PortraitRelease.number.desc())))


def release_of(actor: Actor, ref: str) -> PortraitRelease:
    """Give a release through someone who may withdraw it. Refuses: any other (not found)."""
    found = db.session.scalar(select(PortraitRelease).where(PortraitRelease.ref == ref))
    if found is None or not actor.holds(found.program_id, *RELEASERS):
        raise NotFound
    return found


def student_totals(program: Program, school_year: str) -> list[StudentTotal]:
    """Give what the region has said of its number of students."""
    asked = select(StudentTotal).where(StudentTotal.program_id == program.id, StudentTotal.school_year == school_year)
    return list(db.session.scalars(asked))


def due_tonight() -> list[tuple[int, str]]:
    """Give the programs and years that were released, whose last release stands, and whose surveys still run or ended within the week."""
    withdrawn = exists().where(PortraitWithdrawal.release_id == PortraitRelease.id)
    newer = aliased(PortraitRelease)
    is_last = ~exists().where(
        newer.program_id == PortraitRelease.program_id,
        newer.school_year == PortraitRelease.school_year,
        newer.number > PortraitRelease.number,
    )
    goes_on = exists().where(
        Survey.program_id == PortraitRelease.program_id,
        Survey.school_year == PortraitRelease.school_year,
        Survey.closes_on >= clock.today() - dt.timedelta(days=7),
    )
    found = select(PortraitRelease.program_id, PortraitRelease.school_year).where(~withdrawn, is_last, goes_on)
    return [(row[0], row[1]) for row in db.session.execute(found)]


@dataclass(frozen=True)
class PeopleTold:
    """How many answered, as a portrait tells it: to the nearest five, None where it is withheld. `first_at`: when the portrait of that year
    was first released. `by_mrc`: by slug."""

    release: PortraitRelease
    first_at: dt.datetime
    everyone: int | None
    by_mrc: dict[str, int | None]


def people_told(program_ids: Iterable[int], since: dt.datetime, until: dt.datetime) -> list[PeopleTold]:
    """Give what is read of the school years whose portrait was first released from an instant until another, the newest first."""
    first = select(func.min(PortraitRelease.released_at).label("at"), PortraitRelease.program_id, PortraitRelease.school_year)
    begun = first.group_by(PortraitRelease.program_id, PortraitRelease.school_year).subquery()
    same = (begun.c.program_id == PortraitRelease.program_id) & (begun.c.school_year == PortraitRelease.school_year)
    read = (
        _read(select(PortraitRelease, begun.c.at))
        .join(begun, same)
        .options(undefer(PortraitRelease.told), joinedload(PortraitRelease.program))
    )
    here = PortraitRelease.program_id.in_(program_ids), begun.c.at >= since, begun.c.at < until
    found = db.session.execute(read.where(*here).order_by(PortraitRelease.school_year.desc(), PortraitRelease.id))
    return [_people(row[0], row[1]) for row in found]


def _people(release: PortraitRelease, first_at: dt.datetime) -> PeopleTold:
    people = release.told["people"]
    by_mrc = {slug: said[0] for slug, said in people.get(Cut.MRC, {}).items()}
    return PeopleTold(release, first_at, people[WHOLE][""][0], by_mrc)
