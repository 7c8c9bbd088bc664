"""Letters to schools: seen and counted first, the code once, reminders by rule and once each, a stop that lasts, addresses that go."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from sqlalchemy import select

from certif.kit import audit, clock, jobs
from certif.kit.access import VISITOR
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.programs import Program
from certif.surveys import DoorKind, Survey, SurveyDoor
from certif.surveys.door_actions import shown_code, shut_door
from certif.surveys.running_actions import close_survey
from certif.surveys.running_model import SchoolLetter, SchoolLetterKind
from certif.surveys.school_actions import forget_school_addresses, invite_schools, remind_school, remind_schools, stop_school_letters
from certif.territory import Partner, PartnerKind, partners
from tests.conftest import Mailbox
from tests.factories import Person, unit
from tests.pages import Visitor
from tests.surveys.running import BOSS, let_answer, make_door, make_survey

DAY = dt.timedelta(days=1)


@pytest.fixture
def survey(program: Program) -> Survey:
    """A survey of twenty days that opens today."""
    return make_survey(program, days=(0, 20))


def invite(survey: Survey) -> int:
    """Write to the schools that wait for their code."""
    with unit():
        return invite_schools(survey, by=BOSS)


def remind(survey: Survey, day: int) -> None:
    """Let the job run on a day of the survey, at noon."""
    with clock.frozen(clock.midnight(survey.opens_on + day * DAY) + dt.timedelta(hours=12)):
        db.session.rollback()
        remind_schools()


def written(letters: Mailbox, email: str) -> list[str]:
    """Give the kinds of letters to an address, oldest first."""
    return [letter.name.removeprefix("surveys/school_") for letter in letters.to(email)]


class TestInvitations:
    """The code, once, to each contact."""

    def test_staff_see_who_and_what_before_anything_leaves(self, survey: Survey, agent: Person, letters: Mailbox) -> None:
        first, second = (make_door(survey, label=label, school="Académie", contact_email="a@exemple.com") for label in ("31", "32"))
        make_door(survey, school="École B", contact_email="b@exemple.com")
        make_door(survey, school="École sans adresse")
        page = agent.open(f"/personnel/sondages/{survey.ref}/courriels")
        assert "a@exemple.com" in page.text
        assert shown_code(first.code) in page.text
        assert letters.all() == []
        page = page.fill("Envoyer les invitations (2)")
        assert "2 courriels sont en route." in page.text
        body = letters.last("a@exemple.com").body
        assert all(code in body for code in (shown_code(first.code), shown_code(second.code), f"/s/{first.code}"))
        assert [letter.to_address for letter in letters.all()] == ["a@exemple.com", "b@exemple.com"]
        assert letters.last("a@exemple.com").stop_url is not None
        assert "/apercu" not in body
        assert any("a envoyé aux écoles" in one.sentence for one in audit.history(survey))

    def test_each_is_written_once_and_a_school_added_later_gets_its_own(self, survey: Survey, letters: Mailbox) -> None:
        make_door(survey, contact_email="a@exemple.com")
        assert invite(survey) == 1
        with pytest.raises(Refusal, match="déjà reçu leur code"):
            invite(survey)
        make_door(survey, school="École B", contact_email="b@exemple.com")
        assert invite(survey) == 1
        assert written(letters, "a@exemple.com") == ["invited"]

    def test_an_english_school_body_is_written_to_in_english(self, survey: Survey, letters: Mailbox) -> None:
        english = db.session.scalars(select(Partner).where(Partner.kind == PartnerKind.SCHOOL_BODY, Partner.language == "en")).first()
        make_door(survey, body=english, contact_email="e@exemple.com")
        make_door(survey, body=partners(PartnerKind.SCHOOL_BODY, survey.program.region)[0], school="F", contact_email="f@exemple.com")
        invite(survey)
        assert letters.last("e@exemple.com").subject == "The code of your students’ survey"
        assert "Bonjour," in letters.last("f@exemple.com").body

    def test_where_slips_are_handed_out_no_code_is_told(self, survey: Survey, letters: Mailbox) -> None:
        door = make_door(survey, DoorKind.INVITATIONS, contact_email="a@exemple.com")
        invite(survey)
        body = letters.last("a@exemple.com").body
        assert "un coupon par élève" in body
        assert door.code not in body.replace(" ", "")

    def test_once_it_is_over_nobody_is_invited(self, survey: Survey, agent: Person) -> None:
        make_door(survey, contact_email="a@exemple.com")
        with unit():
            close_survey(survey, reason="Fin.", by=BOSS)
        with pytest.raises(Refusal, match="terminé"):
            invite(survey)
        assert "Envoyer" not in agent.open(f"/personnel/sondages/{survey.ref}/courriels").text


class TestReminders:
    """At half of the days, and three days before the last: where few have answered, once each."""

    def test_a_school_where_few_answered_is_reminded_twice_in_all(self, survey: Survey, letters: Mailbox) -> None:
        let_answer(make_door(survey, contact_email="a@exemple.com", expected=20), boxed=5)
        invite(survey)
        for day in range(22):
            remind(survey, day)
            remind(survey, day)
        assert written(letters, "a@exemple.com") == ["invited", "reminded", "reminded"]
        kinds = db.session.scalars(select(SchoolLetter.kind).order_by(SchoolLetter.id)).all()
        assert kinds == ["invitation", "halfway", "last_days"]

    def test_they_leave_on_their_days_and_not_before(self, survey: Survey, letters: Mailbox) -> None:
        make_door(survey, contact_email="a@exemple.com")
        invite(survey)
        seen = []
        for day in (9, 10, 16, 17):
            remind(survey, day)
            seen.append(len(letters.all()))
        assert seen == [1, 2, 2, 3]

    def test_a_school_that_answered_is_left_alone(self, survey: Survey, letters: Mailbox) -> None:
        let_answer(make_door(survey, contact_email="a@exemple.com", expected=20), counted=12)
        let_answer(make_door(survey, school="B", contact_email="b@exemple.com", expected=None), boxed=1)
        make_door(survey, school="C", contact_email="c@exemple.com", expected=None)
        invite(survey)
        remind(survey, 10)
        assert written(letters, "a@exemple.com") == written(letters, "b@exemple.com") == ["invited"]
        assert written(letters, "c@exemple.com") == ["invited", "reminded"], "nothing is expected and nothing came"

    def test_nobody_is_reminded_who_was_not_invited_or_only_just(self, survey: Survey, letters: Mailbox) -> None:
        make_door(survey, contact_email="a@exemple.com")
        remind(survey, 10)
        assert letters.all() == []
        with clock.frozen(clock.midnight(survey.opens_on + 9 * DAY)):
            invite(survey)
        remind(survey, 10)
        assert written(letters, "a@exemple.com") == ["invited"]
        remind(survey, 12)
        assert written(letters, "a@exemple.com") == ["invited", "reminded"]

    def test_a_survey_may_want_no_reminders(self, program: Program, letters: Mailbox) -> None:
        survey = make_survey(program, days=(0, 20), remind_under=0)
        make_door(survey, contact_email="a@exemple.com")
        invite(survey)
        remind(survey, 18)
        assert written(letters, "a@exemple.com") == ["invited"]

    def test_the_row_has_the_last_word_when_two_would_write(self, survey: Survey, letters: Mailbox) -> None:
        make_door(survey, contact_email="a@exemple.com")
        invite(survey)
        with unit():
            did = [remind_school(survey, "a@exemple.com", SchoolLetterKind.HALFWAY, by=BOSS) for _each in range(2)]
        assert did == [True, False]
        assert written(letters, "a@exemple.com") == ["invited", "reminded"]

    def test_a_school_whose_ways_in_are_all_shut_is_left_alone(self, survey: Survey, letters: Mailbox) -> None:
        door = make_door(survey, contact_email="a@exemple.com")
        invite(survey)
        with unit():
            shut_door(door, by=BOSS)
        remind(survey, 10)
        assert written(letters, "a@exemple.com") == ["invited"]


class TestStopping:
    """One press, and no more reminders."""

    def stop_link(self, letters: Mailbox) -> str:
        found = re.search(r"/sondages/ecole/[\w-]+/arret", letters.last("a@exemple.com").body)
        assert found
        return found.group()

    def test_the_button_stops_them_and_says_so(self, survey: Survey, letters: Mailbox, visitor: Visitor, agent: Person) -> None:
        make_door(survey, contact_email="a@exemple.com")
        invite(survey)
        page = visitor.open(self.stop_link(letters)).fill("Ne plus m’écrire")
        assert "Plus aucun rappel ne partira" in page.text
        remind(survey, 10)
        assert written(letters, "a@exemple.com") == ["invited"]
        assert "Ne veut plus de rappels" in agent.open(f"/personnel/sondages/{survey.ref}/courriels").text

    def test_it_counts_for_the_next_survey_too_and_said_again_changes_nothing(
        self, survey: Survey, program: Program, letters: Mailbox
    ) -> None:
        make_door(survey, contact_email="A@exemple.com")
        invite(survey)
        letter = db.session.scalars(select(SchoolLetter)).one()
        with unit():
            stop_school_letters(letter, by=VISITOR)
            stop_school_letters(letter, by=VISITOR)
        assert sum("ne veut plus" in one.sentence for one in audit.history(survey)) == 1
        later = make_survey(program, days=(0, 20))
        make_door(later, contact_email="a@exemple.com")
        with pytest.raises(Refusal, match="déjà reçu leur code"):
            invite(later)


class TestForgetting:
    """The addresses of schools go a year after the last day."""

    def test_they_go_after_a_year_and_not_a_day_before(self, survey: Survey, letters: Mailbox, visitor: Visitor) -> None:
        door = make_door(survey, contact_email="a@exemple.com")
        invite(survey)
        link = re.search(r"/sondages/ecole/[\w-]+", letters.last("a@exemple.com").body)
        assert link
        kept = []
        for days in (365, 366):
            with clock.frozen(clock.midnight(survey.closes_on + days * DAY)):
                db.session.rollback()
                forget_school_addresses()
                db.session.expire_all()
                kept.append((db.session.get_one(SurveyDoor, door.id).contact_email, len(db.session.scalars(select(SchoolLetter)).all())))
        assert kept == [("a@exemple.com", 1), (None, 0)]
        assert visitor.open(link.group()).status == 404

    def test_a_survey_closed_early_is_counted_from_that_day(self, survey: Survey) -> None:
        door = make_door(survey, contact_email="a@exemple.com")
        with unit():
            close_survey(survey, reason="Fin.", by=BOSS)
        with clock.frozen(clock.midnight(clock.today() + 367 * DAY)):
            db.session.rollback()
            forget_school_addresses()
        db.session.expire_all()
        assert db.session.get_one(SurveyDoor, door.id).contact_email is None

    def test_a_purge_applies_it(self) -> None:
        assert "forget_school_addresses" in jobs._retention
