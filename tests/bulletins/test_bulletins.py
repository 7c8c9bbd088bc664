"""A bulletin: composed of blocks, seen as a letter and as a page, sent once to those who asked for it, kept for anyone to read."""

from __future__ import annotations

import datetime as dt
import xml.etree.ElementTree as ET

import pytest
from flask import Flask
from sqlalchemy import func, select

from certif.bulletins import BlockKind, Bulletin, BulletinPublication, unsubscribe
from certif.bulletins.actions import BlockTerms, add_block, drop_block, edit_block, move_block, prepare_bulletin, withdraw_bulletin
from certif.bulletins.model import BulletinBlock
from certif.bulletins.parts import parts_of
from certif.bulletins.sending import may_receive
from certif.certification import Stage
from certif.consents import withdraw_consent
from certif.imports import LetterStop, address_digest
from certif.kit import clock, jobs
from certif.kit.access import SYSTEM, VISITOR, Role
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.mailings import Mailing, confirm_mailing, model, second_mailing, sending, stop_mailing
from certif.programs import Program, Text
from tests.bulletins.making import make_block, make_bulletin, make_ready, make_subscriber, make_tool
from tests.campaigns.making import make_campaign
from tests.conftest import Mailbox
from tests.factories import Person, lead_to, make_certification, make_program, make_staff, unit
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


