"""Questions about what others say: stories that await their employer, testimonials, the watch."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, true
from sqlalchemy.orm import joinedload
from werkzeug.exceptions import NotFound

from certif.certification import Certification, Stage, at, certifications_of_employer, visible_to
from certif.consents import has_consent, is_agreed
from certif.employers import Employer, employers_of, name_key
from certif.kit.access import STAFF, Actor
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.kit.languages import _
from certif.kit.paging import Slice, cut, read_cursor
from certif.library.handing import WHOLE
from certif.library.model import Tool
from certif.library.queries import STORY, edits, newest_of
from certif.library.versions import ToolVersion
from certif.library.word_model import Testimonial, TestimonialOutcome, TestimonialReading, TestimonialWithdrawal, WatchNote
from certif.programs import Program


def employer_named(actor: Actor, words: str | None) -> Employer | None:
    """Give the certified employer that has this NEQ or legal name, among those whose files this person sees; None for no words.

    Refuses: a name that no such employer has.
    """
    if not words:
        return None
    seen = exists().where(Certification.employer_id == Employer.id, visible_to(actor), at(Stage.CERTIFIED))
    named = or_(Employer.neq == words.replace(" ", ""), Employer.name_key == name_key(words))
    found = db.session.scalar(select(Employer).where(named, seen).limit(1))
    if found is None:
        raise Refusal(_("Aucun employeur certifié de vos programmes ne porte ce nom ou ce NEQ."))
    return found


def story_of(actor: Actor, ref: str) -> ToolVersion:
    """Give a version of a story to those who act for its employer. Refuses (404) any other, and one of a retired story."""
    found = db.session.scalar(select(ToolVersion).join(Tool, Tool.id == ToolVersion.tool_id).where(ToolVersion.ref == ref))
    if found is None or found.tool.retired_at is not None or found.tool.employer not in employers_of(actor):
        raise NotFound
    return found


def stories_of(employer: Employer) -> list[tuple[ToolVersion, bool]]:
    """Give the stories told of an employer, as they speak today, and whether it agrees to each."""
    tools = db.session.scalars(select(Tool).where(Tool.employer_id == employer.id, Tool.retired_at.is_(None)).order_by(Tool.id))
    newest = [version for tool in tools if (version := newest_of(tool)) is not None]
    return [(version, has_consent(version, STORY)) for version in newest]


def story_state(version: ToolVersion | None) -> str | None:
    """Say where a story stands with its employer: `agreed`, `awaited`, or None where it tells of nobody."""
    if version is None or version.tool.employer_id is None:
        return None
    return "agreed" if has_consent(version, STORY) else "awaited"


def certified_in(employer: Employer) -> list[Program]:
    """Give the programs in which an employer is certified today."""
    found = [one.program for one in certifications_of_employer(employer) if one.stage is Stage.CERTIFIED]
    return list(dict.fromkeys(found))


def waiting_of(employer: Employer, program: Program) -> Testimonial | None:
    """Give the testimonial of an employer that awaits an answer in a program, or None."""
    offered = Testimonial.employer_id == employer.id, Testimonial.program_id == program.id
    return db.session.scalar(select(Testimonial).where(*offered, _is_waiting()).limit(1))


def testimonials_of(employer: Employer) -> list[Testimonial]:
    """Give what an employer said and did not take back, the newest first."""
    found = select(Testimonial).options(joinedload(Testimonial.reading), joinedload(Testimonial.program))
    theirs = Testimonial.employer_id == employer.id, ~exists().where(TestimonialWithdrawal.testimonial_id == Testimonial.id)
    return list(db.session.scalars(found.where(*theirs).order_by(Testimonial.offered_at.desc())))


def own_testimonial(employer: Employer, ref: str) -> Testimonial:
    """Give a testimonial to its employer. Refuses (404) any other."""
    found = next((one for one in testimonials_of(employer) if one.ref == ref), None)
    if found is None:
        raise NotFound
    return found


def testimonials_seen_by(actor: Actor, *, waiting: bool, after: str | None) -> Slice[Testimonial]:
    """Give a page of the testimonials of this person's programs: those that wait, or those that were read."""
    ids = actor.program_ids(*WHOLE)
    found = (
        select(Testimonial, Testimonial.offered_at.label("since"), Testimonial.ref)
        .options(
            joinedload(Testimonial.reading), joinedload(Testimonial.withdrawal), joinedload(Testimonial.employer),
            joinedload(Testimonial.program),
        )
        .where(true() if ids is None else Testimonial.program_id.in_(ids), _is_waiting() if waiting else ~_is_waiting())
    )  # fmt: skip
    page = cut(found, Testimonial.offered_at.expression, Testimonial.ref.expression, read_cursor(after), newest_first=not waiting)
    return Slice([row.Testimonial for row in page.rows], page.next)


