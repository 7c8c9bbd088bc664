"""What is awaited of an employer on its path, and since when it has been silent: read from the last thing that it did."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from certif.certification.model import Badge, Certification, Decision, Stage
from certif.certification.signatures import (
    ContractDecline,
    ContractDelivery,
    ContractSignature,
    LanguageChoice,
    SignatureSetAside,
    SigningCode,
)
from certif.certification.stages import at
from certif.contributions import CheckoutAttempt
from certif.kit.db import db

STEPS = {Stage.AWAITING_CONTRACT: "contract", Stage.AWAITING_CONTRIBUTION: "contribution", Stage.SENT_BACK: "answer"}
"""The steps that await the employer, and their names in kinds of reminders."""


@dataclass(frozen=True)
class Awaited:
    """A step that awaits the employer: `step`, its name; `number`, how many times it has been awaited; `since`, the last thing done."""

    step: str
    number: int
    since: dt.datetime


def awaited_of(certification: Certification) -> Awaited | None:
    """Give what is awaited of the employer; None where nothing is, where it said that it would rather not sign, and where money came and
    was not enough or was given back, which somebody looks into."""
    stage = certification.stage
    if stage is Stage.AWAITING_CONTRACT:
        return _contract(certification)
    if stage is Stage.AWAITING_CONTRIBUTION and certification.contribution is not None:
        if certification.contribution.payments:
            return None
        signed = [certification.signature.signed_at] if certification.signature else []
        opened = [attempt.opened_at for attempt in certification.contribution.attempts]
        return Awaited(STEPS[stage], 1, max([certification.opened_at, *signed, *opened]))
    if stage is Stage.SENT_BACK:
        decision = certification.decisions[-1]
        return Awaited(STEPS[stage], decision.number, decision.decided_at)
    return None


def silent_between(first: dt.datetime, last: dt.datetime) -> ColumnElement[bool]:
    """Give a condition that holds at least for each `Certification` of which a step is awaited and whose last act was between two instants;
    `awaited_of` has the last word on each."""
    granted = exists().where(Badge.certification_id == Certification.id).correlate(Certification)  # most are: it spares the rest
    moved = or_(Certification.opened_at >= first, *(_any_since(first, one) for one in _ACTS))
    return and_(~granted, Certification.opened_at <= last, moved, or_(*(at(stage) for stage in STEPS)))


_Act = tuple[InstrumentedAttribute[dt.datetime] | InstrumentedAttribute[dt.datetime | None], ColumnElement[bool]]
_ACTS: tuple[_Act, ...] = (
    (ContractDelivery.french_shown_at, ContractDelivery.certification_id == Certification.id),
    (LanguageChoice.chosen_at, LanguageChoice.certification_id == Certification.id),
    (SigningCode.sent_at, SigningCode.certification_id == Certification.id),
    (ContractSignature.signed_at, ContractSignature.certification_id == Certification.id),
    (Decision.decided_at, Decision.certification_id == Certification.id),
    (CheckoutAttempt.opened_at, CheckoutAttempt.contribution_id == Certification.contribution_id),
    (
        SignatureSetAside.set_aside_at,
        and_(SignatureSetAside.signature_id == ContractSignature.id, ContractSignature.certification_id == Certification.id),
    ),
)


def _any_since(first: dt.datetime, act: _Act) -> ColumnElement[bool]:
    when, is_mine = act
    return exists().where(is_mine, when >= first).correlate(Certification)


def _contract(certification: Certification) -> Awaited | None:
    aside = select(SignatureSetAside.set_aside_at).join(ContractSignature).where(ContractSignature.certification_id == certification.id)
    before = list(db.session.scalars(aside))
    acts = [
        certification.opened_at,
        *before,
        *(one.french_shown_at for one in certification.deliveries),
        *(one.chosen_at for one in certification.language_choices),
        *(one.sent_at for one in certification.signing_codes),
    ]
    declined: list[ContractDecline] = certification.declines
    if declined and declined[-1].declined_at >= max(acts):
        return None
    return Awaited(STEPS[Stage.AWAITING_CONTRACT], len(before) + 1, max(acts))