class TestLeaving:
    """Counted, confirmed, written once to each."""

    def test_it_is_confirmed_and_written_once_to_each_in_their_language(self, program: Program, agent: Person, letters: Mailbox) -> None:
        make_subscriber(program, "fr@exemple.com")
        make_subscriber(program, "en@exemple.com", "en")
        make_subscriber(make_program(code="03"), "ailleurs@exemple.com")
        bulletin = make_bulletin(program)
        page = agent.open(f"/personnel/bulletins/{bulletin.ref}").fill("Préparer l’envoi (2)")
        assert "Fall at Work" in page.text
        assert "fr@exemple.com" not in page.text, "addresses are for sending only"
        assert sent(letters) == []
        assert Visitor(agent.client.application).open(f"/bulletins/{bulletin.ref}").status == 404
        page.fill("Confirmer l’envoi (2)")
        for _each in range(2):
            assert bulletin.mailing
            sending.send_mailing(bulletin.mailing.ref)
        assert sorted(sent(letters)) == ["en@exemple.com", "fr@exemple.com"]
        french, english = letters.last("fr@exemple.com"), letters.last("en@exemple.com")
        assert (french.subject, english.subject) == ("L’automne au travail", "Fall at Work")
        assert "Afficher les semaines d’examens." in french.body
        assert "Post exam weeks." in english.body
        assert "1, rue du Test" in french.body, "who sends it, and from where"
        for letter in (french, english):
            assert letter.stop_url
            assert letter.stop_url in letter.body
        stop = Visitor(agent.client.application).open(french.stop_url.removeprefix(agent.base))
        assert "fr@exemple.com" in stop.text
        assert "Le bulletin «" in agent.open(page.path).text

    def test_the_letter_carries_the_headers_of_one_click(self, program: Program, agent: Person, letters: Mailbox) -> None:
        from certif.kit.outbox import _message

        make_subscriber(program)
        leave(make_ready(make_bulletin(program), agent.actor), agent)
        letter = letters.all()[-1]
        message = _message(letter)
        assert message["List-Unsubscribe"] == f"<{letter.stop_url}>"
        assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"

    def test_beyond_the_bound_a_second_person_confirms(self, program: Program, agent: Person, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(model, "FOUR_EYES_ABOVE", 1)
        for _each in range(2):
            make_subscriber(program)
        bulletin = make_bulletin(program)
        mailing = make_ready(bulletin, agent.actor)
        agreed(mailing, agent)
        db.session.expire_all()
        assert bulletin.publication is None
        with pytest.raises(Refusal, match="Une autre personne"), unit():
            second_mailing(mailing, by=agent.actor)
        with unit():
            second_mailing(mailing, by=make_staff(Role.MANAGER, program).actor)
        db.session.expire_all()
        assert bulletin.publication is not None

    def test_whoever_unsubscribes_or_says_stop_in_between_gets_nothing(self, program: Program, agent: Person, letters: Mailbox) -> None:
        out, stopped, withdrawn, stays = (make_subscriber(program, f"{name}@exemple.com") for name in ("a", "b", "c", "d"))
        mailing = make_ready(make_bulletin(program), agent.actor)
        with unit():
            unsubscribe(out, by=VISITOR)
            withdraw_consent(withdrawn, "bulletin", by=SYSTEM)
            later = clock.now() + dt.timedelta(seconds=1)
            db.session.add(LetterStop(address_digest=address_digest("b@exemple.com"), stopped_at=later))
        leave(mailing, agent)
        assert sent(letters) == ["d@exemple.com"]
        assert [may_receive(one) for one in (out, stopped, withdrawn, stays)] == [False, False, False, True]
        assert "Ne veut plus le recevoir" in agent.open(f"/personnel/envois/{mailing.ref}").text

    def test_a_stop_said_before_subscribing_is_followed_by_what_was_asked_since(self, program: Program) -> None:
        with unit():
            before = clock.now() - dt.timedelta(days=1)
            db.session.add(LetterStop(address_digest=address_digest("b@exemple.com"), stopped_at=before))
        assert may_receive(make_subscriber(program, "b@exemple.com"))

    def test_a_worker_that_dies_goes_on_and_writes_to_nobody_twice(
        self, program: Program, agent: Person, letters: Mailbox, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sending, "BATCH", 1)
        for _each in range(3):
            make_subscriber(program)
        mailing, whole, calls = make_ready(make_bulletin(program), agent.actor), sending._settle, []

        def dying(*given: object) -> None:
            calls.append(given)
            whole(*given)  # type: ignore[arg-type]
            if len(calls) == 2:
                raise OSError("killed")

        monkeypatch.setattr(sending, "_settle", dying)
        agreed(mailing, agent)
        assert "OSError: killed" in [one.error for one in jobs.run_due()]
        for _each in range(2):
            sending.send_mailing(mailing.ref)
        assert len(sent(letters)) == len(set(sent(letters))) == 3

    def test_a_bulletin_that_is_ready_changes_no_more_unless_its_sending_is_stopped(self, program: Program, agent: Person) -> None:
        make_subscriber(program)
        bulletin = make_bulletin(program)
        mailing = make_ready(bulletin, agent.actor)
        for again in (lambda: make_ready(bulletin, agent.actor), lambda: make_block(bulletin)):
            with pytest.raises(Refusal, match="ne change plus"):
                again()
        with unit():
            stop_mailing(mailing, by=agent.actor)
        make_block(bulletin)
        second = make_ready(bulletin, agent.actor)
        assert second.id != mailing.id
        agreed(second, agent)
        with unit():
            stop_mailing(second, by=agent.actor)
        db.session.expire_all()
        with pytest.raises(Refusal, match="ne change plus"):
            make_block(bulletin)

    def test_nobody_asked_or_no_postal_address_and_nothing_is_prepared(self, program: Program, agent: Person) -> None:
        bulletin = make_bulletin(program)
        with pytest.raises(Refusal, match="Personne n’est encore abonné"):
            make_ready(bulletin, agent.actor)
        make_subscriber(program)
        with unit():
            program.postal_address = None
        with pytest.raises(Refusal, match="adresse postale"):
            make_ready(bulletin, agent.actor)

    def test_it_is_published_once_and_its_letters_are_forgotten_once_they_left(
        self, program: Program, agent: Person, letters: Mailbox
    ) -> None:
        make_subscriber(program)
        leave(make_ready(make_bulletin(program), agent.actor), agent)
        jobs.run_due()
        assert db.session.scalar(select(func.count()).select_from(BulletinPublication)) == 1
        assert [(one.to_address, one.body) for one in letters.all() if one.name == NAME] == [("", "")]


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
