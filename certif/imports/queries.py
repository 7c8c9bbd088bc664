"""Questions about files and prospects: who may see them, where they stand, what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select, true
from werkzeug.exceptions import NotFound

from certif.certification import Certification, Stage, at
from certif.employers import Employer, Establishment
from certif.imports import hearing
from certif.imports.model import Intake, IntakeEntry, IntakeLine, LetterStop, PastCertification, Prospect, ProspectInvitation
from certif.kit import tokens
from certif.kit.access import Actor, Role
from certif.kit.db import db
from certif.kit.languages import _l, folded
from certif.kit.paging import Slice, cut, read_cursor
from certif.programs import Program
from certif.territory import Mrc, Partner, territory_of

KEEPERS = (Role.ADMIN, Role.MANAGER, Role.AGENT)
"""Who brings files in and writes to prospects. A partner only sees the prospects of the territory it serves."""
SHOWN = 20


class Standing(StrEnum):
    """Where a prospect stands."""

    KNOWN = "known"
    INVITED = "invited"
    REGISTERED = "registered"


STANDINGS = {Standing.KNOWN: _l("Pressenti"), Standing.INVITED: _l("Invité"), Standing.REGISTERED: _l("Inscrit")}
LOOKS = {Standing.KNOWN: "waiting", Standing.INVITED: "in_progress", Standing.REGISTERED: "certified"}
"""The look of each one's tag."""


@dataclass(frozen=True)
class Counts:
    """What the lines of a file come to: `fit` are new, `added` are those that are in."""

    lines: int
    looked_at: int
    fit: int
    faulty: int
    in_register: int
    in_prospects: int
    in_file: int
    settled: int
    added: int


@dataclass(frozen=True)
class ProspectFilter:
    """What narrows the list of prospects; `program` and `mrc` are slugs."""

    text: str = ""
    standing: Standing | None = None
    program: str | None = None
    mrc: str | None = None


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Give the condition under which staff see a `Prospect`: their programs; for a partner, those in the territory it serves."""
    whole = actor.program_ids(*KEEPERS)
    if whole is None:
        return true()
    seen: list[ColumnElement[bool]] = [Prospect.program_id.in_(whole)]
    for grant in actor.grants:
        if grant.role is Role.PARTNER and grant.partner_id is not None:
            served = [mrc.id for mrc in territory_of(db.session.get_one(Partner, grant.partner_id))]
            seen.append(and_(Prospect.program_id == grant.program_id, Prospect.mrc_id.in_(served), *hearing.bounds_of(grant)))
    return or_(*seen)


def intake_of(actor: Actor, ref: str) -> Intake:
    """Give the file named `ref` to those who bring files into its program. Refuses (404) any other."""
    found = db.session.scalar(select(Intake).where(Intake.ref == ref))
    if found is None or not actor.holds(found.program_id, *KEEPERS):
        raise NotFound
    return found


def intakes_of(actor: Actor, after: str | None) -> Slice[Intake]:
    """Give the files of this person's programs, the newest first."""
    held = actor.program_ids(*KEEPERS)
    mine = Intake.program_id.in_(held) if held is not None else true()
    found = select(Intake, Intake.uploaded_at.label("since"), Intake.ref).where(mine)
    page = cut(found, Intake.uploaded_at.expression, Intake.ref.expression, read_cursor(after), newest_first=True)
    return Slice([row.Intake for row in page.rows], page.next)


def counts_of(intake: Intake) -> Counts:
    """Count what the lines come to, in one statement."""
    is_new = and_(IntakeLine.is_faulty.is_(False), IntakeLine.twin.is_(None))
    counted = [is_new, IntakeLine.is_faulty.is_(True), *(IntakeLine.twin == twin for twin in ("register", "prospect", "file"))]
    settled = IntakeLine.settled_at.is_not(None)
    columns = [func.count().filter(condition) for condition in (*counted, settled)]
    row = db.session.execute(select(func.count(), *columns).where(IntakeLine.intake_id == intake.id)).one()
    brought = Prospect if intake.is_prospects else PastCertification if intake.is_past_certified else IntakeEntry
    added = select(func.count()).select_from(brought).where(brought.intake_id == intake.id)
    looked_at, fit, faulty, in_register, in_prospects, in_file, done = (int(count) for count in row)
    return Counts(intake.lines, looked_at, fit, faulty, in_register, in_prospects, in_file, done, db.session.scalar(added) or 0)


