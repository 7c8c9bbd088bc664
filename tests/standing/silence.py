"""What tests of silence share: files that wait since a day, and the job that runs on another."""

from __future__ import annotations

import datetime as dt
from typing import Any

from certif import standing
from certif.certification import Certification, Stage
from certif.kit.db import db
from certif.kit.outbox import Letter
from certif.programs import Program
from certif.standing import silence
from tests.conftest import Mailbox
from tests.factories import make_certification, make_program
from tests.standing.years import days, on

FIRST = dt.date(2027, 3, 1)
"""The day on which everybody falls silent."""


def waiting(stage: Stage = Stage.AWAITING_CONTRACT, program: Program | None = None, **answers: Any) -> Certification:
    """Give a file that waits at a stage since the first day."""
    with on(FIRST):
        return make_certification(stage, program or make_program(), **answers)


def run(day_number: int) -> None:
    """Let the jobs run some days after the first, twice: what they do once is enough."""
    db.session.rollback()
    with on(FIRST + days(day_number)):
        for _each in range(2):
            standing.remind_after_silence()
            standing.remind_silent_drafts()


def kinds(certification: Certification) -> list[str]:
    """Give the kinds of reminders sent about a file, in order."""
    return [reminder.kind for reminder in silence.reminders_of(certification)]


def told(letters: Mailbox, certification: Certification) -> list[Letter]:
    """Give the reminders of awaited steps that were written to the contact."""
    return [letter for letter in letters.to(certification.employer.contact_email) if letter.name.endswith("_awaited")]


def today_is(day_number: int) -> Any:
    """Stand at noon, some days after the first."""
    return on(FIRST + days(day_number))
