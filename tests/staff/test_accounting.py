"""The accounts: every payment, refund and waiver of a period, and totals that agree with the register of contributions."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from certif import contributions, sponsorships
from certif.certification import Stage
from certif.contributions import Payment
from certif.kit import clock
from certif.kit.access import Role
from certif.kit.db import db
from certif.kit.money import Money
from certif.programs import Program
from certif.staff.accounting import Period, added_up, entries_of
from certif.staff.registers import totals_of
from tests import paying
from tests.contributions.test_cards import pay, start
from tests.factories import Person, lead_to, make_certification, make_program, make_staff, unit
from tests.sponsorships.making import sponsor


@pytest.fixture
def program(app: Flask) -> Program:
    """Two contributions by cheque, one refunded in part, one waived, one still due."""
    program = make_program(code="14")
    by = make_staff(Role.MANAGER, program).actor
    for name in ("=Un", "Deux"):
        lead_to(make_certification(Stage.AWAITING_CONTRIBUTION, program, legal_name=name), Stage.AWAITING_VALIDATION)
    payment = db.session.scalars(select(Payment).order_by(Payment.id)).first()
    waived = make_certification(Stage.AWAITING_CONTRIBUTION, program, legal_name="Trois").contribution
    make_certification(Stage.AWAITING_CONTRIBUTION, program, legal_name="Quatre")
    with unit():
        contributions.refund_payment(payment, Money.dollars(20), "Trop perçu", seen=0, by=by)
        contributions.waive_contribution(waived, "École", by=by)
    return program


@pytest.fixture
def agent(program: Program) -> Person:
    """Someone who works for it."""
    return make_staff(Role.AGENT, program)


def taken(person: Person, path: str) -> bytes:
    answer = person.client.get(path, base_url=person.base, buffered=True)
    assert answer.status_code == 200
    return answer.get_data()


def test_the_totals_agree_with_the_register_of_contributions(agent: Person, program: Program) -> None:
    lead_to(make_certification(Stage.AWAITING_CONTRIBUTION, make_program(code="03")), Stage.AWAITING_VALIDATION)
    totals, register = added_up(entries_of(agent.actor, Period())), totals_of(agent.actor, "", None, None)
    assert (totals.received, totals.refunded, totals.waivers) == (register.received, register.refunded, register.waived)
    assert (totals.received, totals.refunded, totals.waived) == (Money.dollars(100), Money.dollars(20), Money.dollars(50))
    assert (totals.payments, totals.refunds, totals.receipts) == (2, 1, 2)
    page = agent.open("/personnel/contributions").follow("Comptabilité")
    assert "Gardé 80,00 $" in page.text


def test_the_sheet_and_the_workbook_say_the_same_and_run_nothing(agent: Person) -> None:
    text = taken(agent, "/personnel/contributions/comptabilite.csv").decode("utf-8-sig")
    sheet = list(csv.reader(io.StringIO(text), delimiter=";"))
    book = CalamineWorkbook.from_filelike(io.BytesIO(taken(agent, "/personnel/contributions/comptabilite.xlsx")))
    rows = book.get_sheet_by_name("Écritures").to_python()
    assert rows[0] == sheet[0]
    assert [[float(cell) for cell in line[6:9]] for line in sheet[1:]] == [[float(cell) for cell in line[6:9]] for line in rows[1:]]
    assert sorted(line[3] for line in sheet[1:]) == ["'=Un", "'=Un", "Deux", "Trois"]
    assert sorted(line[3] for line in rows[1:]) == ["=Un", "=Un", "Deux", "Trois"]
    assert dict(book.get_sheet_by_name("Totaux").to_python())["Gardé"] == 80


def test_a_period_holds_its_first_and_its_last_day_and_nothing_more(agent: Person) -> None:
    today, day = clock.today(), dt.timedelta(days=1)

    def held(since: dt.date, until: dt.date) -> int:
        return len(entries_of(agent.actor, Period(None, since, until)))

    assert (held(today, today), held(today + day, today + day), held(today - day, today - day)) == (4, 0, 0)
    assert "Aucune écriture" in agent.open(f"/personnel/contributions/comptabilite?depuis={today + day}").text
    assert agent.open("/personnel/contributions/comptabilite?programme=un-autre").text.count("Deux")


def test_a_card_is_told_by_the_references_of_the_gateway(app: Flask, agent: Person, program: Program) -> None:
    asked = make_certification(Stage.AWAITING_CONTRIBUTION, program, legal_name="Carte").contribution
    with paying.a_till(app) as till:
        attempt = start(asked)
        pay(till, attempt)
        with unit():
            contributions.fulfil(attempt.session_ref, by=agent.actor)
    entry = next(one for one in entries_of(agent.actor, Period()) if one.employer == "Carte")
    assert entry.gateway_ref == asked.payments[0].gateway_ref
    assert (entry.is_test, entry.receipt) == (True, asked.receipts[0].number)


def test_what_sponsors_give_stands_apart_and_everything_still_adds_up(agent: Person, program: Program) -> None:
    boss = make_staff(Role.MANAGER, program).actor
    whole, half = (make_certification(Stage.AWAITING_CONTRIBUTION, program, legal_name=name).contribution for name in ("Cinq", "Six"))
    given, partly = sponsor(program, shows_name=True), sponsor(program, percent=50)
    with unit():
        sponsorships.note_sponsor_payment(
            given, Money.dollars(150), method=sponsorships.SponsorMethod.INVOICE, received_on=clock.today(), reference="F-1", by=boss
        )
    for dues, one in ((whole, given), (half, partly)):
        with unit():
            sponsorships.use_code(dues, one.code, by=boss)
    totals, register = added_up(entries_of(agent.actor, Period())), totals_of(agent.actor, "", None, None)
    assert (totals.received, totals.given_by_sponsors, totals.sponsored) == (Money.dollars(100), Money.dollars(75), Money.dollars(150))
    assert (totals.payments, totals.covers, totals.receipts) == (2, 2, 4)
    due = Money.dollars(20 + 50 + 25)
    assert register.asked == totals.kept + totals.waived + totals.given_by_sponsors + due
    assert register.covered == totals.given_by_sponsors
    text = taken(agent, "/personnel/contributions/comptabilite.csv").decode("utf-8-sig")
    rows = {line["Employeur"] or line["Commanditaire"]: line for line in csv.DictReader(io.StringIO(text), delimiter=";")}
    assert (rows["Cinq"]["Commandité ($)"], rows["Cinq"]["Reçu ($)"], rows["Cinq"]["Numéro du reçu"][-2:]) == ("50.00", "0.00", "03")
    assert rows["MRC des Exemples"]["Versé par un commanditaire ($)"] == "150.00"
    assert "Commandité 75,00 $" in agent.open("/personnel/contributions/comptabilite").text
    seat = db.session.scalars(select(sponsorships.SponsoredSeat).order_by(sponsorships.SponsoredSeat.id)).first()
    with unit():
        sponsorships.return_seat(seat, "Mauvais code", by=make_staff(Role.MANAGER, program).actor)
    after = added_up(entries_of(agent.actor, Period()))
    assert (after.covered, after.released, after.given_by_sponsors) == (Money.dollars(75), Money.dollars(50), Money.dollars(25))
    assert totals_of(agent.actor, "", None, None).covered == after.given_by_sponsors


def test_a_waiver_after_a_part_was_covered_spares_only_the_rest(agent: Person, program: Program) -> None:
    boss = make_staff(Role.MANAGER, program).actor
    dues = make_certification(Stage.AWAITING_CONTRIBUTION, program, legal_name="Sept").contribution
    with unit():
        given = sponsor(program, percent=40)
    with unit():
        sponsorships.use_code(dues, given.code, by=boss)
    with unit():
        contributions.waive_contribution(dues, "École", by=boss)
    spared = next(one for one in entries_of(agent.actor, Period()) if (one.employer, one.kind) == ("Sept", "waiver"))
    assert spared.waived == Money.dollars(30)


def test_a_waiver_after_a_part_was_given_back_spares_only_the_rest(agent: Person, program: Program) -> None:
    part_given_back = db.session.scalars(select(Payment).order_by(Payment.id)).first().contribution
    with unit():
        contributions.waive_contribution(part_given_back, "École", by=make_staff(Role.MANAGER, program).actor)
    spared = [one.waived for one in entries_of(agent.actor, Period()) if (one.contribution, one.kind) == (part_given_back.ref, "waiver")]
    assert spared == [Money.dollars(20)]


def test_whoever_made_an_entry_is_named(agent: Person) -> None:
    assert not any(re.fullmatch(r"[0-9A-Z]{22}", one.by) for one in entries_of(agent.actor, Period()))
