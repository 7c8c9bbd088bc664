"""A certification is said to end 90, 30 and 7 days before, and once it has: each once, never four at once."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from certif import standing
from certif.certification import Certification, Stage, verifications_of
from certif.employers import close_establishment
from certif.kit import audit
from certif.kit.access import SYSTEM
from certif.kit.db import db
from certif.programs import pause_program, resume_program
from certif.standing import Reminder, reminders, windows
from tests.conftest import Mailbox
from tests.factories import decide, make_certification, make_employer, make_program, unit
from tests.standing.years import days, on, owner, renew

ENDS, ENDED = "standing/certification_ends", "standing/certification_ended"


def until(certification: Certification) -> dt.date:
    """Give the last day granted."""
    return certification.badges[0].valid_until


def sent(certification: Certification) -> list[str]:
    """Give the kinds of reminders sent so far, in order."""
    query = select(Reminder.kind).where(Reminder.certification_id == certification.id).order_by(Reminder.id)
    return list(db.session.scalars(query))


def run(day: dt.date) -> None:
    """Let the job run on a day, twice: what it does once is enough."""
    db.session.rollback()
    with on(day):
        standing.send_reminders()
        standing.send_reminders()


def test_each_is_sent_on_its_day_and_once(app: object, letters: Mailbox) -> None:
    certification = make_certification()
    last, address = until(certification), certification.employer.contact_email
    for before in (91, 90, 30, 7):
        run(last - days(before))
    assert sent(certification) == ["ninety_days", "thirty_days", "seven_days"]
    run(last + days(1))
    assert sent(certification) == ["ninety_days", "thirty_days", "seven_days", "ended"]
    told = [letter.name for letter in letters.to(address) if letter.name in {ENDS, ENDED}]
    assert told == [ENDS, ENDS, ENDS, ENDED]
    assert [entry.event for entry in audit.history(certification)].count("reminder_sent") == 4
    assert f"/certification/{certification.ref}/renouvellement" in letters.last(address).body


@pytest.mark.parametrize(("before", "kind"), [(20, "thirty_days"), (3, "seven_days"), (-5, "ended")])
def test_a_job_that_runs_late_sends_only_the_newest(app: object, before: int, kind: str) -> None:
    certification = make_certification()
    run(until(certification) - days(before))
    assert sent(certification) == [kind]


def test_what_ended_long_ago_is_left_in_peace(app: object) -> None:
    certification = make_certification()
    run(certification.badges[0].expires_on + days(reminders.LATEST_DAYS + 1))
    assert sent(certification) == []


def test_the_letter_speaks_the_language_of_the_employer(app: object, letters: Mailbox) -> None:
    certification = make_certification(language="en")
    run(until(certification) - days(90))
    letter = letters.last(certification.employer.contact_email)
    assert letter.language == "en"
    assert "/en/certification/" in letter.body
    assert "two minutes" in letter.body


@pytest.mark.parametrize("stage", [Stage.REVOKED, Stage.SUSPENDED])
def test_nobody_is_reminded_of_what_does_not_count(app: object, stage: Stage) -> None:
    certification = make_certification(stage)
    run(until(certification) - days(90))
    run(until(certification) + days(1))
    assert sent(certification) == []


@pytest.mark.parametrize("stage", [None, Stage.CERTIFIED])
def test_nobody_is_reminded_once_the_renewal_is_under_way_or_done(app: object, stage: Stage | None) -> None:
    certification = make_certification()
    with on(until(certification) - days(60)):
        following = renew(certification, stage)
    for before in (30, 7, -1):
        run(until(certification) - days(before))
    assert sent(certification) == []
    assert sent(following) == []


def test_a_certification_whose_places_are_all_closed_is_left_in_peace(app: object) -> None:
    certification = make_certification(Stage.AWAITING_VALIDATION, employer=make_employer(places=2))
    _main, other = verifications_of(certification)
    decide(certification, Stage.CERTIFIED, places=[other.establishment])
    with unit():
        close_establishment(other.establishment, by=owner(certification))
    run(until(certification) - days(90))
    assert sent(certification) == []


def test_a_program_that_pauses_sends_nothing_and_begins_again_with_a_fresh_window(app: object, letters: Mailbox) -> None:
    certification = make_certification(program=make_program())
    last = until(certification)
    with on(last - days(100)), unit():
        pause_program(certification.program, reason="Financement.", by=SYSTEM)
    for before in (90, 30, 20):
        run(last - days(before))
    assert sent(certification) == []
    with on(last - days(20)), unit():
        resume_program(certification.program, by=SYSTEM)
    run(last - days(19))
    assert sent(certification) == [], "what fell due in the pause waits a week"
    run(last - days(20 - windows.QUIET_DAYS))
    assert sent(certification) == ["thirty_days"], "and then only the newest is said"
    run(last - days(7))
    assert sent(certification) == ["thirty_days", "seven_days"], "what falls due since is said on its day"


def test_an_end_that_fell_in_a_pause_is_said_after_it_with_time_to_come_back(app: object, letters: Mailbox) -> None:
    certification = make_certification(program=make_program(grace_days=10))
    last = until(certification)
    with on(last - days(5)), unit():
        pause_program(certification.program, reason="Financement.", by=SYSTEM)
    with on(last + days(500)), unit():
        resume_program(certification.program, by=SYSTEM)
    run(last + days(501))
    assert sent(certification) == []
    run(last + days(507))
    assert sent(certification) == ["ended"]
    with on(last + days(507)):
        assert certification.stage is Stage.EXPIRED, "a pause lengthens nothing"
        assert standing.renewal_obstacle(certification) is None, "but leaves time to come back"
    with on(last + days(531)):
        assert standing.renewal_obstacle(certification) is not None


def test_two_jobs_at_once_are_told_apart_by_the_database(app: object) -> None:
    certification = make_certification()
    with on(until(certification) - days(90)):
        with unit():
            reminders.remind(certification, "ninety_days", by=SYSTEM)
        with pytest.raises(IntegrityError), unit():
            reminders.remind(certification, "ninety_days", by=SYSTEM)


def test_a_list_read_before_someone_else_sent_them_sends_nothing_more(app: object, monkeypatch: pytest.MonkeyPatch) -> None:
    certification = make_certification()
    with on(until(certification) - days(90)):
        stale = list(reminders._candidates())
        assert stale == [("ninety_days", certification.id)]
        run(until(certification) - days(90))
        monkeypatch.setattr(reminders, "_candidates", lambda: iter(stale))
        standing.send_reminders()
    assert sent(certification) == ["ninety_days"]
