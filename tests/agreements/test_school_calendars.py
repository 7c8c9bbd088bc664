"""Managers keep the calendars of school bodies, each with its source; the law and the schedule checker read them."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask
from sqlalchemy import func, select

from certif.agreements.schedules import legal_calendar
from certif.kit import clock
from certif.kit.access import Role
from certif.kit.audit import JournalEntry
from certif.kit.db import db
from certif.territory import Partner, PartnerKind, SchoolCalendar, partners, region
from tests.factories import Person, make_program, make_staff

LIST = "/personnel/calendriers-scolaires"
YEAR = {"first_day": "2026-08-27", "last_day": "2027-06-23", "source": "Site Web de l’organisme"}


@pytest.fixture
def manager(app: Flask) -> Person:
    return make_staff(Role.MANAGER, make_program(code="14"))


@pytest.fixture
def body(app: Flask) -> Partner:
    return partners(PartnerKind.SCHOOL_BODY, region("14"))[0]


def calendars() -> list[SchoolCalendar]:
    db.session.expire_all()
    return list(db.session.scalars(select(SchoolCalendar)))


def test_a_manager_enters_a_calendar_and_the_law_reads_it(manager: Person, body: Partner) -> None:
    with clock.frozen(dt.datetime(2026, 11, 3, 17, tzinfo=dt.UTC)):
        page = manager.open(LIST)
        assert "Pas encore inscrit" in page.text
        lines = "2026-10-12 : Action de grâces\n\n2027-02-27 au 2027-03-07 : Relâche\n2027-04-02"
        page = manager.open(f"{LIST}/{body.ref}").fill("Enregistrer", **YEAR, breaks=lines)
        assert page.h1 == "Calendriers scolaires"
        assert "27 février 2027 au 7 mars 2027" in page.text
        assert "Site Web de l’organisme" in page.text
        [kept] = calendars()
        assert [(one.label, one.days) for one in kept.breaks] == [("Action de grâces", 1), ("Relâche", 9), ("Congé", 1)]
        read = legal_calendar(body, dt.date(2027, 3, 1))
        assert read is not None
        assert read.is_in_long_break(dt.date(2027, 3, 1))


def test_what_is_known_is_written_already_and_saving_it_again_changes_nothing(manager: Person, body: Partner) -> None:
    with clock.frozen(dt.datetime(2026, 11, 3, 17, tzinfo=dt.UTC)):
        manager.open(f"{LIST}/{body.ref}").fill("Enregistrer", **YEAR, breaks="2027-02-27 au 2027-03-07 : Relâche")
        said = select(func.count()).select_from(JournalEntry).where(JournalEntry.event == "school_calendar_set")
        assert db.session.scalar(said) == 1
        manager.open(f"{LIST}/{body.ref}?annee=2026-2027").fill("Enregistrer")
        assert db.session.scalar(said) == 1
        manager.open(f"/en{LIST}/{body.ref}?annee=2026-2027").fill("Save the calendar")
        assert db.session.scalar(said) == 1, "the lines read the same in both languages"
        manager.open(f"{LIST}/{body.ref}?annee=2026-2027").fill("Enregistrer", breaks="")
        assert (db.session.scalar(said), [one.breaks for one in calendars()]) == (2, [[]])


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("la relâche en mars", "Ligne 2"),
        ("2027-13-01", "Ligne 2"),
        ("2027-03-07 au 2027-02-27 : Relâche", "le dernier jour vient avant le premier"),
    ],
)
def test_a_line_that_says_no_days_is_named_and_what_was_typed_is_kept(manager: Person, body: Partner, line: str, sentence: str) -> None:
    with clock.frozen(dt.datetime(2026, 11, 3, 17, tzinfo=dt.UTC)):
        page = manager.open(f"{LIST}/{body.ref}").fill("Enregistrer", **YEAR, breaks=f"2026-10-12\n{line}")
        assert page.status == 422
        assert sentence in page.text
        assert line in page.text
        assert calendars() == []


def test_breaks_outside_the_year_or_one_over_another_are_refused_in_a_sentence(manager: Person, body: Partner) -> None:
    with clock.frozen(dt.datetime(2026, 11, 3, 17, tzinfo=dt.UTC)):
        for breaks, sentence in (("2027-07-01", "Chaque congé"), ("2027-03-01 au 2027-03-07\n2027-03-05", "se chevaucher")):
            page = manager.open(f"{LIST}/{body.ref}").fill("Enregistrer", **YEAR, breaks=breaks)
            assert page.status == 409
            assert sentence in page.text
        assert manager.open(f"{LIST}/{body.ref}?annee=1999-2000").status == 404


def test_the_bodies_of_another_region_and_other_roles_are_kept_out(manager: Person, body: Partner) -> None:
    elsewhere = make_staff(Role.MANAGER, make_program(code="02"))
    assert elsewhere.open(f"{LIST}/{body.ref}").status == 404
    assert make_staff(Role.AGENT, make_program(code="14")).open(LIST).status == 403
