"""A bulletin: composed of blocks, seen as a letter and as a page before it leaves, kept for anyone to read after."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from flask import Flask
from sqlalchemy import select

from certif.bulletins import BlockKind, Bulletin
from certif.bulletins.actions import BlockTerms, add_block, drop_block, edit_block, move_block, prepare_bulletin, withdraw_bulletin
from certif.bulletins.model import BulletinBlock
from certif.bulletins.parts import parts_of
from certif.certification import Stage
from certif.kit.access import SYSTEM, Role
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.library.word_actions import publish_testimonial, withdraw_testimonial
from certif.mailings import Mailing, confirm_mailing, sending
from certif.programs import Program, Text
from tests.bulletins.making import make_block, make_bulletin, make_ready, make_subscriber, make_tool
from tests.campaigns.making import make_campaign
from tests.conftest import Mailbox
from tests.factories import Person, lead_to, make_certification, make_person, make_program, make_staff, owner_of, unit
from tests.library.making import make_testimonial
from tests.pages import Visitor, _forget_the_request
from tests.selections.making import make_laureate

NAME = "bulletins/bulletin_published"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def program(app: Flask) -> Program:
    """A program of region 14."""
    return make_program(code="14", name="Programme de Lanaudière")


@pytest.fixture
def agent(program: Program) -> Person:
    """Someone who works for it."""
    return make_staff(Role.AGENT, program)


def agreed(mailing: Mailing, by: Person) -> None:
    with unit():
        confirm_mailing(mailing, by=by.actor)


def leave(mailing: Mailing, by: Person) -> None:
    """Agree to a mailing, and let its letters be written."""
    agreed(mailing, by)
    sending.send_mailing(mailing.ref)


def sent(letters: Mailbox) -> list[str]:
    return [one.to_address for one in letters.all() if one.name == NAME]


class TestComposing:
    """From the first word to what is seen before it leaves."""

    def test_every_kind_of_block_is_added_seen_as_a_letter_and_as_a_page(self, program: Program, agent: Person) -> None:
        certification = make_certification(Stage.CERTIFIED, program, legal_name="Librairie du Parc inc.")
        code = certification.badges[0].verification.code
        campaign = make_campaign(program)
        make_tool(program, "examens")
        page = agent.open("/personnel/bulletins/nouveau").fill("Commencer", title_fr="Bonjour l’automne", title_en="Hello, Fall")
        assert page.h1 == "Bonjour l’automne"
        blocks: dict[str, dict[str, object]] = {
            "Texte": {"title_fr": "Un mot", "body_fr": "Premier.\n\nSecond.", "body_en": "First."},
            "Outil de la bibliothèque": {"tool": "examens"},
            "Histoire d’un employeur certifié": {"employer": f"https://certif.exemple/v/{code}", "body_fr": "Les horaires sont souples."},
            "Date à retenir": {"held_on": "2040-02-12", "title_fr": "Journées de la persévérance"},
        }
        for kind, typed in blocks.items():
            page = page.follow(f"Ajouter : {kind}").fill("Ajouter le bloc", **typed)
            assert page.status == 200, page.errors()
        assert agent.open(f"{page.path}/blocs/nouveau/laureats").h1 == "Ajouter un bloc"
        with unit():
            bulletin = db.session.scalars(select(Bulletin)).one()
            add_block(bulletin, BlockKind.LAUREATES, BlockTerms(Text("Bravo"), Text(), campaign=campaign), by=SYSTEM)
        page = agent.open(page.path)
        for said in ("Second.", "Fiche examens", "Librairie du Parc inc.", "12 février 2040", "Bravo", "First.", "Hello, Fall"):
            assert said in page.text, said
        seen = agent.open(f"{page.path}/apercu")
        assert f"/v/{code}" in str(seen.soup.main)
        assert "Aperçu" in seen.text

    def test_blocks_are_moved_edited_and_taken_out(self, program: Program, agent: Person) -> None:
        bulletin = make_bulletin(program)
        make_block(bulletin, title="Deuxième")
        path = f"/personnel/bulletins/{bulletin.ref}"
        agent.open(path).fill("Descendre", vers="bas")
        assert [one.title_fr for one in bulletin.blocks] == ["Deuxième", "Une bonne idée"]
        agent.open(path).follow("Deuxième").fill("Enregistrer", title_fr="Troisième")
        agent.open(path).fill("Retirer")
        db.session.expire_all()
        assert len(bulletin.blocks) == 1
        with pytest.raises(Refusal, match="déjà le premier"), unit():
            move_block(bulletin.blocks[0], is_up=True, by=SYSTEM)

    @pytest.mark.parametrize("stage", [Stage.AWAITING_VALIDATION, Stage.SUSPENDED, Stage.REVOKED])
    def test_only_a_certified_employer_has_a_story(self, program: Program, agent: Person, stage: Stage) -> None:
        employer = make_certification(stage, program, legal_name="Garage Untel inc.").employer
        bulletin = make_bulletin(program)
        page = agent.open(f"/personnel/bulletins/{bulletin.ref}/blocs/nouveau/histoire")
        page = page.fill("Ajouter le bloc", employer="Garage Untel inc.", body_fr="Bravo.")
        assert page.errors() == ["Aucun employeur certifié par ce programme n’a ce nom ni ce code."]
        with pytest.raises(Refusal, match="pas certifié"), unit():
            add_block(bulletin, BlockKind.STORY, BlockTerms(Text("x"), Text("y"), employer=employer), by=SYSTEM)

    def test_a_story_whose_certification_lapsed_stops_the_bulletin_and_loses_its_link(self, program: Program, agent: Person) -> None:
        certification = make_certification(Stage.CERTIFIED, program)
        bulletin = make_bulletin(program)
        make_block(bulletin, BlockKind.STORY, employer=certification.employer)
        make_subscriber(program)
        assert parts_of(bulletin, "fr")[-1].url is not None
        lead_to(certification, Stage.SUSPENDED)
        assert parts_of(bulletin, "fr")[-1].url is None
        with pytest.raises(Refusal, match="n’est plus un employeur certifié"):
            make_ready(bulletin, agent.actor)

    def test_a_testimonial_is_quoted_while_its_employer_agrees(self, program: Program, agent: Person, letters: Mailbox) -> None:
        certification = make_certification(Stage.CERTIFIED, program, legal_name="Boulangerie du coin inc.")
        owner = make_person(owner_of(certification.employer))
        offered, bulletin = make_testimonial(certification.employer, program, owner.actor), make_bulletin(program)
        address = f"/personnel/bulletins/{bulletin.ref}/blocs/nouveau/temoignage"
        assert "Aucun témoignage publié" in agent.open(address).text
        with pytest.raises(Refusal, match="n’est plus publié"), unit():
            add_block(bulletin, BlockKind.TESTIMONIAL, BlockTerms(Text("x"), Text(), testimonial=offered), by=SYSTEM)
        with unit():
            publish_testimonial(offered, by=agent.actor)
        page = agent.open(address).fill("Ajouter le bloc", testimonial=offered.ref)
        assert "Boulangerie du coin inc." in page.text
        make_subscriber(program)
        part = parts_of(bulletin, "en")[-1]
        assert (part.quote, part.quoted) == ("Nos élèves restent.", "fr")
        assert agent.open(f"/personnel/bulletins/{bulletin.ref}/apercu").follow("Lire d’autres témoignages").status == 200
        leave(make_ready(bulletin, agent.actor), agent)
        assert "Nos élèves restent." in letters.all()[-1].body
        archived = f"/bulletins/{bulletin.ref}"
        assert "Nos élèves restent." in agent.open(archived).text
        with unit():
            withdraw_testimonial(offered, by=owner.actor)
        assert "Nos élèves restent." not in agent.open(archived).text

    def test_a_testimonial_that_was_taken_back_stops_the_bulletin(self, program: Program, agent: Person) -> None:
        certification = make_certification(Stage.CERTIFIED, program)
        owner = make_person(owner_of(certification.employer))
        offered, bulletin = make_testimonial(certification.employer, program, owner.actor), make_bulletin(program)
        with unit():
            publish_testimonial(offered, by=agent.actor)
        make_block(bulletin, BlockKind.TESTIMONIAL, testimonial=offered)
        make_subscriber(program)
        with unit():
            withdraw_testimonial(offered, by=owner.actor)
        with pytest.raises(Refusal, match="n’est plus publié"):
            make_ready(bulletin, agent.actor)

    def test_laureates_are_named_only_as_they_agreed_when_it_is_read(self, program: Program) -> None:
        campaign = make_campaign(program)
        make_laureate(campaign)
        bulletin = make_bulletin(program)
        make_block(bulletin, BlockKind.LAUREATES, campaign=campaign)
        assert parts_of(bulletin, "fr")[-1].lines == [], "nothing before the results are told"

    def test_what_is_typed_is_text_in_the_page_and_no_link_in_the_letter(self, program: Program, agent: Person, letters: Mailbox) -> None:
        bulletin, hostile = make_bulletin(program), "<script>alert(1)</script> www.hameçon.example"
        with unit():
            edit_block(bulletin.blocks[0], BlockTerms(Text("<b>Gras</b>"), Text(hostile)), by=SYSTEM)
        make_subscriber(program)
        agent.inspects = False
        page = agent.open(f"/personnel/bulletins/{bulletin.ref}/apercu")
        assert "<script>alert(1)" not in page.response.get_data(as_text=True)
        assert page.soup.main.b is None  # type: ignore[union-attr]
        leave(make_ready(bulletin, agent.actor), agent)
        assert "www.hameçon.example" not in letters.all()[-1].body

    def test_a_bulletin_has_twenty_blocks_at_most_and_one_at_least(self, program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("certif.bulletins.actions.MOST_BLOCKS", 1)
        bulletin = make_bulletin(program)
        make_subscriber(program)
        with pytest.raises(Refusal, match="au plus 1 bloc"):
            make_block(bulletin)
        with unit():
            drop_block(bulletin.blocks[0], by=SYSTEM)
        with pytest.raises(Refusal, match="au moins un bloc"), unit():
            prepare_bulletin(bulletin, by=SYSTEM)


class TestArchive:
    """What anyone reads."""

    @pytest.fixture
    def published(self, program: Program, agent: Person) -> Bulletin:
        """A bulletin that was published, and another that was not."""
        make_subscriber(program)
        bulletin = make_bulletin(program)
        agreed(make_ready(bulletin, agent.actor), agent)
        make_bulletin(program, "Jamais paru")
        return bulletin

    def test_only_what_was_published_is_there_in_both_languages_and_in_the_feed(self, published: Bulletin, visitor: Visitor) -> None:
        listed = visitor.open("/bulletins")
        assert "L’automne au travail" in listed.text
        assert "Jamais paru" not in listed.text
        assert listed.follow("L’automne au travail").h1 == "L’automne au travail"
        assert "Post exam weeks." in visitor.open(f"/en/bulletins/{published.ref}").text
        slug = published.program.slug
        _forget_the_request()
        feed = visitor.client.get(f"/bulletins.atom?programme={slug}", base_url=visitor.base)
        assert [one.text for one in ET.fromstring(feed.data).findall(f"{ATOM}entry/{ATOM}title")] == ["L’automne au travail"]
        assert "Set-Cookie" not in feed.headers
        assert visitor.open("/bulletins?programme=aucun").status == 404

    def test_one_that_is_withdrawn_is_there_no_more(self, published: Bulletin, agent: Person, visitor: Visitor) -> None:
        page = agent.open(f"/personnel/bulletins/{published.ref}").follow("Retirer des archives publiques")
        assert "Une erreur de date." in page.fill("Retirer", reason="Une erreur de date.").text
        assert visitor.open(f"/bulletins/{published.ref}").status == 404
        assert "L’automne" not in visitor.open("/bulletins").text
        assert b"automne" not in visitor.client.get("/bulletins.atom", base_url=visitor.base).data
        with pytest.raises(Refusal, match="déjà retiré"), unit():
            withdraw_bulletin(published, "Encore.", by=agent.actor)

    def test_someone_of_another_program_finds_none_of_it(self, published: Bulletin) -> None:
        stranger = make_staff(Role.AGENT, make_program(code="03"))
        block = db.session.scalars(select(BulletinBlock).where(BulletinBlock.bulletin_id == published.id)).one()
        for path in ("", "/apercu", "/modification", f"/blocs/{block.ref}", "/retrait"):
            assert stranger.open(f"/personnel/bulletins/{published.ref}{path}").status == 404
        assert "L’automne" not in stranger.open("/personnel/bulletins").text
