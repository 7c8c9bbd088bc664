"""The calendar: meetings planned, moved and cancelled; warned of when they clash; seen by their team only."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask
from sqlalchemy import select

from certif.kit import clock
from certif.kit.access import Role
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.programs import Program
from certif.territory import PartnerKind, add_partner, mrc, mrcs, region
from certif.visits import Visit, VisitMove, visits_on
from certif.visits.calendar_actions import recall_tomorrow
from certif.visits.plan_actions import cancel_visit, move_visit
from certif.visits.plan_terms import VisitTime
from certif.visits.plan_travel import NEARBY_MINUTES, minutes_between, road_minutes, shortest
from certif.visits.queries import goes
from tests.conftest import Mailbox
from tests.factories import Person, make_program, make_staff, unit
from tests.statements import scanned_tables, statements
from tests.visits.making import BOSS, at, make_visit, report, soon


@pytest.fixture
def program(app: Flask) -> Program:
    return make_program(code="14")


@pytest.fixture
def agent(program: Program) -> Person:
    return make_staff(Role.AGENT, program)


def planning(program: Program, **asked: str) -> str:
    return f"/personnel/terrain/rendez-vous/nouveau/{program.slug}" + (
        "?" + "&".join(f"{k}={v}" for k, v in asked.items()) if asked else ""
    )


def test_an_agent_plans_a_visit_and_finds_it_in_the_week(agent: Person, program: Program) -> None:
    day = soon()
    page = agent.open(planning(program)).fill(
        "Planifier", title="Garage Lépine", day=day.isoformat(), starts="13 h 30", ends="14h15", place="Au garage", mrc="joliette"
    )
    assert page.h1 == "Garage Lépine"
    assert "de 13 h 30 à 14 h 15" in page.text.replace("\u00a0", " ")
    visit = db.session.scalars(select(Visit)).one()
    assert visit.starts_at == at(day, "13:30")
    assert [goer.user_id for goer in visit.goers] == [agent.user.id]
    week = agent.open(f"/personnel/terrain/calendrier?le={day.isoformat()}")
    assert "Garage Lépine" in week.text
    assert "Garage Lépine" not in agent.open(f"/personnel/terrain/calendrier?le={day.isoformat()}&sorte=workshop").text
    assert "Garage Lépine" in agent.open(f"/personnel/terrain/calendrier?vue=mois&le={day.isoformat()}&equipe=moi").text
    assert visits_on(agent.user, day) == [visit]
    assert agent.open(f"/en/personnel/terrain/calendrier?le={day.isoformat()}").status == 200


def test_two_meetings_at_once_are_warned_of_and_not_blocked(agent: Person, program: Program) -> None:
    make_visit(program, agent.user, title="Chambre de commerce")
    typed = {"title": "Autre", "day": soon().isoformat(), "starts": "10:30", "ends": "11:30"}
    page = agent.open(planning(program)).fill("Planifier", **typed)
    assert page.status == 409
    assert "« Chambre de commerce » à ce moment-là" in page.text.replace("\u00a0", " ")
    assert page.fill("Planifier", despite=True).status == 200
    assert len(db.session.scalars(select(Visit)).all()) == 2


def test_a_road_that_takes_too_long_is_warned_of(agent: Person, program: Program) -> None:
    far, near = mrc("matawinie"), mrc("joliette")
    make_visit(program, agent.user, mrc=far)
    typed = {"title": "Autre", "day": soon().isoformat(), "starts": "11:25", "ends": "12:00"}
    page = agent.open(planning(program)).fill("Planifier", mrc="joliette", **typed)
    needed = minutes_between(far, near)
    assert needed > 25, "the twin below must differ by the place alone"
    assert f"25 minutes entre ce rendez-vous et « Rencontre » (10 h) : la route en demande environ {needed}" in page.text.replace(
        "\u00a0", " "
    ).replace("10 h 00", "10 h")
    assert agent.open(planning(program)).fill("Planifier", mrc="matawinie", **typed).status == 200, "close by, it is enough"


def test_the_road_is_as_long_there_as_back_and_never_shorter_than_nearby(app: Flask) -> None:
    everywhere = mrcs(region("14"))
    for one in everywhere:
        assert minutes_between(one, one) == minutes_between(one, None) == NEARBY_MINUTES
        for other in everywhere:
            assert minutes_between(one, other) == minutes_between(other, one) >= NEARBY_MINUTES


def test_what_no_clock_shows_is_refused(agent: Person, program: Program) -> None:
    with clock.frozen(at(dt.date(2027, 3, 1))):
        night = {"title": "Nuit", "day": "2027-03-14", "starts": "02:30", "ends": "04:00"}
        page = make_staff(Role.AGENT, program).open(planning(program)).fill("Planifier", **night)
    assert page.status == 422
    assert "on avance les horloges" in page.text
    for wrong in ({"starts": "demain"}, {"starts": "15:00", "ends": "14:00"}, {"starts": ""}):
        typed = {"title": "x", "day": soon().isoformat(), "starts": "10:00", "ends": "11:00"} | wrong
        assert agent.open(planning(program)).fill("Planifier", **typed).status == 422


def test_a_day_long_meeting_takes_whole_days(agent: Person, program: Program) -> None:
    day = soon()
    typed = {"title": "Salon de l’emploi", "day": day.isoformat(), "until_on": soon(9).isoformat(), "all_day": True, "kind": "event"}
    agent.open(planning(program)).fill("Planifier", **typed)
    assert [len(visits_on(agent.user, soon(number))) for number in (6, 7, 8, 9, 10)] == [0, 1, 1, 1, 0]
    assert "toute la journée" in agent.open(f"/personnel/terrain/journee?le={day.isoformat()}").text


def test_a_move_keeps_the_time_before_and_counts_up(agent: Person, program: Program) -> None:
    visit = make_visit(program, agent.user)
    before = visit.starts_at
    page = agent.open(f"/personnel/terrain/rendez-vous/{visit.ref}/deplacement").fill("Déplacer", starts="15:00", ends="16:00")
    assert page.status == 200
    db.session.refresh(visit)
    assert (visit.sequence, visit.starts_at) == (1, at(soon(), "15:00"))
    assert [(one.sequence, one.started_at) for one in db.session.scalars(select(VisitMove))] == [(1, before)]
    with unit(), pytest.raises(Refusal, match="déjà à ce moment"):
        move_visit(visit, VisitTime(visit.starts_at, visit.ends_at, visit.place, visit.address, visit.mrc), by=BOSS)


def test_what_is_cancelled_or_reported_moves_no_more(agent: Person, program: Program) -> None:
    gone, held = make_visit(program, agent.user), make_visit(program, agent.user)
    page = agent.open(f"/personnel/terrain/rendez-vous/{gone.ref}/annulation").fill("Annuler", reason="Tempête.")
    assert "Tempête." in page.text
    report(held)
    for visit in (gone, held):
        with unit(), pytest.raises(Refusal):
            move_visit(visit, VisitTime(at(soon(9)), at(soon(9), "11:00")), by=BOSS)
        with unit(), pytest.raises(Refusal):
            cancel_visit(visit, "Encore.", by=BOSS)
    assert visits_on(agent.user, soon()) == [held]


def test_a_partner_sees_its_territory_and_where_it_goes(program: Program) -> None:
    near, far = mrcs(program.region)[:2]
    with unit():
        body = add_partner("CJE d’essai", kind=PartnerKind.CJE, source="essai", mrcs=[near], by=BOSS)
    partner = make_staff(Role.PARTNER, program, partner=body)
    here, there = make_visit(program, mrc=near), make_visit(program, mrc=far)
    joined = make_visit(program, partner.user, mrc=far)
    seen = {visit.ref: partner.open(f"/personnel/terrain/rendez-vous/{visit.ref}").status for visit in (here, there, joined)}
    assert seen == {here.ref: 200, there.ref: 404, joined.ref: 200}
    assert partner.open(f"/personnel/terrain/rendez-vous/{here.ref}/annulation").status == 404, "seen, not decided"
    page = partner.open(planning(program))
    assert far.slug not in {option.get("value") for option in page.soup.select("#mrc option")}
    typed = {"title": "La nôtre", "day": soon().isoformat(), "starts": "7 h", "ends": "7:30", "mrc": near.slug}
    assert page.fill("Planifier", **typed).h1 == "La nôtre"


def test_a_day_is_put_in_order_by_hand_and_by_place(agent: Person, program: Program) -> None:
    day, (first, second) = soon(), (mrc("joliette"), mrc("matawinie"))
    visits = [
        make_visit(program, agent.user, title=f"V{n}", starts_at=at(day, f"{9 + 2 * n:02}:00"), mrc=m)
        for n, m in enumerate((first, second, first))
    ]
    path = f"/personnel/terrain/journee?le={day.isoformat()}"

    def order() -> list[str]:
        return [tag.get_text() for tag in agent.open(path).soup.select(".day-route__name")]

    assert order() == ["V0", "V1", "V2"]
    assert "Une route plus courte existe" in agent.open(path).text
    agent.open(path).fill("route la plus courte")
    assert order() == [visit.title for visit in shortest(visits)]
    assert road_minutes(shortest(visits)) < road_minutes(visits)
    assert "en retard" in agent.open(path).text, "the hours that were agreed are not changed, and that is said"
    agent.open(path).fill("Suivre les heures")
    agent.open(path).fill("Descendre")
    assert order() == ["V1", "V0", "V2"]


def test_whoever_goes_somewhere_tomorrow_is_told_once_in_the_evening(agent: Person, program: Program, letters: Mailbox) -> None:
    make_visit(program, agent.user, title="Caisse", starts_at=at(soon(3), "09:00"))
    make_visit(program, agent.user, title="Scierie", starts_at=at(soon(3), "13:00"))
    with clock.frozen(at(soon(2), "16:59")):
        recall_tomorrow()
    assert letters.to(agent.user.email) == []
    for _each in range(2):
        with clock.frozen(at(soon(2), "17:05")):
            recall_tomorrow()
    (letter,) = letters.to(agent.user.email)
    assert "9 h 00 – Caisse" in letter.body.replace("\u00a0", " ")
    assert "13 h 00 – Scierie" in letter.body.replace("\u00a0", " ")


def test_the_calendar_walks_an_index_and_costs_the_same_for_many(agent: Person, program: Program) -> None:
    path = f"/personnel/terrain/calendrier?vue=mois&le={soon().isoformat()}"
    make_visit(program, agent.user)
    agent.open(path)
    with statements() as few:
        agent.open(path)
    for number in range(12):
        make_visit(program, agent.user, starts_at=at(soon(), f"{8 + number:02}:00"))
    with statements() as many:
        agent.open(path)
    assert len(many) <= len(few)
    assert not scanned_tables(select(Visit).where(Visit.starts_at < clock.now(), Visit.starts_at > clock.now(), goes(agent.user)))
