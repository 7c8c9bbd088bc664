"""The board: counts by school and way in, as of now; for staff, and for the contact of a school, who sees nobody else's."""

from __future__ import annotations

import re

import pytest

from certif.kit import clock
from certif.kit.db import db
from certif.programs import Program
from certif.surveys import BoxedResponse, DoorKind, Survey
from certif.surveys.boards import SCHOOLS, share_of
from certif.surveys.running_queries import answers_by
from certif.surveys.school_actions import invite_schools
from tests.conftest import Mailbox
from tests.factories import Person, unit
from tests.pages import Visitor
from tests.statements import statements
from tests.surveys.running import BOSS, let_answer, make_door, make_survey


@pytest.fixture
def survey(program: Program) -> Survey:
    """A survey that is open."""
    return make_survey(program)


def link_of(letters: Mailbox, email: str) -> str:
    """Give the path of the board that the newest letter to an address tells."""
    found = re.search(r"/sondages/ecole/[\w-]+", letters.last(email).body)
    assert found
    return found.group()


class TestForStaff:
    """Whoever runs the survey."""

    def test_an_answer_is_seen_as_soon_as_it_is_in_the_box_and_once_it_left_it(self, survey: Survey, agent: Person) -> None:
        door = make_door(survey, label="Groupe 31", expected=20)
        board = f"/personnel/sondages/{survey.ref}/suivi"
        assert "0 sur 20, 0" in agent.open(board).text
        let_answer(door, boxed=3)
        assert "3 sur 20, 15" in agent.open(board).text
        with unit():
            db.session.query(BoxedResponse).delete()
        let_answer(door, counted=3)
        assert "3 sur 20, 15" in agent.open(board).follow("Actualiser").text

    def test_schools_are_added_up_and_a_way_in_that_was_shut_is_expected_no_more(self, survey: Survey, agent: Person) -> None:
        for label, boxed in (("31", 5), ("32", 10)):
            let_answer(make_door(survey, label=label, school="École A", expected=20), boxed=boxed)
        shut = make_door(survey, label="33", school="École A", expected=20)
        let_answer(shut, boxed=1)
        agent.open(f"/personnel/portes/{shut.ref}").fill("Fermer cette porte")
        page = agent.open(f"/personnel/sondages/{survey.ref}/suivi")
        assert "École A 16 sur 40, 40" in page.text
        assert page.soup.select_one(".big-count").text == "16"

    def test_the_board_reads_no_answer(self, survey: Survey, agent: Person) -> None:
        let_answer(make_door(survey), boxed=1)
        with statements() as asked:
            page = agent.open(f"/personnel/sondages/{survey.ref}/suivi")
        assert not any("boxed_response.answers" in one or "survey_response" in one for one in asked)
        assert "oui" not in page.text

    def test_it_costs_the_same_for_one_school_and_for_a_page_of_them_and_goes_on_after(self, program: Program, agent: Person) -> None:
        surveys = [make_survey(program) for _each in range(2)]
        for survey, many in zip(surveys, (1, SCHOOLS), strict=True):
            for number in range(many):
                let_answer(make_door(survey, school=f"École {number:02}"), boxed=1)
        refs, costs = [survey.ref for survey in surveys], []
        make_door(surveys[1], school="École 99")
        for ref in refs:
            db.session.expunge_all()
            with statements() as asked:
                page = agent.open(f"/personnel/sondages/{ref}/suivi")
            costs.append(len(asked))
        assert costs[0] == costs[1]
        assert f"École {SCHOOLS - 1:02}" in page.text
        assert "École 99" not in page.text
        assert "École 99" in page.follow("Page suivante").text

    def test_a_share_is_never_a_hundred_before_all_have_come(self) -> None:
        assert [share_of(count, 300) for count in (0, 1, 299, 300, 400)] == [0, 0, 99, 100, 100]
        assert share_of(5, None) is None


