"""One's own calendar reads one's meetings at a secret address: checked with a reader that is not ours."""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo

import icalendar
import pytest
from flask import Flask

from certif import accounts
from certif.kit import calendars, clock
from certif.kit.access import SYSTEM, Role
from certif.kit.calendars import Happening, Person
from certif.programs import Program
from certif.visits import Visit
from certif.visits.feed_actions import make_feed
from certif.visits.plan_actions import cancel_visit, move_visit
from certif.visits.plan_terms import VisitTime
from tests.factories import Person as Signed
from tests.factories import make_program, make_staff, unit
from tests.pages import Visitor
from tests.visits.making import BOSS, at, make_invitation, make_visit, soon

AUTUMN, SPRING = dt.date(2026, 11, 1), dt.date(2027, 3, 14)
"""Nights of Québec on which clocks go back, and forward."""


@pytest.fixture
def program(app: Flask) -> Program:
    return make_program(code="14")


@pytest.fixture
def agent(program: Program) -> Signed:
    return make_staff(Role.AGENT, program)


def address(agent: Signed) -> str:
    with unit():
        return f"/calendriers/{make_feed(agent.user, by=agent.actor)}.ics"


def read(visitor: Visitor, path: str) -> dict[str, icalendar.Event]:
    """Give the events of a subscription by their title, as another program reads them."""
    answer = visitor.client.get(path, base_url=visitor.base)
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    whole = icalendar.Calendar.from_ical(answer.get_data())
    assert not whole.errors
    return {str(event["SUMMARY"]): event for event in whole.walk("VEVENT")}


def written(*happenings: Happening) -> icalendar.Calendar:
    return icalendar.Calendar.from_ical(calendars.calendar_of(happenings))


def happening(starts_at: dt.datetime, ends_at: dt.datetime, **said: object) -> Happening:
    plain: dict[str, object] = {"title": "Rencontre", "place": "Ici", "changed_at": starts_at}
    return Happening("x", starts_at=starts_at, ends_at=ends_at, **plain | said)  # type: ignore[arg-type]


def test_a_subscription_reads_back_my_week_and_nothing_else(agent: Signed, program: Program, visitor: Visitor) -> None:
    path = address(agent)
    day = soon()
    visit = make_visit(program, agent.user, title="Scierie", starts_at=at(day, "13:30"), minutes=45)
    make_invitation(visit, name="Chantal Roy")
    make_visit(program, agent.user, title="Salon", starts_at=clock.midnight(day), minutes=24 * 60)
    make_visit(program, title="Celle d’une autre personne", starts_at=at(day))
    found = read(visitor, path)
    assert set(found) == {"Visite\u00a0: Scierie", "Visite\u00a0: Salon"}
    scierie, salon = found["Visite\u00a0: Scierie"], found["Visite\u00a0: Salon"]
    assert scierie["DTSTART"].dt == at(day, "13:30")
    assert scierie["DTSTART"].dt.tzinfo.key == "America/Toronto"
    assert scierie["DTEND"].dt - scierie["DTSTART"].dt == dt.timedelta(minutes=45)
    assert (salon["DTSTART"].dt, salon["DTEND"].dt) == (day, day + dt.timedelta(days=1)), "a whole day has no hour"
    text = visitor.client.get(path, base_url=visitor.base).get_data(as_text=True)
    assert not re.search("Chantal|ATTENDEE|exemple.com", text)


def test_what_is_moved_or_cancelled_is_taken_away_by_the_same_name(agent: Signed, program: Program, visitor: Visitor) -> None:
    path, visit = address(agent), make_visit(program, agent.user, title="Scierie")
    before = read(visitor, path)["Visite\u00a0: Scierie"]
    with unit():
        move_visit(visit, VisitTime(at(soon(), "16:00"), at(soon(), "17:00")), by=BOSS)
    moved = read(visitor, path)["Visite\u00a0: Scierie"]
    with unit():
        cancel_visit(visit, "Tempête.", by=BOSS)
    gone = read(visitor, path)["Visite\u00a0: Scierie"]
    assert len({str(one["UID"]) for one in (before, moved, gone)}) == 1
    assert [int(one["SEQUENCE"]) for one in (before, moved, gone)] == [0, 1, 2]
    assert moved["DTSTART"].dt == at(soon(), "16:00")
    assert str(gone["STATUS"]) == "CANCELLED"


