"""A contest’s page for staff leads to everything about it, and only to what its reader may open; each of those leads back to it."""

from __future__ import annotations

import pytest
from flask import Flask

from certif.campaigns import Campaign, PhaseKind
from certif.kit.access import SYSTEM, Role
from certif.territory import PartnerKind, add_partner, mrcs
from tests.factories import make_staff, unit
from tests.galas.making import make_gala
from tests.nominations.making import make_boss, make_nomination
from tests.selections.choosing import contest, on, phase
from tests.statements import statements

EVERYTHING = {
    "Nominations", "Boss", "Signes", "Remerciements", "Taper une nomination sur papier", "Choix des lauréates et lauréats",
    "Jury : Phase jury", "Gala : Gala des réussites",
}  # fmt: skip
HIDDEN: dict[Role, set[str]] = {
    Role.MANAGER: set(),
    Role.AGENT: {"Jury : Phase jury"},
    Role.PARTNER: {"Jury : Phase jury", "Choix des lauréates et lauréats", "Gala : Gala des réussites"},
}


@pytest.fixture
def campaign(app: Flask) -> Campaign:
    """A contest that is over, with a jury, a gala and a nomination that waits."""
    found = contest(phase("choix", PhaseKind.CHOICE, 5, keeps=3), phase("jury", PhaseKind.JURY, 10, keeps=2))
    make_gala(found.program, found)
    make_nomination(make_boss(found), approved=False)
    return found


@pytest.mark.parametrize("role", HIDDEN)
def test_each_reads_there_what_may_be_opened_and_comes_back(campaign: Campaign, role: Role) -> None:
    with unit():
        centre = add_partner("Carrefour", kind=PartnerKind.CJE, source="Essai", mrcs=mrcs(campaign.program.region), by=SYSTEM)
    person = make_staff(role, campaign.program, partner=centre if role is Role.PARTNER else None)
    page = person.open(f"/personnel/concours/{campaign.ref}")
    links = {link.text: link["href"] for link in page.soup.main.find_all("a")}
    shown = links.keys() & EVERYTHING
    assert shown == EVERYTHING - HIDDEN[role]
    for name in shown:
        there = person.open(links[name])
        assert there.status == 200, name
        if "Gala" not in name:
            assert there.follow("Revenir").path == page.path


def test_it_says_how_many_nominations_wait_to_be_read(campaign: Campaign) -> None:
    person, path = make_staff(Role.AGENT, campaign.program), f"/personnel/concours/{campaign.ref}"
    assert "Nominations – 1 à lire" in person.open(path).text
    read = make_nomination(make_boss(campaign, "Autre"))
    assert read.outcome == "approved"
    assert "Nominations – 1 à lire" in person.open(path).text


def test_passes_are_made_until_the_contest_is_over(campaign: Campaign) -> None:
    person, path = make_staff(Role.AGENT, campaign.program), f"/personnel/concours/{campaign.ref}"
    assert "Coupons" not in person.open(path).text
    with on(-5):
        assert "Coupons" in person.open(path).text


def test_it_costs_as_much_for_one_nomination_as_for_twenty(campaign: Campaign) -> None:
    person, path = make_staff(Role.MANAGER, campaign.program), f"/personnel/concours/{campaign.ref}"
    person.open(path)
    counts = []
    for places in (("Un",), range(20)):
        for place in places:
            make_nomination(make_boss(campaign, f"Boulangerie {place}"), approved=False)
        with statements() as asked:
            person.open(path)
        counts.append(len(asked))
    assert counts[0] == counts[1]
