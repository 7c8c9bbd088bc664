"""Who may see what, and when: organisers see their own evening only; nobody else sees a name before the embargo is lifted."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from certif.galas import EmbargoLift, Gala, announce_gala, cancel_gala, lift_embargo, remove_organiser
from certif.galas.queries import contests_of, organisers_of
from certif.kit import audit
from certif.kit.access import Role
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.selections import Laureate, ResultRelease
from tests.campaigns.making import make_campaign
from tests.conftest import Mailbox
from tests.factories import make_person, make_program, make_staff, unit
from tests.galas.making import BOSS, make_gala, make_organiser
from tests.house.test_every_role_and_route import knock
from tests.pages import Visitor
from tests.selections.making import make_laureate

SECRET = "Zyzomys"
PUBLIC = ("/", "/sitemap.xml", "/sitemap-pages.xml", "/avis", "/avis.atom", "/repertoire", "/programmes", "/robots.txt", "/portrait")


@pytest.fixture
def gala(app: Flask) -> Gala:
    """An evening that honours one laureate who agreed to everything, and one who agreed to nothing."""
    campaign = make_campaign(make_program())
    make_laureate(campaign, f"{SECRET} inc.", f"Léa {SECRET}")
    make_laureate(campaign, "Muette inc.", "Kim Muette", agrees=("laureate_student",))
    return make_gala(campaign.program, campaign)


def names_in_public(visitor: Visitor, gala: Gala) -> list[str]:
    paths = (*PUBLIC, f"/galas/{gala.ref}", f"/en/galas/{gala.ref}", f"/galas/{gala.ref}/soiree.ics")
    db.session.rollback()
    return [path for path in paths if SECRET in visitor.client.get(path, base_url=visitor.base).get_data(as_text=True)]


def test_nothing_is_public_of_a_gala_that_was_not_announced(visitor: Visitor, gala: Gala) -> None:
    assert visitor.open(f"/galas/{gala.ref}").status == 404
    assert names_in_public(visitor, gala) == []


def test_an_announced_gala_tells_when_and_where_and_nobodys_name(visitor: Visitor, gala: Gala) -> None:
    with unit():
        announce_gala(gala, by=BOSS)
    page = visitor.open(f"/galas/{gala.ref}")
    assert page.status == 200
    assert "Salle Rolland-Brunelle" in page.text
    assert names_in_public(visitor, gala) == []
    with unit(), pytest.raises(Refusal):
        announce_gala(gala, by=BOSS)


def test_once_the_embargo_is_lifted_those_who_agreed_are_named(visitor: Visitor, gala: Gala) -> None:
    organiser = make_organiser(gala)
    page = organiser.open(f"/mes-galas/{gala.ref}/embargo").fill("Lever l’embargo", agreed=True)
    assert page.status == 200
    assert names_in_public(visitor, gala) == [f"/galas/{gala.ref}", f"/en/galas/{gala.ref}"], "the same look sees the name"
    shown = visitor.open(f"/galas/{gala.ref}")
    assert "Muette" not in shown.text, "an employer who did not agree, and its student with it"
    assert "Set-Cookie" not in shown.response.headers
    assert shown.response.headers["Cache-Control"] == "public, max-age=30"
    assert [entry.event for entry in audit.history(gala)][-1] == "embargo_lifted"


def test_the_embargo_is_lifted_once_and_releases_the_results_of_its_contests(app: Flask, gala: Gala) -> None:
    with unit():
        lift_embargo(gala, by=BOSS)
    with unit(), pytest.raises(Refusal):
        lift_embargo(gala, by=BOSS)
    assert len(db.session.scalars(select(EmbargoLift)).all()) == 1
    campaigns = {one.campaign_id for one in db.session.scalars(select(Laureate))}
    assert {one.campaign_id for one in db.session.scalars(select(ResultRelease))} == campaigns
    second = make_gala(gala.program, db.session.scalars(select(Laureate)).first().campaign)  # type: ignore[union-attr]
    with unit():
        lift_embargo(second, by=BOSS)
    assert len(db.session.scalars(select(ResultRelease)).all()) == 1, "told already, told once"


def test_neither_an_agent_nor_a_stranger_lifts_it(app: Flask, gala: Gala) -> None:
    for person in (make_staff(Role.AGENT, gala.program), make_person()):
        with unit(), pytest.raises(Refusal):
            lift_embargo(gala, by=person.actor)
    assert gala.is_under_embargo


def test_it_is_not_lifted_without_the_tick(app: Flask, gala: Gala) -> None:
    page = make_organiser(gala).open(f"/mes-galas/{gala.ref}/embargo").fill("Lever l’embargo")
    assert page.status == 422
    assert gala.is_under_embargo


def test_a_cancelled_gala_tells_nothing(visitor: Visitor, gala: Gala) -> None:
    with unit():
        announce_gala(gala, by=BOSS)
    with unit():
        cancel_gala(gala, "Tempête.", by=BOSS)
    assert "annulée" in visitor.open(f"/galas/{gala.ref}").text
    with unit(), pytest.raises(Refusal):
        lift_embargo(gala, by=BOSS)


PATHS = ("", "/modification", "/laureats", "/prix", "/deroulement", "/convives", "/salle", "/documents", "/embargo", "/deroulement.xlsx",
         "/documents/presse.pdf", "/documents/diplomes.pdf")  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_an_organiser_opens_their_gala_and_no_other(app: Flask, gala: Gala, path: str) -> None:
    mine, other = make_organiser(gala), make_organiser(make_gala(gala.program, name_fr="Autre soirée"))
    agent = make_staff(Role.AGENT, make_program(code="03"))
    assert [knock(one, f"/mes-galas/{gala.ref}{path}")[0] for one in (mine, other, agent)] == [200, 404, 404]


@pytest.mark.parametrize("path", ["/concours", "/organisation", "/annulation"])
def test_what_the_region_decides_is_not_for_organisers(app: Flask, gala: Gala, path: str) -> None:
    assert make_organiser(gala).open(f"/mes-galas/{gala.ref}{path}").status == 404
    assert make_staff(Role.MANAGER, gala.program).open(f"/mes-galas/{gala.ref}{path}").status == 200


def test_rows_of_another_gala_are_not_found_through_mine(app: Flask, gala: Gala) -> None:
    from tests.galas.making import make_guest, make_moment, make_table

    other = make_gala(gala.program, name_fr="Autre soirée")
    guest, moment, table = make_guest(other), make_moment(other), make_table(other)
    mine = make_organiser(gala)
    for path in (f"convives/{guest.ref}", f"deroulement/{moment.ref}", f"salle/{table.ref}", f"convives/{guest.ref}/table"):
        assert mine.open(f"/mes-galas/{gala.ref}/{path}").status == 404


def test_an_organiser_is_written_to_and_once_removed_finds_nothing(app: Flask, gala: Gala, letters: Mailbox) -> None:
    organiser = make_organiser(gala, "chambre@exemple.com")
    assert f"/mes-galas/{gala.ref}" in letters.last("chambre@exemple.com").body
    assert "Gala des réussites" in organiser.open("/mes-galas").text
    [row] = organisers_of(gala)
    with unit():
        remove_organiser(row, by=BOSS)
    assert organiser.open(f"/mes-galas/{gala.ref}").status == 404
    assert make_organiser(gala, None).open(f"/mes-galas/{gala.ref}").status == 200


def test_an_organiser_nobody_knew_has_an_account_to_sign_in_with(app: Flask, gala: Gala, visitor: Visitor, letters: Mailbox) -> None:
    manager = make_staff(Role.MANAGER, gala.program)
    page = manager.open(f"/mes-galas/{gala.ref}/organisation").fill("Confier", name="Nadège", email="Nadege@Exemple.com", language="fr")
    assert "Nadège" in page.text
    again = manager.open(f"/mes-galas/{gala.ref}/organisation").fill("Confier", name="N", email="nadege@exemple.com", language="fr")
    assert again.status == 409
    visitor.open("/connexion").fill("Recevoir", email="nadege@exemple.com")
    assert letters.last("nadege@exemple.com").name != "accounts/unknown_sign_in_requested"


def test_a_manager_plans_a_gala_and_says_the_hour_as_people_do(app: Flask) -> None:
    program = make_program()
    manager = make_staff(Role.MANAGER, program)
    said = {"name_fr": "Gala", "held_on": "2031-06-10", "place": "Salle", "address": "1, rue", "organiser": "CJE"}
    wrong = manager.open(f"/personnel/galas/nouveau/{program.slug}").fill("Prévoir", **said, starts_at="25 h")
    assert wrong.status == 422
    page = wrong.fill("Prévoir", **said, starts_at="18 h 30")
    assert page.h1 == "Gala"
    assert db.session.scalars(select(Gala)).one().starts_at == "18:30"
    assert manager.open("/personnel/galas").status == 200


def test_the_team_reads_that_a_gala_keeps_the_results_and_is_offered_to_tell_them_where_none_does(gala: Gala) -> None:
    kept, free = contests_of(gala)[0], make_campaign(gala.program)
    make_laureate(free, "Libre inc.", "Léa")
    manager = make_staff(Role.MANAGER, gala.program)
    said = [manager.open(f"/personnel/concours/{one.ref}/choix").text for one in (kept, free)]
    assert ["sous embargo" in text for text in said] == [True, False]
    assert ["Dévoiler les résultats" in text for text in said] == [False, True]
