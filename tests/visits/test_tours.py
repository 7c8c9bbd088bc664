"""Tours: one act makes a stop for each council or body; the page of coverage says which were met, and which not."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from certif.kit.access import Role
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.plans import Audience
from certif.programs import Program
from certif.territory import PartnerKind, add_partner, mrcs, partners
from certif.visits import StopMeeting, Tour, VisitKind
from certif.visits.plan_actions import cancel_visit
from certif.visits.plan_terms import VisitTerms, VisitTime
from certif.visits.tour_actions import make_tour, plan_stop
from certif.visits.tour_queries import Coverage, stops_of
from tests.factories import make_program, make_staff, make_user, unit
from tests.visits.making import BOSS, at, make_a_tour, report, soon

TOURS = "/personnel/terrain/tournees"
TERMS = VisitTerms(VisitKind.TOUR, Audience.ELECTED)


@pytest.fixture
def program(app: Flask) -> Program:
    return make_program(code="14")


def when(day: int = 7) -> VisitTime:
    return VisitTime(at(soon(day)), at(soon(day), "11:00"))


def test_one_act_makes_a_stop_for_every_council_and_body(program: Program) -> None:
    agent = make_staff(Role.AGENT, program)
    page = agent.open(f"/personnel/terrain/tournees/nouvelle/{program.slug}").fill("Préparer", title="Hiver 2027")
    assert page.h1 == "Hiver 2027"
    tour = db.session.scalars(select(Tour)).one()
    assert [stop.mrc for stop in tour.stops] == mrcs(program.region), "all of them are ticked at first"
    planning = agent.open(next(a["href"] for a in page.soup.find_all("a") if "Fixer la date" in a.get_text()))
    done = planning.fill("Planifier", day=soon().isoformat(), starts="19:30", ends="20:00")
    assert "Conseil de la MRC" in done.h1
    assert [stop.coverage for stop in stops_of(tour)].count(Coverage.PLANNED) == 1
    assert "Date fixée" in agent.open(f"/personnel/terrain/tournees/{tour.ref}").text
    points = agent.client.get(f"/personnel/terrain/tournees/{tour.ref}/carte.json", base_url=agent.base).get_json()
    assert [one["properties"]["name"] for one in points["features"]] == [stop.name for stop in stops_of(tour)]


def test_coverage_is_read_from_the_reports(program: Program) -> None:
    tour = make_a_tour(program, stops=4)
    met, absent, gone, _open = tour.stops
    with unit():
        held, missed, off = [plan_stop(stop, TERMS, when(), goers=[make_user()], by=BOSS) for stop in (met, absent, gone)]
    report(held)
    report(missed, "absent")
    with unit():
        cancel_visit(off, "Séance reportée.", by=BOSS)
    assert [stop.coverage for stop in stops_of(tour)] == [Coverage.MET, Coverage.MISSED, Coverage.OPEN, Coverage.OPEN]
    assert "1 sur 4" in make_staff(Role.AGENT, program).open("/personnel/terrain/tournees").text


def test_a_stop_has_one_meeting_and_another_once_it_is_cancelled(program: Program) -> None:
    stop = make_a_tour(program).stops[0]
    with unit():
        first = plan_stop(stop, TERMS, when(), goers=[make_user()], by=BOSS)
    with unit(), pytest.raises(Refusal, match="déjà sa rencontre"):
        plan_stop(stop, TERMS, when(8), goers=[make_user()], by=BOSS)
    with unit():
        cancel_visit(first, "Reportée.", by=BOSS)
    with unit():
        plan_stop(stop, TERMS, when(8), goers=[make_user()], by=BOSS)
    assert len(db.session.scalars(select(StopMeeting)).all()) == 2


def test_a_tour_has_a_name_of_its_own_and_a_stop(program: Program) -> None:
    make_a_tour(program, "Hiver")
    with unit(), pytest.raises(Refusal, match="déjà ce nom"):
        make_a_tour(program, "Hiver")
    with unit(), pytest.raises(Refusal, match="au moins un conseil"):
        make_tour(program, "Vide", Audience.ELECTED, by=BOSS)
    with unit():
        body = partners(region=program.region)[0]
        assert make_tour(program, "Corps", Audience.PARTNERS, partners=[body], by=BOSS).stops[0].partner is body


def test_a_partner_covers_the_stops_of_its_territory_and_sees_no_other(program: Program) -> None:
    near = mrcs(program.region)[0]
    with unit():
        cje = add_partner("CJE d’essai", kind=PartnerKind.CJE, source="essai", mrcs=[near], by=BOSS)
    partner, tour = make_staff(Role.PARTNER, program, partner=cje), make_a_tour(program)
    assert "0 sur 1" in partner.open(TOURS).text
    page = partner.open(f"{TOURS}/{tour.ref}")
    assert [stop.name for stop in stops_of(tour, partner.actor)] == [f"Conseil de la MRC – {near.name}"]
    assert tour.stops[1].mrc is not None
    assert tour.stops[1].mrc.name not in page.text
    page.follow("Fixer la date").fill("Planifier", day=soon().isoformat(), starts="19:30", ends="20:00")
    assert "Date fixée" in partner.open(f"{TOURS}/{tour.ref}").text
    far = f"/personnel/terrain/rendez-vous/nouveau/{program.slug}?arret={tour.stops[1].ref}"
    assert partner.open(far).status == 404


def test_a_partner_makes_a_tour_of_its_own_territory(program: Program) -> None:
    near, far = mrcs(program.region)[:2]
    with unit():
        cje = add_partner("CJE d’ici", kind=PartnerKind.CJE, source="essai", mrcs=[near], by=BOSS)
        other = add_partner("CJE de là", kind=PartnerKind.CJE, source="essai", mrcs=[far], by=BOSS)
    partner = make_staff(Role.PARTNER, program, partner=cje)
    page = partner.open(f"{TOURS}/nouvelle/{program.slug}").fill("Préparer", title="La nôtre")
    assert page.h1 == "La nôtre"
    [tour] = db.session.scalars(select(Tour)).all()
    assert [stop.mrc for stop in tour.stops] == [near]
    assert make_staff(Role.PARTNER, program, partner=other).open(f"{TOURS}/{tour.ref}").status == 404


def test_the_team_elsewhere_sees_none_of_our_tours(program: Program) -> None:
    tour = make_a_tour(program)
    elsewhere = make_staff(Role.AGENT, make_program(code="03"))
    for path in (
        f"/personnel/terrain/tournees/{tour.ref}",
        f"/personnel/terrain/rendez-vous/nouveau/{program.slug}?arret={tour.stops[0].ref}",
    ):
        assert elsewhere.open(path).status == 404
