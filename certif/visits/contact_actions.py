"""What can happen between a program and a prospect: approached and answered, told to stop; and how often one may come."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass

from sqlalchemy import func, select

from certif.imports import Prospect, has_stopped, note_contact, stop_address
from certif.kit import audit, clock
from certif.kit.access import Actor
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.inserting import insert_new
from certif.kit.languages import _, _l
from certif.programs import Program
from certif.visits.contact_cadence import Pace, next_day, pace_of, silent_in_a_row, tries_of
from certif.visits.contact_model import REACHED, Answer, Approach, Cadence, CallStop, Channel
from certif.visits.contact_queries import number_digest
from certif.visits.pursuing import follow
from certif.visits.pursuit_model import DecisionKind, PursuitDecision
from certif.visits.reservation_model import Release, ReservedProspect

audit.declare("prospect_approached", _l("%(by)s a approché ce prospect (approche %(number)s)."), "number")
audit.declare("approaches_stopped", _l("%(by)s a noté que ce prospect ne veut plus être approché."))
audit.declare("cadence_set", _l("%(by)s a réglé la cadence des approches."))

STOPPED = _l("Cette organisation a demandé de ne plus être approchée.")
NO_GROUND = _l("Rien ne permet encore d’écrire à cette personne ni de l’appeler : notez le fondement, et d’où vient l’adresse.")
LONGEST = dt.timedelta(days=730)
"""How far ahead a next day may be."""


@dataclass(frozen=True)
class ApproachTerms:
    """What is said of an approach. `next_on`, the day agreed for the next one; None: the cadence says it."""

    channel: Channel
    answer: Answer
    note: str = ""
    next_on: dt.date | None = None


def note_approach(prospect: Prospect, terms: ApproachTerms, *, by: Actor) -> Approach:
    """Write down that a prospect was approached, and what came of it; whoever said stop is left alone from then on.

    Refuses: what `approach_obstacle` says; a next day that has passed, or is more than two years away.
    """
    lock(prospect)
    reason = approach_obstacle(prospect, terms.channel)
    if reason is not None:
        raise Refusal(reason)
    return _write_down(prospect, terms, by)


def note_letter(prospect: Prospect, note: str, *, by: Actor) -> Approach:
    """Write down that the platform has just written to somebody of a prospect: an approach that awaits its answer, as a message does.

    The caller holds the prospect (`lock`), and has checked what allows the letter.
    """
    return _write_down(prospect, ApproachTerms(Channel.EMAIL, Answer.MESSAGE, note), by)


def _write_down(prospect: Prospect, terms: ApproachTerms, by: Actor) -> Approach:
    if terms.next_on is not None and not clock.today() < terms.next_on <= clock.today() + LONGEST:
        raise Refusal(_("Choisissez un prochain jour à venir, d’ici deux ans."))
    tries = tries_of([prospect.id]).get(prospect.id, [])
    silent = 0 if terms.answer in REACHED else silent_in_a_row(tries) + 1
    worked_out = next_day(pace_of(prospect.program_id), terms.answer, silent, clock.today())
    approach = Approach(
        prospect_id=prospect.id, number=_next_number(prospect), user_id=by.user_id, channel=terms.channel.value, answer=terms.answer.value,
        note=terms.note, next_on=worked_out if terms.answer is Answer.STOP else terms.next_on or worked_out, approached_at=clock.now(),
        approached_by=by.ref,
    )  # fmt: skip
    db.session.add(approach)
    audit.record("prospect_approached", prospect, by=by, number=approach.number)
    if terms.answer in REACHED:
        let_go_of(prospect, by=by)
    if terms.answer is Answer.STOP:
        _stop(prospect, terms.note, by)
    follow(prospect)
    return approach


def stop_approaches(prospect: Prospect, reason: str, *, by: Actor) -> None:
    """Leave a prospect alone, for good: its address and its telephone too, whoever would use them. Said again, it changes nothing."""
    lock(prospect)
    _stop(prospect, reason, by)
    let_go_of(prospect, by=by)
    follow(prospect)


def give_contact(prospect: Prospect, known: dict[str, str | None], *, by: Actor) -> None:
    """Say whom to ask for at a prospect, and what allows it.

    Refuses: a prospect that said stop; an address or a number without what allows its use.
    """
    lock(prospect)
    if is_stopped(prospect):
        raise Refusal(str(STOPPED))
    note_contact(prospect, known, by=by)
    follow(prospect)


def set_cadence(program: Program, pace: Pace, *, by: Actor) -> Cadence | None:
    """Decide how a program approaches prospects, from now on: what was already agreed stays. What changes nothing leaves nothing.

    Refuses: a longer wait after an answer that thinks it over than after a refusal.
    """
    lock(program)
    if pace.refused_months < pace.rest_months:
        raise Refusal(_("Après un refus, attendez au moins aussi longtemps qu’après une réflexion."))
    if pace == pace_of(program.id):
        return None
    last = db.session.scalar(select(func.max(Cadence.number)).where(Cadence.program_id == program.id)) or 0
    row = Cadence(program_id=program.id, number=last + 1, set_at=clock.now(), set_by=by.ref, **asdict(pace))
    db.session.add(row)
    audit.record("cadence_set", program, by=by)
    return row


def approach_obstacle(prospect: Prospect, channel: Channel | None = None) -> str | None:
    """Say why this prospect may not be approached, by this channel or at all; None where it may.

    Source: Canada's anti-spam legislation (S.C. 2010, c. 23), s. 6 and 10; the program asks as much of telephone calls.
    """
    if is_stopped(prospect):
        return str(STOPPED)
    if channel is Channel.EMAIL:
        return _obstacle_by_email(prospect)
    if channel is Channel.PHONE:
        return _obstacle_by_phone(prospect)
    return None


def is_stopped(prospect: Prospect) -> bool:
    """Whether a prospect said stop."""
    said = PursuitDecision.prospect_id == prospect.id, PursuitDecision.kind == DecisionKind.STOP
    return db.session.scalar(select(PursuitDecision.id).where(*said)) is not None


def let_go_of(prospect: Prospect, *, by: Actor) -> None:
    """Let nobody keep a prospect any more: somebody was reached there."""
    held = select(ReservedProspect).where(ReservedProspect.prospect_id == prospect.id, ReservedProspect.released_at.is_(None))
    for row in db.session.scalars(held):
        row.release, row.released_at, row.released_by = Release.REACHED.value, clock.now(), by.ref


def _stop(prospect: Prospect, reason: str, by: Actor) -> None:
    if is_stopped(prospect):
        return
    last = db.session.scalar(select(func.max(PursuitDecision.number)).where(PursuitDecision.prospect_id == prospect.id)) or 0
    decision = PursuitDecision(prospect_id=prospect.id, number=last + 1, kind=DecisionKind.STOP.value, reason=reason)
    decision.decided_at, decision.decided_by = clock.now(), by.ref
    db.session.add(decision)
    if prospect.contact_email:
        stop_address(prospect, prospect.contact_email, by=by)
    if prospect.contact_phone:
        insert_new(CallStop, [{"number_digest": number_digest(prospect.contact_phone), "stopped_at": clock.now()}], CallStop.id)
    audit.record("approaches_stopped", prospect, by=by)


def _obstacle_by_email(prospect: Prospect) -> str | None:
    if not prospect.contact_email:
        return str(_("Aucune adresse courriel n’est connue : notez d’abord la personne-ressource."))
    if has_stopped(prospect.contact_email):
        return str(_("Cette personne a demandé de ne plus recevoir de courriel."))
    return None if prospect.contact_ground and prospect.contact_source else str(NO_GROUND)


def _obstacle_by_phone(prospect: Prospect) -> str | None:
    if not prospect.contact_phone:
        return str(_("Aucun numéro de téléphone n’est connu : notez d’abord la personne-ressource."))
    if db.session.scalar(select(CallStop.id).where(CallStop.number_digest == number_digest(prospect.contact_phone))) is not None:
        return str(_("Cette personne a demandé de ne plus recevoir d’appel."))
    return None if prospect.contact_ground and prospect.contact_source else str(NO_GROUND)


def _next_number(prospect: Prospect) -> int:
    return (db.session.scalar(select(func.max(Approach.number)).where(Approach.prospect_id == prospect.id)) or 0) + 1
