"""False answers, hundreds of them, by codes that anyone holds: a portrait is not made of them, and staff decide what they are."""

from __future__ import annotations

import uuid

import pytest
from flask import Flask
from sqlalchemy import select

from certif import portraits
from certif.employers import Establishment, establishments_of
from certif.kit.access import SYSTEM, Role
from certif.kit.db import db, transaction
from certif.kit.errors import Refusal
from certif.portraits.figures import share_of
from certif.portraits.queries import last_release
from certif.programs import Program
from certif.surveys import BoxedResponse, DoorKind, Survey, SurveyDoor, counting, fold, vouching
from certif.surveys.boards import asides_of
from certif.surveys.door_actions import vouch
from certif.surveys.model import Cut
from certif.surveys.running_queries import counts_of
from certif.surveys.vouching import CLASS_AT_MOST, Aside, aside_of, most_of
from certif.territory import Mrc, mrcs, region
from tests.factories import make_employer, make_program, make_staff, unit
from tests.portraits.telling import YEAR
from tests.surveys.asking import BUSY, IDLE, ask, give_links, load_shipped, open_door
from tests.surveys.running import BOSS

TRUE_SHARE, FALSE = 50, 500


@pytest.fixture
def program(app: Flask) -> Program:
    """The program of a small region."""
    load_shipped()
    return make_program(code="14")


@pytest.fixture
def survey(program: Program) -> Survey:
    """Its survey."""
    with transaction():
        return ask(program)


@pytest.fixture
def mrc() -> Mrc:
    """A small MRC."""
    return mrcs(region("14"))[0]


def box(door: SurveyDoor, many: int, *, busy: int, place: Establishment | None = None) -> None:
    """Let so many answer by a way in, `busy` of them at work."""
    with transaction():
        for number in range(many):
            said = {"age": "16_17", **(BUSY if number < busy else IDLE)}
            db.session.add(
                BoxedResponse(
                    id=uuid.uuid4().hex, survey_id=door.survey_id, door_id=door.id, language="fr", answers=said, is_flagged=False,
                    establishment_id=place.id if place else None,
                )
            )  # fmt: skip


def honest(survey: Survey, mrc: Mrc, classes: int = 2) -> list[SurveyDoor]:
    """Let whole classes of thirty answer, half of them at work."""
    with transaction():
        doors = [open_door(survey, mrc_id=mrc.id, level="secondary", expected=30) for _each in range(classes)]
    for door in doors:
        box(door, 30, busy=15)
    return doors


def told_of(program: Program, mrc: Mrc) -> int | None:
    """Count, release, and give the share of students at work in the MRC, as everyone reads it."""
    for survey_id in db.session.scalars(select(Survey.id)).all():
        fold(survey_id)
    with transaction():
        portraits.release_portrait(program, YEAR, by=SYSTEM)
    release = last_release(program)
    assert release is not None
    share = share_of(release.told, "works", "yes", "mrc", mrc.slug)
    return share.percent if share else None


