"""Contests as anyone sees them: open and to come, with their rules French first; the same for all, without a cookie."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask

from certif.campaigns import Winner, campaign_at, campaigns_open, open_campaigns
from certif.campaigns.values import Category, Prize
from certif.kit import clock
from certif.programs import Text
from tests.campaigns.making import make_campaign, make_edition
from tests.factories import make_program
from tests.pages import Visitor
from tests.statements import statements


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    """Anyone."""
    return Visitor(app)


def later(days: int) -> dt.date:
    """Give a day to come."""
    return clock.today() + dt.timedelta(days=days)


def test_a_contest_is_told_whole_french_rules_first(visitor: Visitor) -> None:
    campaign = make_edition(make_program(), "finalistes-et-vote-du-public")
    page = visitor.open("/concours").follow("Mon boss")
    assert page.h1 == "Mon boss, c’est le meilleur !"
    for said in ("Vote du public", "5 finalistes", "Avoir au moins 14 ans", "Trophée", "partenaire principal", "Participer est gratuit"):
        assert said in page.text, said
    french, english = (page.soup.select_one(f"div[lang={spoken}]") for spoken in ("fr", "en"))
    assert french and english and french.find_next("div", lang="en") is english
    assert page.soup.find("a", href=f"/n/{campaign.ref}")
    translated = visitor.open(f"/en/concours/{campaign.ref}")
    assert translated.h1 == "My boss is the best!"
    assert translated.soup.find("a", href=f"/en/n/{campaign.ref}")
    assert translated.soup.select_one("div[lang=fr]").find_next("div", lang="en"), "French comes first in English too"


def test_prizes_have_their_number_and_their_value(visitor: Visitor) -> None:
    prize = Prize(Text("Billets", "Tickets"), Winner.STUDENT, number=2, value_cents=45_00)
    campaign = make_campaign(make_program(), prizes=(prize,))
    row = visitor.open(f"/concours/{campaign.ref}").soup.select_one("tbody tr").get_text(" ", strip=True)
    assert row == "Billets À l’élève 2 45,00\u00a0$"


def test_one_nominates_only_while_it_is_open(visitor: Visitor) -> None:
    program = make_program()
    coming = make_campaign(program, opens_on=later(1), closes_on=later(20))
    over = make_campaign(program, opens_on=later(-20), closes_on=later(-1), phases=moved())
    for campaign, said in ((coming, "à partir du"), (over, "sont finies depuis")):
        page = visitor.open(f"/concours/{campaign.ref}")
        assert said in page.text
        assert not page.soup.find("a", href=f"/n/{campaign.ref}")


def moved() -> tuple[object, ...]:
    """Give phases that follow nominations that are over."""
    from tests.campaigns.making import definition_from  # here: it is the only test that needs it

    return definition_from(later(-31)).phases


def test_a_draft_and_what_is_not_there_are_not_found(visitor: Visitor) -> None:
    draft = make_campaign(make_program(), published=False)
    assert visitor.open(f"/concours/{draft.ref}").status == 404
    assert visitor.open("/concours/rien").status == 404
    assert "Mon boss" not in visitor.open("/concours").text


def test_the_list_is_narrowed_to_a_region_by_its_address(visitor: Visitor) -> None:
    here, there = (make_campaign(make_program(code=code), title=Text(f"Concours {code}")) for code in ("14", "03"))
    everywhere, narrowed = visitor.open("/concours"), visitor.open("/concours").fill("Afficher", region="14")
    assert here.title_fr in everywhere.text and there.title_fr in everywhere.text
    assert here.title_fr in narrowed.text and there.title_fr not in narrowed.text
    assert "Aucun concours dans cette région" in visitor.open("/concours?region=10").text
    assert visitor.open("/concours?region=zz").status == 200


@pytest.mark.parametrize("path", ["/concours", "/concours/{ref}", "/en/concours/{ref}"])
def test_anyone_may_keep_a_copy_and_no_cookie_is_read_or_set(visitor: Visitor, path: str) -> None:
    campaign = make_campaign(make_program())
    answer = visitor.client.get(path.format(ref=campaign.ref), base_url=visitor.base)
    assert answer.headers["Cache-Control"].startswith("public")
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")
    again = visitor.client.get(path.format(ref=campaign.ref), base_url=visitor.base, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_what_other_rooms_ask_costs_one_statement(app: Flask) -> None:
    program = make_program()
    campaign, other = make_campaign(program), make_campaign(make_program(code="03"))
    make_campaign(program, published=False)
    with statements() as asked:
        found = campaign_at(campaign.ref)
        assert found is not None and found.program.region.code == "14" and found.ending is None
    assert len(asked) == 1
    with statements() as asked:
        assert {one.ref for one in open_campaigns()} == {campaign.ref, other.ref}
    assert len(asked) == 1
    assert [one.ref for one in campaigns_open(program)] == [campaign.ref]


def test_a_list_of_one_and_of_many_cost_the_same(visitor: Visitor) -> None:
    counts = []
    for _round in range(2):
        make_campaign(make_program(), categories=(Category("a", Text("A")),))
        with statements() as asked:
            visitor.open("/concours")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_page_of_a_program_tells_of_its_open_contest(visitor: Visitor) -> None:
    program = make_program()
    make_campaign(program)
    assert visitor.open(f"/programmes/{program.slug}").follow("Mon boss").status == 200


def test_the_map_of_the_site_names_open_contests(visitor: Visitor) -> None:
    campaign = make_campaign(make_program())
    assert f"/concours/{campaign.ref}" in visitor.client.get("/sitemap-pages.xml", base_url=visitor.base).get_data(as_text=True)
