"""A contribution scaled to the size of the employer: decided by the program, copied when it is asked, and told wherever it is."""

from __future__ import annotations

import pytest

from certif.kit.db import transaction
from certif.kit.errors import Refusal
from certif.kit.money import Money
from certif.programs import Program, differences, draft_of, prices_of, version_in_force
from certif.programs.reading import read_rules, write_rules
from certif.staff.accounting import Period, added_up, entries_of
from tests.contributions.conftest import ask
from tests.factories import Role, make_program, make_staff, publish
from tests.pages import Visitor
from tests.paying import by_cheque

PRICES = {"1-4": 2000, "500+": 20000, "100-499": 0}


@pytest.fixture
def program(app: object) -> Program:
    return make_program(prices_by_size=PRICES)


@pytest.mark.parametrize(
    ("size", "dollars", "kept"),
    [("1-4", 20, "1-4"), ("5-19", 50, "5-19"), ("500+", 200, "500+"), ("100-499", 0, "100-499")],
)
def test_the_amount_is_that_of_the_band_or_the_one_of_all_the_others(program, size, dollars, kept):
    dues = ask(program, size=size)
    assert (dues.amount, dues.size, dues.is_settled) == (Money.dollars(dollars), kept, dollars == 0)
    assert dues.version.price_for("") == Money.dollars(50), "as for an employer brought in by a file, whose size is not known"


def test_where_there_is_one_price_no_size_is_kept(app):
    dues = ask(make_program(), size="1-4")
    assert (dues.amount, dues.size, dues.size_label) == (Money.dollars(50), None, "")


def test_an_amount_that_was_asked_never_changes(program):
    dues = ask(program, size="1-4")
    with transaction():
        dues.employer.size = "500+"
    publish(program, prices_by_size={})
    assert dues.amount == Money.dollars(20)


def test_what_is_received_and_counted_is_that_amount(program):
    by, dues = make_staff(Role.MANAGER, program).actor, ask(program, size="500+")
    with transaction():
        assert by_cheque(dues, by=by).amount == Money.dollars(200)
    assert added_up(entries_of(by, Period())).received == Money.dollars(200)


def test_the_public_and_staff_read_every_band(program, visitor: Visitor):
    page = visitor.open(f"/programmes/{program.slug}").text
    for said in (
        "1 à 4 personnes : 20,00 $",
        "5 à 19 personnes : 50,00 $",
        "100 à 499 personnes : gratuit",
        "500 personnes et plus : 200,00 $",
    ):
        assert said in page
    assert [price for _size, price in prices_of(version_in_force(program))] == [Money.dollars(n) for n in (20, 50, 50, 0, 200)]


def test_what_changes_between_two_versions_is_said(program):
    before = version_in_force(program)
    after = publish(program, prices_by_size={"1-4": 3000})
    [said] = differences(before, after)
    assert "20,00" in said
    assert "30,00" in said


def test_a_draft_is_filled_band_by_band_and_keeps_what_is_not_touched(program):
    manager, home = make_staff(Role.MANAGER, program), f"/personnel/programmes/{program.slug}"
    manager.open(home).fill("Préparer la version suivante")
    terms = f"{home}/brouillon/modalites"
    manager.open(terms).fill("Enregistrer")
    assert draft_of(program).rules.prices_by_size == PRICES
    manager.open(terms).fill("Enregistrer", price_1_4="", price_20_99="75")
    assert draft_of(program).rules.prices_by_size == {"20-99": 7500, "100-499": 0, "500+": 20000}


def test_bands_need_the_price_of_all_the_others(app):
    with pytest.raises(Refusal, match="tailles"):
        make_program(prices_by_size=PRICES, price_cents=0, requires_contribution=False)


def test_prices_are_stored_whole_and_read_strictly(program):
    rules = version_in_force(program).rules
    assert read_rules(write_rules(rules)) == rules
    for wrong in ({"1-5": 100}, {"1-4": -1}, {"1-4": "20"}, {"1-4": None}):
        with pytest.raises(ValueError, match=r"."):
            read_rules({**write_rules(rules), "prices_by_size": wrong})
