"""Ways in to a survey: many at once, each with its code; links that serve once; shut, replaced, taken over by the next wave; printed."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import func, select

from certif import documents
from certif.kit import audit
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.programs import Program
from certif.surveys import DoorKind, Survey, SurveyDoor
from certif.surveys.door_actions import (
    CODE_LENGTH,
    SIGNS,
    copy_doors,
    open_doors,
    replace_door,
    shown_code,
    shut_door,
)
from certif.surveys.door_lines import MOST_LINES, DoorLine, read_lines
from certif.surveys.running_actions import close_survey
from certif.territory import PartnerKind, mrcs, partners, region
from tests.factories import Person, unit
from tests.statements import statements
from tests.surveys.running import BOSS, let_answer, make_door, make_survey

LEVELS = ("secondary", "college")


@pytest.fixture
def survey(program: Program) -> Survey:
    """A survey that is open."""
    return make_survey(program)


def faults(text: str, kind: DoorKind = DoorKind.CLASS) -> list[str]:
    """Give what is wrong with lines, in French."""
    return [str(fault).replace("\u00a0", " ") for fault in read_lines(text, kind, LEVELS)[1]]


class TestLines:
    """What is pasted is read line by line, and nothing is guessed."""

    def test_a_line_says_school_class_level_number_and_contact(self, app: Flask) -> None:
        lines, wrong = read_lines(
            "École A ; 31 ; Secondaire 3 ; 28 ; a@exemple.com\n\nÉcole A\t32\tcégep\t\t\nÉcole B;1;;;", DoorKind.CLASS, LEVELS
        )
        assert wrong == []
        assert lines == [
            DoorLine(1, "31", "École A", "secondary", 28, "a@exemple.com"), DoorLine(3, "32", "École A", "college", None, None),
            DoorLine(4, "1", "École B", None, None, None),
        ]  # fmt: skip

    def test_a_school_stands_for_itself_and_an_open_way_in_has_none(self, app: Flask) -> None:
        assert read_lines("École A", DoorKind.SCHOOL, LEVELS)[0] == [DoorLine(1, "École A", "École A")]
        assert read_lines("Salon de l’emploi", DoorKind.OPEN, LEVELS)[0] == [DoorLine(1, "Salon de l’emploi", None)]
        assert read_lines("École A;31", DoorKind.CLASS, ("college",))[0][0].level == "college", "the only level there is"

    @pytest.mark.parametrize(
        ("line", "said"),
        [
            ("", "Écrivez au moins une ligne."),
            (";31", "nom de l’école"),
            ("École", "nommez la classe"),
            ("É;31;maternelle", "« maternelle » n’est pas un niveau"),
            ("É;31;;-1", "nombre attendu"),
            ("É;31;;169000", "nombre attendu"),
            ("É;31;;1e9", "nombre attendu"),
            ("É;31;;NaN", "nombre attendu"),
            ("É;31;;;pas une adresse", "adresse courriel complète"),
            ("É;31;;;;de trop", "plus de cinq cases"),
            ("É" * 200 + ";31", "raccourcissez"),
            ("É;31\né;31", "la même porte qu’à la ligne 1"),
            ("É;1\n" * (MOST_LINES + 1), f"Au plus {MOST_LINES} lignes"),
        ],
    )
    def test_what_is_wrong_is_said_with_its_line(self, app: Flask, line: str, said: str) -> None:
        assert any(said in one for one in faults(line)), faults(line)

    def test_one_wrong_line_opens_nothing_and_all_that_was_typed_stays(self, survey: Survey, agent: Person) -> None:
        typed = "École A ; 31 ; ; 28\nÉcole A ; ; ; 30\nÉcole A ; 33 ; ; trente"
        page = agent.open(f"/personnel/sondages/{survey.ref}/portes/nouvelles").fill("Ouvrir", lines=typed)
        assert page.status == 422
        assert [error[:9] for error in page.errors()[:2]] == ["Ligne 2 :", "Ligne 3 :"]
        assert page.soup.find("textarea").get_text().strip() == typed
        assert db.session.scalar(select(func.count()).select_from(SurveyDoor)) == 0


class TestOpening:
    """Each way in has a code of its own."""

    def test_a_class_list_becomes_codes_that_nobody_confuses(self, survey: Survey, agent: Person) -> None:
        body, mrc = partners(PartnerKind.SCHOOL_BODY, survey.program.region)[0], mrcs(region("14"))[0]
        typed = "\n".join(f"École des Érables ; Groupe {number} ; Secondaire ; 30 ; e@exemple.com" for number in range(30))
        page = agent.open(f"/personnel/sondages/{survey.ref}/portes/nouvelles").fill(
            "Ouvrir", lines=typed, school_body=body.ref, mrc=mrc.slug
        )
        assert "30 portes sont ouvertes." in page.text
        doors = db.session.scalars(select(SurveyDoor)).all()
        assert len({door.code for door in doors}) == 30
        assert all(re.fullmatch(f"[{SIGNS}]{{{CODE_LENGTH}}}", door.code) for door in doors)
        assert not set("01OIL") & set(SIGNS)
        assert not set("AEIOUY") & set(SIGNS) - {"Y"}
        assert {(door.school_body, door.mrc, door.expected) for door in doors} == {(body, mrc, 30)}
        assert page.follow("Page suivante").status == 200, "they go on"

    def test_the_page_of_a_way_in_shows_its_code_large_and_its_address(self, survey: Survey, agent: Person) -> None:
        door = make_door(survey)
        let_answer(door, counted=10, boxed=2)
        page = agent.open(f"/personnel/portes/{door.ref}")
        assert page.soup.select_one(".door-code").text == shown_code(door.code)
        assert f"/s/{door.code}" in page.text
        assert "Réponses reçues 12" in page.text
        drawn = agent.client.get(f"/personnel/portes/{door.ref}/code.svg", base_url=agent.base)
        assert drawn.mimetype == "image/svg+xml"

    def test_a_kiosk_opens_on_the_tablet(self, survey: Survey, agent: Person) -> None:
        door = make_door(survey, DoorKind.KIOSK)
        page = agent.open(f"/personnel/portes/{door.ref}")
        assert page.soup.find("a", string=re.compile("Ouvrir sur cette tablette"))["href"].endswith(f"/s/{door.code}")

    def test_the_same_way_in_is_not_opened_twice(self, survey: Survey) -> None:
        door = make_door(survey, label="Groupe 31")
        with pytest.raises(Refusal, match="déjà ouverte"), unit():
            open_doors(survey, DoorKind.CLASS, [DoorLine(1, "groupe 31", "ÉCOLE DES PEUPLIERS")], by=BOSS)
        with unit():
            shut_door(door, by=BOSS)
            assert open_doors(survey, DoorKind.CLASS, [DoorLine(1, "Groupe 31", "École des Peupliers")], by=BOSS)

    def test_a_survey_that_is_over_opens_no_more(self, survey: Survey, program: Program) -> None:
        door = make_door(survey)
        with unit():
            close_survey(survey, reason="Fin.", by=BOSS)
        for act in (
            lambda: open_doors(survey, DoorKind.CLASS, [DoorLine(1, "X", "Y")], by=BOSS),
            lambda: replace_door(door, by=BOSS),
            lambda: copy_doors(survey, by=BOSS),
        ):
            with pytest.raises(Refusal, match="terminé"), unit():
                act()


class TestShutting:
    """A code that went too far is shut, and replaced."""

    def test_another_takes_its_place_with_a_new_code_and_what_came_by_the_first_stays(self, survey: Survey, agent: Person) -> None:
        door = make_door(survey, contact_email="c@exemple.com", level="secondary")
        let_answer(door, boxed=3)
        page = agent.open(f"/personnel/portes/{door.ref}").fill("Remplacer la porte")
        assert page.h1 == f"École des Peupliers – {door.label}"
        new = db.session.scalars(select(SurveyDoor).where(SurveyDoor.shut_at.is_(None))).one()
        assert new.code != door.code
        assert (new.label, new.expected, new.contact_email, new.level) == (door.label, 20, "c@exemple.com", "secondary")
        old = agent.open(f"/personnel/portes/{door.ref}")
        assert "Porte fermée" in old.text
        assert "Réponses reçues 3" in old.text
        with pytest.raises(Refusal, match="déjà pris la place"), unit():
            replace_door(door, by=BOSS)

    def test_it_is_shut_once(self, survey: Survey, agent: Person) -> None:
        door = make_door(survey)
        page = agent.open(f"/personnel/portes/{door.ref}").fill("Fermer cette porte")
        assert "son code ne répond plus" in page.text
        assert any("a fermé la porte" in one.sentence for one in audit.history(survey))
        with pytest.raises(Refusal, match="déjà fermée"), unit():
            shut_door(door, by=BOSS)


class TestWaves:
    """The next wave takes over the ways in of the one before, in one act."""

    def test_they_are_the_same_with_new_codes_and_those_already_there_stay(self, survey: Survey, program: Program, agent: Person) -> None:
        first, second = make_door(survey, label="31"), make_door(survey, label="32")
        with unit():
            shut_door(make_door(survey, label="33"), by=BOSS)
        wave = make_survey(program, follows=survey)
        mine = make_door(wave, label="32")
        page = agent.open(f"/personnel/sondages/{wave.ref}/portes").fill("Reprendre les portes")
        assert "1 porte est reprise" in page.text
        doors = db.session.scalars(select(SurveyDoor).where(SurveyDoor.survey_id == wave.id).order_by(SurveyDoor.label)).all()
        assert [door.label for door in doors] == ["31", "32"]
        assert doors[1] is mine
        assert doors[0].code not in {first.code, second.code}
        with pytest.raises(Refusal, match="déjà reprises"), unit():
            copy_doors(wave, by=BOSS)

    def test_a_survey_that_follows_none_has_nothing_to_take_over(self, survey: Survey) -> None:
        with pytest.raises(Refusal, match="n’en suit pas un autre"), unit():
            copy_doors(survey, by=BOSS)


class TestSheets:
    """What is put on the board."""

    def test_it_says_the_code_the_address_and_the_last_day(self, survey: Survey, agent: Person, monkeypatch: pytest.MonkeyPatch) -> None:
        said: list[dict[str, object]] = []
        whole = documents.typeset

        def listening(template: str, data: dict[str, object], language: str) -> bytes:
            said.append(data)
            return whole(template, data, language)

        monkeypatch.setattr(documents, "typeset", listening)
        door = make_door(survey)
        answer = agent.client.get(f"/personnel/portes/{door.ref}/affiche-en-a4.pdf", base_url=agent.base)
        assert answer.data.startswith(b"%PDF")
        [data] = said
        assert (data["bilingual"], data["paper"], data["code"]) == (True, "a4", shown_code(door.code))
        assert data["address"] == f"127.0.0.1:8000/s/{door.code}"
        assert data["title"] == {"fr": "Le travail des élèves", "en": "Students at work"}
        assert data["dates"]["en"].startswith("Until ")  # type: ignore[index]

    def test_there_is_no_sheet_where_slips_are_handed_out_nor_of_another_size(self, survey: Survey, agent: Person) -> None:
        door = make_door(survey, DoorKind.INVITATIONS)
        for path in ("affiche-fr-lettre", "affiche-fr-tabloid", "affiche-de-a4"):
            assert agent.client.get(f"/personnel/portes/{door.ref}/{path}.pdf", base_url=agent.base).status_code == 404


def test_a_list_of_ways_in_costs_the_same_for_two_and_for_twenty(program: Program, agent: Person) -> None:
    surveys = [make_survey(program) for _each in range(2)]
    for survey, many in zip(surveys, (2, 20), strict=True):
        for _each in range(many):
            make_door(survey)
    refs, costs = [survey.ref for survey in surveys], []
    for ref in refs:
        db.session.expunge_all()
        with statements() as asked:
            agent.open(f"/personnel/sondages/{ref}/portes")
        costs.append(len(asked))
    assert costs[0] == costs[1]
