"""A bulletin leaves: counted, confirmed, by two people where they are many, written once to each of those who asked for it."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask
from sqlalchemy import func, select

from certif.bulletins import BulletinPublication, unsubscribe
from certif.bulletins.sending import may_receive
from certif.consents import withdraw_consent
from certif.imports import LetterStop, address_digest
from certif.kit import clock, jobs
from certif.kit.access import SYSTEM, VISITOR, Role
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.mailings import Mailing, confirm_mailing, model, second_mailing, sending, stop_mailing
from certif.programs import Program
from tests.bulletins.making import make_block, make_bulletin, make_ready, make_subscriber
from tests.conftest import Mailbox
from tests.factories import Person, make_program, make_staff, unit
from tests.pages import Visitor

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
