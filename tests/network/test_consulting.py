"""Consultations: the draft is frozen, each employer has a link of its own, what is said replaces what was said, and then it is closed."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask
from sqlalchemy import select

from certif import accounts
from certif.certification import Stage
from certif.kit import clock
from certif.kit.access import SYSTEM, Role
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.kit.outbox import Letter
from certif.network import consultation_actions as actions
from certif.network.help_actions import accept_distinction
from certif.network.request_queries import heard, to_invite
from certif.programs import discard_draft, draft_of, draft_version
from tests import factories
from tests.factories import make_certification, make_staff, owner_of, unit
from tests.network.making import BOSS, invited_link, make_consultation, make_distinction
from tests.pages import Visitor


def test_the_text_stays_as_it_was_whatever_becomes_of_the_draft(app: Flask) -> None:
    program = factories.make_program(code="14")
    consultation = make_consultation(program)
    words = [clause["fr"] for clause in consultation.clauses]
    draft = draft_of(program)
    assert draft is not None
    with unit():
        discard_draft(draft, by=SYSTEM)
    db.session.expire_all()
    assert [clause["fr"] for clause in consultation.clauses] == words
    assert len(words) > 3
    assert consultation.is_intact


def test_a_word_that_was_changed_since_is_seen(app: Flask) -> None:
    consultation = make_consultation(factories.make_program(code="14"))
    manager = make_staff(Role.MANAGER, consultation.program)
    assert "ne vous y fiez pas" not in manager.open(f"/personnel/consultations/{consultation.ref}").text
    with unit():
        consultation.clauses = [{**consultation.clauses[0], "fr": "Autre chose."}, *consultation.clauses[1:]]
    assert "ne vous y fiez pas" in manager.open(f"/personnel/consultations/{consultation.ref}").text


def test_an_invited_employer_comments_and_may_change_its_mind(app: Flask, visitor: Visitor) -> None:
    program = factories.make_program(code="14")
    certification = make_certification(Stage.CERTIFIED, program, legal_name="Ferme d’essai")
    consultation = make_consultation(program)
    link = invited_link(consultation)
    visitor.open(link).fill(clause_0="Trop long.", clause_1="Clair.")
    page = visitor.open(link)
    assert "Trop long." in page.text
    page.fill(clause_0="Finalement, très bien.", clause_1="")
    said = [(row.invitation.employer.name, row.words) for each in heard(consultation) for row in each.comments]
    assert said == [(certification.employer.name, "Finalement, très bien.")]
    assert "Finalement, très bien." in make_staff(Role.MANAGER, program).open(f"/personnel/consultations/{consultation.ref}").text
    assert visitor.open("/consultation/pas-le-bon").status == 404


def test_nobody_is_invited_twice_and_only_who_is_of_the_group(app: Flask) -> None:
    distinction, certification = make_distinction()
    program = certification.program
    other = make_certification(Stage.CERTIFIED, program)
    make_certification(Stage.AWAITING_VALIDATION, program)
    consultation = make_consultation(program)
    assert not to_invite(consultation, "founders"), "the offer is not accepted yet"
    with unit():
        accept_distinction(distinction, by=accounts.actor_of(owner_of(certification.employer)))
    assert to_invite(consultation, "founders") == [certification.employer]
    with unit():
        actions.invite_to_consultation(consultation, "founders", by=BOSS)
    assert to_invite(consultation, "all") == [other.employer]
    with unit(), pytest.raises(Refusal, match="Personne à inviter"):
        actions.invite_to_consultation(consultation, "founders", by=BOSS)
    letters = db.session.scalars(select(Letter).where(Letter.name == "network/consultation_invited")).all()
    assert [letter.to_address for letter in letters] == [certification.employer.contact_email]
    assert letters[0].is_secret


def test_comments_are_taken_between_the_days_only(app: Flask, visitor: Visitor) -> None:
    program = factories.make_program(code="14")
    make_certification(Stage.CERTIFIED, program)
    consultation = make_consultation(program, opens_in=3)
    link = invited_link(consultation)
    assert not visitor.open(link).soup.find("textarea"), "not yet"
    with clock.frozen(clock.now() + dt.timedelta(days=4)):
        page = visitor.open(link)
        assert page.soup.find("textarea")
    assert page.fill(clause_0="Trop tôt.").status == 409
    with clock.frozen(clock.now() + dt.timedelta(days=4)):
        make_staff(Role.MANAGER, program).open(f"/personnel/consultations/{consultation.ref}/fermeture").fill(
            summary="Nous gardons tout.", agreed=True
        )
        page = visitor.open(link)
    assert "Nous gardons tout." in page.text
    assert not page.soup.find("textarea")


def test_there_is_one_round_at_a_time_and_none_without_a_draft(app: Flask) -> None:
    program = factories.make_program(code="14")
    day = clock.today()
    with unit(), pytest.raises(Refusal, match="brouillon"):
        actions.open_consultation(program, "Avis", opens_on=day, closes_on=day, by=BOSS)
    with unit():
        draft_version(program, by=SYSTEM)
    with unit(), pytest.raises(Refusal, match="jours"):
        actions.open_consultation(program, "Avis", opens_on=day, closes_on=day - dt.timedelta(days=1), by=BOSS)
    with unit():
        one = actions.open_consultation(program, "Avis", opens_on=day, closes_on=day, by=BOSS)
    with unit(), pytest.raises(Refusal, match="en cours"):
        actions.open_consultation(program, "Encore", opens_on=day, closes_on=day, by=BOSS)
    with unit():
        actions.close_consultation(one, "Merci.", by=BOSS)
    with unit(), pytest.raises(Refusal, match="close"):
        actions.close_consultation(one, "Encore.", by=BOSS)
    with unit(), pytest.raises(Refusal, match="direction"):
        actions.open_consultation(program, "Avis", opens_on=day, closes_on=day, by=make_staff(Role.AGENT, program).actor)
