"""Registrations begun and left: reminded as files are, by the delays of the program that they would enter."""

from __future__ import annotations

from certif.certification import programs_for
from certif.employers import RegistrationDraft, draft_reminders_of, remind_draft, silent_drafts
from certif.kit import clock, outbox
from certif.kit.db import db, lock, transaction
from certif.kit.jobs import recurring
from certif.programs import MOST_REMINDERS, Program
from certif.standing.silence import APART, EVERY, reminder_days, turn_due
from certif.standing.windows import rests_after_pause


@recurring("remind_silent_drafts", every=EVERY)
def remind_silent_drafts() -> None:
    """Send what is due, each in a transaction of its own. A registration is forgotten after thirty days: later delays never come."""
    for draft_id in silent_drafts(clock.now()):
        with transaction():
            draft = db.session.get(RegistrationDraft, draft_id)
            due = _due(lock(draft)) if draft is not None else None
            if draft is not None and due is not None:
                kind, program = due
                remind_draft(draft, kind, scope=program.ref)


def _due(draft: RegistrationDraft) -> tuple[str, Program] | None:
    """Give the reminder that is due, and the program it speaks for; None where the address is not proven or nothing is to be said."""
    programs = programs_for(draft) if draft.proven_email and draft.employer_id is None and not draft.wants_no_reminder else []
    if not programs:
        return None
    delays, since = reminder_days(programs[0]), draft.saved_at.astimezone(clock.TORONTO).date()
    turn, sent = turn_due(delays, (clock.today() - since).days), draft_reminders_of(draft)
    if turn is None or any(_kind(later) in sent for later in range(turn, MOST_REMINDERS + 1)):
        return None
    rests = rests_after_pause(programs[0], clock.today())
    if rests or outbox.wrote_lately(draft.proven_email, scope=programs[0].ref, within=APART):
        return None
    return _kind(turn), programs[0]


def _kind(turn: int) -> str:
    return f"registration_{turn}"
