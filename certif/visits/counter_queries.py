"""Questions about signing at the counter: whose sittings they are, and which step comes next."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from sqlalchemy import exists, select, true
from sqlalchemy.orm import joinedload
from werkzeug.exceptions import NotFound

from certif.certification import Stage, contract_for, verifications_of
from certif.imports import Prospect, visible_to
from certif.kit.access import Actor
from certif.kit.db import db
from certif.programs import Program
from certif.visibility import StickerAssignment, kit_at
from certif.visits.counter_actions import certification_at
from certif.visits.counter_model import CounterSitting
from certif.visits.report_queries import SHOWN, WHOLE


class CounterStep(StrEnum):
    """What comes next at a counter; `LATER`, where a sticker comes only with the certification."""

    PROVE = "prove"
    READ = "read"
    SIGN = "sign"
    STICKER = "sticker"
    LATER = "later"
    DONE = "done"


def sitting_of(actor: Actor, ref: str) -> CounterSitting:
    """Give the sitting named `ref` to the team of its program. Refuses (404) any other."""
    found = db.session.scalar(select(CounterSitting).where(CounterSitting.ref == ref))
    if found is None or not actor.holds(found.program_id, *WHOLE):
        raise NotFound
    return found


def prospect_to_register(actor: Actor, program: Program, ref: str | None) -> Prospect | None:
    """Give the prospect of a program that is taken to the counter; None where none is named, or where it is not this person’s."""
    if not ref:
        return None
    return db.session.scalar(select(Prospect).where(Prospect.ref == ref, Prospect.program_id == program.id, visible_to(actor)))


def sittings_of(actor: Actor) -> Sequence[CounterSitting]:
    """Give the sittings of this person, the last opened first, forty at most."""
    held = actor.program_ids(*WHOLE)
    mine = CounterSitting.user_id == actor.user_id, true() if held is None else CounterSitting.program_id.in_(held)
    found = select(CounterSitting).where(*mine).options(joinedload(CounterSitting.program))
    return db.session.scalars(found.order_by(CounterSitting.opened_at.desc(), CounterSitting.id.desc()).limit(SHOWN)).all()


def next_step_of(sitting: CounterSitting) -> CounterStep:
    """Give what comes next, read from what was done, on this phone or on another."""
    if sitting.employer is None:
        return CounterStep.PROVE
    certification = certification_at(sitting)
    if certification.stage is Stage.AWAITING_CONTRACT:
        contract = contract_for(certification)
        return CounterStep.SIGN if contract and certification.delivery_of(contract) else CounterStep.READ
    codes = verifications_of(certification)
    if db.session.scalar(select(exists().where(StickerAssignment.verification_id.in_([one.id for one in codes])))):
        return CounterStep.DONE
    return CounterStep.STICKER if kit_at(codes[0]).status else CounterStep.LATER
