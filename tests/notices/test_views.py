"""The pages of notices and questions, as the public, employers and staff use them."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from flask import Flask

from certif import notices
from certif.certification import Stage
from certif.kit.access import VISITOR, Role
from certif.kit.limits import limiter
from certif.programs import Program, Text
from tests.factories import Person, make_certification, make_person, make_program, make_staff, owner_of, unit
from tests.pages import Visitor, _forget_the_request

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def program(app: Flask) -> Program:
    return make_program()


@pytest.fixture
def agent(program: Program) -> Person:
    return make_staff(Role.AGENT, program)


def tell(program: Program, agent: Person, title: str = "Dates", english: str = "") -> notices.ProgramNotice:
    """Publish a notice."""
    said = notices.Words(Text(title, english), Text("Tout change.", english and "All changes."))
    with unit():
        return notices.publish_notice(program, notices.Kind.DATES, said, by=agent.actor)


def test_a_notice_is_published_read_followed_and_withdrawn(visitor: Visitor, program: Program, agent: Person) -> None:
    page = agent.open("/personnel/avis").follow("Publier un avis")
    said = {"title_fr": "L'été", "body_fr": "Fermé en juillet.\n\nOuvert en août.", "kind": "dates"}
    assert page.fill("Publier", program=program.slug, **{**said, "body_fr": ""}).status == 422
    assert page.fill("Publier", program=program.slug, **said, title_en="Summer").status == 409
    assert "L’avis est publié." in page.fill("Publier", program=program.slug, **said).text
    here = f"/programmes/{program.slug}"
    page = visitor.open(here).follow("Les avis du programme")
    assert [page.h1, "Changement de dates" in page.text] == [f"Avis de {program.name}", True]
    english = visitor.open(f"/en{here}/avis")
    assert english.soup.select_one("article h2")["lang"] == "fr"  # type: ignore[index]
    assert "in French only" in english.text
    assert "Ouvert en août." in visitor.open(here).follow("L’été").text
    page = agent.open("/personnel/avis").follow("Retirer")
    assert "Erreur de mois" in page.fill("Retirer", reason="Erreur de mois").text
    assert "L’été" not in visitor.open(f"{here}/avis").text + visitor.open(here).text


def test_the_feed_says_the_same_in_both_languages_without_a_cookie(visitor: Visitor, program: Program, agent: Person) -> None:
    tell(program, agent, "Été & automne", "Summer & fall")
    tell(program, agent, "Sans anglais")
    for start, words in (("", ["Sans anglais", "Été & automne"]), ("/en", ["Sans anglais", "Summer & fall"])):
        _forget_the_request()
        answer = visitor.client.get(f"{start}/programmes/{program.slug}/avis.atom", base_url=visitor.base)
        feed = ET.fromstring(answer.data)
        assert [entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry")] == words
        assert "Set-Cookie" not in answer.headers


def test_the_newest_notice_is_in_the_space_of_employers_of_that_program_alone(program: Program, agent: Person) -> None:
    mine, other = make_certification(Stage.AWAITING_CONTRACT, program), make_certification(Stage.AWAITING_CONTRACT)
    tell(program, agent, "La plus vieille")
    tell(program, agent, "La plus neuve")
    page = make_person(owner_of(mine.employer)).open("/mon-espace")
    assert "La plus neuve" in page.text
    assert "La plus vieille" not in page.text
    assert page.follow("Lire l’avis").h1 == "La plus neuve"
    assert "La plus neuve" not in make_person(owner_of(other.employer)).open("/mon-espace").text


def test_a_question_is_asked_answered_and_published_without_its_words(visitor: Visitor, program: Program, agent: Person) -> None:
    here = f"/programmes/{program.slug}/questions"
    page = visitor.open(here).follow("Poser une question")
    assert page.fill("Envoyer", question="", email="pas une adresse").status == 422
    assert "entre les mains" in page.fill("Envoyer", question="Moi, Zoé, quand dois-je payer ?", email="zoe@exemple.com").text
    page = agent.open("/personnel/questions").follow("Moi, Zoé")
    answer = page.follow("Publier une réponse")
    page = answer.fill("Publier", question_fr="Quand payer ?", answer_fr="Avant.", question_en="When?", answer_en="Before.")
    assert "Rien" not in page.text or page.status == 200
    shown = visitor.open(f"/en{here}")
    assert "Before." in shown.text
    assert "Zoé" not in shown.text
    page = agent.open("/personnel/questions?etat=reglees").follow("Moi, Zoé").follow("Retirer la réponse")
    assert "Erreur" in page.fill("Retirer", reason="Erreur").text
    assert "Before." not in visitor.open(f"/en{here}").text


def test_a_question_is_answered_to_one_person_or_set_aside(program: Program, agent: Person, letters) -> None:  # type: ignore[no-untyped-def]
    with unit():
        first, second = (
            notices.ask_question(program, "Why?", email=email, language="en", by=VISITOR) for email in ("zoe@exemple.com", None)
        )
    page = agent.open(f"/personnel/questions/{first.ref}").follow("Répondre à la personne")
    page.fill("Envoyer", answer="Because.")
    assert "Because." in letters.last("zoe@exemple.com").body
    page = agent.open(f"/personnel/questions/{second.ref}")
    assert "Répondre à la personne" not in page.text
    page.follow("Mettre de côté").fill("Mettre de côté", reason="Pourriel")
    assert "Pourriel" in agent.open(f"/personnel/questions/{second.ref}").text


def test_the_eleventh_question_of_an_hour_is_refused(visitor: Visitor, program: Program) -> None:
    limiter.enabled = True
    limiter.reset()
    try:
        page = visitor.open(f"/programmes/{program.slug}/questions/nouvelle")
        told = [page.fill("Envoyer", question=f"Question {number} ?").status for number in range(11)]
    finally:
        limiter.reset()
        limiter.enabled = False
    assert told[-2:] == [200, 429]


@pytest.mark.parametrize("path", ["avis", "questions", "questions/nouvelle", "avis.atom"])
def test_a_program_that_offers_nothing_says_nothing(visitor: Visitor, path: str) -> None:
    with unit():
        from certif.kit.access import SYSTEM
        from certif.programs import create_program
        from certif.territory import PartnerKind, partners, region

        create_program("Secret", region=region("14"), body=partners(PartnerKind.IRC, region("14"))[0], by=SYSTEM)
    assert visitor.open(f"/programmes/secret/{path}").status == 404


def test_lists_go_on_to_a_next_page(visitor: Visitor, program: Program, agent: Person) -> None:
    for number in range(26):
        tell(program, agent, f"Avis no {number}")
    page = visitor.open(f"/programmes/{program.slug}/avis")
    assert len(page.soup.select("article")) == 25
    assert len(page.follow("Page suivante").soup.select("article")) == 1
    assert len(agent.open("/personnel/avis").follow("Page suivante").soup.select(".entry")) == 1
