"""Questions about certifications: whose they are, who may see them, and what comes next."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, exists, or_, select
from werkzeug.exceptions import NotFound

from certif.certification.model import Badge, Certification, Stage, Verification
from certif.employers import Employer, Establishment, RegistrationDraft, employers_of, establishments_of
from certif.kit.access import Actor, Role
from certif.kit.db import db
from certif.programs import Program, covers, program_at
from certif.territory import Partner, mrc, territory_of

_WHOLE_PROGRAM = (Role.ADMIN, Role.MANAGER, Role.AGENT)


def certifications_of(actor: Actor) -> list[Certification]:
    """Give the certifications of this person's employers, the newest first."""
    return _of_employers(employers_of(actor))


def certifications_of_employer(employer: Employer) -> list[Certification]:
    """Give every cycle of an employer, the newest first."""
    return _of_employers([employer])


def certification_of(actor: Actor, ref: str | None = None) -> Certification:
    """Give the certification named `ref`, or without one the newest that this person can move forward, else the newest.

    Refuses (404) what is not there, and what is not this person's, alike.
    """
    mine = certifications_of(actor)
    if ref is not None:
        mine = [certification for certification in mine if certification.ref == ref]
    if not mine:
        raise NotFound
    theirs = {Stage.AWAITING_CONTRACT, Stage.AWAITING_CONTRIBUTION, Stage.SENT_BACK}
    return next((certification for certification in mine if certification.stage in theirs), mine[0])


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Give the condition under which staff see a `Certification`: their programs; for a partner, an establishment in the territory it
    serves."""
    whole = actor.program_ids(*_WHOLE_PROGRAM)
    if whole is None:
        return Certification.id.is_not(None)
    seen: list[ColumnElement[bool]] = [Certification.program_id.in_(whole)]
    for grant in actor.grants:
        if grant.role is Role.PARTNER and grant.partner_id is not None:
            served = [mrc.id for mrc in territory_of(db.session.get_one(Partner, grant.partner_id))]
            is_there = Establishment.mrc_id.in_(served), Establishment.closed_at.is_(None)
            place = exists().where(Establishment.employer_id == Certification.employer_id, *is_there).correlate(Certification)
            seen.append(and_(Certification.program_id == grant.program_id, place))
    return or_(*seen)


def file_of(actor: Actor, ref: str) -> Certification:
    """Give the file named `ref` to staff who may see it. Refuses (404) any other."""
    found = db.session.scalar(select(Certification).where(Certification.ref == ref, visible_to(actor)))
    if found is None:
        raise NotFound
    return found


def verifications_of(certification: Certification) -> list[Verification]:
    """Give the public codes of the employer's establishments in this program, the main one first."""
    query = (
        select(Verification)
        .join(Establishment)
        .where(Establishment.employer_id == certification.employer_id, Verification.program_id == certification.program_id)
    )
    return list(db.session.scalars(query.order_by(Establishment.is_main.desc(), Verification.id)))


def places_of(certification: Certification) -> list[Establishment]:
    """Give the open establishments that this path can cover, the main one first: those of the program's territory, and those that have
    their code already."""
    coded = {verification.establishment_id for verification in verifications_of(certification)}
    places = establishments_of(certification.employer)
    return [place for place in places if place.id in coded or covers(certification.program, place.mrc)]


def badge_numbered(actor: Actor, ref: str, number: str) -> tuple[Certification, Badge]:
    """Give a badge of a certification of this person's, or of one that staff may see. Refuses (404) any other."""
    certification = readable_file(actor, ref)
    for badge in certification.badges:
        if badge.number == number:
            return certification, badge
    raise NotFound


def open_programs(employer: Employer, places: list[Establishment]) -> list[Program]:
    """Give the programs that an employer may enter today and has no path in, the main establishment's first."""
    entered = {one.program_id for one in certifications_of_employer(employer) if one.stage not in {Stage.EXPIRED, Stage.REVOKED}}
    found = {program.id: program for place in places for program in program_at(place.mrc)}
    return [one for one in found.values() if one.id not in entered]


def readable_file(actor: Actor, ref: str) -> Certification:
    """Give the certification named `ref` to its employer's people and to staff who follow it. Refuses (404) any other."""
    mine = [certification for certification in certifications_of(actor) if certification.ref == ref]
    return mine[0] if mine else file_of(actor, ref)


def programs_for(draft: RegistrationDraft) -> list[Program]:
    """Give the programs open where a registration's main establishment is."""
    return program_at(mrc(draft.establishments[0]["mrc"])) if draft.establishments else []


def _of_employers(employers: list[Employer]) -> list[Certification]:
    wanted = [employer.id for employer in employers]
    query = (
        select(Certification).where(Certification.employer_id.in_(wanted)).order_by(Certification.opened_at.desc(), Certification.id.desc())
    )
    return list(db.session.scalars(query))
