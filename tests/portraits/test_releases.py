"""A portrait is released, read through every channel alike, released again only when enough answers have come, and withdrawn."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from certif import portraits
from certif.kit import audit, clock
from certif.kit.access import SYSTEM, Role
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.portraits import PortraitRelease
from certif.portraits.actions import release_portraits
from certif.portraits.counting import count, family_of
from certif.portraits.figures import figure_of, weighted, wilson
from certif.portraits.gathering import digest_of, past_of
from certif.portraits.reading import Reading
from certif.programs import Program
from certif.surveys import Survey
from tests.factories import make_program, make_staff, unit
from tests.pages import Visitor
from tests.portraits.attacking import recovered
from tests.portraits.telling import YEAR, Student, fold, make_students, make_survey, tallies
from tests.statements import statements

MRCS = ["autray", "joliette", "l-assomption", "les-moulins", "matawinie", "montcalm"]


def surveyed(many: int = 600) -> tuple[Program, Survey, list[Student]]:
    """Give a program whose students have answered."""
    program = make_program(code="14")
    survey, students = make_survey(program), make_students(4, 700, mrcs=MRCS)
    fold(survey, students[:many])
    return program, survey, students


def release(program: Program, year: str = YEAR) -> PortraitRelease:
    """Release a portrait as its manager would."""
    with unit():
        return portraits.release_portrait(program, year, by=make_staff(Role.MANAGER, program).actor)


def read(visitor: Visitor, path: str) -> Any:
    """Give the bytes of a file of the portrait."""
    return visitor.client.get(path, base_url=visitor.base).data


class TestReleasing:
    def test_nothing_is_read_before_the_first_release(self, visitor: Visitor) -> None:
        surveyed()
        assert "Pas encore de portrait" in visitor.open("/portrait/14").text
        assert visitor.open("/portrait/14/portrait.json").status == 404
        assert visitor.open("/portrait/99").status == 404

    def test_a_manager_releases_and_everyone_reads(self, app: object, visitor: Visitor) -> None:
        program, _survey, _students = surveyed()
        manager = make_staff(Role.MANAGER, program)
        page = manager.open("/personnel/portraits").follow(program.name)
        assert "Aperçu réservé à l’équipe" in page.text
        assert "parution 1" in page.fill("Diffuser le portrait").response.get_data(as_text=True)
        assert "600 élèves ont répondu" in visitor.open("/portrait").follow("Lanaudière").text
        english = visitor.open("/en/portrait/14?vue=level")
        assert "600 students answered" in english.text
        assert english.language == "en"
        assert any(entry.event == "portrait_released" for entry in audit.history(db.session.query(PortraitRelease).one()))

    def test_an_agent_may_look_and_not_release(self, app: object) -> None:
        program, _survey, _students = surveyed()
        agent = make_staff(Role.AGENT, program)
        assert "Diffuser le portrait" not in agent.open(f"/personnel/portraits/{program.slug}/{YEAR}").text
        with pytest.raises(Refusal), unit():
            portraits.release_portrait(program, YEAR, by=agent.actor)

    def test_nine_students_are_not_told(self, app: object) -> None:
        program, survey, students = surveyed(0)
        fold(survey, students[:9])
        with pytest.raises(Refusal, match="au moins 10"):
            release(program)

    def test_a_region_may_ask_for_more(self, app: object) -> None:
        program = make_program(code="14")
        fold(make_survey(program, least=25), make_students(1, 24, mrcs=MRCS))
        with pytest.raises(Refusal, match="au moins 25"):
            release(program)

    def test_nine_more_are_not_told_either_and_ten_are(self, app: object) -> None:
        program, survey, students = surveyed()
        first = release(program)
        fold(survey, students[:609])
        with pytest.raises(Refusal):
            release(program)
        fold(survey, students[:640])
        second = release(program)
        assert (second.number, second.answers) == (2, 640)
        assert first.digest == digest_of(first.told), "what was told stays as it was"

    def test_a_withdrawn_release_gives_way_to_the_one_before_and_is_not_forgotten(self, visitor: Visitor) -> None:
        program, survey, students = surveyed()
        release(program)
        fold(survey, students[:650])
        release(program)
        manager = make_staff(Role.MANAGER, program)
        page = manager.open(f"/personnel/portraits/{program.slug}/{YEAR}").follow("Retirer")
        assert "retirée" in page.fill("Retirer", reason="Une école manquait.").response.get_data(as_text=True)
        assert "600 élèves" in visitor.open("/portrait/14").text
        fold(survey, students[:655])
        with pytest.raises(Refusal):
            release(program)
        assert len(past_of(program, YEAR)) == 2

    def test_what_was_released_once_is_released_again_by_itself(self, app: object) -> None:
        program, survey, students = surveyed()
        release_portraits()
        assert past_of(program, YEAR) == [], "the first time, somebody decides"
        release(program)
        fold(survey, students[:603])
        release_portraits()
        assert len(past_of(program, YEAR)) == 1
        fold(survey, students[:680])
        release_portraits()
        assert [one.released_by for one in past_of(program, YEAR)][1:] == [SYSTEM.ref]
        with unit():
            portraits.withdraw_portrait(past_of(program, YEAR)[-1], "À revoir.", by=make_staff(Role.MANAGER, program).actor)
        fold(survey, students)
        release_portraits()
        assert len(past_of(program, YEAR)) == 2, "once withdrawn, somebody decides again"


class TestChannels:
    def test_every_channel_tells_the_same_and_nothing_is_computed_from_all_of_them(self, visitor: Visitor) -> None:
        program, _survey, students = surveyed(260)
        made = release(program)
        told = json.loads(read(visitor, "/portrait/14/portrait.json"))["told"]
        assert digest_of(told) == made.digest
        sheet = list(csv.DictReader(io.StringIO(read(visitor, "/portrait/14/portrait.csv").decode("utf-8-sig")), delimiter=";"))
        book = CalamineWorkbook.from_filelike(io.BytesIO(read(visitor, "/portrait/14/portrait.xlsx")))
        lines = book.get_sheet_by_name("Chiffres").to_python()
        assert [[_cell(value) for value in row] for row in lines[1:]] == [[_cell(value) for value in row.values()] for row in sheet]
        assert {name for name, _type, _words in book.get_sheet_by_name("Livre de codes").to_python()[1:]} == set(lines[0])
        counted = count(tallies(students[:260]))
        shown = {(row["decoupage"], row["groupe"], row["mesure"], row["reponse"]) for row in sheet if row["effectif"]}
        exactly = {cell: counted.people.get(cell, 0) for cell in shown}
        bases = {(*cell[:3], ""): counted.people.get((*cell[:3], ""), 0) for cell in shown}
        everyone = {
            (cut, key, "*", ""): counted.people[cut, key, "*", ""]
            for cut, row in told["people"].items()
            for key, one in row.items()
            if one[0]
        }
        family = family_of(counted.people, {})
        known = {cell: many for cell, many in (exactly | bases | everyone).items() if cell[3] not in _TOGETHER}
        found = {cell: many for cell, many in recovered(family, known).items() if counted.people.get((cell[0], cell[1], "*", ""))}
        assert found == {}
        assert all(int(row["effectif"]) % 5 == 0 and int(row["effectif"]) != 5 for row in sheet if row["effectif"])

    def test_pages_and_papers_show_the_figures_of_the_release(self, visitor: Visitor) -> None:
        program, _survey, _students = surveyed()
        figure = figure_of(release(program).told, "works")
        assert figure is not None
        percent = f"{figure.share('yes').percent}\u00a0%"
        assert percent in visitor.open("/portrait/14").soup.select_one(".portrait-tile").get_text()
        for name in ("portrait", "diapositives"):
            answer = visitor.client.get(f"/portrait/14/{name}.pdf", base_url=visitor.base)
            assert (answer.status_code, answer.data[:5]) == (200, b"%PDF-")
        assert "51 %" in visitor.open("/portrait/14").text, "the Institut’s own figure beside"

    def test_a_portrait_costs_three_statements_whatever_the_number_of_answers(self, visitor: Visitor) -> None:
        program, survey, students = surveyed(60)
        release(program)
        visitor.open("/portrait/14")
        with statements() as few:
            visitor.open("/portrait/14?vue=level")
        fold(survey, students)
        release(program)
        with statements() as many:
            visitor.open("/portrait/14?vue=level")
        assert len(few) == len(many) <= 3

    def test_years_are_chosen_in_the_address_and_compared(self, visitor: Visitor) -> None:
        program, _survey, students = surveyed()
        release(program)
        fold(make_survey(program, year="2025-2026"), students[:300])
        release(program, "2025-2026")
        assert "300 élèves" in visitor.open("/portrait/14?annee=2025-2026").text
        assert "2025-2026" in visitor.open("/portrait/14").text
        assert visitor.open("/portrait/14?annee=1999-2000").status == 404
        assert visitor.open("/portrait/14?vue=inconnue").status == 200

    def test_levels_are_weighed_by_what_the_region_says(self, app: object) -> None:
        program, _survey, _students = surveyed()
        with unit():
            portraits.enter_student_totals(program, YEAR, {"secondary": 1000, "college": 9000}, by=make_staff(Role.MANAGER, program).actor)
        told = release(program).told
        plain, heavy = figure_of(told, "works"), weighted(told, "works", "yes")
        assert plain is not None
        assert heavy is not None
        assert heavy > (plain.share("yes").percent or 0), "students of cégep work more, and weigh more"
        assert Reading(told, ()).indicator("works", "yes").weighted == heavy


_TOGETHER = {"16_plus", "after_22", "ever", "adapts", "matters"}


def _cell(value: object) -> str:
    try:
        return f"{float(str(value)):g}"
    except ValueError:
        return str(value)


def test_an_interval_never_leaves_what_is_possible() -> None:
    assert (wilson(0, 10), wilson(10, 10)) == ((0, 28), (72, 100))
    assert all(
        0 <= wilson(part, base)[0] <= 100 * part / base <= wilson(part, base)[1] + 0.5 <= 100.5
        for base in (10, 35)
        for part in range(0, base + 1, 5)
    )


def test_a_portrait_is_of_today(app: object) -> None:
    program, _survey, _students = surveyed()
    assert Reading(release(program).told, ()).released_on == clock.today()
