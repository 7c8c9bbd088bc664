"""Questions about draws and examinations: who can be drawn, what is public, what awaits whom."""

from __future__ import annotations

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased, joinedload
from werkzeug.exceptions import NotFound

from certif.certification import Badge, Certification, Stage, Verification, at, readable_file, visible_to
from certif.employers import Establishment, Membership, employers_of
from certif.kit import sent_files
from certif.kit.access import Actor, Role
from certif.kit.db import db
from certif.programs import Program
from certif.sampling.model import Conclusion, Examination, Finding, SampleDraw

PAGE = 25
_WHOLE = (Role.ADMIN, Role.MANAGER, Role.AGENT)


def population_of(program: Program) -> list[tuple[Certification, str]]:
    """Give every certification that counts today in a program, once, and the code of its first open place.

    Left aside, for they could not answer: employers whose places are all closed, and those of a list for which nobody acts yet.
    """
    later, badge = aliased(Certification), aliased(Badge)
    follows = exists().where(
        later.employer_id == Certification.employer_id,
        later.program_id == Certification.program_id,
        later.cycle > Certification.cycle,
        badge.certification_id == later.id,
    )
    has_somebody = exists().where(Membership.employer_id == Certification.employer_id, Membership.ended_at.is_(None))
    rows = db.session.execute(
        select(Certification, Verification.code)
        .join(Badge, Badge.certification_id == Certification.id)
        .join(Verification, Verification.id == Badge.verification_id)
        .join(Establishment, Establishment.id == Verification.establishment_id)
        .where(Certification.program_id == program.id, at(Stage.CERTIFIED), ~follows, Establishment.closed_at.is_(None), has_somebody)
        .order_by(Certification.id, Verification.id.desc())
    )
    return [(certification, code) for certification, code in {row[0]: row[1] for row in rows}.items()]


def draw_of_year(program: Program, year: int) -> SampleDraw | None:
    """Give the draw of a program in a year, or None."""
    return db.session.scalar(select(SampleDraw).where(SampleDraw.program_id == program.id, SampleDraw.year == year))


def public_draws(after: str | None) -> list[SampleDraw]:
    """Give a page of every draw that was announced, the newest first; one more tells that others follow. Takes: `after`, a ref."""
    query = select(SampleDraw).options(joinedload(SampleDraw.program))
    if after:
        query = query.where(SampleDraw.id < select(SampleDraw.id).where(SampleDraw.ref == after).scalar_subquery())
    return list(db.session.scalars(query.order_by(SampleDraw.id.desc()).limit(PAGE + 1)))


def draw_called(ref: str) -> SampleDraw:
    """Give the draw of an address. Refuses (404) one that no draw has."""
    found = db.session.scalar(select(SampleDraw).where(SampleDraw.ref == ref))
    if found is None:
        raise NotFound
    return found


def draw_of(actor: Actor, ref: str) -> SampleDraw:
    """Give a draw to staff of its program. Refuses (404) any other."""
    found = draw_called(ref)
    if not actor.holds(found.program_id, *_WHOLE):
        raise NotFound
    return found


def draws_of(actor: Actor) -> list[SampleDraw]:
    """Give the draws of this person's programs, the newest first: one a program and year, at most a hundred."""
    ids = actor.program_ids(*_WHOLE)
    query = select(SampleDraw).options(joinedload(SampleDraw.program))
    query = query if ids is None else query.where(SampleDraw.program_id.in_(ids))
    return list(db.session.scalars(query.order_by(SampleDraw.year.desc(), SampleDraw.id.desc()).limit(100)))


def examinations_in(draw: SampleDraw, after: str | None) -> list[Examination]:
    """Give a page of the examinations of a draw, in the order they were drawn; one more tells that others follow. Takes: `after`, a ref."""
    query = (
        select(Examination)
        .where(Examination.draw_id == draw.id)
        .options(
            joinedload(Examination.certification).joinedload(Certification.employer),
            joinedload(Examination.finding).joinedload(Finding.reply),
        )
        .options(joinedload(Examination.conclusion), joinedload(Examination.evidence))
    )
    if after:
        query = query.where(Examination.id > select(Examination.id).where(Examination.ref == after).scalar_subquery())
    return list(db.session.scalars(query.order_by(Examination.id).limit(PAGE + 1)).unique())


def examination_of(actor: Actor, ref: str) -> Examination:
    """Give an examination to staff who may see its file. Refuses (404) any other."""
    found = db.session.scalar(select(Examination).join(Certification).where(Examination.ref == ref, visible_to(actor)))
    if found is None or not actor.holds(found.certification.program_id, *_WHOLE):
        raise NotFound
    return found


def my_examination(actor: Actor, ref: str) -> Examination:
    """Give an examination to the people of its employer. Refuses (404) any other."""
    mine = [employer.id for employer in employers_of(actor)]
    found = db.session.scalar(select(Examination).join(Certification).where(Examination.ref == ref, Certification.employer_id.in_(mine)))
    if found is None:
        raise NotFound
    return found


def examinations_of_certification(certification: Certification) -> list[Examination]:
    """Give the examinations of a certification that are not concluded, the oldest first."""
    is_over = exists().where(Conclusion.examination_id == Examination.id)
    return list(db.session.scalars(select(Examination).where(Examination.certification_id == certification.id, ~is_over)))


def piece_of(actor: Actor, ref: str, number: int) -> tuple[sent_files.SentFile, str]:
    """Give a file of an examination, and its name, to the employer's people and to staff who follow the file. Refuses (404) any other."""
    examination = db.session.scalar(select(Examination).where(Examination.ref == ref))
    if examination is None:
        raise NotFound
    readable_file(actor, examination.certification.ref)
    for one in examination.evidence:
        if one.number == number and one.piece_digest is not None:
            return sent_files.fetch(one.piece_digest), one.piece_name or ""
    raise NotFound
