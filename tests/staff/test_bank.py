"""A statement of the bank: what carries a reference is found, what fits is recorded once, the rest waits for somebody."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from sqlalchemy import select

from certif.certification import Stage
from certif.contributions import Contribution
from certif.kit.access import Role
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.programs import Program
from certif.staff import bank_actions
from certif.staff.bank_model import BankLine
from certif.staff.bank_reading import cents_of, credits_in
from tests.factories import Person, make_certification, make_program, make_staff, unit
from tests.pages import Page, _as_it_stands

HEADS = "Date;Description;Débit;Crédit;Solde"


@pytest.fixture
def program(app: Flask) -> Program:
    """A program that asks for 50 $."""
    return make_program(code="14")


@pytest.fixture
def keeper(program: Program) -> Person:
    """Somebody who records its payments."""
    return make_staff(Role.AGENT, program)


def due(program: Program) -> Contribution:
    """Give a contribution that waits."""
    return make_certification(Stage.AWAITING_CONTRIBUTION, program).contribution


def statement(*lines: str) -> bytes:
    """Give a file as the bank gives it."""
    return "\n".join([HEADS, *lines]).encode("cp1252")


def sent(page: Page, program: Program, content: bytes) -> Page:
    """Send a file by its form."""
    data = {**_as_it_stands(page.soup.select_one("main form")), "program": program.slug, "file": (io.BytesIO(content), "releve.csv")}
    return page.visitor.send(page.path, data)  # type: ignore[arg-type]


def bring(program: Program, by: Person, *lines: str) -> list[BankLine]:
    """Bring a statement; give its lines."""
    with unit():
        made = bank_actions.bring_statement(program, statement(*lines), "releve.csv", by=by.actor)
    return list(db.session.scalars(select(BankLine).where(BankLine.statement_id == made.id).order_by(BankLine.id)))


@pytest.mark.parametrize(
    ("written", "cents"),
    [
        ("50,00", 5000), ("50.00 $", 5000), ("1 234,50", 123450), ("$1,234.50", 123450), ("1.234,5", 123450), ("+75", 7500),
        ("1,234", 123400),
        ("-50,00", None), ("(50.00)", None), ("", None), ("cinquante", None), ("=1+1", None),
    ],
)  # fmt: skip
def test_an_amount_is_read_however_the_bank_writes_it(written: str, cents: int | None) -> None:
    assert cents_of(written) == cents


def test_what_carries_the_reference_and_the_amount_is_recorded_and_the_rest_waits(program: Program, keeper: Person) -> None:
    paid, short = due(program), due(program)
    page = keeper.open("/personnel/contributions/releves")
    content = statement(
        f"2026-01-05;Virement Interac {paid.ref[:8].lower()} Léa;;50,00;900,00", f"2026-01-05;Virement {short.ref[:8]};;40,00;940,00",
        "2026-01-06;Dépôt;;50,00;990,00", "2026-01-06;Frais;3,00;;987,00",
    )  # fmt: skip
    page = sent(page, program, content)
    assert "3 sommes reçues" in page.text
    page = page.fill("Encaisser ce qui correspond exactement")
    assert "1 contribution est reçue" in page.text
    assert (paid.is_settled, short.is_settled) == (True, False)
    assert page.text.count("À regarder") == 2


def test_a_statement_that_comes_twice_counts_once(program: Program, keeper: Person) -> None:
    line = f"2026-01-05;Virement {due(program).ref[:8]};;50,00;900,00"
    [first] = bring(program, keeper, line)
    assert bring(program, keeper, line) == []
    with unit():
        assert bank_actions.record_fitting(first.statement, by=keeper.actor) == 1
        assert bank_actions.record_fitting(first.statement, by=keeper.actor) == 0


def test_two_equal_lines_of_one_day_are_two_sums(program: Program, keeper: Person) -> None:
    line = "2026-01-05;Dépôt au comptoir;;50,00;900,00"
    assert len(bring(program, keeper, line, line)) == 2
    assert len({one.digest for one in credits_in(statement(line, line))}) == 2


def test_a_line_that_names_two_contributions_is_left_to_somebody(program: Program, keeper: Person) -> None:
    [line] = bring(program, keeper, f"2026-01-05;{due(program).ref[:8]} {due(program).ref[:8]};;50,00;900,00")
    assert line.contribution is None


def test_somebody_ties_a_line_by_its_reference_or_sets_it_aside(program: Program, keeper: Person) -> None:
    paid = due(program)
    tied, other = bring(program, keeper, "2026-01-05;Dépôt;;50,00;9,00", "2026-01-05;Loyer;;800,00;9,00")
    page = keeper.open(f"/personnel/contributions/releves/sommes/{tied.ref}").fill("Encaisser", reference="AAAAAAAA")
    assert "Aucune contribution de ce programme" in page.text
    page.fill("Encaisser", reference=paid.ref[:8])
    assert paid.is_settled
    keeper.open(f"/personnel/contributions/releves/sommes/{other.ref}").fill("Ce n’est pas une contribution")
    with pytest.raises(Refusal), unit():
        bank_actions.tie_line(other, due(program).ref[:8], by=keeper.actor)


def test_a_contribution_of_another_program_is_not_found_and_strangers_see_nothing(program: Program, keeper: Person) -> None:
    elsewhere = make_program(code="01")
    [line] = bring(program, keeper, f"2026-01-05;{due(elsewhere).ref[:8]};;50,00;900,00")
    assert line.contribution is None
    stranger = make_staff(Role.AGENT, elsewhere)
    assert stranger.open(f"/personnel/contributions/releves/{line.statement.ref}").status == 404
    with pytest.raises(Refusal), unit():
        bank_actions.bring_statement(program, statement("2026-01-05;a;;50,00;9"), "x.csv", by=stranger.actor)


@pytest.mark.parametrize("content", [b"Nom;Solde\nA;5", b"Date;Montant\n2026-01-05;-5,00", b"\x00\x01\x02"])
def test_what_is_no_statement_is_refused_with_a_sentence(program: Program, keeper: Person, content: bytes) -> None:
    page = sent(keeper.open("/personnel/contributions/releves"), program, content)
    assert page.status == 409
    assert db.session.scalars(select(BankLine)).all() == []
