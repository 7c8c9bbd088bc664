"""The journal, the letters and the contributions of my programs: bounded, searched, taken away."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest
from sqlalchemy import select

from certif import contributions
from certif.certification import Stage
from certif.kit import clock, outbox
from certif.kit.access import Role
from certif.kit.db import db
from certif.kit.jobs import Job
from certif.kit.outbox import Letter
from certif.kit.sheets import harmless
from certif.programs import Program
from tests.conftest import Mailbox
from tests.factories import Person, make_certification, make_program, make_staff, unit
from tests.pages import Page


@pytest.fixture
def program(app: object) -> Program:
    """A program with one file whose contribution is due."""
    program = make_program(code="14")
    make_certification(Stage.AWAITING_CONTRIBUTION, program, legal_name="Marché Unique")
    return program


@pytest.fixture
def agent(program: Program) -> Person:
    """Someone who works for this program."""
    person = make_staff(Role.AGENT, program)
    person.inspects = False
    return person


@pytest.fixture
def stranger(app: object) -> Person:
    """Someone who works for another one."""
    person = make_staff(Role.AGENT, make_program(code="03"))
    person.inspects = False
    return person


def sentences(page: Page) -> list[str]:
    return [line.get_text() for line in page.soup.select(".timeline__sentence")]


class TestJournal:
    """What happened, in sentences."""

    def test_it_tells_of_my_programs_only(self, agent: Person, stranger: Person) -> None:
        assert any("signé" in line for line in sentences(agent.open("/personnel/journal")))
        assert not any("signé" in line for line in sentences(stranger.open("/personnel/journal")))

    def test_it_is_searched_by_event_day_and_words(self, agent: Person) -> None:
        def found(asked: str) -> list[str]:
            return sentences(agent.open(f"/personnel/journal?{asked}"))

        today, tomorrow = clock.today(), clock.today() + dt.timedelta(days=1)
        assert len(found("evenement=contract_signed")) == 1
        assert found(f"evenement=contract_signed&depuis={today}&jusqua={today}")
        assert found(f"depuis={tomorrow}") == []
        assert found("q=personne-qui-n-existe-pas") == []
        assert all("a signé" in line for line in found("evenement=contract_signed&q=contact"))

    def test_it_is_read_page_by_page(self, program: Program, agent: Person) -> None:
        for _each in range(5):
            make_certification(Stage.AWAITING_CONTRIBUTION, program)
        first = agent.open("/personnel/journal")
        second = first.follow("Page suivante")
        assert len(sentences(first)) == 25
        assert sentences(second)

    @pytest.mark.parametrize("asked", ["evenement=unknown", "depuis=hier", "suite=zzz", "jusqua=9999-99-99", "q=%00"])
    def test_what_is_not_offered_counts_as_not_asked(self, agent: Person, asked: str) -> None:
        assert agent.open(f"/personnel/journal?{asked}").status == 200

    def test_it_is_taken_away_as_a_sheet(self, agent: Person) -> None:
        answer = agent.open("/personnel/journal.csv?evenement=contract_signed").response
        content = answer.data.decode("utf-8")
        assert content.startswith("\ufeff")
        rows = list(csv.reader(io.StringIO(content.removeprefix("\ufeff")), delimiter=";"))
        assert len(rows) == 2
        assert rows[1][1] == "contract_signed"
        assert answer.headers["Content-Disposition"].startswith("attachment")

    def test_a_partner_reads_no_register(self, program: Program) -> None:
        from certif.territory import PartnerKind, partners, region

        partner = make_staff(Role.PARTNER, program, partner=partners(PartnerKind.IRC, region("14"))[0])
        for path in ("journal", "journal.csv", "lettres", "contributions", "contributions.csv"):
            assert partner.open(f"/personnel/{path}").status == 403


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_is_run_by_a_spreadsheet(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"
    assert harmless(f"a{cell}") == f"a{cell}"


def test_a_name_that_looks_like_a_formula_is_harmless_in_the_sheet(app: object) -> None:
    program = make_program()
    make_certification(Stage.AWAITING_CONTRIBUTION, program, legal_name='=HYPERLINK("x";"y")')
    agent = make_staff(Role.AGENT, program)
    rows = list(csv.reader(io.StringIO(agent.open("/personnel/contributions.csv").response.data.decode("utf-8-sig")), delimiter=";"))
    assert rows[1][0] == '\'=HYPERLINK("x";"y")'


class TestLetters:
    """What was written to people."""

    def subjects(self, page: Page) -> list[str]:
        return [cell.a.get_text() for cell in page.soup.select("tbody th")]

    def test_they_are_those_of_my_programs(self, agent: Person, stranger: Person) -> None:
        assert self.subjects(agent.open("/personnel/lettres"))
        assert self.subjects(stranger.open("/personnel/lettres")) == []

    def test_what_was_refused_is_found_and_sent_again(self, agent: Person, letters: Mailbox) -> None:
        letter = next(one for one in letters.all() if one.scope and not one.is_secret)
        with unit():
            letter.refused = "550 no such user"
        page = agent.open("/personnel/lettres?etat=refused")
        assert self.subjects(page) == [letter.subject]
        page = page.follow(letter.subject)
        assert "550 no such user" in page.text
        assert page.fill("Renvoyer").path == "/personnel/lettres"
        db.session.expire_all()
        assert letter.refused is None
        assert len([job for job in db.session.scalars(select(Job)) if letter.ref in job.payload]) == 2
        assert any("renvoyé le courriel" in line for line in sentences(agent.open("/personnel/journal")))

    def test_a_letter_with_a_code_is_neither_shown_nor_sent_again(self, program: Program, agent: Person) -> None:
        outbox.hide_once_sent("tests/secret")
        with unit():
            letter = Letter(
                name="tests/secret", to_address="x@exemple.com", language="fr", subject="Un code", body="123456", attachments="[]",
                scope=program.ref, queued_at=clock.now(),
            )  # fmt: skip
            db.session.add(letter)
        page = agent.open(f"/personnel/lettres/{letter.ref}")
        assert "123456" not in page.text
        assert not page.soup.main.find("form")
        token = page.soup.find("input", attrs={"name": "csrf_token"})["value"]
        assert agent.send(f"/personnel/lettres/{letter.ref}", {"csrf_token": token}).status == 409

    def test_another_programs_letter_is_not_found(self, agent: Person, stranger: Person, letters: Mailbox) -> None:
        letter = next(one for one in letters.all() if one.scope)
        assert agent.open(f"/personnel/lettres/{letter.ref}").status == 200
        assert stranger.open(f"/personnel/lettres/{letter.ref}").status == 404


class TestContributions:
    """What is due, received, waived and given back."""

    def names(self, page: Page) -> list[str]:
        return [cell.a.get_text() for cell in page.soup.select("tbody th")]

    def test_each_state_has_its_own(self, program: Program, agent: Person, stranger: Person) -> None:
        make_certification(Stage.AWAITING_VALIDATION, program, legal_name="Payée")
        waived = make_certification(Stage.AWAITING_CONTRIBUTION, program, legal_name="Dispensée")
        refunded = make_certification(Stage.AWAITING_VALIDATION, program, legal_name="Remboursée")
        by = make_staff(Role.MANAGER, program).actor
        assert waived.contribution is not None
        assert refunded.contribution is not None
        payment = refunded.contribution.payments[0]
        with unit():
            contributions.waive_contribution(waived.contribution, "Petit organisme.", by=by)
        with unit():
            contributions.refund_payment(payment, payment.amount, "Trop tôt.", seen=0, by=by)
        shown = {
            state: set(self.names(agent.open(f"/personnel/contributions?etat={state}")))
            for state in ("due", "received", "waived", "refunded")
        }
        assert shown == {
            "due": {"Marché Unique", "Remboursée"},
            "received": {"Payée", "Remboursée"},
            "waived": {"Dispensée"},
            "refunded": {"Remboursée"},
        }
        assert self.names(stranger.open("/personnel/contributions")) == []

    def test_the_totals_are_those_of_every_page(self, program: Program, agent: Person) -> None:
        for _each in range(27):
            make_certification(Stage.AWAITING_CONTRIBUTION, program)
        page = agent.open("/personnel/contributions")
        assert len(self.names(page)) == 25
        counts = dict(zip((one.get_text(strip=True) for one in page.soup.select("dt")), page.soup.select("dd"), strict=False))
        assert counts["Demandes"].get_text(strip=True) == "28"

    def test_the_sheet_says_the_same_as_the_page(self, program: Program, agent: Person) -> None:
        make_certification(Stage.AWAITING_VALIDATION, program, legal_name="Payée")
        content = agent.open("/personnel/contributions.csv").response.data.decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(content), delimiter=";"))
        assert [row[0] for row in rows[1:]] == self.names(agent.open("/personnel/contributions"))
        paid = next(row for row in rows if row[0] == "Payée")
        assert paid[3] == paid[4]
        assert paid[7] == "0.00"
