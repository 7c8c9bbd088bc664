"""What others say: a story only while its employer agrees, testimonials that staff read, the watch."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from certif.certification import Certification, Stage
from certif.kit import clock
from certif.kit.access import Role
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.library import tools_of
from certif.library.model import ToolKind
from certif.library.retention import forget_testimonials
from certif.library.word_actions import note_watch, publish_testimonial, withdraw_testimonial
from certif.library.word_model import Testimonial as Offered
from certif.standing import suspend
from certif.territory import PartnerKind, add_partner, mrcs
from tests import factories
from tests.factories import Person, make_person, unit
from tests.library.making import BOSS, make_note, make_testimonial, make_tool, publish
from tests.pages import Visitor


def certified() -> tuple[Certification, Person]:
    """Give a certified employer, and its owner."""
    certification = factories.make_certification(Stage.CERTIFIED)
    return certification, make_person(factories.owner_of(certification.employer))


def test_a_story_is_shown_only_while_its_employer_agrees(app: object, visitor: Visitor) -> None:
    certification, owner = certified()
    story = make_tool(certification.program, "Un boss qui écoute", kind=ToolKind.STORY, employer=certification.employer)
    assert visitor.open(f"/outils/{story.slug}").status == 404
    space = owner.open("/mon-espace")
    assert "Un bon coup à votre sujet" in space.soup.find(class_="notice").get_text(), "what awaits an answer comes before the badge"
    page = space.follow("Le lire, puis décider")
    assert page.h1 == "Un boss qui écoute"
    page = page.fill("Accepter la publication")
    assert page.status == 422, "the box is not ticked"
    page = page.fill("Accepter la publication", agreed=True)
    assert visitor.open(f"/outils/{story.slug}").status == 200
    assert story.title in visitor.open("/outils").text
    assert owner.open("/mon-espace").soup.find(class_="notice") is None, "and nothing comes first once it is answered"
    page.fill("Retirer mon accord")
    assert visitor.open(f"/outils/{story.slug}").status == 404
    assert visitor.client.get(f"/outils/{story.slug}/fiche.pdf", base_url=visitor.base).status_code == 404
    assert story.title not in visitor.open("/outils").text


def test_a_story_told_otherwise_awaits_its_employer_again(app: object, visitor: Visitor) -> None:
    certification, owner = certified()
    story = make_tool(certification.program, "Un boss", kind=ToolKind.STORY, employer=certification.employer)
    page = owner.open("/mon-espace").follow("Le lire, puis décider")
    publish(story)
    assert "vient d’être réécrit" in " ".join(page.fill("Accepter la publication", agreed=True).errors())
    owner.open("/mon-espace").follow("Le lire, puis décider").fill("Accepter la publication", agreed=True)
    assert visitor.open(f"/outils/{story.slug}").status == 200
    publish(story)
    assert visitor.open(f"/outils/{story.slug}").status == 404


def test_a_story_is_read_by_its_employer_and_by_no_other(app: object) -> None:
    certification, owner = certified()
    make_tool(certification.program, kind=ToolKind.STORY, employer=certification.employer)
    path = owner.open("/mon-espace").follow("Le lire, puis décider").path
    assert certified()[1].open(path).status == 404


def test_a_story_that_awaits_its_employer_is_known_to_those_of_the_whole_program_alone(app: object) -> None:
    certification, owner = certified()
    program = certification.program
    story = make_tool(program, kind=ToolKind.STORY, employer=certification.employer)
    with unit():
        elsewhere = add_partner("CJE d’ailleurs", kind=PartnerKind.CJE, source="Test", mrcs=mrcs(program.region)[-1:], by=BOSS)
    partner = factories.make_staff(Role.PARTNER, program, partner=elsewhere)
    path = f"/personnel/bibliotheque/outils/{story.slug}"
    assert factories.make_staff(Role.AGENT, program).open(path).status == 200
    assert partner.open(path).status == 404
    assert story not in tools_of(program), "nor is it handed out"
    owner.open("/mon-espace").follow("Le lire, puis décider").fill("Accepter la publication", agreed=True)
    assert partner.open(path).status == 200
    assert story in tools_of(program)


def test_a_story_names_a_certified_employer_of_the_program(app: object) -> None:
    certification, _owner = certified()
    manager = factories.make_staff(Role.MANAGER, certification.program)
    page = manager.open("/personnel/bibliotheque/nouveau")
    page = page.fill(None, title_fr="Un bon coup", kind="story", employer="Personne inc.")
    assert "Aucun employeur certifié" in " ".join(page.errors())
    assert page.fill(None, employer=certification.employer.legal_name).h1.startswith("Version 1")


def test_a_testimonial_goes_from_an_employer_to_the_public_and_back(app: object, visitor: Visitor) -> None:
    certification, owner = certified()
    words = "Nos élèves restent plus longtemps."
    page = owner.open("/mon-espace").follow("Témoigner de ma certification")
    page = page.fill("Offrir ce témoignage", program=certification.program.slug, words=words, agreed=True)
    assert "En lecture" in page.text
    assert words not in visitor.open("/outils/temoignages").text, "staff read it first"
    agent = factories.make_staff(Role.AGENT, certification.program)
    agent.open("/personnel/temoignages").fill("Publier")
    shown = visitor.open("/outils/temoignages").text
    assert words in shown
    assert certification.employer.name in shown
    owner.open(page.path).fill("Retirer ce témoignage")
    assert words not in visitor.open("/outils/temoignages").text
    assert db.session.scalars(select(Offered.words)).all() == [""], "its words are forgotten"


def test_an_employer_is_told_why_its_testimonial_is_set_aside(app: object, visitor: Visitor) -> None:
    certification, owner = certified()
    offered = make_testimonial(certification.employer, certification.program, owner.actor)
    agent = factories.make_staff(Role.AGENT, certification.program)
    agent.open(f"/personnel/temoignages/{offered.ref}/mise-de-cote").fill(None, reason="Il nomme un élève.")
    assert "Il nomme un élève." in owner.open(f"/mon-espace/temoignages/{certification.employer.ref}").text
    assert offered.words not in visitor.open("/outils/temoignages").text
    with pytest.raises(Refusal, match="déjà été lu"), unit():
        publish_testimonial(offered, by=BOSS)


def test_a_testimonial_is_not_shown_while_its_employer_is_suspended(app: object, visitor: Visitor) -> None:
    certification, owner = certified()
    offered = make_testimonial(certification.employer, certification.program, owner.actor)
    with unit():
        publish_testimonial(offered, by=BOSS)
    assert offered.words in visitor.open("/outils/temoignages").text
    manager = factories.make_staff(Role.MANAGER, certification.program)
    with unit():
        suspend(certification, "Vérification.", by=manager.actor)
    assert offered.words not in visitor.open("/outils/temoignages").text


def test_one_testimonial_at_a_time_and_from_certified_employers_only(app: object) -> None:
    certification, owner = certified()
    make_testimonial(certification.employer, certification.program, owner.actor)
    with pytest.raises(Refusal, match="attend encore"):
        make_testimonial(certification.employer, certification.program, owner.actor)
    other = factories.make_certification(Stage.AWAITING_VALIDATION)
    with pytest.raises(Refusal, match="Seuls les employeurs certifiés"):
        make_testimonial(other.employer, other.program, BOSS)
    assert "une fois certifié" in make_person(factories.owner_of(other.employer)).open(f"/mon-espace/temoignages/{other.employer.ref}").text


def test_what_was_set_aside_is_forgotten_after_two_years_and_what_is_shown_stays(app: object) -> None:
    certification, owner = certified()
    first = make_testimonial(certification.employer, certification.program, owner.actor, "Premier.")
    factories.make_staff(Role.AGENT, certification.program).open(f"/personnel/temoignages/{first.ref}/mise-de-cote").fill(
        None, reason="Non."
    )
    second = make_testimonial(certification.employer, certification.program, owner.actor, "Second.")
    with unit():
        publish_testimonial(second, by=BOSS)
    for days, expected in ((729, ["Premier.", "Second."]), (731, ["", "Second."])):
        with clock.frozen(clock.now() + dt.timedelta(days=days)):
            forget_testimonials()
        assert db.session.scalars(select(Offered.words).order_by(Offered.id)).all() == expected


def test_a_testimonial_is_taken_back_once(app: object) -> None:
    certification, owner = certified()
    offered = make_testimonial(certification.employer, certification.program, owner.actor)
    with unit():
        withdraw_testimonial(offered, by=owner.actor)
    with pytest.raises(Refusal, match="déjà retiré"), unit():
        withdraw_testimonial(offered, by=owner.actor)


def test_the_watch_is_written_by_staff_and_public_where_they_say_so(app: object, visitor: Visitor) -> None:
    program = factories.make_program()
    agent = factories.make_staff(Role.AGENT, program)
    page = agent.open("/personnel/veille/nouvelle")
    typed = {"program": program.slug, "topic": "law", "title": "Une loi ailleurs", "body": "À retenir."}
    page = page.fill(None, **typed, link="javascript:alert(1)")
    assert "commence par https" in " ".join(page.errors())
    page.fill(None, link="https://exemple.com/loi", is_public=True)
    make_note(program, "Entre nous", is_public=False)
    public = visitor.open("/outils/veille")
    assert "Une loi ailleurs" in public.text
    assert "Entre nous" not in public.text
    assert "Entre nous" in agent.open("/personnel/veille").text
    assert "Une loi ailleurs" not in visitor.open("/outils/veille?sujet=work").text
    stranger = factories.make_staff(Role.AGENT, factories.make_program(code="02"))
    assert "Entre nous" not in stranger.open("/personnel/veille").text


def test_a_note_is_withdrawn_by_those_who_may_write_it(app: object, visitor: Visitor) -> None:
    program = factories.make_program()
    of_all, own = make_note(None, "De la province"), make_note(program, "Du programme")
    agent = factories.make_staff(Role.AGENT, program)
    assert agent.open(f"/personnel/veille/{of_all.ref}/retrait").status == 404
    agent.open(f"/personnel/veille/{own.ref}/retrait").fill(None)
    assert "Du programme" not in visitor.open("/outils/veille").text
    assert "De la province" in visitor.open("/outils/veille").text
    with pytest.raises(Refusal, match="ne permet pas de tenir la veille"), unit():
        note_watch(None, "x", "y", topic=own.topic, link="", language="fr", is_public=True, by=agent.actor)  # type: ignore[arg-type]
