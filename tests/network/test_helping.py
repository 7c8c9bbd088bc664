"""Distinctions that are public only once accepted, ways to help by territory, requests answered once and forgotten."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask
from sqlalchemy import select

from certif import accounts
from certif.certification import Certification, Stage, verifications_of
from certif.employers import establishments_of
from certif.kit import clock
from certif.kit.access import SYSTEM, VISITOR, Role
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.kit.outbox import Letter
from certif.network import (
    AskTerms,
    DistinctionKind,
    HelpKind,
    ask_for_support,
    help_actions,
    offer_distinction,
    offer_help,
    request_actions,
)
from certif.network.help_queries import HelpFilter, offers_by, offers_seen
from certif.network.queries import mrcs_of
from certif.network.retention import forget_askers
from certif.territory import PartnerKind, add_partner
from tests import factories
from tests.factories import lead_to, make_certification, make_employer, make_person, make_staff, owner_of, unit
from tests.network.making import BOSS, make_body, make_contact, make_distinction, make_request
from tests.pages import Visitor


def people_of(certification: Certification):  # type: ignore[no-untyped-def]
    """Give who acts for the employer."""
    return accounts.actor_of(owner_of(certification.employer))


def test_a_distinction_is_public_from_its_acceptance_to_its_end(app: Flask, visitor: Visitor) -> None:
    distinction, certification = make_distinction(kind=DistinctionKind.AMBASSADOR)
    owner, code = make_person(owner_of(certification.employer)), verifications_of(certification)[0].code
    assert distinction.mrc is not None
    said = f"Employeur ambassadeur, {distinction.mrc.name}"
    assert said not in visitor.open(f"/v/{code}").text, "nobody has agreed yet"
    assert "distinction" in owner.open("/mon-espace").text
    owner.open(f"/mon-espace/distinctions/{distinction.ref}").fill(answer="yes")
    assert said in visitor.open(f"/v/{code}").text
    held = owner.open(f"/mon-espace/coups-de-main/{certification.ref}").soup.find("a", href=f"/mon-espace/distinctions/{distinction.ref}")
    assert held, "one who accepted finds where to give it up"
    owner.open(f"/mon-espace/distinctions/{distinction.ref}").fill(answer="no")
    assert said not in visitor.open(f"/v/{code}").text


def test_a_distinction_is_offered_once_and_to_the_certified_only(app: Flask) -> None:
    distinction, certification = make_distinction()
    with unit(), pytest.raises(Refusal, match="déjà"):
        offer_distinction(certification, DistinctionKind.FOUNDER, mrc=None, by=BOSS)
    with unit(), pytest.raises(Refusal, match="MRC"):
        offer_distinction(certification, DistinctionKind.AMBASSADOR, mrc=None, by=BOSS)
    waiting = make_certification(Stage.AWAITING_VALIDATION, certification.program)
    with unit(), pytest.raises(Refusal, match="certifié"):
        offer_distinction(waiting, DistinctionKind.FOUNDER, mrc=None, by=BOSS)
    with unit():
        help_actions.end_distinction(distinction, by=BOSS)
    with unit(), pytest.raises(Refusal, match="pris fin"):
        help_actions.accept_distinction(distinction, by=people_of(certification))


def test_nobody_accepts_for_somebody_else(app: Flask) -> None:
    distinction, _certification = make_distinction()
    stranger = make_person()
    assert stranger.open(f"/mon-espace/distinctions/{distinction.ref}").status == 404
    with unit(), pytest.raises(Refusal, match="employeur"):
        help_actions.accept_distinction(distinction, by=stranger.actor)


def test_a_way_to_help_is_offered_seen_where_it_is_and_taken_back(app: Flask) -> None:
    program = factories.make_program(code="14")
    near, far = mrcs_of(program)[:2]
    certification = make_certification(Stage.CERTIFIED, program, employer=make_employer(mrc=near, legal_name="Scierie d’essai"))
    with unit():
        here, there = (add_partner(f"CJE {mrc.name}", kind=PartnerKind.CJE, source="essai", mrcs=[mrc], by=SYSTEM) for mrc in (near, far))
    owner = make_person(owner_of(certification.employer))
    owner.open(f"/mon-espace/coups-de-main/{certification.ref}").fill(kinds=["talks", "tours"], note="Les vendredis.")
    at_home, elsewhere = make_staff(Role.PARTNER, program, partner=here), make_staff(Role.PARTNER, program, partner=there)
    assert "Scierie d’essai" in at_home.open("/personnel/coups-de-main").text
    assert "Scierie d’essai" in at_home.open(f"/personnel/coups-de-main?kind=talks&mrc={near.slug}").text
    assert "Scierie d’essai" not in at_home.open("/personnel/coups-de-main?kind=sponsorship").text
    assert "Scierie d’essai" not in elsewhere.open("/personnel/coups-de-main").text
    owner.open(f"/mon-espace/coups-de-main/{certification.ref}").fill(kinds=["tours"], note="Les vendredis.")
    assert [one.kind for one in offers_by(certification.employer, program)] == ["tours"]


def test_who_is_no_longer_certified_is_not_seen_and_offers_nothing_new(app: Flask) -> None:
    certification = make_certification(Stage.CERTIFIED, factories.make_program(code="14"))
    by, agent = people_of(certification), make_staff(Role.AGENT, certification.program).actor
    with unit():
        offer_help(certification, [HelpKind.TALKS], "", by=by)
    assert len(offers_seen(agent, HelpFilter(), None).rows) == 1
    with unit(), pytest.raises(Refusal, match="employeur"):
        offer_help(certification, [HelpKind.TALKS], "", by=agent)
    lead_to(certification, Stage.SUSPENDED)
    assert not offers_seen(agent, HelpFilter(), None).rows
    with unit(), pytest.raises(Refusal, match="certifié"):
        offer_help(certification, [HelpKind.TOURS], "", by=by)
    with unit():
        offer_help(certification, [], "", by=by)
    assert not offers_by(certification.employer, certification.program)
    assert establishments_of(certification.employer)


def test_anyone_asks_for_support_and_is_answered_once(app: Flask, visitor: Visitor) -> None:
    program = factories.make_program(code="14")
    page = visitor.open(f"/soutien?programme={program.slug}").fill(
        program=program.slug, asker="school", organisation="École du Lac", name="Lou", email="lou@exemple.com", words="Un atelier."
    )
    assert "Merci" in page.text
    agent = make_staff(Role.AGENT, program)
    page = agent.open("/personnel/soutien")
    assert "École du Lac" in page.text
    path = page.soup.find("a", string="École du Lac")["href"]  # type: ignore[index]
    agent.open(f"{path}/reponse").fill(answer="Avec plaisir, en avril.")
    letter = db.session.scalars(select(Letter).where(Letter.name == "network/support_answered")).one()
    assert letter.to_address == "lou@exemple.com"
    assert "en avril" in letter.body
    assert agent.open(f"{path}/fermeture").fill(note="Encore.").status == 409
    assert "Répondue" in agent.open("/personnel/soutien?etat=reglees").text


def test_a_request_is_given_to_an_expert_of_the_register(app: Flask) -> None:
    program, other = factories.make_program(), factories.make_program(code="03")
    request = make_request(program)
    expert = make_contact(make_body(program), "experte@exemple.com", expertise="Parcours atypiques")
    stranger = make_contact(make_body(other), expertise="Ailleurs")
    with unit(), pytest.raises(Refusal, match="experte"):
        request_actions.assign_request(request, expert=stranger, by=BOSS)
    with unit():
        request_actions.assign_request(request, expert=expert, by=BOSS)
    letter = db.session.scalars(select(Letter).where(Letter.name == "network/support_assigned")).one()
    assert letter.to_address == "experte@exemple.com"
    assert request.words in letter.body
    assert "/personnel/" not in letter.body, "an expert has no account"
    assert request.follower == f"{expert.name} ({expert.body.name})"


def test_a_flood_fills_no_more_than_the_queue(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(request_actions, "MOST_WAITING", 1)
    program = factories.make_program()
    make_request(program)
    with unit(), pytest.raises(Refusal, match="attendent"):
        ask_for_support(program, AskTerms("other", "Robot", "R", "r@exemple.com", "Encore."), by=VISITOR)


def test_who_asked_is_forgotten_ninety_days_after_the_answer_and_stays_counted(app: Flask) -> None:
    program = factories.make_program()
    settled, waiting = make_request(program), make_request(program)
    with unit():
        request_actions.answer_request(settled, "Oui.", by=BOSS)
    for days, kept in ((89, True), (91, False)):
        with clock.frozen(clock.now() + dt.timedelta(days=days)):
            forget_askers()
        db.session.expire_all()
        assert bool(settled.email) is kept
        assert bool(settled.name) is kept
    assert settled.settlement is not None
    assert (settled.words, settled.settlement.answer) == ("", "")
    assert waiting.email, "who waits is not forgotten so soon"
    assert "École des Cascades" in make_staff(Role.AGENT, program).open("/personnel/soutien?etat=reglees").text
