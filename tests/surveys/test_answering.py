"""Answering: a minute, without a cookie, and nothing kept but the answer."""

from __future__ import annotations

import pytest
from flask import Flask

from certif.kit.db import db, transaction
from certif.surveys import Survey, SurveyDoor, UnderFourteen
from tests.pages import Page, Visitor
from tests.surveys.asking import BUSY, IDLE, ask, begin, boxed, named, open_door, respond


def test_a_student_answers_in_two_pages(visitor: Visitor, door: SurveyDoor) -> None:
    welcome = visitor.open(f"/s/{door.code}")
    assert "Personne ne saura que c’est vous." in welcome.text
    thanks = respond(visitor, door.code)
    assert thanks.status == 200
    assert thanks.h1 == "Merci !"
    (kept,) = boxed()
    assert kept.answers == {"age": "16_17", **BUSY}
    assert (kept.door_id, kept.language, kept.is_flagged) == (door.id, "fr", False)


def test_english_is_as_good(visitor: Visitor, door: SurveyDoor) -> None:
    page = visitor.open(f"/en/s/{door.code}")
    assert "How old are you?" in page.text
    page = page.fill(None, q__age="16_17", go="page")
    assert page.fill(None, **named(BUSY)).status == 200
    assert [one.language for one in boxed()] == ["en"]


def test_one_question_at_a_time_gives_the_same_answer_and_one_may_go_back(visitor: Visitor, door: SurveyDoor) -> None:
    page, seen = begin(visitor, door.code, stepwise=True), []
    for name in BUSY:
        seen.append(page.h1)
        assert len(page.soup.select("[data-question]")) == 1
        page = page.fill("Continuer", **named({name: BUSY[name]}))
        if name == "works":
            page = page.fill("Revenir")
            page = page.fill("Continuer", **named({"works": "yes"}))
    assert page.h1 == "Merci !"
    assert seen == [f"Question {number}" for number in range(2, 2 + len(BUSY))]
    assert [one.answers for one in boxed()] == [{"age": "16_17", **BUSY}]


def test_who_does_not_work_is_asked_no_more_and_what_is_not_asked_is_ignored(visitor: Visitor, door: SurveyDoor) -> None:
    assert respond(visitor, door.code, {**BUSY, **IDLE}).h1 == "Merci !"
    assert [one.answers for one in boxed()] == [{"age": "16_17", **IDLE}]


def test_what_the_way_in_knows_is_not_asked(visitor: Visitor, survey: Survey) -> None:
    with transaction():
        door = open_door(survey, level="college")
    page = begin(visitor, door.code)
    asked = {root["data-question"] for root in page.soup.select("[data-question]")}
    assert not asked & {"q-age", "q-level", "q-grade"}
    page.fill("Envoyer ma réponse", **named({name: BUSY[name] for name in BUSY if name not in {"level", "grade"}}))
    assert [one.answers["level"] for one in boxed()] == ["college"]


def test_under_fourteen_is_thanked_and_nothing_is_kept(visitor: Visitor, door: SurveyDoor) -> None:
    page = begin(visitor, door.code, "under_14")
    assert page.h1 == "Merci d’avoir voulu répondre"
    assert page.soup.main is not None
    assert not page.soup.main.find("form")
    assert boxed() == []


def test_where_the_region_asks_parents_nothing_is_asked_before_they_agree(visitor: Visitor, survey: Survey) -> None:
    with transaction():
        survey.under_fourteen = UnderFourteen.PARENT
        door = open_door(survey)
    page = begin(visitor, door.code, "under_14")
    assert page.h1 == "Un parent d’abord"
    page = page.fill("Accepter et continuer")
    assert (page.status, page.h1) == (422, "Un parent d’abord")
    page = page.fill("Accepter et continuer", consent=True).fill("Envoyer ma réponse", **named(BUSY))
    assert page.h1 == "Merci !"
    assert [one.answers["age"] for one in boxed()] == ["under_14"]


