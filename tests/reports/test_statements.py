"""Partners' statements: visits, kilometres and hours at dated rates; read by whose it is; approved once, paid once."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask

from certif.kit.access import SYSTEM, Role
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.kit.money import Money
from certif.programs import Program
from certif.reports import approve_statement, set_rate
from certif.reports.statement_actions import digest_of
from certif.reports.statements import statement_for
from certif.territory import Partner, PartnerKind, add_partner, mrcs, region
from tests.factories import Person, make_program, make_staff, unit
from tests.reports.making import BOSS, FIRST, LAST, MIDDLE, make_period, make_report, taken


def make_partner(name: str = "CJE de Joliette") -> Partner:
    with unit():
        return add_partner(name, kind=PartnerKind.CJE, source="essai", mrcs=mrcs(region("14"))[:1], by=SYSTEM)


def make_team() -> tuple[Program, Partner, Person]:
    program, partner = make_program(), make_partner()
    person = make_staff(Role.PARTNER, program, partner=partner)
    with unit():
        set_rate(program, FIRST, Money(4000), Money(60), Money(2000), by=BOSS)
    return program, partner, person


def test_a_statement_adds_up_visits_kilometres_and_hours_at_the_rates_of_each_day(app: Flask) -> None:
    program, partner, person = make_team()
    with unit():
        set_rate(program, MIDDLE, Money(5000), Money(70), Money(0), by=BOSS)
    make_report(program, user=person.user, on=MIDDLE - dt.timedelta(days=1), kilometres=10, minutes=90)
    make_report(program, user=person.user, on=MIDDLE, kilometres=10, minutes=90)
    make_report(program, user=make_staff(Role.AGENT, program).user)
    make_report(make_program(), user=person.user)
    make_report(program, user=person.user, on=LAST + dt.timedelta(days=1))
    statement = statement_for(make_period(program), partner)
    assert [one.amount.cents for one in statement.lines] == [4000 + 600 + 3000, 5000 + 700]
    assert (statement.kilometres, statement.minutes, statement.total) == (20, 180, Money(13300))


def test_what_is_approved_stays_and_what_came_since_is_said(app: Flask) -> None:
    program, partner, person = make_team()
    report, period = make_report(program, user=person.user), make_period(program)
    with unit():
        approve_statement(period, partner, seen=digest_of(statement_for(period, partner).lines), by=BOSS)
    make_report(program, user=person.user)
    with unit():
        report.kilometres = 999
        set_rate(program, MIDDLE, Money(9), Money(9), Money(9), by=BOSS)
    statement = statement_for(period, partner)
    assert statement.approval is not None and statement.approval.total == statement.total == Money(4000 + 25 * 60 + 2000)
    assert (len(statement.lines), statement.added, statement.gone) == (1, 1, 0)
    with unit(), pytest.raises(Refusal, match="déjà approuvé"):
        approve_statement(period, partner, seen=digest_of(statement.lines), by=BOSS)


def test_a_meeting_is_paid_once_whatever_the_periods(app: Flask) -> None:
    program, partner, person = make_team()
    make_report(program, user=person.user)
    year, month = make_period(program), make_period(program, "Juin", MIDDLE, MIDDLE)
    with unit():
        approve_statement(month, partner, seen=digest_of(statement_for(month, partner).lines), by=BOSS)
    assert statement_for(year, partner).lines == []
    with unit(), pytest.raises(Refusal, match="vide"):
        approve_statement(year, partner, seen=digest_of([]), by=BOSS)


def test_nothing_is_approved_unread_without_rates_nor_before_its_end(app: Flask) -> None:
    program, partner = make_program(), make_partner()
    person, period = make_staff(Role.PARTNER, program, partner=partner), make_period(program)
    make_report(program, user=person.user)
    seen = digest_of(statement_for(period, partner).lines)
    with unit(), pytest.raises(Refusal, match="tarif"):
        approve_statement(period, partner, seen=seen, by=BOSS)
    with unit():
        set_rate(program, FIRST, Money(1), Money(1), Money(1), by=BOSS)
        with pytest.raises(Refusal, match="vient de changer"):
            approve_statement(period, partner, seen=seen, by=BOSS)
        with pytest.raises(Refusal, match="commencent déjà"):
            set_rate(program, FIRST, Money(2), Money(1), Money(1), by=BOSS)
        with pytest.raises(Refusal, match="gestion régionale"):
            approve_statement(period, partner, seen=seen, by=person.actor)


def test_a_partner_reads_its_own_statement_and_no_other(app: Flask) -> None:
    program, partner, person = make_team()
    other = make_partner("CJE d’ailleurs")
    stranger = make_staff(Role.PARTNER, program, partner=other)
    make_report(program, user=person.user, title="Épicerie du coin")
    period = make_period(program)
    path = f"/personnel/releves/{period.ref}/{partner.ref}"
    assert "Épicerie du coin" in person.open(path).text
    assert "CJE d’ailleurs" not in person.open("/personnel/releves").text
    assert stranger.open(path).status == 404
    for end in ("pdf", "xlsx", "csv"):
        assert taken(person, f"{path}/releve.{end}")[0] == 200
        assert taken(stranger, f"{path}/releve.{end}")[0] == 404
    db.session.rollback()
    manager = make_staff(Role.MANAGER, program)
    done = manager.open(path + "/approbation").fill("Approuver")
    assert "65,00" in done.text.replace("\u00a0", " ") or "Approuvé" in done.text