def lines_of(intake: Intake, *conditions: ColumnElement[bool], most: int | None = SHOWN) -> Sequence[IntakeLine]:
    """Give the lines of a file that fit the conditions, in order, the first ones only."""
    query = select(IntakeLine).where(IntakeLine.intake_id == intake.id, *conditions).order_by(IntakeLine.number)
    return db.session.scalars(query.limit(most)).all()


def faulty_lines(intake: Intake, most: int | None = SHOWN) -> Sequence[IntakeLine]:
    """Give the lines to be corrected; all of them when `most` is None."""
    return lines_of(intake, IntakeLine.is_faulty.is_(True), most=most)


def twin_lines(intake: Intake) -> Sequence[IntakeLine]:
    """Give the first lines that are known already."""
    return lines_of(intake, IntakeLine.twin.is_not(None))


def fit_lines(intake: Intake) -> Sequence[IntakeLine]:
    """Give the first lines that are new."""
    return lines_of(intake, IntakeLine.is_faulty.is_(False), IntakeLine.twin.is_(None), most=5)


def brought_in(intake: Intake) -> Sequence[Any]:
    """Give the first prospects that a file brought and that are still there, with where they stand."""
    query = select(Prospect, standing_column()).where(Prospect.intake_id == intake.id).order_by(Prospect.line_number).limit(SHOWN)
    return db.session.execute(query).all()


def touched_in(intake: Intake) -> Sequence[Any]:
    """Give the first prospects that a file brought and that something has happened to, with where they stand."""
    touched = Prospect.intake_id == intake.id, or_(is_invited(), is_registered())
    return db.session.execute(select(Prospect, standing_column()).where(*touched).order_by(Prospect.line_number).limit(SHOWN)).all()


def is_registered() -> ColumnElement[bool]:
    """Give the condition that a `Prospect` is in the register: the same NEQ, the same name at the same postal code, or seen to register."""
    return _is_in_register()


def is_certified() -> ColumnElement[bool]:
    """Give the condition that a `Prospect` is in the register, and certified today in its program."""
    theirs = Certification.employer_id == Employer.id, Certification.program_id == Prospect.program_id, at(Stage.CERTIFIED)
    return _is_in_register(exists().where(*theirs).correlate(Employer, Prospect))


def _is_in_register(*also: ColumnElement[bool]) -> ColumnElement[bool]:
    same_neq = exists().where(Employer.neq == Prospect.neq, *also)
    here = Establishment.employer_id == Employer.id, Establishment.postal_code == Prospect.postal_code, Establishment.closed_at.is_(None)
    same_place = exists().where(Employer.name_key == Prospect.name_key, *here, *also)
    seen = [exists().where(Employer.id.in_(one), *also).correlate(Prospect) for one in hearing.employers_became()]
    return or_(same_neq.correlate(Prospect), same_place.correlate(Prospect), *seen)


def is_invited() -> ColumnElement[bool]:
    """Give the condition that a `Prospect` was invited."""
    return exists().where(ProspectInvitation.prospect_id == Prospect.id).correlate(Prospect)


def standing_column() -> ColumnElement[str]:
    """Give where each `Prospect` of a list stands, as a column."""
    return case((is_registered(), Standing.REGISTERED), (is_invited(), Standing.INVITED), else_=Standing.KNOWN).label("standing")


def prospect_of(actor: Actor, ref: str) -> Prospect:
    """Give the prospect named `ref` to staff who may see it. Refuses (404) any other."""
    found = db.session.scalar(select(Prospect).where(Prospect.ref == ref, visible_to(actor)))
    if found is None:
        raise NotFound
    return found