def test_what_has_not_changed_is_not_sent_again(agent: Signed, program: Program, visitor: Visitor) -> None:
    path = address(agent)
    make_visit(program, agent.user)
    first = visitor.client.get(path, base_url=visitor.base)
    again = visitor.client.get(path, base_url=visitor.base, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.get_data()) == (304, b"")
    make_visit(program, agent.user, title="Une de plus")
    assert visitor.client.get(path, base_url=visitor.base, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200
    assert "Set-Cookie" not in first.headers


def test_the_address_is_changed_and_closed_at_once(agent: Signed, visitor: Visitor) -> None:
    page = agent.open("/personnel/terrain/abonnement").fill("Créer l’adresse")
    old = re.search(r"/calendriers/[\w-]+\.ics", str(page.soup))
    assert old
    assert visitor.open(old.group()).status == 200
    assert old.group() not in str(agent.open("/personnel/terrain/abonnement").soup), "shown once"
    page = agent.open("/personnel/terrain/abonnement").fill("Changer l’adresse")
    new = re.search(r"/calendriers/[\w-]+\.ics", str(page.soup))
    assert new
    assert [visitor.open(one.group()).status for one in (old, new)] == [404, 200]
    agent.open("/personnel/terrain/abonnement").fill("Fermer l’adresse")
    assert visitor.open(new.group()).status == 404


def test_whoever_works_here_no_more_is_read_no_more(agent: Signed, visitor: Visitor) -> None:
    path = address(agent)
    with unit():
        for grant in accounts.grants_of(agent.user):
            accounts.revoke_grant(grant, by=SYSTEM)
    assert visitor.open(path).status == 404


@pytest.mark.parametrize("day", [AUTUMN, SPRING])
def test_every_quarter_of_an_hour_around_a_change_of_clocks_is_read_back_as_the_same_instant(app: Flask, day: dt.date) -> None:
    start = clock.midnight(day) - dt.timedelta(hours=2)
    instants = [start + dt.timedelta(minutes=15 * number) for number in range(32)]
    (*events,) = written(*(happening(one, one + dt.timedelta(minutes=50)) for one in instants)).walk("VEVENT")
    assert [event["DTSTART"].dt.astimezone(dt.UTC) for event in events] == instants
    assert [event["DTEND"].dt.astimezone(dt.UTC) - one for event, one in zip(events, instants, strict=True)] == [
        dt.timedelta(minutes=50)
    ] * 32


def test_naive_local_hours_would_lose_an_hour_of_the_night(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def plainly(name: str, at_: dt.datetime, _one: Happening) -> str:
        return f"{name};TZID=America/Toronto:{at_.astimezone(clock.TORONTO):%Y%m%dT%H%M%S}"

    monkeypatch.setattr(calendars, "_when", plainly)
    twice = clock.midnight(AUTUMN) + dt.timedelta(hours=2, minutes=30)  # 1:30 for the second time
    (event,) = written(happening(twice, twice + dt.timedelta(minutes=10))).walk("VEVENT")
    assert event["DTSTART"].dt.astimezone(dt.UTC) != twice


def test_the_rules_of_the_zone_are_those_of_the_world(app: Flask) -> None:
    zone = next(iter(written(happening(at(AUTUMN), at(AUTUMN, "11:00"))).walk("VTIMEZONE"))).to_tz()
    theirs = ZoneInfo("America/Toronto")
    for number in range(366 * 3):
        day = dt.date(2026, 1, 1) + dt.timedelta(days=number)
        ours, true = (dt.datetime.combine(day, dt.time(12), one).utcoffset() for one in (zone, theirs))
        assert ours == true, day


def test_words_that_calendars_hold_dear_are_read_back_as_typed(app: Flask) -> None:
    title, place = "Bilan, suite ; « fin » \\ 100 %\nEND:VEVENT", "É" * 90
    guest = Person('Chantal "la Boss": Roy; fils', "c@exemple.com")
    (event,) = written(happening(at(soon()), at(soon(), "11:00"), title=title, place=place, guests=(guest,))).walk("VEVENT")
    assert (str(event["SUMMARY"]), str(event["LOCATION"])) == (title, place)
    assert str(event["ATTENDEE"]) == "mailto:c@exemple.com"
    text = calendars.calendar_of([happening(at(soon()), at(soon(), "11:00"), title=title, place=place, guests=(guest,))])
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def test_my_meetings_of_other_programs_are_mine_too(agent: Signed, program: Program, visitor: Visitor) -> None:
    path = address(agent)
    visits: list[Visit] = [make_visit(one, agent.user, title=one.name) for one in (program, make_program(code="03"))]
    assert set(read(visitor, path)) == {f"Visite\u00a0: {visit.title}" for visit in visits}
