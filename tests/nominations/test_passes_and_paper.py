"""School passes that serve once, and nominations on paper that staff type."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from certif.campaigns import Campaign, Eligibility, UnderAge
from certif.kit.access import SYSTEM, Role
from certif.kit.db import db
from certif.nominations import Nomination, NominationTrace, Way
from certif.nominations.pass_model import NominationPass, PassLot
from certif.nominations.pass_papers import slips_of
from certif.territory import PartnerKind, add_partner, mrcs
from tests.campaigns.making import make_campaign
from tests.conftest import Mailbox
from tests.factories import make_program, make_staff, unit
from tests.nominations.nominating import passes, receipt_in, say, typed
from tests.pages import Page, Visitor


@pytest.fixture
def campaign(app: object) -> Campaign:
    return make_campaign(make_program(code="14"))


@pytest.fixture
def agent(campaign: Campaign) -> Any:
    return make_staff(Role.AGENT, campaign.program)


def used() -> list[bool]:
    return [one is not None for one in db.session.scalars(select(NominationPass.used_at))]


def test_a_student_nominates_with_a_pass_and_no_address(visitor: Visitor, campaign: Campaign, agent: Any, letters: Mailbox) -> None:
    [code] = passes(campaign, agent.actor)
    page = visitor.open(f"/n/{campaign.ref}?coupon={code}&lieu=autre")
    assert page.soup.find("input", id="coupon")["value"] == code
    assert page.soup.find("input", id="school")["value"] == "École secondaire de la Rivière"
    page = page.fill("Nommer mon boss", **typed(email=None))
    assert page.h1.startswith("Merci")
    assert receipt_in(page)
    nomination = db.session.scalars(select(Nomination)).one()
    assert (nomination.way, nomination.contact) == (Way.PASS, None)
    assert letters.all() == []
    assert used() == [True]


def test_a_pass_serves_once(visitor: Visitor, campaign: Campaign, agent: Any) -> None:
    [code] = passes(campaign, agent.actor)
    say(visitor, campaign, coupon=f"{code[:4].lower()} {code[4:8]}-{code[8:]}", email=None)
    page = say(visitor, campaign, coupon=code, email=None, name="Un autre café")
    assert page.status == 409
    assert "déjà servi" in page.errors()[0]


@pytest.mark.parametrize(("changes", "status"), [({"person": None}, 422), ({"mrc": "montcalm"}, 409), ({"why_exams": None}, 422)])
def test_what_is_refused_leaves_the_pass_as_it_was(visitor: Visitor, app: object, changes: dict[str, Any], status: int) -> None:
    campaign = make_campaign(make_program(code="14"), eligibility=Eligibility(most_hours=10))
    [code] = passes(campaign, make_staff(Role.AGENT, campaign.program).actor)
    hours = {"hours": 20} if status == 409 else {"hours": 5}
    assert say(visitor, campaign, **{"coupon": code, "email": None, **hours, **changes}).status == status
    assert used() == [False]
    assert say(visitor, campaign, coupon=code, email=None, hours=5).status == 200
    assert used() == [True]


def test_a_pass_of_another_contest_is_refused(visitor: Visitor, campaign: Campaign, agent: Any) -> None:
    [code] = passes(campaign, agent.actor)
    assert say(visitor, make_campaign(campaign.program), coupon=code, email=None).status == 409
    assert used() == [False]


def test_staff_make_passes_and_receive_them_once(campaign: Campaign, agent: Any) -> None:
    page = agent.open(f"/personnel/concours/{campaign.ref}/coupons")
    sheet = page.fill("Faire les coupons", school="École A", count=12, look="csv", spoken="fr")
    lines = sheet.response.get_data(as_text=True).strip().splitlines()
    assert len(lines) == 13
    assert len(used()) == 12
    lot = db.session.scalars(select(PassLot)).one()
    assert slips_of(lot, ["ABCDEFGHJKMN"] * 11, "lettre", is_bilingual=True).startswith(b"%PDF")
    assert "École A" in agent.open(f"/personnel/concours/{campaign.ref}/coupons").text


def test_passes_are_of_the_programs_own_staff(app: object, campaign: Campaign) -> None:
    stranger = make_staff(Role.AGENT, make_program(code="03"))
    assert stranger.open(f"/personnel/concours/{campaign.ref}/coupons").status == 404
    assert stranger.open(f"/personnel/concours/{campaign.ref}/papier").status == 404


def on_paper(person: Any, campaign: Campaign, **changes: Any) -> Page:
    page: Page = person.open(f"/personnel/concours/{campaign.ref}/papier")
    return page.fill("Garder la nomination", **typed(email=None, **changes))


def test_staff_type_a_nomination_on_paper(campaign: Campaign, agent: Any) -> None:
    page = on_paper(agent, campaign, agrees_nomination_words=True)
    assert "Code de suivi" in page.text
    nomination = db.session.scalars(select(Nomination)).one()
    assert (nomination.way, nomination.contact, nomination.reading) == (Way.PAPER, None, None)
    assert nomination.nominated_by == agent.actor.ref


def test_one_student_on_paper_counts_once_for_a_boss(campaign: Campaign, agent: Any) -> None:
    on_paper(agent, campaign)
    assert on_paper(agent, campaign, why_exams="Encore.").status == 409
    assert on_paper(agent, campaign, number="12").status == 200, "another form, of a namesake"
    assert on_paper(agent, campaign, number="12").status == 409
    digests = db.session.scalars(select(NominationTrace.network_digest)).all()
    assert len(set(digests)) == 2, "the network of the team shows nothing"


def test_a_partner_types_for_the_territory_it_serves(campaign: Campaign) -> None:
    joliette, other = (next(one for one in mrcs() if one.slug == slug) for slug in ("joliette", "montcalm"))
    with unit():
        partner = add_partner("CJE d’essai", kind=PartnerKind.CJE, source="essai", mrcs=[joliette], by=SYSTEM)
    person = make_staff(Role.PARTNER, campaign.program, partner=partner)
    assert on_paper(person, campaign, mrc=other.slug).status == 422, "it is not offered"
    assert on_paper(person, campaign).status == 200
    assert person.open(f"/personnel/concours/{campaign.ref}/coupons").status == 403


def test_a_child_on_paper_needs_the_signature_of_a_parent(app: object) -> None:
    campaign = make_campaign(make_program(code="14"), eligibility=Eligibility(under_age=UnderAge.PARENT))
    agent = make_staff(Role.AGENT, campaign.program)
    assert on_paper(agent, campaign, age="under_14").status == 409
    assert on_paper(agent, campaign, age="under_14", parent_signed=True).status == 200


def test_a_contest_without_paper_takes_none(app: object) -> None:
    campaign = make_campaign(make_program(code="14"), allows_paper=False)
    assert on_paper(make_staff(Role.AGENT, campaign.program), campaign).status == 409
