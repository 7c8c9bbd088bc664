"""Reminders: 90, 30 and 7 days before the last day, and the day after it. Each once; a job that runs late sends only the newest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import aliased

from certif.certification import Badge, Certification, Stage, Verification, is_sure
from certif.employers import Establishment
from certif.kit import audit, clock, outbox
from certif.kit.access import SYSTEM, Actor
from certif.kit.db import db, lock, transaction
from certif.kit.jobs import recurring
from certif.kit.languages import _l
from certif.kit.web import absolute_url
from certif.programs import Program, is_paused_clause, last_pause
from certif.standing.model import Reminder
from certif.standing.windows import last_day, last_grace_day, renewal_closes_on, renewal_obstacle, rests_after_pause

EVERY = dt.timedelta(hours=6)
DAYS_BEFORE = {"ninety_days": 90, "thirty_days": 30, "seven_days": 7, "ended": -1}
"""How many days before the last day each kind falls due, in the order of time."""

LATEST_DAYS = 30
"""How long after the grace it is still worth saying that a certification has ended."""

_LONGEST_GRACE = 365

audit.declare(
    "reminder_sent", _l("Un rappel a été envoyé à l’employeur : la certification prend fin le %(valid_until)s."), "valid_until", "kind"
)


@recurring("send_reminders", every=EVERY)
def send_reminders() -> None:
    """Send what is due, each in a transaction of its own. Programs that are paused send nothing."""
    for kind, certification_id in list(_candidates()):
        with transaction():
            certification = lock(db.session.get_one(Certification, certification_id))
            if due_kind(certification) == kind:
                remind(certification, kind, by=SYSTEM)


def remind(certification: Certification, kind: str, *, by: Actor) -> Reminder:
    """Write to the contact that a certification ends, or has ended. Sent twice, the database refuses the second."""
    reminder = Reminder(certification_id=certification.id, kind=kind, reminded_at=clock.now())
    db.session.add(reminder)
    db.session.flush()
    until, employer = last_day(certification), certification.employer
    audit.record("reminder_sent", certification, by=by, valid_until=until.isoformat(), kind=kind)
    has_ended = clock.today() > until
    outbox.queue(
        "standing/certification_ended" if has_ended else "standing/certification_ends", employer.contact_email, language=employer.language,
        scope=certification.scope, certification=certification, until=until, closes=renewal_closes_on(certification),
        is_expired=clock.today() > last_grace_day(certification), may_renew=renewal_obstacle(certification) is None,
        url=absolute_url("standing.renew", ref=certification.ref, language=employer.language),
    )  # fmt: skip
    return reminder


def due_kind(certification: Certification) -> str | None:
    """Give the newest reminder that is due today and was not sent; None where nothing is to be said."""
    if certification.stage not in {Stage.CERTIFIED, Stage.EXPIRED} or certification.suspension or _is_followed(certification):
        return None
    today, until = clock.today(), last_day(certification)
    due = {kind: until - dt.timedelta(days=days) for kind, days in DAYS_BEFORE.items()}
    kind = next((kind for kind in reversed(due) if due[kind] <= today), None)
    if kind is None or today > _latest(certification) or _was_sent(certification, kind):
        return None
    return None if rests_after_pause(certification.program, due[kind]) else kind


def _latest(certification: Certification) -> dt.date:
    return max(last_grace_day(certification), renewal_closes_on(certification)) + dt.timedelta(days=LATEST_DAYS)


def _is_followed(certification: Certification) -> bool:
    """Whether the next cycle is under way, or done."""
    query = select(Certification.id).where(
        Certification.employer_id == certification.employer_id,
        Certification.program_id == certification.program_id,
        Certification.cycle > certification.cycle,
    )
    return db.session.scalar(query.limit(1)) is not None


def _was_sent(certification: Certification, kind: str) -> bool:
    query = select(Reminder.id).where(Reminder.certification_id == certification.id, Reminder.kind == kind)
    return db.session.scalar(query) is not None


def _candidates() -> Iterator[tuple[str, int]]:
    """Give what may be due, read from the days of the badges; `due_kind` has the last word on each."""
    for program in db.session.scalars(select(Program).where(~is_paused_clause())).all():
        for kind, (first, last) in _spans(program).items():
            yield from ((kind, found) for found in db.session.scalars(_ending(program, kind, first, last)).all())


def _spans(program: Program) -> dict[str, tuple[dt.date, dt.date]]:
    """Give, for each kind, the last days between which it is the newest that is due."""
    today, pause = clock.today(), last_pause(program)
    edges = [today + dt.timedelta(days=days) for days in DAYS_BEFORE.values()]
    since = min(today, pause.paused_on) if pause else today
    oldest = since - dt.timedelta(days=_LONGEST_GRACE + LATEST_DAYS)
    starts = [*(edge + dt.timedelta(days=1) for edge in edges[1:]), oldest]
    return {kind: (first, last) for kind, first, last in zip(DAYS_BEFORE, starts, edges, strict=True)}


def _ending(program: Program, kind: str, first: dt.date, last: dt.date) -> Select[tuple[int]]:
    later = aliased(Certification)
    follows = exists().where(
        later.employer_id == Certification.employer_id, later.program_id == program.id, later.cycle > Certification.cycle
    )
    told = exists().where(Reminder.certification_id == Certification.id, Reminder.kind == kind)
    return (
        select(Certification.id)
        .join(Badge, Badge.certification_id == Certification.id)
        .join(Verification, Verification.id == Badge.verification_id)
        .join(Establishment, Establishment.id == Verification.establishment_id)
        .where(Certification.program_id == program.id, Badge.valid_until.between(first, last), Establishment.closed_at.is_(None))
        .where(~follows, ~told, is_sure())
        .distinct()
    )
