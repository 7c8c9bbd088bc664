"""The same stages as `Certification.stage`, as conditions for lists."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, case, exists, not_, select, true
from sqlalchemy.orm import aliased

from certif.certification.model import (
    Badge,
    Certification,
    Decision,
    Reinstatement,
    Resubmission,
    Revocation,
    Stage,
    Suspension,
)
from certif.certification.signatures import ContractSignature, signature_counts
from certif.contributions import Contribution
from certif.kit import clock
from certif.programs import ProgramVersion

_mine = Certification.id


def at(stage: Stage) -> ColumnElement[bool]:
    """Give the condition under which a `Certification` is at `stage` today."""
    return and_(*(not_(_FACTS[earlier]()) for earlier in _before(stage)), _FACTS[stage]())


def is_certified(employer_id: ColumnElement[int], program_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Give the condition under which an employer is certified by a program today: the last cycle that was granted to it stands.

    Takes: the columns of the list that is read, which reads no `Certification` itself.
    """
    later = aliased(Certification)
    granted = exists().where(Badge.certification_id == later.id).correlate(later)
    same = later.employer_id == Certification.employer_id, later.program_id == Certification.program_id
    followed = exists().where(*same, later.cycle > Certification.cycle, granted).correlate(Certification)
    mine = Certification.employer_id == employer_id, Certification.program_id == program_id
    return exists(select(Certification.id).where(*mine, at(Stage.CERTIFIED), not_(followed)).correlate_except(Certification))


def stage_column() -> ColumnElement[str]:
    """Give the value of the stage of each `Certification` of a list, as a column."""
    return case(*((fact(), stage.value) for stage, fact in _FACTS.items())).label("stage")


def _before(stage: Stage) -> list[Stage]:
    """The stages that win over `stage` when several fit."""
    order = list(_FACTS)
    return order[: order.index(stage)]


def _there_is(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Give the condition that a row fits, read apart from whatever tables the list itself reads."""
    return exists().where(*conditions).correlate(Certification)


def _is_revoked() -> ColumnElement[bool]:
    return _there_is(Revocation.certification_id == _mine)


def _has_badge() -> ColumnElement[bool]:
    return _there_is(Badge.certification_id == _mine)


def _is_expired() -> ColumnElement[bool]:
    return and_(_has_badge(), not_(_there_is(Badge.certification_id == _mine, Badge.expires_on >= clock.today())))


def _is_suspended() -> ColumnElement[bool]:
    lifted = exists().where(Reinstatement.suspension_id == Suspension.id).correlate(Suspension)
    return and_(_has_badge(), _there_is(Suspension.certification_id == _mine, not_(lifted)))


def _awaits_contract() -> ColumnElement[bool]:
    required = _there_is(ProgramVersion.id == Certification.version_id, ProgramVersion.requires_signature.is_(True))
    return and_(required, not_(_there_is(ContractSignature.certification_id == _mine, signature_counts())))


def _awaits_contribution() -> ColumnElement[bool]:
    return _there_is(Contribution.id == Certification.contribution_id, not_(Contribution.is_settled))


def _is_sent_back() -> ColumnElement[bool]:
    later = aliased(Decision)
    followed = exists().where(later.certification_id == Decision.certification_id, later.number > Decision.number).correlate(Decision)
    answered = exists().where(Resubmission.decision_id == Decision.id).correlate(Decision)
    return _there_is(Decision.certification_id == _mine, not_(followed), not_(answered))


_FACTS = {
    Stage.REVOKED: _is_revoked,
    Stage.EXPIRED: _is_expired,
    Stage.SUSPENDED: _is_suspended,
    Stage.CERTIFIED: _has_badge,
    Stage.AWAITING_CONTRACT: _awaits_contract,
    Stage.AWAITING_CONTRIBUTION: _awaits_contribution,
    Stage.SENT_BACK: _is_sent_back,
    Stage.AWAITING_VALIDATION: true,
}