def testimonials_waiting(actor: Actor) -> int:
    """Count the testimonials that await an answer in this person's programs."""
    ids = actor.program_ids(*WHOLE)
    mine = true() if ids is None else Testimonial.program_id.in_(ids)
    return db.session.scalar(select(func.count()).select_from(Testimonial).where(mine, _is_waiting())) or 0


def testimonial_of(actor: Actor, ref: str) -> Testimonial:
    """Give a testimonial to those who work for its program. Refuses (404) any other."""
    found = db.session.scalar(select(Testimonial).where(Testimonial.ref == ref))
    if found is None or not actor.holds(found.program_id, *WHOLE):
        raise NotFound
    return found


def public_testimonials(after: str | None) -> Slice[Testimonial]:
    """Give a page of the testimonials that anyone may read, the newest first: while their employers are certified, and agree."""
    found = (
        select(Testimonial, Testimonial.offered_at.label("since"), Testimonial.ref)
        .options(joinedload(Testimonial.employer), joinedload(Testimonial.program))
        .where(_is_told())
    )
    page = cut(found, Testimonial.offered_at.expression, Testimonial.ref.expression, read_cursor(after), newest_first=True)
    return Slice([row.Testimonial for row in page.rows], page.next)


def testimonials_told(program: Program) -> list[Testimonial]:
    """Give what anyone may read of a program today, the newest first."""
    found = select(Testimonial).options(joinedload(Testimonial.employer)).where(Testimonial.program_id == program.id, _is_told())
    return list(db.session.scalars(found.order_by(Testimonial.offered_at.desc()).limit(100)))


def is_told(testimonial: Testimonial) -> bool:
    """Whether anyone may read a testimonial today."""
    return db.session.scalar(select(Testimonial.id).where(Testimonial.id == testimonial.id, _is_told())) is not None


def watch(actor: Actor | None, topic: str | None, after: str | None) -> Slice[WatchNote]:
    """Give a page of the watch, the newest first: what anyone may read, or, for staff, that of all and of their programs."""
    found = select(WatchNote, WatchNote.seen_at.label("since"), WatchNote.ref).options(joinedload(WatchNote.program))
    found = found.where(WatchNote.withdrawn_at.is_(None), WatchNote.is_public if actor is None else _is_seen_by(actor))
    return _watched(found.where(WatchNote.topic == topic) if topic else found, after)


def note_of(actor: Actor, ref: str) -> WatchNote:
    """Give a note of the watch to those who may withdraw it. Refuses (404) any other."""
    found = db.session.scalar(select(WatchNote).where(WatchNote.ref == ref))
    if found is None or not (edits(actor, None) if found.program_id is None else actor.holds(found.program_id, *WHOLE)):
        raise NotFound
    return found


def _watched(found: Select[Any], after: str | None) -> Slice[WatchNote]:
    page = cut(found, WatchNote.seen_at.expression, WatchNote.ref.expression, read_cursor(after), newest_first=True)
    return Slice([row.WatchNote for row in page.rows], page.next)


def _is_seen_by(actor: Actor) -> ColumnElement[bool]:
    ids = actor.program_ids(*STAFF)
    return true() if ids is None else or_(WatchNote.program_id.is_(None), WatchNote.program_id.in_(ids))


def _is_waiting() -> ColumnElement[bool]:
    is_read = exists().where(TestimonialReading.testimonial_id == Testimonial.id)
    return ~is_read & ~exists().where(TestimonialWithdrawal.testimonial_id == Testimonial.id)


def _is_told() -> ColumnElement[bool]:
    """Give the condition that a testimonial was published, that its employer is certified, and that it still agrees."""
    is_published = exists().where(
        TestimonialReading.testimonial_id == Testimonial.id, TestimonialReading.outcome == TestimonialOutcome.PUBLISHED.value
    )
    is_certified = exists().where(
        Certification.employer_id == Testimonial.employer_id, Certification.program_id == Testimonial.program_id, at(Stage.CERTIFIED)
    )
    return and_(is_published, is_certified, is_agreed("Testimonial", Testimonial.ref, "testimonial"))
