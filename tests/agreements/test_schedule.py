"""The schedule checker: the law first, then the promise; anyone, without an account, and nothing is kept."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from certif import law
from certif.agreements import AgeBand, AgreementKind, ExamWeeks, Signer, Student, Studies, judge, legal_calendar, obstacles_of, usual_week
from certif.agreements.ages import BANDS, birth_standing_for
from certif.kit import clock
from certif.kit.audit import JournalEntry
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.law import HourRule, StudentGroup
from certif.programs import Commitment, Text
from certif.territory import PartnerKind, partners, region
from tests.agreements.making import make_agreement, make_calendar, terms
from tests.factories import make_certification, make_program, unit
from tests.pages import Visitor

TUESDAY = dt.date(2026, 11, 24)
EVENINGS = [[1, "16:00", "20:00"], [4, "15:00", "22:00"]]
"""Four hours on a Tuesday and seven on a Friday: eleven from Monday to Friday, the CNESST's own first example."""


PLAIN = (Commitment("studies", Text("aider les élèves.", "help students.")),)


def codes(week: list[list[Any]], student: Student, on: dt.date = TUESDAY, federal: bool = False) -> list[str]:
    found = judge(usual_week(week, law.sunday_of(on)), student, (), on=on, federal=federal)
    return [breach.rule.code.value for breach in found.breaches]


@pytest.mark.parametrize(
    ("band", "studies", "broken"),
    [
        (AgeBand.FROM_14, Studies.SECONDARY, ["weekday_hours"]),
        (AgeBand.FROM_14, Studies.VOCATIONAL_ADULT, ["weekday_hours"]),
        (AgeBand.SIXTEEN_THIS_YEAR, Studies.SECONDARY, ["weekday_hours"]),
        (AgeBand.SIXTEEN_BEFORE, Studies.SECONDARY, []),
        (AgeBand.ADULT, Studies.CEGEP, []),
    ],
)
def test_each_band_of_age_is_judged_as_the_law_judges_it(band: AgeBand, studies: Studies, broken: list[str]) -> None:
    assert codes(EVENINGS, Student(band, studies)) == broken


def test_whoever_is_fourteen_is_fourteen_all_week() -> None:
    sunday_to_friday = [[6, "09:00", "12:00"], *EVENINGS[:1]]
    for day in (TUESDAY, TUESDAY + dt.timedelta(days=4)):
        assert codes(sunday_to_friday, Student(AgeBand.FROM_14, Studies.SECONDARY), day) == []


def test_sixteen_this_year_is_free_once_the_school_year_is_over_and_not_before() -> None:
    student = Student(AgeBand.SIXTEEN_THIS_YEAR, Studies.SECONDARY)
    assert student.must_attend(dt.date(2027, 6, 20))
    assert not Student(AgeBand.SIXTEEN_BEFORE, Studies.SECONDARY).must_attend(dt.date(2026, 9, 1))


@pytest.mark.parametrize("band", BANDS)
def test_the_birthday_that_stands_for_a_band_is_of_that_band(band: AgeBand) -> None:
    for day in (dt.date(2028, 2, 29), TUESDAY, dt.date(2027, 7, 1)):
        age = law.age_on(birth_standing_for(band, day), day)
        least = {"under_12": (11, 11), "from_12": (12, 13), "from_14": (14, 15), "adult": (18, 30)}.get(band.value, (16, 17))
        assert least[0] <= age <= least[1], (band, day, age)


def test_a_child_works_only_in_the_cases_of_the_regulation_and_with_the_form() -> None:
    saturday = [[5, "09:00", "12:00"]]
    assert codes(saturday, Student(AgeBand.FROM_12, Studies.SECONDARY)) == ["minimum_age"]
    assert codes(saturday, Student(AgeBand.FROM_12, Studies.SECONDARY, exception="farm")) == ["parental_form"]
    assert codes(saturday, Student(AgeBand.FROM_12, Studies.SECONDARY, exception="farm", has_parental_form=True)) == []
    assert codes(saturday, Student(AgeBand.UNDER_12, Studies.SECONDARY, exception="farm", has_parental_form=True)) == ["minimum_age"]


def test_a_long_break_of_the_students_own_school_lifts_the_limits(app: Flask) -> None:
    body, other = partners(PartnerKind.SCHOOL_BODY, region("14"))[:2]
    make_calendar(body)
    spring, after = dt.date(2027, 3, 2), dt.date(2027, 3, 9)
    with_calendar = Student(AgeBand.FROM_14, Studies.SECONDARY, legal_calendar(body, spring))
    assert codes(EVENINGS, with_calendar, spring) == []
    assert codes(EVENINGS, with_calendar, after) == ["weekday_hours"]
    assert codes(EVENINGS, Student(AgeBand.FROM_14, Studies.SECONDARY, legal_calendar(other, spring)), spring) == ["weekday_hours"]


def test_the_hours_of_class_are_known_only_when_they_are_said() -> None:
    morning = [[2, "09:00", "11:00"]]
    assert codes(morning, Student(AgeBand.FROM_14, Studies.SECONDARY)) == []
    bells = legal_calendar(None, TUESDAY, (dt.time(8, 30), dt.time(15)))
    assert codes(morning, Student(AgeBand.FROM_14, Studies.SECONDARY, bells)) == ["school_hours"]
    assert codes([[2, "09:00", "11:00"]], Student(AgeBand.SIXTEEN_BEFORE, Studies.SECONDARY, bells)) == []


