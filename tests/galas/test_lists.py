"""Laureate lists are given on purpose: keys by managers, lists to other organisers who asked, each act in the journal."""

from __future__ import annotations

import pytest
from flask import Flask

from certif.galas import Gala, GalaCampaign, ListRequest, ListToken
from certif.galas.list_actions import PREFIX
from certif.kit import clock
from certif.kit.access import Role
from certif.kit.audit import JournalEntry
from certif.kit.db import db
from certif.kit.outbox import Letter
from certif.programs import Program
from certif.selections import Laureate, ResultRelease
from tests.factories import make_person, make_program, make_staff, unit
from tests.galas.listed import in_days, make_honours
from tests.pages import Visitor

LATER = "2099-01-01"


def events(*names: str) -> list[str]:
    """Give what the journal holds of these events."""
    return [one.event for one in db.session.query(JournalEntry).order_by(JournalEntry.id) if one.event in names]


def managed(lifted: bool = True) -> tuple[Program, Gala, Visitor]:
    """Give a program, its gala with three laureates, and its manager."""
    program = make_program(code="14")
    return program, make_honours(program, 3, lifted=lifted), make_staff(Role.MANAGER, program)


def test_a_manager_makes_a_key_that_is_shown_once_and_revokes_it(app: Flask) -> None:
    _program, gala, manager = managed()
    path = f"/personnel/galas/{gala.ref}/laureats"
    shown = manager.open(path).follow("Créer une clé").fill("Créer la clé", label="Site de la chambre", expires_on=in_days(30))
    assert PREFIX in str(shown.soup)
    again = manager.open(path)
    assert "n’a jamais servi" in again.text
    secret = str(shown.soup.find(id="secret")["value"])  # type: ignore[index]
    assert secret not in str(again.soup)
    assert "n’ouvre plus rien" in again.fill("Révoquer").text
    assert events("list_token_issued", "list_token_revoked") == ["list_token_issued", "list_token_revoked"]


@pytest.mark.parametrize("day", ["2001-01-01", LATER])
def test_a_key_lasts_a_year_at_most(app: Flask, day: str) -> None:
    _program, gala, manager = managed()
    page = manager.open(f"/personnel/galas/{gala.ref}/cles").fill("Créer la clé", label="Site", expires_on=day)
    assert page.status == 409
    assert "dans un an au plus" in page.text
    assert db.session.query(ListToken).count() == 0


def test_the_list_is_taken_as_a_file_and_the_journal_says_so(app: Flask) -> None:
    _program, _gala, manager = managed()
    page = manager.open(f"/personnel/galas/{_gala.ref}/laureats")
    assert "Café 2" in page.text
    assert page.fill("Télécharger (CSV)").status == 200
    assert events("list_taken") == ["list_taken"]


def test_nobody_else_gives_or_takes_it(app: Flask) -> None:
    program, gala, _manager = managed()
    for stranger in (make_staff(Role.MANAGER, make_program()), make_staff(Role.AGENT, program), make_person()):
        assert stranger.open(f"/personnel/galas/{gala.ref}/laureats").status in {403, 404}
        assert stranger.open(f"/personnel/galas/{gala.ref}/cles").status in {403, 404}


def asked(program: Program) -> tuple[Visitor, ListRequest]:
    """Give an organiser who asked for the list of a program, and the request."""
    organiser = make_person()
    page = organiser.open(f"/galas/listes/demande/{program.slug}")
    page = page.fill(organisation="Chambre de commerce du Lac", held_on=in_days(90), purpose="Notre gala annuel")
    assert "à l’étude" in page.text
    return organiser, db.session.query(ListRequest).one()


def test_another_organiser_asks_and_takes_what_was_granted_and_told(app: Flask) -> None:
    program, gala, manager = managed()
    organiser, request = asked(program)
    year = db.session.query(ListRequest).one().year
    assert [one.name for one in db.session.query(Letter) if one.name.startswith("galas/")] == ["galas/list_asked"]
    page = manager.open("/personnel/listes").follow("Chambre de commerce du Lac").fill("Accorder la liste", until_on=in_days(100))
    assert "Accordée" in page.text
    mine = organiser.open(f"/galas/listes/{request.ref}")
    empty = mine.fill("Télécharger (CSV)").response.data
    assert b"Caf" not in empty, "nothing is told before the results are"
    campaign = db.session.query(GalaCampaign).filter_by(gala_id=gala.id).one().campaign
    with unit():
        for laureate in db.session.query(Laureate):
            laureate.year = year
        db.session.add(ResultRelease(campaign=campaign, released_at=clock.now(), released_by="system"))
    assert mine.fill("Télécharger (CSV)").response.data.count(b"Caf") == 3
    assert events("list_asked", "list_granted", "list_taken") == ["list_asked", "list_granted", "list_taken", "list_taken"]


def test_a_list_that_is_declined_says_why_and_opens_nothing(app: Flask) -> None:
    program, _gala, manager = managed()
    organiser, request = asked(program)
    manager.open(f"/personnel/listes/{request.ref}/refus").fill("Refuser", reason="Le gala n’est pas public.")
    mine = organiser.open(f"/galas/listes/{request.ref}")
    assert "Le gala n’est pas public." in mine.text
    assert "Télécharger" not in mine.text
    assert make_person().open(f"/galas/listes/{request.ref}").status == 404


def test_the_same_list_is_asked_for_once_while_it_waits(app: Flask) -> None:
    program, _gala, _manager = managed()
    organiser, _request = asked(program)
    page = organiser.open(f"/galas/listes/demande/{program.slug}")
    page = page.fill(organisation="Chambre", held_on=in_days(90), purpose="Encore")
    assert page.status == 409
    assert db.session.query(ListRequest).count() == 1
