"""What became of a meeting: told once, whatever is sent twice, out of order, or after somebody else; nothing that was written is lost."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import func, select

from certif.kit import clock, sent_files
from certif.kit.access import SYSTEM, Role
from certif.kit.audit import JournalEntry
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.library import HandOut
from certif.programs import Program
from certif.visits import FollowUp, Keep, Outcome, ReportConflict, Visit, VisitReport
from certif.visits.follow_up_actions import finish_follow_up
from certif.visits.report_actions import PHOTO_KEPT, file_report, forget_visit_photos, report_walk_in, settle_conflict
from certif.visits.report_photos import keep_photo
from certif.visits.report_queries import awaiting_report
from certif.visits.report_terms import WalkIn
from tests.factories import Person, make_program, make_staff, unit
from tests.visits.making_reports import cancel, make_conflict, make_report, make_tool, make_visit, report, told


@pytest.fixture
def program(app: Flask) -> Program:
    return make_program()


@pytest.fixture
def agent(program: Program) -> Person:
    return make_staff(Role.AGENT, program)


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_a_report_says_what_was_seen_and_what_was_handed_out(program: Program, agent: Person) -> None:
    visit, tool = make_visit(program), make_tool(program)
    made = make_report(visit, agent.actor, tools={tool.slug: 3, "inconnu": 4})
    assert (made.outcome, made.people_met, made.user_id) == ("interested", 2, agent.user.id)
    handed = db.session.scalars(select(HandOut)).one()
    assert (handed.count, handed.subject, handed.mrc_id) == (3, visit.ref, visit.mrc_id)
    events = db.session.scalars(select(JournalEntry.event).where(JournalEntry.subject.contains(made.ref))).all()
    assert events == ["visit_reported"]


def test_what_is_sent_twice_counts_once(program: Program, agent: Person) -> None:
    visit, same = make_visit(program), told(tools={make_tool(program).slug: 2})
    with unit():
        first = file_report(visit, same, by=agent.actor)
    with unit():
        assert file_report(visit, same, by=agent.actor) is first
    assert (count(VisitReport), count(ReportConflict), count(HandOut), count(FollowUp)) == (1, 0, 1, 1)


def test_a_walk_in_sent_twice_makes_one_meeting_and_without_its_key_two(program: Program, agent: Person) -> None:
    met, same = WalkIn("Quincaillerie Roy"), told()
    for _each in range(2):
        with unit():
            report_walk_in(program, met, same, by=agent.actor)
    assert (count(Visit), count(VisitReport)) == (1, 1)
    for _each in range(2):  # the key is what keeps them one: a new one each time, and there are two more
        with unit():
            report_walk_in(program, met, told(), by=agent.actor)
    assert (count(Visit), count(VisitReport)) == (3, 3)


def test_reports_sent_out_of_order_each_find_their_meeting(program: Program, agent: Person) -> None:
    morning, noon = make_visit(program, title="Matin", hours=-5), make_visit(program, title="Midi", hours=-2)
    make_report(noon, agent.actor, written_at=clock.now() - dt.timedelta(hours=1))
    make_report(morning, agent.actor, written_at=clock.now() - dt.timedelta(hours=4))
    assert {one.visit.title for one in db.session.scalars(select(VisitReport))} == {"Matin", "Midi"}
    assert awaiting_report(agent.actor, program) == []


def test_another_persons_key_opens_nothing(program: Program, agent: Person) -> None:
    visit, same = make_visit(program), told()
    with unit():
        file_report(visit, same, by=agent.actor)
    with unit(), pytest.raises(Refusal):
        file_report(visit, same, by=make_staff(Role.AGENT, program).actor)


def test_a_second_account_waits_for_a_decision(program: Program, agent: Person) -> None:
    visit, other = make_visit(program), make_staff(Role.AGENT, program)
    first = make_report(visit, agent.actor, note="Ouvert.")
    conflict = make_conflict(visit, other.actor, outcome=Outcome.REFUSED.value, note="Fermé.", tools={make_tool(program).slug: 9})
    assert (first.outcome, conflict.told["note"], count(HandOut)) == ("interested", "Fermé.", 0)
    again = told(client_key=conflict.client_key)
    with unit():
        assert file_report(visit, again, by=other.actor) is conflict
    assert (count(VisitReport), count(ReportConflict)) == (1, 1)


def test_the_first_account_may_be_kept(program: Program, agent: Person) -> None:
    visit = make_visit(program)
    first = make_report(visit, agent.actor, note="Ouvert.")
    conflict = make_conflict(visit, make_staff(Role.AGENT, program).actor, note="Fermé.")
    with unit():
        assert settle_conflict(conflict, Keep.FIRST, by=agent.actor) is None
    assert (first.note, conflict.kept, count(VisitReport)) == ("Ouvert.", "first", 1)


def test_the_second_account_may_take_its_place_and_the_first_stays_readable(program: Program, agent: Person) -> None:
    visit, tool, other = make_visit(program), make_tool(program), make_staff(Role.AGENT, program)
    first = make_report(visit, agent.actor, note="Ouvert.", tools={tool.slug: 1})
    conflict = make_conflict(visit, other.actor, note="Fermé.", outcome=Outcome.REFUSED.value, tools={tool.slug: 7})
    with unit():
        assert settle_conflict(conflict, Keep.SECOND, by=agent.actor) is first
    assert (first.note, first.user_id, count(VisitReport)) == ("Fermé.", other.user.id, 1)
    assert db.session.scalars(select(HandOut.count)).all() == [7]
    assert conflict.replaced is not None
    assert (conflict.replaced["note"], conflict.replaced["tools"], conflict.replaced["user_id"]) == (
        "Ouvert.",
        {tool.slug: 1},
        agent.user.id,
    )


def test_what_the_first_account_called_for_leaves_with_it(program: Program, agent: Person) -> None:
    visit = make_visit(program)
    make_report(visit, agent.actor, needs_training=True)
    done = db.session.scalars(select(FollowUp).where(FollowUp.what.startswith("Diriger"))).one()
    with unit():
        finish_follow_up(done, by=agent.actor)
    conflict = make_conflict(visit, agent.actor, outcome=Outcome.THINKING.value)
    with unit():
        settle_conflict(conflict, Keep.SECOND, by=agent.actor)
    left = db.session.scalars(select(FollowUp).order_by(FollowUp.id)).all()
    assert [(one.what[:8], one.done_at is None) for one in left] == [("Diriger ", False), ("Reprendr", True)]


def test_both_accounts_may_count_as_two_meetings(program: Program, agent: Person) -> None:
    visit, other = make_visit(program), make_staff(Role.AGENT, program)
    make_report(visit, agent.actor)
    conflict = make_conflict(visit, other.actor, people_met=5)
    with unit():
        second = settle_conflict(conflict, Keep.BOTH, by=agent.actor)
    assert second is not None
    assert (second.visit_id != visit.id, second.people_met, second.user_id, second.visit.title) == (True, 5, other.user.id, visit.title)
    with unit():
        assert file_report(visit, told(client_key=conflict.client_key), by=other.actor) is second


def test_a_conflict_is_decided_once(program: Program, agent: Person) -> None:
    visit = make_visit(program)
    make_report(visit, agent.actor)
    conflict = make_conflict(visit, agent.actor)
    with unit():
        settle_conflict(conflict, Keep.BOTH, by=agent.actor)
    with unit(), pytest.raises(Refusal):
        settle_conflict(conflict, Keep.BOTH, by=agent.actor)
    assert count(VisitReport) == 2


def test_a_report_of_a_cancelled_meeting_is_kept_beside_the_cancellation(program: Program, agent: Person) -> None:
    visit = make_visit(program)
    cancel(visit)
    conflict = make_conflict(visit, agent.actor)
    assert count(VisitReport) == 0
    with unit(), pytest.raises(Refusal):
        settle_conflict(conflict, Keep.SECOND, by=agent.actor)
    with unit():
        made = settle_conflict(conflict, Keep.BOTH, by=agent.actor)
    assert made is not None
    assert made.visit_id != visit.id


def test_who_has_no_part_in_the_program_tells_nothing(program: Program) -> None:
    stranger = make_staff(Role.AGENT, make_program(code="02")).actor
    visit = make_visit(program)
    with unit(), pytest.raises(Refusal):
        report(visit, stranger)
    with unit(), pytest.raises(Refusal):
        report_walk_in(program, WalkIn("Ailleurs"), told(), by=stranger)


def test_a_day_to_come_is_refused(program: Program, agent: Person) -> None:
    with unit(), pytest.raises(Refusal):
        report(make_visit(program), agent.actor, met_on=clock.today() + dt.timedelta(days=1))


def picture_from_a_phone() -> bytes:
    """A picture that says where and when it was taken, and with what."""
    drawn, said = io.BytesIO(), Image.Exif()
    said[0x010F], said[0x0132] = "Téléphone de Nadège", "2026:11:26 10:00:00"
    said.get_ifd(0x8825)[1] = "N"
    Image.new("RGB", (40, 30), "teal").save(drawn, "JPEG", exif=said)
    return drawn.getvalue()


def test_a_photo_says_nothing_of_where_and_when(program: Program, agent: Person) -> None:
    assert b"Nad" in picture_from_a_phone()
    with unit():
        digest = keep_photo(picture_from_a_phone())
    kept = sent_files.fetch(digest).content
    assert b"Nad" not in kept
    assert len(Image.open(io.BytesIO(kept)).getexif()) == 0


def test_photos_are_forgotten_after_two_years_and_the_report_stays(program: Program, agent: Person) -> None:
    with unit():
        digest = keep_photo(picture_from_a_phone())
    made = make_report(make_visit(program), agent.actor, photo_digest=digest)
    forget_visit_photos()
    assert made.photo_digest == digest
    with clock.frozen(clock.now() + PHOTO_KEPT + dt.timedelta(days=1)):
        forget_visit_photos()
    db.session.expire_all()
    assert (made.photo_digest, count(VisitReport), count(sent_files.SentFile)) == (None, 1, 0)


def test_the_system_reports_nothing(program: Program) -> None:
    with unit(), pytest.raises(Refusal):
        report(make_visit(program), SYSTEM)
