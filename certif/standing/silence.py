"""Reminders after a silence: the contract, the contribution or an answer is awaited, and nothing came. Each region says after how many
days; each reminder leaves once, never on the heels of another letter, and stops as soon as somebody says so."""

from __future__ import annotations

import datetime as dt
import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass

from sqlalchemy import exists, select
from werkzeug.exceptions import NotFound

from certif.certification import Awaited, Certification, awaited_of, silent_between
from certif.kit import audit, clock, outbox
from certif.kit.access import SYSTEM, VISITOR, Actor
from certif.kit.db import db, lock, transaction
from certif.kit.inserting import insert_new
from certif.kit.jobs import recurring
from certif.kit.languages import _l
from certif.kit.settings import settings
from certif.kit.web import absolute_url
from certif.programs import MOST_REMINDERS, Program, is_paused, is_paused_clause, version_in_force
from certif.standing.model import Reminder, ReminderStop
from certif.standing.windows import rests_after_pause

EVERY = dt.timedelta(hours=6)

LATEST_DAYS = 30
"""How long after its last delay a silence is still worth a letter: what was left long ago is left in peace."""

APART = dt.timedelta(days=2)
"""How long the house keeps quiet after any letter about the same program to the same address."""

_LETTERS = {
    "contract": ("standing/contract_awaited", "certification.read_contract"),
    "contribution": ("standing/contribution_awaited", "certification.contribute"),
    "answer": ("standing/answer_awaited", "certification.resubmit"),
}
_DAY = dt.timedelta(days=1)

audit.declare("contract_awaited", _l("Rappel no %(turn)s envoyé à la personne-ressource : le contrat moral attend sa signature."), "turn")
audit.declare("contribution_awaited", _l("Rappel no %(turn)s envoyé à la personne-ressource : la contribution est attendue."), "turn")
audit.declare("answer_awaited", _l("Rappel no %(turn)s envoyé à la personne-ressource : le dossier renvoyé attend une réponse."), "turn")
audit.declare("reminders_stopped", _l("%(by)s a arrêté les rappels automatiques de ce dossier."))
audit.declare("reminders_declined", _l("La personne-ressource ne veut plus de rappels automatiques pour ce dossier."))


@dataclass(frozen=True)
class Due:
    """A reminder that is due: what is awaited, which turn, from 1, and whether it is the last."""

    awaited: Awaited
    turn: int
    is_last: bool

    @property
    def kind(self) -> str:
        """The name under which it is sent once."""
        return kind_of(self.awaited, self.turn)


def kind_of(awaited: Awaited, turn: int) -> str:
    """Give the name of a reminder, `contract_1_2`: what is awaited, for which time, and which turn."""
    return f"{awaited.step}_{awaited.number}_{turn}"


@recurring("remind_after_silence", every=EVERY)
def remind_after_silence() -> None:
    """Send what is due, each in a transaction of its own. Programs that are paused send nothing."""
    for certification_id in [found for program in _open_programs() for found in _candidates(program)]:
        with transaction():
            certification = lock(db.session.get_one(Certification, certification_id))
            due = due_reminder(certification)
            if due is not None:
                remind(certification, due, by=SYSTEM)


def remind(certification: Certification, due: Due, *, by: Actor) -> None:
    """Write to the contact that a step is still awaited. Asked twice, the database lets one through."""
    row = {"certification_id": certification.id, "kind": due.kind, "reminded_at": clock.now()}
    if not insert_new(Reminder, [row], Reminder.id):
        return
    step, employer = due.awaited.step, certification.employer
    letter, page = _LETTERS[step]
    audit.record(f"{step}_awaited", certification, by=by, turn=due.turn)
    outbox.queue(
        letter, employer.contact_email, language=employer.language, scope=certification.scope,
        stop_url=absolute_url("standing.stop_reminders", token=stop_token(certification), language=employer.language),
        certification=certification, is_last=due.is_last,
        url=absolute_url(page, dossier=certification.ref, language=employer.language),
    )  # fmt: skip


def stop_reminders(certification: Certification, *, by: Actor) -> None:
    """Send no more reminders of what is awaited in this file; asked by staff, or by whoever reads them. Said again, it changes nothing."""
    row = {"certification_id": certification.id, "stopped_at": clock.now(), "stopped_by": by.ref}
    if insert_new(ReminderStop, [row], ReminderStop.id):
        audit.record("reminders_declined" if by is VISITOR else "reminders_stopped", certification, by=by)


