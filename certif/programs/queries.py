"""Questions about programs: which one is offered where, under which version, with which contract, and whether it is paused."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import aliased, joinedload
from werkzeug.exceptions import NotFound

from certif.kit import clock
from certif.kit.access import STAFF, Actor, Role
from certif.kit.db import db
from certif.kit.languages import folded
from certif.programs.model import Contract, Pause, Program, ProgramMrc, ProgramVersion
from certif.territory import Mrc, Region, region_of

_Newest = aliased(ProgramVersion)


def program_at(mrc: Mrc, on: dt.date | None = None) -> list[Program]:
    """Give the programs open to the employers of an MRC: those of its region that are not limited to others, have a version in force and
    are not paused."""
    day = on or clock.today()
    limited = exists().where(ProgramMrc.program_id == Program.id)
    here = exists().where(ProgramMrc.program_id == Program.id, ProgramMrc.mrc_id == mrc.id)
    found = select(Program).where(Program.region_id == region_of(mrc, day).id, or_(~limited, here), ~is_paused_clause(), _has_version(day))
    return _by_name(found)


def covers(program: Program, mrc: Mrc) -> bool:
    """Whether an MRC is in the territory of a program today: in its region, and among those it is limited to, if any."""
    return region_of(mrc).id == program.region_id and (not program.mrcs or mrc in program.mrcs)


def programs_in(region: Region) -> list[Program]:
    """Give every program of a region, by name, whatever it has published."""
    return _by_name(select(Program).where(Program.region_id == region.id))


@dataclass(frozen=True)
class Offer:
    """A program as lists show it: its version in force, None before the first, and whether it is paused."""

    program: Program
    version: ProgramVersion | None
    is_paused: bool


def offers(actor: Actor | None = None, on: dt.date | None = None) -> list[Offer]:
    """Give the programs of the public directory, or, for staff, those in which they hold a role: one query, by name."""
    newest = (
        select(_Newest.id)
        .where(_Newest.program_id == Program.id, _Newest.published_at.is_not(None), _Newest.effective_on <= (on or clock.today()))
        .order_by(_Newest.effective_on.desc(), _Newest.number.desc())
        .limit(1)
        .correlate(Program)
        .scalar_subquery()
    )
    found = (
        select(Program, ProgramVersion, is_paused_clause())
        .outerjoin(ProgramVersion, ProgramVersion.id == newest)
        .options(joinedload(Program.region), joinedload(Program.body))
    )
    if actor is None:
        found = found.where(ProgramVersion.id.is_not(None))
    elif (ids := actor.program_ids(*STAFF)) is not None:
        found = found.where(Program.id.in_(ids))
    rows = [Offer(program, version, paused) for program, version, paused in db.session.execute(found)]
    return sorted(rows, key=lambda offer: folded(offer.program.name))


def open_programs(on: dt.date | None = None) -> list[Program]:
    """Give every program that may be shown to the public: it has a version in force. A paused one too, which says so."""
    return _by_name(select(Program).where(_has_version(on or clock.today())))


def program_by_slug(slug: str) -> Program:
    """Give the program of this address. Refuses: an address that no program has (not found)."""
    found = db.session.scalar(select(Program).where(Program.slug == slug))
    if found is None:
        raise NotFound
    return found


def programs_of(actor: Actor, *roles: Role) -> list[Program]:
    """Give the programs in which a person holds one of these roles (any staff role when none is named), by name."""
    ids = actor.program_ids(*(roles or STAFF))
    found = select(Program)
    return _by_name(found if ids is None else found.where(Program.id.in_(ids)))


def program_of(actor: Actor, slug: str, *roles: Role) -> Program:
    """Give one program through the person who asks for it. Refuses: one in which they hold none of these roles (not found)."""
    found = program_by_slug(slug)
    if not actor.holds(found.id, *(roles or STAFF)):
        raise NotFound
    return found


def draft_to_edit(actor: Actor, slug: str) -> ProgramVersion:
    """Give the draft of a program through someone who may change it. Refuses: no draft, or no such right (not found)."""
    draft = draft_of(program_of(actor, slug, Role.ADMIN, Role.MANAGER))
    if draft is None:
        raise NotFound
    return draft


def version_before(version: ProgramVersion) -> ProgramVersion | None:
    """Give the version that another one follows, or None for the first."""
    earlier = ProgramVersion.program_id == version.program_id, ProgramVersion.number < version.number
    return db.session.scalar(select(ProgramVersion).where(*earlier).order_by(ProgramVersion.number.desc()).limit(1))


def versions_of(program: Program) -> list[ProgramVersion]:
    """Give the versions of a program, newest first, the draft among them."""
    return list(
        db.session.scalars(select(ProgramVersion).where(ProgramVersion.program_id == program.id).order_by(ProgramVersion.number.desc()))
    )


def version_numbered(program: Program, number: int) -> ProgramVersion:
    """Give a version by its number. Refuses: a number the program has not (not found)."""
    found = db.session.scalar(select(ProgramVersion).where(ProgramVersion.program_id == program.id, ProgramVersion.number == number))
    if found is None:
        raise NotFound
    return found


def draft_of(program: Program) -> ProgramVersion | None:
    """Give the version that is being prepared, or None."""
    return db.session.scalar(select(ProgramVersion).where(ProgramVersion.program_id == program.id, ProgramVersion.published_at.is_(None)))


def version_in_force(program: Program, on: dt.date | None = None) -> ProgramVersion | None:
    """Give the version that decides on a day: the last published of those already effective. None before the first."""
    return db.session.scalar(
        select(ProgramVersion)
        .where(ProgramVersion.program_id == program.id, *_in_force(on or clock.today()))
        .order_by(ProgramVersion.effective_on.desc(), ProgramVersion.number.desc())
        .limit(1)
    )


def contract_of(version: ProgramVersion) -> Contract | None:
    """Give the contract of a version; None where nothing is signed, and while it is a draft."""
    return db.session.scalar(select(Contract).where(Contract.version_id == version.id))


def contract_in_force(program: Program, on: dt.date | None = None) -> Contract | None:
    """Give the contract that is signed on a day; None where nothing is signed."""
    version = version_in_force(program, on)
    return contract_of(version) if version is not None else None


def open_pause(program: Program) -> Pause | None:
    """Give the pause under way, or None."""
    return db.session.scalar(select(Pause).where(Pause.program_id == program.id, Pause.resumed_at.is_(None)))


def last_pause(program: Program) -> Pause | None:
    """Give the pause that ended last, or None."""
    over = Pause.program_id == program.id, Pause.resumed_at.is_not(None)
    return db.session.scalar(select(Pause).where(*over).order_by(Pause.resumed_at.desc()).limit(1))


def is_paused(program: Program) -> bool:
    """Whether a program takes no new employer for now."""
    return open_pause(program) is not None


def is_paused_clause() -> ColumnElement[bool]:
    """Give the condition that the program of a query is paused, for lists and for the page every QR opens."""
    return exists().where(Pause.program_id == Program.id, Pause.resumed_at.is_(None))


def _has_version(on: dt.date) -> ColumnElement[bool]:
    return exists().where(ProgramVersion.program_id == Program.id, *_in_force(on))


def _in_force(on: dt.date) -> tuple[ColumnElement[bool], ...]:
    return ProgramVersion.published_at.is_not(None), ProgramVersion.effective_on <= on


def _by_name(found: object) -> list[Program]:
    return sorted(db.session.scalars(found), key=lambda program: folded(program.name))  # type: ignore[call-overload]