def standing_of(prospect: Prospect) -> Standing:
    """Give where one prospect stands."""
    return Standing(db.session.scalars(select(standing_column()).where(Prospect.id == prospect.id)).one())


def employer_like(prospect: Prospect) -> Employer | None:
    """Give the employer that a prospect became, if it has registered: the one that was seen to, before any that is like it."""
    for one in hearing.employers_became():
        found = db.session.scalar(select(Employer).where(Employer.id.in_(one.where(Prospect.id == prospect.id))).limit(1))
        if found is not None:
            return found
    here = Establishment.employer_id == Employer.id, Establishment.postal_code == prospect.postal_code, Establishment.closed_at.is_(None)
    same_place = and_(Employer.name_key == prospect.name_key, exists().where(*here).correlate(Employer))
    same = or_(Employer.neq == prospect.neq, same_place) if prospect.neq else same_place
    return db.session.scalar(select(Employer).where(same).order_by(Employer.id).limit(1))


def prospects_of(actor: Actor, asked: ProspectFilter, after: str | None) -> Slice[Any]:
    """Give the prospects that this person may see, the newest first: rows of a `Prospect`, its `standing` and the name of its MRC."""
    found = (
        select(
            Prospect,
            standing_column(),
            Mrc.name.label("mrc"),
            Program.name.label("program"),
            Prospect.noted_at.label("since"),
            Prospect.ref,
        )
        .join(Program, Program.id == Prospect.program_id)
        .outerjoin(Mrc, Mrc.id == Prospect.mrc_id)
        .where(visible_to(actor), *_narrowed(asked))
    )
    return cut(found, Prospect.noted_at.expression, Prospect.ref.expression, read_cursor(after), newest_first=True)


def invitation_of(token: str) -> ProspectInvitation:
    """Give the invitation of this link. Refuses (404) a link that was never sent."""
    found = db.session.scalar(select(ProspectInvitation).where(ProspectInvitation.token_digest == tokens.digest(token)))
    if found is None:
        raise NotFound
    return found


def has_stopped(email: str) -> bool:
    """Whether whoever reads this address has said stop."""
    return db.session.scalar(select(LetterStop.id).where(LetterStop.address_digest == address_digest(email))) is not None


def address_digest(email: str) -> str:
    """Give what is kept of an address that said stop."""
    return tokens.digest(email.strip().casefold())


def _stands(standing: Standing) -> ColumnElement[bool]:
    """Give the condition that a `Prospect` of a list stands so: what is rare is looked for first, whatever the number of prospects."""
    was_invited = Prospect.id.in_(select(ProspectInvitation.prospect_id))
    if standing is Standing.INVITED:
        return and_(was_invited, ~is_registered())
    if standing is Standing.KNOWN:
        return and_(~was_invited, ~is_registered())
    same_name = select(Prospect.id).join(Employer, Employer.name_key == Prospect.name_key)
    here = Establishment.employer_id == Employer.id, Establishment.postal_code == Prospect.postal_code, Establishment.closed_at.is_(None)
    found = [
        select(Prospect.id).join(Employer, Employer.neq == Prospect.neq), same_name.join(Establishment, and_(*here)),
        *(one.with_only_columns(Prospect.id) for one in hearing.employers_became()),
    ]  # fmt: skip
    return or_(*(Prospect.id.in_(one.correlate(None)) for one in found))


def _narrowed(asked: ProspectFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if asked.text:
        key, digits = folded(asked.text), "".join(asked.text.split())
        named = Prospect.name_key.contains(key, autoescape=True) if key else Prospect.name.icontains(asked.text, autoescape=True)
        conditions.append(or_(named, Prospect.neq == digits))
    if asked.standing:
        conditions.append(_stands(asked.standing))
    if asked.program:
        conditions.append(Program.slug == asked.program)
    if asked.mrc:
        conditions.append(Mrc.slug == asked.mrc)
    return conditions