def due_reminder(certification: Certification) -> Due | None:
    """Give the reminder that is due today and was not sent; None where nothing is to be said."""
    program, awaited = certification.program, awaited_of(certification)
    if awaited is None or is_paused(program) or has_stopped(certification):
        return None
    delays = reminder_days(program)
    turn = turn_due(delays, _days_since(awaited.since))
    if turn is None or _is_past(awaited, turn, _sent(certification)):
        return None
    if rests_after_pause(program, _day_of(awaited.since) + delays[turn - 1] * _DAY):
        return None
    if outbox.wrote_lately(certification.employer.contact_email, scope=certification.scope, within=APART):
        return None
    return Due(awaited, turn, is_last=turn == len(delays))


def turn_due(delays: tuple[int, ...], silent_days: int) -> int | None:
    """Give the newest turn that is due after so many days of silence, from 1: a job that runs late sends that one alone."""
    if not delays or silent_days > delays[-1] + LATEST_DAYS:
        return None
    return next((turn for turn in range(len(delays), 0, -1) if delays[turn - 1] <= silent_days), None)


def reminder_days(program: Program) -> tuple[int, ...]:
    """Give after how many days of silence a region reminds today; nothing where it does not."""
    version = version_in_force(program)
    return version.rules.reminder_days if version is not None else ()


def reminders_of(certification: Certification) -> list[Reminder]:
    """Give the reminders sent about a certification, in order."""
    return list(db.session.scalars(select(Reminder).where(Reminder.certification_id == certification.id).order_by(Reminder.id)))


def has_stopped(certification: Certification) -> bool:
    """Whether somebody stopped the reminders of this file."""
    return db.session.scalar(select(ReminderStop.id).where(ReminderStop.certification_id == certification.id)) is not None


def next_reminder_on(certification: Certification) -> dt.date | None:
    """Give the day of the next reminder, if nothing is done until then; None where none will leave."""
    awaited, delays = awaited_of(certification), reminder_days(certification.program)
    if awaited is None or has_stopped(certification) or is_paused(certification.program):
        return None
    since, sent = _day_of(awaited.since), _sent(certification)
    left = [days for turn, days in enumerate(delays, 1) if not _is_past(awaited, turn, sent)]
    ahead = [since + days * _DAY for days in left if since + days * _DAY >= clock.today()]
    return ahead[0] if ahead else None


def stop_token(certification: Certification) -> str:
    """Give the token of the link that stops the reminders of a file; nothing of it is kept."""
    mac = hmac.digest(settings().secret_key.encode(), f"stop reminders {certification.ref}".encode(), "sha256")
    return f"{certification.ref}-{urlsafe_b64encode(mac).decode().rstrip('=')}"


def certification_to_stop(token: str) -> Certification:
    """Give the certification of such a link. Refuses (404) any other."""
    found = db.session.scalar(select(Certification).where(Certification.ref == token.partition("-")[0]))
    if found is None or not hmac.compare_digest(stop_token(found).encode(), token.encode()):
        raise NotFound
    return found


def _open_programs() -> list[Program]:
    return list(db.session.scalars(select(Program).where(~is_paused_clause()).order_by(Program.id)))


def _candidates(program: Program) -> list[int]:
    """Give the files of a program in which a reminder may be due; `due_reminder` has the last word on each."""
    delays = reminder_days(program)
    if not delays:
        return []
    silent = silent_between(clock.now() - (delays[-1] + LATEST_DAYS + 1) * _DAY, clock.now() - (delays[0] - 1) * _DAY)
    stopped = exists().where(ReminderStop.certification_id == Certification.id)
    found = select(Certification.id).where(Certification.program_id == program.id, silent, ~stopped)
    return list(db.session.scalars(found.order_by(Certification.id)))


def _is_past(awaited: Awaited, turn: int, sent: set[str]) -> bool:
    """Whether this turn left, or a later one: programs may have had more turns than today."""
    return any(kind_of(awaited, later) in sent for later in range(turn, MOST_REMINDERS + 1))


def _sent(certification: Certification) -> set[str]:
    return {reminder.kind for reminder in reminders_of(certification)}


def _day_of(instant: dt.datetime) -> dt.date:
    return instant.astimezone(clock.TORONTO).date()


def _days_since(instant: dt.datetime) -> int:
    return (clock.today() - _day_of(instant)).days
