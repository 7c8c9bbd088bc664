"""Questions about agreements: whose they are, which link leads to whom, and how many stand where."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import joinedload
from werkzeug.exceptions import NotFound

from certif.agreements.kinds import AgreementKind, AgreementState
from certif.agreements.model import Agreement, AgreementEnd, AgreementLink, AgreementParty, AgreementSeal
from certif.certification import Certification, Stage, certifications_of_employer, visible_to
from certif.employers import Employer, employers_of
from certif.kit import clock, tokens
from certif.kit.access import Actor
from certif.kit.db import db
from certif.kit.paging import Slice, cut, read_cursor

MAY_AGREE = (Stage.CERTIFIED, Stage.AWAITING_CONTRIBUTION, Stage.AWAITING_VALIDATION, Stage.SENT_BACK)
"""Where an employer’s path must stand: its moral contract is signed, and nothing was taken away."""


def certification_to_agree(employer: Employer) -> Certification | None:
    """Give the path under which an employer may make agreements: a certified one first; None where there is none."""
    found = [one for one in certifications_of_employer(employer) if one.stage in MAY_AGREE]
    return min(found, key=lambda one: MAY_AGREE.index(one.stage), default=None)


def agreement_of(actor: Actor, ref: str) -> Agreement:
    """Give the agreement named `ref` of one of this person’s employers. Refuses (404) any other, and one that is erased."""
    mine = Certification.employer_id.in_([one.id for one in employers_of(actor)])
    query = select(Agreement).join(Certification, Certification.id == Agreement.certification_id)
    found = db.session.scalar(query.where(Agreement.ref == ref, mine, Agreement.erased_at.is_(None)))
    if found is None:
        raise NotFound
    return found


def party_of(agreement: Agreement, ref: str) -> AgreementParty:
    """Give a party of an agreement. Refuses (404) any other."""
    for party in agreement.parties:
        if party.ref == ref:
            return party
    raise NotFound


def party_behind(token: str) -> AgreementParty:
    """Give the party to whom a link was written. Refuses (404) any other link."""
    link = db.session.scalar(select(AgreementLink).where(AgreementLink.token_digest == tokens.digest(token)))
    if link is None:
        raise NotFound
    return link.party


def agreements_of(employer: Employer, after: str | None) -> Slice[Agreement]:
    """Give the agreements of an employer, the newest first; erased ones are no longer listed."""
    theirs = Agreement.certification_id.in_([one.id for one in certifications_of_employer(employer)])
    return _page(_rows().where(theirs, Agreement.erased_at.is_(None)), after)


def counts_of_employer(employer: Employer) -> dict[AgreementKind, dict[AgreementState, int]]:
    """Count the agreements of an employer, by kind and by state."""
    return _counts(Agreement.certification_id.in_([one.id for one in certifications_of_employer(employer)]))


def counts_for(actor: Actor) -> dict[AgreementKind, dict[AgreementState, int]]:
    """Count, for staff, the agreements of the employers they see, by kind and by state: figures only."""
    return _counts(visible_to(actor))


def school_agreements_for(actor: Actor, after: str | None) -> Slice[Agreement]:
    """Give staff the agreements that speak of no student, of the employers they see, the newest first."""
    seen = _rows().join(Certification, Certification.id == Agreement.certification_id).where(visible_to(actor))
    seen = seen.options(joinedload(Agreement.certification).joinedload(Certification.employer))
    return _page(seen.where(Agreement.kind == AgreementKind.SCHOOL, Agreement.erased_at.is_(None)), after)


def school_agreement_for(actor: Actor, ref: str) -> Agreement:
    """Give staff an agreement that speaks of no student. Refuses (404) any other, whoever asks."""
    query = select(Agreement).join(Certification, Certification.id == Agreement.certification_id).where(visible_to(actor))
    found = db.session.scalar(query.where(Agreement.ref == ref, Agreement.kind == AgreementKind.SCHOOL, Agreement.erased_at.is_(None)))
    if found is None:
        raise NotFound
    return found


def state_column() -> ColumnElement[str]:
    """Give the state of an `Agreement` for lists, as `Agreement.state` says it."""
    sealed = select(AgreementSeal.id).where(AgreementSeal.agreement_id == Agreement.id).exists()
    ended = select(AgreementEnd.id).where(AgreementEnd.agreement_id == Agreement.id).exists()
    return case(
        (ended & sealed, AgreementState.REVOKED.value),
        (ended, AgreementState.WITHDRAWN.value),
        (Agreement.last_day < clock.today(), AgreementState.OVER.value),
        (sealed, AgreementState.IN_FORCE.value),
        else_=AgreementState.AWAITING.value,
    )


def _counts(condition: ColumnElement[bool]) -> dict[AgreementKind, dict[AgreementState, int]]:
    state = state_column().label("state")
    query = select(Agreement.kind, state, func.count()).join(Certification, Certification.id == Agreement.certification_id)
    found = {kind: dict.fromkeys(AgreementState, 0) for kind in AgreementKind}
    for kind, where, count in db.session.execute(query.where(condition).group_by(Agreement.kind, state)):
        found[AgreementKind(kind)][AgreementState(where)] = int(count)
    return found


def _rows() -> Select[Any]:
    return select(Agreement, Agreement.opened_at.label("since"), Agreement.ref)


def _page(found: Select[Any], after: str | None) -> Slice[Agreement]:
    page = cut(found, Agreement.opened_at.expression, Agreement.ref.expression, read_cursor(after), newest_first=True)
    return Slice([row.Agreement for row in page.rows], page.next)