class TestMoreAnswersThanPupils:
    """A code that went too far, or that someone answers again and again."""

    def test_staff_are_told_and_led_to_what_they_can_do(self, survey: Survey, agent: Person) -> None:
        let_answer(make_door(survey, label="31", expected=20), boxed=20)
        board = f"/personnel/sondages/{survey.ref}/suivi"
        assert "Plus de réponses que d’élèves" not in agent.open(board).text
        let_answer(make_door(survey, label="32", expected=20), boxed=15, counted=6)
        page = agent.open(board)
        assert "« 32 » : 21 réponses, 20 attendues" in page.text
        assert "« 31 »" not in page.text
        assert "remplacez cette porte" in page.follow("Voir cette porte, et que faire").text

    def test_what_is_still_in_the_box_is_erased_unread_once_the_way_in_is_shut(self, survey: Survey, agent: Person) -> None:
        door, other = (make_door(survey, label=label, expected=20) for label in ("31", "32"))
        let_answer(door, boxed=30, counted=10)
        let_answer(other, boxed=4)
        path = f"/personnel/portes/{door.ref}"
        assert "Fermez ou remplacez d’abord cette porte" in agent.open(f"{path}/reponses/retrait").fill(reason="Trop de réponses.").text
        agent.open(path).fill("Remplacer la porte")
        page = agent.open(path).follow("Effacer ses réponses encore dans la boîte")
        with statements() as asked:
            page = page.fill(reason="Le code a circulé.")
        assert "30 réponses sont effacées" in page.text
        assert not any("SELECT boxed_response.answers" in one for one in asked)
        assert answers_by(door) == (10, 0)
        assert answers_by(other) == (0, 4)
        assert "Le code a circulé." in agent.open(f"/personnel/sondages/{survey.ref}").text
        assert "Aucune réponse de cette porte" in agent.open(f"{path}/reponses/retrait").fill(reason="Encore.").text

    def test_links_that_serve_once_cannot_bring_too_many(self, survey: Survey, agent: Person) -> None:
        door = make_door(survey, DoorKind.INVITATIONS, expected=20)
        let_answer(door, boxed=3)
        agent.open(f"/personnel/portes/{door.ref}").fill("Fermer cette porte")
        assert "ne sert qu’une fois" in agent.open(f"/personnel/portes/{door.ref}/reponses/retrait").fill(reason="Trop.").text
        assert answers_by(door) == (0, 3)


class TestForASchool:
    """The contact of a school, without an account."""

    def test_a_private_link_opens_its_own_ways_in_and_no_others(self, survey: Survey, letters: Mailbox, visitor: Visitor) -> None:
        let_answer(make_door(survey, school="École A", label="A-31", contact_email="a@exemple.com"), boxed=7)
        let_answer(make_door(survey, school="École B", label="B-31", contact_email="b@exemple.com"), boxed=9)
        with unit():
            invite_schools(survey, by=BOSS)
        page = visitor.open(link_of(letters, "a@exemple.com"))
        assert "7 sur 20, 35" in page.text
        assert "B-31" not in page.text
        assert "École B" not in page.text
        assert visitor.open(f"/en{page.path}").h1 == "Your school’s board"
        assert "nom" not in page.response.headers.get("Set-Cookie", "")

    def test_opening_it_changes_nothing_and_a_link_made_up_opens_nothing(self, survey: Survey, letters: Mailbox, visitor: Visitor) -> None:
        make_door(survey, contact_email="a@exemple.com")
        with unit():
            invite_schools(survey, by=BOSS)
        path = link_of(letters, "a@exemple.com")
        with statements() as asked:
            visitor.open(path)
            visitor.open(f"{path}/arret")
        assert not [one for one in asked if one.startswith(("INSERT", "UPDATE", "DELETE"))]
        assert visitor.open(f"{path}x").status == 404
        assert visitor.open("/sondages/ecole/x").status == 404
        assert clock.today() >= survey.opens_on


def test_answers_that_nobody_expected_do_not_swell_the_share_of_schools(survey: Survey, agent: Person) -> None:
    let_answer(make_door(survey, expected=20), boxed=5)
    let_answer(make_door(survey, DoorKind.OPEN, school=None, label="Codes QR", expected=None), boxed=15)
    page = agent.open(f"/personnel/sondages/{survey.ref}")
    assert page.soup.select_one(".big-count").text == "20"
    assert "Dans les écoles : 5 sur 20, 25" in page.text
