"""A filter that is asked again and again is kept under a name: by one person, or for a whole team."""

from __future__ import annotations

import pytest
from flask import Flask

from certif.kit.access import Role
from certif.kit.errors import Refusal
from certif.programs import Program
from certif.staff.kept_filters import MOST, filters_seen_by, keep_filter
from certif.territory import PartnerKind, partners, region
from tests.factories import Person, make_program, make_staff, unit

LIST = "/personnel/employeurs?etape=certified&q=boulangerie"


@pytest.fixture
def program(app: Flask) -> Program:
    """A program with a team."""
    return make_program(code="14")


def keep(person: Person, name: str, address: str = LIST, **more: str) -> None:
    """Keep what a list is asked, as people do."""
    person.open(address).follow("Garder ce filtre").fill("Garder", called=name, **more)


def test_a_kept_filter_leads_back_to_the_list_as_it_was_asked(program: Program) -> None:
    agent = make_staff(Role.AGENT, program)
    keep(agent, "Boulangeries")
    page = agent.open("/personnel/employeurs").follow("Boulangeries")
    assert page.path.endswith("/personnel/employeurs?etape=certified&q=boulangerie")
    assert "Garder ce filtre" not in page.text, "it is kept"


def test_what_is_kept_for_oneself_is_seen_by_nobody_else_and_what_is_shared_by_the_team(program: Program) -> None:
    agent, manager = make_staff(Role.AGENT, program), make_staff(Role.MANAGER, program)
    stranger = make_staff(Role.AGENT, make_program(code="01"))
    keep(agent, "Pour moi")
    keep(agent, "Pour tous", f"{LIST}s", shared=program.slug)
    assert [one.name for one in filters_seen_by(manager.actor)] == ["Pour tous"]
    assert filters_seen_by(stranger.actor) == []
    assert "Pour tous" in manager.open("/personnel/employeurs").text
    assert "Pour tous" not in stranger.open("/personnel/employeurs").text


def test_only_whoever_kept_it_removes_it(program: Program) -> None:
    agent, manager = make_staff(Role.AGENT, program), make_staff(Role.MANAGER, program)
    keep(agent, "Pour tous", shared=program.slug)
    assert "Retirer" not in manager.open("/personnel/filtres").text
    agent.open("/personnel/filtres").fill("Retirer")
    assert filters_seen_by(manager.actor) == []


def test_one_name_is_for_one_filter_of_a_list(program: Program) -> None:
    agent = make_staff(Role.AGENT, program)
    keep(agent, "Boulangeries")
    page = agent.open(f"{LIST}s").follow("Garder ce filtre").fill("Garder", called="Boulangeries")
    assert "Vous avez déjà un filtre de ce nom" in page.text
    assert len(filters_seen_by(agent.actor)) == 1


def test_a_partner_keeps_filters_for_itself_and_shares_none(program: Program) -> None:
    centre = partners(PartnerKind.SCHOOL_BODY, region("14"))[0]
    partner = make_staff(Role.PARTNER, program, partner=centre)
    with pytest.raises(Refusal), unit():
        keep_filter("staff.list_files", "Nous", "q=a", program=program, by=partner.actor)
    keep(partner, "Pour moi")
    assert [one.program for one in filters_seen_by(partner.actor)] == [None]


def test_one_person_keeps_so_many_and_no_more(program: Program) -> None:
    agent = make_staff(Role.AGENT, program)
    with unit():
        for number in range(MOST):
            keep_filter("staff.list_files", str(number), "q=a", program=None, by=agent.actor)
    with pytest.raises(Refusal), unit():
        keep_filter("staff.list_files", "Un de trop", "q=a", program=None, by=agent.actor)


def test_what_is_no_list_has_no_filter_to_keep(program: Program) -> None:
    agent = make_staff(Role.AGENT, program)
    assert agent.open("/personnel/filtres/nouveau?liste=accounts.sign_in&filtre=q%3Da").status == 404
    assert "Garder ce filtre" not in agent.open("/personnel/equipe?q=a").text