def test_federal_undertakings_are_judged_by_other_rules() -> None:
    assert codes(EVENINGS, Student(AgeBand.FROM_14, Studies.SECONDARY), federal=True) == []


def test_the_promise_stands_beside_the_law() -> None:
    promise = (HourRule(StudentGroup.CEGEP, week_hours=10, monday_friday_hours=8, latest_finish=dt.time(21)),)
    found = judge(usual_week(EVENINGS, law.sunday_of(TUESDAY)), Student(AgeBand.ADULT, Studies.CEGEP), promise, on=TUESDAY)
    assert found.breaches == []
    assert len(found.promise) == 3
    other = judge(usual_week(EVENINGS, law.sunday_of(TUESDAY)), Student(AgeBand.ADULT, Studies.UNIVERSITY), promise, on=TUESDAY)
    assert other.is_fine


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ({"week_hours": 18}, "17"),
        ({"weekday_hours": 11}, "10"),
        ({"week_hours": 15, "weekday_hours": None}, "lundi au vendredi"),
        ({"latest_finish": dt.time(23)}, "Fin à 23 h"),
        ({"shifts": [[1, "16:00", "23:30"]]}, "23"),
        ({"week_hours": 10, "shifts": [[5, "08:00", "13:00"], [6, "08:00", "14:00"]]}, "plafond de 10"),
        ({"band": AgeBand.UNDER_12, "student": None, "parent": Signer("", "p@exemple.com"), "exception": ""}, "14 ans"),
        ({"kind": AgreementKind.INTERNSHIP, "total_hours": 24}, "25"),
    ],
)
def test_an_agreement_above_the_floor_is_never_sent_and_the_sentence_says_what_to_change(
    app: Flask, said: dict[str, Any], word: str
) -> None:
    with clock.frozen(dt.datetime(2026, 11, 24, 15, tzinfo=dt.UTC)):
        found = obstacles_of(terms(**said), (), federal=False)
        assert any(word in sentence.replace("\u00a0", " ") for sentence in found), found
        assert obstacles_of(terms(exam_weeks=ExamWeeks.HALF), (), federal=False) == [], "the same, within the law, is sent"


def test_an_agreement_above_the_programs_promise_is_never_sent(app: Flask) -> None:
    hours = (HourRule(StudentGroup.EVERYONE, week_hours=12),)
    certification = make_certification(program=make_program(hours=hours, commitments=PLAIN))
    with pytest.raises(Refusal, match="12"):
        make_agreement(certification, week_hours=13)
    with unit():
        assert make_agreement(certification, week_hours=12).week_hours == 12


def test_anyone_checks_a_week_and_nothing_is_kept(app: Flask, visitor: Visitor) -> None:
    page = visitor.open("/horaire")
    assert page.status == 200
    assert "art. 84.4" in page.text
    before = db.session.scalar(select(func.count()).select_from(JournalEntry))
    week = {"d1a_from": "16:00", "d1a_until": "20:00", "d4a_from": "15:00", "d4a_until": "22:00"}
    said = page.fill("Vérifier cette semaine", on="2026-11-24", band="from_14", **week)
    assert said.status == 200
    assert "11 h de travail du lundi au vendredi" in said.text
    assert "ne respecte pas la loi" in said.text
    assert said.fill("Vérifier cette semaine", band="sixteen_before").text.count("Aucune règle connue ici n’est enfreinte") == 1
    assert "Set-Cookie" not in said.response.headers
    assert db.session.scalar(select(func.count()).select_from(JournalEntry)) == before
    assert "?" not in said.path


def test_what_a_program_promises_is_said_beside(app: Flask, visitor: Visitor) -> None:
    program = make_program(hours=(HourRule(StudentGroup.EVERYONE, week_hours=10),), commitments=PLAIN)
    week = {"d5a_from": "08:00", "d5a_until": "16:00", "d6a_from": "08:00", "d6a_until": "12:00"}
    page = visitor.open("/horaire").fill("Vérifier cette semaine", band="from_14", program=program.slug, **week)
    assert "au plus 10 h" in page.text.replace("\u00a0", " ")
    assert "dépasse ce que promet" in page.text


@pytest.mark.parametrize(
    "week",
    [
        {"d1a_from": "16:00"},
        {"d1a_from": "16:00", "d1a_until": "16:00"},
        {"d1a_from": "16:00", "d1a_until": "20:00", "d1b_from": "19:00", "d1b_until": "21:00"},
        {"d1a_from": "25:00", "d1a_until": "20:00"},
        {"way_home": "9999"},
        {"program": "nulle-part"},
    ],
)
def test_a_week_that_cannot_be_read_says_where(app: Flask, visitor: Visitor, week: dict[str, str]) -> None:
    page = visitor.open("/horaire")
    form = {"on": "2026-11-24", "band": "from_14", "studies": "secondary", **week}
    answer = visitor.send("/horaire", form)
    assert (page.status, answer.status) == (200, 422)
    assert len(answer.errors()) == 1
    assert "16" not in week.get("d1a_from", "") or 'value="16:00"' in answer.response.get_data(as_text=True), "what was typed is kept"


def test_an_error_says_of_which_day_and_shift_it_is(visitor: Visitor) -> None:
    page = visitor.open("/horaire")
    page = page.fill(None, d1a_from="16:00", d1a_until="", d3b_from="18:00", d3b_until="18:00")
    told = page.soup.select_one(".error-summary")
    assert told is not None
    said = told.get_text(" ", strip=True).replace("\u00a0", " ")
    assert "Mardi, premier quart : Écrivez le début" in said and "Jeudi, second quart : Ce quart finit" in said