class TestByTheCodeOfAClass:
    """Someone passed the code of a class around, or answers by it all night."""

    def flood(self, survey: Survey, mrc: Mrc) -> SurveyDoor:
        honest(survey, mrc)
        with transaction():
            door = open_door(survey, mrc_id=mrc.id, level="secondary", expected=25)
        box(door, FALSE, busy=FALSE)
        return door

    def test_a_portrait_says_what_it_said_without_them(self, program: Program, survey: Survey, mrc: Mrc) -> None:
        door = self.flood(survey, mrc)
        assert told_of(program, mrc) == TRUE_SHARE
        (found,) = asides_of(survey, BOSS)
        assert (found.door.id, found.aside, found.unplaced) == (door.id, Aside.BEYOND, FALSE)

    def test_without_the_defence_they_make_the_portrait(
        self, program: Program, survey: Survey, mrc: Mrc, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(vouching, "most_of", lambda _door: None)
        self.flood(survey, mrc)
        assert (told_of(program, mrc) or 0) > 90

    def test_those_that_slip_in_before_are_no_more_than_a_class(self, program: Program, survey: Survey, mrc: Mrc) -> None:
        honest(survey, mrc, classes=6)
        with transaction():
            door = open_door(survey, mrc_id=mrc.id, level="secondary", expected=25)
        for _each in range(20):
            box(door, 25, busy=25)
            fold(survey.id)
        assert (told_of(program, mrc) or 100) <= TRUE_SHARE + 10
        assert counts_of([survey.id])[survey.id] == 6 * 30 + 500, "the board still counts all that came"

    def test_those_that_come_before_the_class_are_held_and_erased_and_the_class_keeps_its_place(
        self, program: Program, survey: Survey, mrc: Mrc
    ) -> None:
        honest(survey, mrc, classes=1)
        with transaction():
            door = open_door(survey, mrc_id=mrc.id, level="secondary", expected=30)
        box(door, 30, busy=30)
        agent = make_staff(Role.AGENT, program)
        page = agent.open(f"/personnel/portes/{door.ref}").follow("Mettre ses réponses de côté")
        page = page.fill("Mettre de côté", reason="La classe n’a pas commencé.")
        assert told_of(program, mrc) == TRUE_SHARE, "nothing that is held counts"
        page = agent.open(f"/personnel/portes/{door.ref}").follow("Effacer ses réponses encore dans la boîte")
        page = page.fill("Effacer ces réponses", reason="La classe n’a pas commencé.").fill("Laisser compter")
        assert "mis ses réponses de côté" not in page.text
        box(door, 30, busy=15)
        fold(survey.id)
        assert asides_of(survey, BOSS) == [], "the class has its whole place"
        assert (counts_of([survey.id])[survey.id], told_of(program, mrc)) == (60, TRUE_SHARE)

    def test_not_held_they_take_its_place(self, program: Program, survey: Survey, mrc: Mrc) -> None:
        honest(survey, mrc, classes=1)
        with transaction():
            door = open_door(survey, mrc_id=mrc.id, level="secondary", expected=30)
        box(door, 30, busy=30)
        assert (told_of(program, mrc) or 0) > TRUE_SHARE
        box(door, 30, busy=15)
        assert [one.aside for one in asides_of(survey, BOSS)] == [Aside.BEYOND]

    def test_staff_are_told_why_and_decide_with_a_trace(self, program: Program, survey: Survey, mrc: Mrc) -> None:
        door = self.flood(survey, mrc)
        agent = make_staff(Role.AGENT, program)
        board = agent.open(f"/personnel/sondages/{survey.ref}/suivi")
        assert "Réponses mises de côté" in board.text
        assert f"{FALSE} réponses, pour 30 au plus" in board.text
        assert told_of(program, mrc) == TRUE_SHARE
        manager = make_staff(Role.MANAGER, program).open(f"/personnel/portraits/{program.slug}/{YEAR}")
        assert f"{FALSE} réponses ne comptent pas dans ce portrait" in manager.text
        page = board.follow("Voir cette porte, et que faire").follow("Dire combien de personnes ont ce code")
        wrong = page.fill("Noter ce nombre", people=25, reason="Toute l’école a répondu.")
        assert "C’est déjà le nombre attendu" in wrong.text
        assert "Toute l’école a répondu." in wrong.soup.find("textarea").text
        page = wrong.fill("Noter ce nombre", people=FALSE, reason="Toute l’école a répondu.")
        assert "Réponses mises de côté" not in page.text
        assert "Toute l’école a répondu." in agent.open(f"/personnel/sondages/{survey.ref}").text
        fold(survey.id)
        db.session.rollback()
        assert db.session.query(BoxedResponse).filter_by(door_id=door.id).count() == 0, "they count now"


class TestByTheCodeOfAPlaceOfWork:
    """It hangs where anyone passes."""

    def flood(self, survey: Survey, mrc: Mrc) -> None:
        honest(survey, mrc)
        place = establishments_of(make_employer(mrc=mrc))[0]
        with transaction():
            door = open_door(survey, DoorKind.OPEN)
        box(door, FALSE, busy=FALSE, place=place)

    def test_a_portrait_is_not_made_of_them(self, program: Program, survey: Survey, mrc: Mrc) -> None:
        self.flood(survey, mrc)
        assert told_of(program, mrc) == TRUE_SHARE
        assert asides_of(survey, BOSS) == [], "they count where they were given, and wait for nobody"

    def test_without_the_defence_they_make_it(self, program: Program, survey: Survey, mrc: Mrc, monkeypatch: pytest.MonkeyPatch) -> None:
        def everywhere(self: counting.Places, place: counting.Place, *said: str | None) -> list[tuple[Cut, str]]:
            return honestly(self, place._replace(establishment_id=None), *said)

        honestly = counting.Places.keys
        monkeypatch.setattr(counting.Places, "keys", everywhere)
        self.flood(survey, mrc)
        assert (told_of(program, mrc) or 0) > 80

    def test_alone_they_make_no_portrait(self, program: Program, survey: Survey) -> None:
        place = establishments_of(make_employer())[0]
        with transaction():
            door = open_door(survey, DoorKind.OPEN)
        box(door, FALSE, busy=FALSE, place=place)
        fold(survey.id)
        with pytest.raises(Refusal, match="Il faut au moins"), unit():
            portraits.release_portrait(program, YEAR, by=SYSTEM)


class TestByACodeThatNobodyVouchesFor:
    """A tablet, an address on a poster: how many people were there?"""

    @pytest.mark.parametrize("kind", [DoorKind.SCHOOL, DoorKind.KIOSK, DoorKind.OPEN])
    def test_its_answers_wait_until_somebody_says(self, survey: Survey, kind: DoorKind) -> None:
        with transaction():
            door = open_door(survey, kind)
        box(door, 20, busy=10)
        fold(survey.id)
        (found,) = asides_of(survey, BOSS)
        assert (found.aside, found.unplaced) == (Aside.UNSAID, 20)
        with unit():
            vouch(door, 20, "Vingt personnes au salon.", by=BOSS)
        fold(survey.id)
        assert asides_of(survey, BOSS) == []

    def test_a_class_is_of_forty_at_most_and_a_link_serves_once_anyway(self, survey: Survey) -> None:
        with transaction():
            group, links = open_door(survey, expected=None), open_door(survey, DoorKind.INVITATIONS)
            give_links(links, 3)
        assert aside_of(group, CLASS_AT_MOST) is None
        assert aside_of(group, CLASS_AT_MOST * 2) is Aside.BEYOND
        assert most_of(links) is None
        assert aside_of(links, 10_000) is None
        with pytest.raises(Refusal, match="ne sert qu’une fois"), unit():
            vouch(links, 10, "Pour voir.", by=BOSS)

    def test_a_fifth_more_than_was_said_is_still_believed(self, survey: Survey) -> None:
        with transaction():
            door = open_door(survey, expected=25)
        assert [aside_of(door, count) for count in (25, 30, 31)] == [None, None, Aside.BEYOND]
