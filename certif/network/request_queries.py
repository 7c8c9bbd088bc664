"""Questions about what others ask of us and tell us: requests for support, and consultations on a draft."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import exists, func, select
from sqlalchemy.orm import joinedload, selectinload
from werkzeug.exceptions import NotFound

from certif.certification import Certification, Stage, at
from certif.employers import Employer, Establishment
from certif.kit import tokens
from certif.kit.access import Actor
from certif.kit.db import db
from certif.kit.paging import Slice, cut, read_cursor
from certif.network.help_model import Distinction, DistinctionKind
from certif.network.queries import DECIDERS, is_mine, one
from certif.network.request_model import (
    Consultation,
    ConsultationComment,
    ConsultationInvitation,
    SupportAssignment,
    SupportRequest,
    SupportSettlement,
)
from certif.programs import Program
from certif.territory import Mrc

MOST_INVITED = 500
"""How many employers are invited at once."""


@dataclass(frozen=True)
class Counted:
    """How many requests wait, and how many were settled."""

    waiting: int
    settled: int


@dataclass(frozen=True)
class Heard:
    """What was said of a clause, by whom."""

    clause: dict[str, str]
    comments: list[ConsultationComment]


def requests_of(actor: Actor, *, settled: bool, after: str | None) -> Slice[SupportRequest]:
    """Give a page of the requests of this person’s programs: those that wait, the oldest first, or those settled, the newest first."""
    is_settled = exists().where(SupportSettlement.request_id == SupportRequest.id)
    found = (
        select(SupportRequest, SupportRequest.asked_at.label("since"), SupportRequest.ref)
        .options(
            joinedload(SupportRequest.program), joinedload(SupportRequest.settlement),
            selectinload(SupportRequest.assignments).joinedload(SupportAssignment.user),
            selectinload(SupportRequest.assignments).joinedload(SupportAssignment.expert),
        )
        .where(is_mine(actor, SupportRequest.program_id.expression), is_settled if settled else ~is_settled)
    )  # fmt: skip
    asked_at, ref = SupportRequest.asked_at.expression, SupportRequest.ref.expression
    page = cut(found, asked_at, ref, read_cursor(after), newest_first=settled)
    return Slice([row.SupportRequest for row in page.rows], page.next)


def requests_counted(actor: Actor) -> Counted:
    """Count the requests of this person’s programs."""
    is_settled = SupportSettlement.id.is_not(None)
    mine = is_mine(actor, SupportRequest.program_id.expression)
    found = select(func.count().filter(~is_settled), func.count().filter(is_settled)).select_from(SupportRequest)
    waiting, settled = db.session.execute(found.outerjoin(SupportSettlement).where(mine)).one()
    return Counted(waiting, settled)


def request_of(actor: Actor, ref: str) -> SupportRequest:
    """Give a request to staff of its program. Refuses (404) any other."""
    return one(select(SupportRequest).where(SupportRequest.ref == ref, is_mine(actor, SupportRequest.program_id.expression)))


def consultations_of(actor: Actor, after: str | None) -> Slice[Consultation]:
    """Give a page of the consultations of the programs in which this person decides, the last opened first."""
    found = (
        select(Consultation, Consultation.opened_at.label("since"), Consultation.ref)
        .options(joinedload(Consultation.program))
        .where(is_mine(actor, Consultation.program_id.expression, *DECIDERS))
    )
    page = cut(found, Consultation.opened_at.expression, Consultation.ref.expression, read_cursor(after), newest_first=True)
    return Slice([row.Consultation for row in page.rows], page.next)


def consultation_of(actor: Actor, ref: str) -> Consultation:
    """Give a consultation to those who decide in its program. Refuses (404) any other."""
    return one(select(Consultation).where(Consultation.ref == ref, is_mine(actor, Consultation.program_id.expression, *DECIDERS)))


def open_consultation_in(program: Program) -> Consultation | None:
    """Give the consultation of a program that is not closed; None where there is none."""
    return db.session.scalar(select(Consultation).where(Consultation.program_id == program.id, Consultation.closed_at.is_(None)))


def invitation_behind(token: str) -> ConsultationInvitation:
    """Give the invitation of a secret link. Refuses (404) any other."""
    found = db.session.scalar(
        select(ConsultationInvitation).where(ConsultationInvitation.link_digest == tokens.digest(token))
        .options(joinedload(ConsultationInvitation.consultation), joinedload(ConsultationInvitation.employer))
    )  # fmt: skip
    if found is None:
        raise NotFound
    return found


def invitations_of(consultation: Consultation) -> Sequence[ConsultationInvitation]:
    """Give who was invited, as they were."""
    mine = ConsultationInvitation.consultation_id == consultation.id
    found = select(ConsultationInvitation).where(mine).options(joinedload(ConsultationInvitation.employer))
    return db.session.scalars(found.order_by(ConsultationInvitation.id).limit(MOST_INVITED)).all()


def invited_to(consultation: Consultation) -> tuple[int, int]:
    """Count who was invited, and who of them has commented."""
    found = select(func.count(), func.count(ConsultationInvitation.answered_at)).select_from(ConsultationInvitation)
    invited, answered = db.session.execute(found.where(ConsultationInvitation.consultation_id == consultation.id)).one()
    return invited, answered


def heard(consultation: Consultation) -> list[Heard]:
    """Give what was said, clause by clause, in the order of the text."""
    mine = ConsultationInvitation.consultation_id == consultation.id
    rows = db.session.scalars(
        select(ConsultationComment).join(ConsultationInvitation).where(mine)
        .options(joinedload(ConsultationComment.invitation).joinedload(ConsultationInvitation.employer))
        .order_by(ConsultationComment.id)
    )  # fmt: skip
    said: dict[str, list[ConsultationComment]] = defaultdict(list)
    for row in rows:
        said[row.clause].append(row)
    return [Heard(clause, said[clause["key"]]) for clause in consultation.clauses]


def comments_of(invitation: ConsultationInvitation) -> dict[str, str]:
    """Give what an invited employer said, by clause."""
    rows = db.session.scalars(select(ConsultationComment).where(ConsultationComment.invitation_id == invitation.id))
    return {row.clause: row.words for row in rows}


def to_invite(consultation: Consultation, group: str) -> list[Employer]:
    """Give the certified employers of a group who were not invited yet, the first five hundred by name.

    Takes: `group`: `all`, `founders`, `ambassadors`, or the slug of an MRC.
    """
    program_id = consultation.program_id
    is_certified = exists().where(
        Certification.employer_id == Employer.id, Certification.program_id == program_id, at(Stage.CERTIFIED)
    ).correlate(Employer)  # fmt: skip
    mine = ConsultationInvitation.employer_id == Employer.id, ConsultationInvitation.consultation_id == consultation.id
    found = select(Employer).where(is_certified, ~exists().where(*mine))
    if group in {"founders", "ambassadors"}:
        kind = DistinctionKind.FOUNDER if group == "founders" else DistinctionKind.AMBASSADOR
        stands = Distinction.accepted_at.is_not(None), Distinction.ended_at.is_(None), Distinction.kind == kind.value
        found = found.where(exists().where(Distinction.employer_id == Employer.id, Distinction.program_id == program_id, *stands))
    elif group != "all":
        there = Establishment.employer_id == Employer.id, Establishment.closed_at.is_(None), Mrc.id == Establishment.mrc_id
        found = found.where(exists().where(*there, Mrc.slug == group))
    return list(db.session.scalars(found.order_by(Employer.name_key, Employer.id).limit(MOST_INVITED)))