@pytest.mark.parametrize("stepwise", [False, True])
@pytest.mark.parametrize(
    ("question", "typed", "said"),
    [
        ("hours_week", "-1", "Écrivez 0 ou plus."),
        ("hours_week", "169", "Une semaine n’a que 168 heures"),
        ("hours_week", "121", "Du lundi au vendredi, il n’y a que 120 heures."),
        ("hours_week", "17,5 h", "Arrondissez à l’heure"),
        ("hours_week", "168.1", "Arrondissez à l’heure"),
        ("hours_week", "1e9", "en chiffres"),
        ("hours_week", "NaN", "en chiffres"),
        ("hours_week", "1" + "0" * 400, "en chiffres"),
        ("hours_week", "\u202e71", "en chiffres"),
        ("hours_week", "💼", "en chiffres"),
        ("hours_week", "<script>alert(1)</script>", "en chiffres"),
        ("hours_week", "", "Écrivez un nombre d’heures"),
        ("hours_week", "x" * 500_000, "en chiffres"),
        ("works", "peut-être", "Choisissez parmi les réponses proposées."),
        ("works", ["yes", "no"], "Choisissez une seule réponse."),
        ("works", "", "Choisissez une réponse."),
        ("latest", "\u202e<b>", "Choisissez parmi les réponses proposées."),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_a_sentence_and_kept_on_the_page(
    app: Flask, door: SurveyDoor, question: str, typed: str | list[str], said: str, stepwise: bool
) -> None:
    page = begin(Visitor(app, inspects=False), door.code, stepwise=stepwise)
    page = answered_until(page, question, typed) if stepwise else page.fill("Envoyer ma réponse", **named({**BUSY, question: typed}))
    assert page.status == 422
    assert said in page.text
    assert "<script>alert" not in page.response.get_data(as_text=True)
    assert boxed() == []
    if not stepwise:
        assert page.soup.find(attrs={"name": "q-hours_weekend", "value": "7"}), "what was well typed is still there"
        page = page.fill("Envoyer ma réponse", **named({question: BUSY[question]}))
        assert page.h1 == "Merci !"


def answered_until(page: Page, question: str, typed: object) -> Page:
    for name in BUSY:
        page = page.fill("Continuer", **named({name: typed if name == question else BUSY[name]}))
        if name == question:
            return page
    raise AssertionError(question)


@pytest.mark.parametrize("typed", ["12", " 12 ", "12 h", "12 heures", "１２", "012"])
def test_hours_are_understood_as_people_write_them(visitor: Visitor, door: SurveyDoor, typed: str) -> None:
    respond(visitor, door.code, {**BUSY, "hours_week": typed})
    assert [one.answers["hours_week"] for one in boxed()] == [12]


def test_what_is_implausible_is_kept_with_a_flag(visitor: Visitor, door: SurveyDoor) -> None:
    respond(visitor, door.code, {**BUSY, "hours_week": 25, "hours_weekend": 20})
    assert [one.is_flagged for one in boxed()] == [True]


def test_a_page_that_was_tampered_with_begins_again(visitor: Visitor, door: SurveyDoor) -> None:
    for sheet in ("", "x", "a.b", begin(visitor, door.code).soup.find(attrs={"name": "feuille"})["value"][:-2] + "xx"):  # type: ignore[index,call-overload]
        page = visitor.send(f"/s/{door.code}", {"feuille": sheet, **{f"q-{name}": str(answer) for name, answer in BUSY.items()}})
        assert page.status == 422
        assert "Recommencez" in page.text
    assert boxed() == []


def test_the_sheet_of_another_class_is_not_understood(visitor: Visitor, survey: Survey, door: SurveyDoor) -> None:
    with transaction():
        other = open_door(survey)
    sheet = begin(visitor, other.code).soup.find(attrs={"name": "feuille"})["value"]  # type: ignore[index]
    assert visitor.send(f"/s/{door.code}", {"feuille": sheet}).status == 422  # type: ignore[dict-item]


def test_too_many_hours_are_answered_with_help(visitor: Visitor, door: SurveyDoor) -> None:
    long = {**BUSY, "hours_week": 14, "hours_weekend": 8, "latest": "after_23"}
    young = respond(visitor, door.code, long, age="14_15").text
    assert "vous travaillez 14 h ; à votre âge, c’est au plus 10 h" in young
    assert "vous travaillez 22 h ; à votre âge, c’est au plus 17 h" in young
    assert "Vous n’avez rien fait de mal" in young
    assert "CNESST" in young
    assert "au plus 17 h" not in respond(visitor, door.code, long, age="16_17").text, "nobody knows the birthday of who is 16"
    assert "au plus" not in respond(visitor, door.code, {**BUSY, "hours_week": 10, "hours_weekend": 7}, age="14_15").text
    assert "au plus" not in respond(visitor, door.code, {**long, "kind_of_work": "odd_jobs"}, age="14_15").text


def test_who_answered_sees_public_figures_of_others(visitor: Visitor, door: SurveyDoor) -> None:
    page = respond(visitor, door.code)
    assert "51 %" in page.text
    assert "De 11 à 15 h (vous)" in " ".join(page.soup.select_one(".bands__mine").get_text(" ").split())  # type: ignore[union-attr]
    with transaction():
        other = open_door(db.session.get_one(Survey, door.survey_id), level="college")
    assert "51 %" not in respond(visitor, other.code, {n: a for n, a in BUSY.items() if n not in {"level", "grade"}}).text


def test_parents_and_teachers_are_asked_no_age(visitor: Visitor, survey: Survey) -> None:
    with transaction():
        door = open_door(ask(slug="personnel-enseignant"))
    page = visitor.open(f"/s/{door.code}").fill("Commencer")
    answers = {
        "level": "secondary",
        "share": "many",
        "tired": "weekly",
        "absent": "never",
        "employers_listen": "often",
        "knows_certification": "no",
    }
    page = page.fill("Envoyer ma réponse", **named(answers))
    assert page.h1 == "Merci !"
    assert "Tel-jeunes" not in page.text
    assert "au plus 17 heures par semaine" in page.text, "whoever was asked about the law is told it"
    assert [one.answers for one in boxed()] == [answers]
