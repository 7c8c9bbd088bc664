"""The pages of those who work on the road: list and board, what is due, a walk, a prospect noted on the way."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask
from sqlalchemy import select

from certif.imports import Prospect
from certif.kit import clock
from certif.kit.access import SYSTEM, Role
from certif.kit.db import db
from certif.programs import Program
from certif.territory import PartnerKind, add_partner
from certif.visits import Pursuit
from certif.visits.contact_actions import set_cadence
from certif.visits.contact_cadence import Pace
from certif.visits.contact_model import Answer
from certif.visits.pursuit_actions import assign_prospects
from tests.factories import Person, make_certification, make_employer, make_program, make_staff, unit
from tests.imports.files import row
from tests.statements import statements
from tests.visits.chasing import approach, far, keep, make_list, make_prospect, near

ROAD = "/personnel/terrain"


@pytest.fixture
def program(app: Flask) -> Program:
    return make_program(code="14")


@pytest.fixture
def agent(program: Program) -> Person:
    return make_staff(Role.AGENT, program)


@pytest.fixture
def manager(program: Program) -> Person:
    return make_staff(Role.MANAGER, program)


def test_the_list_and_the_board_say_the_same_and_lead_to_each_other(program: Program, agent: Person) -> None:
    one, *_others = make_list(program, agent.actor, *(row(f"Prospect {number}") for number in range(9)))
    approach(one, Answer.THINKING, agent.actor)
    page = agent.open(f"{ROAD}/prospects")
    assert "À approcher 8" in page.text
    assert "Sensibilisé 1" in page.text
    board = page.follow("Par étape")
    assert "À approcher 8" in board.text
    assert board.follow("Voir les 8").text.count("À approcher") >= 8
    assert "Prospect 0" not in agent.open(f"{ROAD}/prospects?etape=prospect").text
    assert board.follow("Faire avancer : noter un contact").h1 == "Noter un contact"


def test_filters_live_in_the_address(program: Program, agent: Person) -> None:
    here, there = make_prospect(program, agent.actor, "Ici"), make_prospect(program, agent.actor, "Là-bas", far())
    make_list(program, agent.actor, row("Importé"))
    approach(here, Answer.THINKING, agent.actor)
    found = agent.open(f"{ROAD}/prospects?mrc={near().slug}&provenance=street&etape=sensitised").text
    assert "Ici" in found
    assert there.name not in found
    assert "Importé" in agent.open(f"{ROAD}/prospects?provenance=file").text
    assert "Aucun prospect" in agent.open(f"{ROAD}/prospects?relance=today").text
    with clock.frozen(clock.now() + dt.timedelta(minutes=5)):
        assert "Ici" in agent.open(f"{ROAD}/prospects?responsable={agent.user.ref}").text


def test_a_page_costs_the_same_for_few_and_for_many_and_goes_on(program: Program, agent: Person) -> None:
    costs: dict[str, list[int]] = {}
    for count in (1, 30):
        make_list(program, agent.actor, *(row(f"Prospect {count} {number}") for number in range(count)))
        for view in ("", "?vue=tableau"):
            db.session.expunge_all()
            with statements() as asked:
                agent.open(f"{ROAD}/prospects{view}")
            costs.setdefault(view, []).append(len(asked))
    assert all(few == many for few, many in costs.values()), costs
    assert agent.open(f"{ROAD}/prospects").follow("Page suivante").text.count("Prospect ") >= 6


def test_a_manager_gives_several_at_once(program: Program, manager: Person, agent: Person) -> None:
    found = make_list(program, manager.actor)
    page = manager.open(f"{ROAD}/prospects")
    done = page.fill("Confier", refs=[found[0].ref, found[1].ref], confier=agent.user.ref)
    assert "2 prospects ont changé de responsable" in done.text
    held = db.session.scalars(select(Pursuit.prospect_id).where(Pursuit.user_id == agent.user.id))
    assert set(held) == {found[0].id, found[1].id}
    assert "Confier les prospects" not in agent.open(f"{ROAD}/prospects").text


def test_what_is_due_is_told_to_whose_turn_it_is(program: Program, agent: Person) -> None:
    prospect, by = make_prospect(program, agent.actor), agent.actor
    approach(prospect, Answer.NOBODY, by)
    assert "Rien à relancer" in agent.open(f"{ROAD}/relances").text
    with clock.frozen(clock.now() + dt.timedelta(days=9)):
        page = make_staff(Role.MANAGER, program).open(f"{ROAD}/relances?responsable={agent.user.ref}")
        assert "Garage Exemple" in page.text
        assert "en retard" in page.text
        assert page.follow("Noter un contact").h1 == "Noter un contact"


def test_an_approach_is_noted_in_one_short_page(program: Program, agent: Person) -> None:
    prospect = make_prospect(program, agent.actor)
    page = agent.open(f"{ROAD}/prospects/{prospect.ref}").follow("Noter un contact")
    refused = page.fill("Noter", channel="email", answer="message")
    assert refused.status == 409
    assert "Aucune adresse courriel" in refused.text
    done = refused.fill("Noter", channel="in_person", answer="thinking", note="Rappeler en mars")
    assert "Sensibilisé" in done.text
    assert "Rappeler en mars" in done.text
    page = done.follow("Modifier la personne-ressource")
    assert page.fill("Enregistrer", contact_email="c@exemple.com").status == 409
    done = page.fill("Enregistrer", contact_email="c@exemple.com", contact_ground="given", contact_source="Carte remise")
    assert "Adresse remise par la personne" in done.text
    done = done.follow("A dit d’arrêter").fill("Tout arrêter", reason="Ne plus venir")
    assert "Ne pas approcher" in done.text
    assert "Noter un contact" not in done.text
    assert agent.open(f"{ROAD}/prospects/{prospect.ref}/contact").text.count("ne plus être approchée") == 1


def test_a_prospect_noted_on_the_way_says_who_is_alike_and_who_named_it(program: Program, agent: Person) -> None:
    employer = make_employer(legal_name="Chaîne inc.")
    make_certification(program=program, employer=employer)
    page = agent.open(f"{ROAD}/prospects/nouveau")
    said = {"name": "Café de la gare", "municipality": "Joliette", "mrc": near().slug}
    assert "Aucun employeur inscrit" in page.fill("Noter", **said, named_by="Inconnu inc.").text
    done = page.fill("Noter", **said, named_by="chaîne INC")
    assert "Nommé par Chaîne inc." in done.text
    assert "Nommé par un employeur" in done.text
    again = agent.open(f"{ROAD}/prospects/nouveau").fill("Noter", **{**said, "name": "CAFE DE LA GARE", "mrc": far().slug})
    assert "Ce nom est déjà connu" in again.text
    assert len(db.session.scalars(select(Prospect)).all()) == 1
    assert again.fill("Noter", is_other=True).h1 == "Suivi d’un prospect"
    assert len(db.session.scalars(select(Prospect)).all()) == 2


def test_a_walk_is_kept_printed_noted_and_given_back(program: Program, agent: Person) -> None:
    make_list(program, agent.actor)
    walk = agent.open(f"{ROAD}/reservations").follow("Réserver une tournée").fill("Réserver", count="2")
    assert "2 prospects sont réservés pour vous" in walk.text
    pdf = agent.client.get(walk.path + "/liste.pdf", base_url=agent.base)
    assert pdf.data.startswith(b"%PDF")
    back = walk.follow("Noter").fill("Noter", channel="in_person", answer="interested")
    assert back.h1 == "Tournée"
    assert "Joint" in back.text
    assert "1 prospect est remis" in back.fill("Remettre tout ce qui reste").text
    assert "Encore gardés" in agent.open(f"{ROAD}/reservations").text


def test_who_else_keeps_a_prospect_is_told(program: Program, agent: Person) -> None:
    [prospect] = make_list(program, agent.actor, row("Café Noir"))
    keep(program, agent.actor)
    assert "ne vous y présentez pas" in make_staff(Role.AGENT, program).open(f"{ROAD}/prospects/{prospect.ref}").text


def test_a_manager_decides_of_grounds_and_of_the_pace(program: Program, manager: Person, agent: Person) -> None:
    make_list(program, manager.actor, row("Café Noir", mrc=near().name))
    page = manager.open(f"{ROAD}/territoires/{program.slug}")
    assert "Choisissez une MRC, ou" in page.fill("Confier", agent=agent.user.ref).text
    done = page.fill("Confier", agent=agent.user.ref, mrc=near().slug)
    assert "1 prospect a suivi" in done.text
    assert "n’est plus confié à personne" in done.fill("Mettre fin").text
    done = manager.open(f"{ROAD}/cadence/{program.slug}").fill("Enregistrer", attempts="3")
    assert "La cadence est réglée" in done.text
    assert agent.open(f"{ROAD}/cadence/{program.slug}").status == 403


def test_a_partner_sees_its_territory_and_only_what_it_was_given_where_the_program_says_so(program: Program, agent: Person) -> None:
    with unit():
        cje = add_partner("CJE", kind=PartnerKind.CJE, source="essai", mrcs=[near()], by=SYSTEM)
    partner, other = make_staff(Role.PARTNER, program, partner=cje), make_prospect(program, agent.actor, "Autre")
    given, away = make_prospect(program, agent.actor, "Confié"), make_prospect(program, agent.actor, "Loin", far())
    with unit():
        assign_prospects([given], partner.user, by=agent.actor)
    seen = partner.open(f"{ROAD}/prospects").text
    assert ("Autre" in seen, "Confié" in seen, "Loin" in seen) == (True, True, False)
    with unit():
        set_cadence(program, Pace(only_given=True), by=agent.actor)
    for path in (f"{ROAD}/prospects", f"{ROAD}/prospects?vue=tableau", "/personnel/prospects"):
        seen = partner.open(path).text
        assert ("Autre" in seen, "Confié" in seen, "Loin" in seen) == (False, True, False), path
    assert partner.open(f"{ROAD}/prospects/{other.ref}").status == 404
    assert partner.open(f"{ROAD}/prospects/{away.ref}").status == 404
    noted = partner.open(f"{ROAD}/prospects/nouveau").fill("Noter", name="Vu par le CJE", municipality="Joliette", mrc=near().slug)
    assert noted.h1 == "Suivi d’un prospect", "what it notes itself is its own"


def test_the_pages_of_imports_lead_there(program: Program, agent: Person) -> None:
    prospect = make_prospect(program, agent.actor)
    assert agent.open(f"/personnel/prospects/{prospect.ref}").follow("Suivi sur le terrain").h1 == "Suivi d’un prospect"
