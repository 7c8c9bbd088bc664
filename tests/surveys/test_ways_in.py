"""Ways in: codes as people type them, links that serve once, devices passed around; and pages that keep nothing of who came."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select

from certif.employers import establishments_of
from certif.kit.db import db, transaction
from certif.kit.once import AnsweredPost
from certif.surveys import DoorKind, Survey, SurveyDoor, SurveyInvitation
from tests.factories import make_certification
from tests.pages import Page, Visitor
from tests.public.codes import code_of
from tests.statements import statements
from tests.surveys.asking import BUSY, IDLE, ask, begin, boxed, give_links, named, open_door, respond


@pytest.mark.parametrize(
    ("opens", "closes", "status", "said"),
    [(1, 30, 409, "Ce sondage n’est pas encore ouvert"), (-30, -1, 410, "Ce sondage est terminé")],
)
def test_out_of_its_days_a_survey_says_so(visitor: Visitor, survey: Survey, opens: int, closes: int, status: int, said: str) -> None:
    with transaction():
        door = open_door(ask(opens=opens, closes=closes))
    for page in (visitor.open(f"/s/{door.code}"), visitor.send(f"/s/{door.code}", {"q-age": "16_17"})):
        assert (page.status, page.h1) == (status, said)


def test_a_wrong_code_says_what_to_do_and_a_shut_one_too(visitor: Visitor, door: SurveyDoor) -> None:
    page = visitor.open("/s/WRONG9")
    assert (page.status, page.h1) == (404, "Ce code n’ouvre aucun sondage")
    with transaction():
        door.shut_at, door.shut_by = door.opened_at, "x"
    assert visitor.open(f"/s/{door.code}").h1 == "Ce code ne sert plus"


def test_a_code_is_typed_in_many_ways(visitor: Visitor, survey: Survey) -> None:
    with transaction():
        door = open_door(survey)
        door.code = "B0K7M1"
    for typed in ("b0k7m1", "B0K-7M1", " B0K 7M1 ", "BOK7MI", "bok7ml"):
        page = visitor.open("/s").fill("Répondre", code=typed)
        assert page.h1 == survey.title_fr, typed
    assert visitor.open("/s?code=..").h1 == "J’ai un code de sondage"


def test_a_link_serves_once_and_a_mistake_does_not_burn_it(visitor: Visitor, survey: Survey) -> None:
    with transaction():
        door = open_door(survey, DoorKind.INVITATIONS)
        (link,) = give_links(door)
    assert visitor.open(f"/s/{door.code}").status == 404, "the code of such a way in opens nothing by itself"
    page = begin(visitor, link)
    wrong = page.fill("Envoyer ma réponse", **named({**BUSY, "hours_week": "beaucoup"}))
    assert wrong.status == 422
    assert db.session.scalar(select(SurveyInvitation.used_on)) is None
    sent = wrong.fill("Envoyer ma réponse", **named(BUSY))
    again = wrong.fill("Envoyer ma réponse", **named(BUSY))
    assert (sent.h1, again.h1) == ("Merci !", "Merci !"), "pressed twice"
    assert len(boxed()) == 1
    late = visitor.open(f"/s/{link}")
    assert (late.status, late.h1) == (410, "Ce lien a déjà servi")
    assert begin_again(visitor, link, page).status == 409
    assert len(boxed()) == 1


def begin_again(visitor: Visitor, link: str, page: Page) -> Page:
    """Send, after the link has served, a sheet that was begun before with another mark."""
    from certif.surveys.sheets import Sheet
    from certif.surveys.ways import way_at

    way = way_at(link)
    assert way is not None
    return visitor.send(
        f"/s/{link}", {"feuille": Sheet(answers={"age": "16_17"}).written(way), **{f"q-{n}": str(a) for n, a in IDLE.items()}}
    )


def test_the_same_sheet_sent_twice_is_one_answer(visitor: Visitor, door: SurveyDoor) -> None:
    page = begin(visitor, door.code)
    for _press in range(3):
        assert page.fill("Envoyer ma réponse", **named(BUSY)).h1 == "Merci !"
    assert len(boxed()) == 1
    assert db.session.scalar(select(func.count()).select_from(AnsweredPost)) == 0, "no instant is noted"


def test_a_device_that_is_passed_around_begins_anew(visitor: Visitor, survey: Survey) -> None:
    with transaction():
        door = open_door(survey, DoorKind.KIOSK)
    thanks = respond(visitor, door.code)
    assert thanks.response.headers["Cache-Control"] == "no-store"
    assert not [link for link in thanks.soup.main.find_all("a") if link["href"].startswith("http")]  # type: ignore[union-attr]
    again = thanks.follow("Passer à la personne suivante")
    assert again.h1 == survey.title_fr
    assert not again.soup.select("main [checked]")


def test_the_pages_read_no_cookie_and_set_none(visitor: Visitor, door: SurveyDoor) -> None:
    pages = [visitor.open("/s"), visitor.open(f"/s/{door.code}"), begin(visitor, door.code), respond(visitor, door.code)]
    for page in pages:
        assert "Set-Cookie" not in page.response.headers
        assert "Cookie" not in page.response.headers.get("Vary", "")
    assert len(visitor.client._cookies or {}) == 0  # type: ignore[attr-defined]


def test_a_post_from_another_site_is_refused(app: Flask, door: SurveyDoor) -> None:
    client = app.test_client()
    data = {"q-age": "16_17"}
    for headers in ({"Origin": "https://ailleurs.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}):
        assert client.post(f"/s/{door.code}", data=data, headers=headers, base_url="http://127.0.0.1:8000").status_code == 400
    assert (
        client.post(f"/s/{door.code}", data=data, headers={"Origin": "http://127.0.0.1:8000"}, base_url="http://127.0.0.1:8000").status_code
        == 200
    )


def test_answering_costs_few_statements(visitor: Visitor, survey: Survey) -> None:
    with transaction():
        code = open_door(survey).code
        first, second = give_links(open_door(survey, DoorKind.INVITATIONS), 2)
    respond(visitor, first)  # what is asked is read once in each process
    for way, most in ((code, 3), (second, 4)):  # a link is crossed out besides
        with statements() as sent:
            page = visitor.open(f"/s/{way}")
        assert len(sent) <= 1, sent
        with statements() as sent:
            page = page.fill("Commencer", q__age="16_17")
        assert len(sent) <= 1, sent
        with statements() as sent:
            page.fill("Envoyer ma réponse", **named(BUSY))
        assert len(sent) <= most, sent


def test_from_the_code_of_an_employer_one_finds_the_survey_and_says_where_one_works(visitor: Visitor, survey: Survey) -> None:
    certification = make_certification()
    code, place = code_of(certification), establishments_of(certification.employer)[0]
    assert "Répondre au sondage" not in visitor.open(f"/v/{code}").text
    assert visitor.open(f"/s/e/{code}").status == 404
    with transaction():
        open_door(ask(certification.program), DoorKind.OPEN)
    page = visitor.open(f"/v/{code}").follow("Répondre au sondage")
    assert place.name in page.text
    assert "Votre réponse dira dans quel établissement vous travaillez." in page.text
    page = page.fill("Commencer", q__age="16_17")
    asked = {root["data-question"] for root in page.soup.select("[data-question]")}
    assert "q-sector" not in asked, "the sector of the employer is known"
    assert page.fill("Envoyer ma réponse", **named({name: BUSY[name] for name in BUSY if name != "sector"})).h1 == "Merci !"
    (kept,) = boxed()
    assert kept.establishment_id == place.id
    assert kept.answers["sector"] in {certification.employer.sector, "other"}


def test_no_survey_is_offered_where_none_is_open_to_anyone(visitor: Visitor, survey: Survey) -> None:
    certification = make_certification()
    with transaction():
        open_door(ask(certification.program), DoorKind.CLASS)
        open_door(ask(certification.program, opens=-9, closes=-1), DoorKind.OPEN)
        open_door(ask(certification.program, "parents"), DoorKind.OPEN)
    assert "Répondre au sondage" not in visitor.open(f"/v/{code_of(certification)}").text
