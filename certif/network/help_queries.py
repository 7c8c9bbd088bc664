"""Questions about distinctions and ways to help: whose they are, who may see them, and what the public page says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, SQLColumnExpression, and_, exists, or_, select
from sqlalchemy.orm import joinedload
from werkzeug.exceptions import NotFound

from certif.certification import Certification, Stage, at
from certif.employers import Employer, Establishment, employers_of
from certif.kit.access import Actor
from certif.kit.db import db
from certif.kit.paging import Slice, cut, read_cursor
from certif.network.help_model import Distinction, DistinctionKind, HelpKind, HelpOffer
from certif.network.queries import is_mine, one, territories_of
from certif.programs import Program
from certif.territory import Mrc


@dataclass(frozen=True)
class HelpFilter:
    """What narrows the ways to help."""

    kind: str | None = None
    mrc: str | None = None


def is_founder(employer_id: SQLColumnExpression[int], program_id: SQLColumnExpression[int]) -> ColumnElement[bool]:
    """Say, as part of a statement about employers, whether one is of the first of a program, and agreed to be shown as such."""
    return exists().where(
        Distinction.employer_id == employer_id, Distinction.program_id == program_id, Distinction.kind == DistinctionKind.FOUNDER.value,
        *_shown(),
    )  # fmt: skip


def ambassador_in(employer_id: SQLColumnExpression[int], program_id: SQLColumnExpression[int]) -> ScalarSelect[str]:
    """Say, as part of a statement about employers, in which MRC one is the spokesperson of a program, and agreed to be shown as such."""
    mine = (
        Distinction.employer_id == employer_id,
        Distinction.program_id == program_id,
        Distinction.kind == DistinctionKind.AMBASSADOR.value,
    )
    found = select(Mrc.name).select_from(Distinction).join(Mrc, Mrc.id == Distinction.mrc_id).where(*mine, *_shown())
    return found.correlate_except(Distinction, Mrc).limit(1).scalar_subquery()


def distinctions_of(actor: Actor, kind: str | None, after: str | None) -> Slice[Distinction]:
    """Give a page of the distinctions of this person’s programs that have not ended, the last offered first."""
    found = (
        select(Distinction, Distinction.offered_at.label("since"), Distinction.ref)
        .options(joinedload(Distinction.program), joinedload(Distinction.employer), joinedload(Distinction.mrc))
        .where(is_mine(actor, Distinction.program_id.expression), Distinction.ended_at.is_(None))
    )
    if kind:
        found = found.where(Distinction.kind == kind)
    page = cut(found, Distinction.offered_at.expression, Distinction.ref.expression, read_cursor(after), newest_first=True)
    return Slice([row.Distinction for row in page.rows], page.next)


def distinction_of(actor: Actor, ref: str) -> Distinction:
    """Give a distinction to staff of its program. Refuses (404) any other."""
    return one(select(Distinction).where(Distinction.ref == ref, is_mine(actor, Distinction.program_id.expression)))


def distinction_offered_to(actor: Actor, ref: str) -> Distinction:
    """Give a distinction to the people of its employer, while it has not ended. Refuses (404) any other."""
    found = one(select(Distinction).where(Distinction.ref == ref, Distinction.ended_at.is_(None)))
    if found.employer_id not in {employer.id for employer in employers_of(actor)}:
        raise NotFound
    return found


def standing_distinctions(employer: Employer, program: Program) -> Sequence[Distinction]:
    """Give the distinctions of an employer in a program that have not ended."""
    mine = Distinction.employer_id == employer.id, Distinction.program_id == program.id, Distinction.ended_at.is_(None)
    return db.session.scalars(select(Distinction).where(*mine).options(joinedload(Distinction.mrc)).order_by(Distinction.id)).all()


def offers_by(employer: Employer, program: Program) -> Sequence[HelpOffer]:
    """Give the ways to help that an employer offers today in a program."""
    mine = HelpOffer.employer_id == employer.id, HelpOffer.program_id == program.id, HelpOffer.withdrawn_at.is_(None)
    return db.session.scalars(select(HelpOffer).where(*mine).order_by(HelpOffer.id)).all()


def offers_seen(actor: Actor, asked: HelpFilter, after: str | None) -> Slice[HelpOffer]:
    """Give a page of the ways to help that certified employers offer where this person works, the last offered first."""
    found = (
        select(HelpOffer, HelpOffer.offered_at.label("since"), HelpOffer.ref)
        .options(joinedload(HelpOffer.program), joinedload(HelpOffer.employer))
        .where(HelpOffer.withdrawn_at.is_(None), _is_certified(), _is_seen(actor, asked.mrc))
    )
    if asked.kind in set(HelpKind):
        found = found.where(HelpOffer.kind == asked.kind)
    page = cut(found, HelpOffer.offered_at.expression, HelpOffer.ref.expression, read_cursor(after), newest_first=True)
    return Slice([row.HelpOffer for row in page.rows], page.next)


def places_by_employer(offers: Sequence[HelpOffer]) -> dict[int, str]:
    """Give where each of these employers is: the municipality of its main establishment."""
    wanted = {one.employer_id for one in offers}
    found = select(Establishment).where(Establishment.employer_id.in_(wanted), Establishment.closed_at.is_(None), Establishment.is_main)
    rows = db.session.scalars(found.options(joinedload(Establishment.mrc)))
    return {
        row.employer_id: row.municipality if row.municipality == row.mrc.name else f"{row.municipality} ({row.mrc.name})" for row in rows
    }


def _shown() -> tuple[ColumnElement[bool], ...]:
    return Distinction.accepted_at.is_not(None), Distinction.ended_at.is_(None)


def _is_certified() -> ColumnElement[bool]:
    theirs = Certification.employer_id == HelpOffer.employer_id, Certification.program_id == HelpOffer.program_id
    return exists().where(*theirs, at(Stage.CERTIFIED)).correlate(HelpOffer)


def _is_seen(actor: Actor, mrc: str | None) -> ColumnElement[bool]:
    seen: list[Any] = []
    for program, mrcs in territories_of(actor):
        wanted = [each.id for each in mrcs if mrc is None or each.slug == mrc]
        there = Establishment.employer_id == HelpOffer.employer_id, Establishment.mrc_id.in_(wanted), Establishment.closed_at.is_(None)
        seen.append(and_(HelpOffer.program_id == program.id, exists().where(*there).correlate(HelpOffer)))
    return or_(HelpOffer.id.is_(None), *seen)
