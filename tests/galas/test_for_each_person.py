"""What is made for each person: a diploma in their language, slides in English too, and a way to their own galas."""

from __future__ import annotations

from flask import Flask

from certif.galas import papers
from tests import factories
from tests.campaigns.making import make_campaign
from tests.factories import unit
from tests.galas.making import make_gala, make_organiser
from tests.galas.test_evening import text_of
from tests.selections.making import make_laureate


def test_slides_are_made_in_english_too_and_a_diploma_in_the_language_of_each_person(app: Flask) -> None:
    campaign = make_campaign(factories.make_program())
    gala = make_gala(campaign.program, campaign)
    student = make_laureate(campaign, student="Jade Wilson", agrees=("laureate_student",))
    make_laureate(campaign, student="Noé Roy", agrees=("laureate_student",))
    assert student.nomination is not None
    with unit():
        student.nomination.language = "en"
    slides = text_of(papers.PAPERS["projection-anglais"](gala))
    assert gala.name_en in slides and "with Jade Wilson" in slides and "“" in slides
    assert gala.name_en not in text_of(papers.PAPERS["projection"](gala))
    french, own = (text_of(papers.PAPERS[name](gala)) for name in ("diplomes", "diplomes-selon-la-langue"))
    assert french.count("remet ce diplôme à") == 2
    assert own.count("remet ce diplôme à") == 1, "Noé’s; Jade’s is in English"
    assert "awards this diploma to" in own


def test_jurors_and_organisers_are_led_there_from_their_own_space(app: Flask) -> None:
    gala = make_gala(factories.make_program())
    organiser, stranger = make_organiser(gala), factories.make_person()
    assert organiser.open("/mon-espace").follow("Mes galas").follow("Gala des réussites").h1 == "Gala des réussites"
    assert "Mes galas" not in stranger.open("/mon-espace").text
    assert organiser.open("/mes-galas").follow("Revenir").h1 == "Mon espace"
