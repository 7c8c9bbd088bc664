"""The pages: back from the gateway, receipts, and what staff do with a contribution."""

from __future__ import annotations

import dataclasses
import hashlib

import pytest

from certif import contributions, payments
from certif.contributions import Contribution
from certif.kit import clock
from certif.kit.access import Role
from certif.kit.db import db, transaction
from certif.payments import Sandbox
from tests.contributions.conftest import ask
from tests.contributions.test_cards import fresh, pay, start
from tests.factories import make_person, make_program, make_staff, owner_of
from tests.pages import Page
from tests.paying import by_cheque


@pytest.fixture
def employer(dues: Contribution):
    return make_person(owner_of(dues.employer))


@pytest.fixture
def agent(program):
    return make_staff(Role.AGENT, program)


@pytest.fixture
def boss(program):
    return make_staff(Role.MANAGER, program)


def landing(session_ref: str, language: str = "") -> str:
    return f"{language}/paiements/retour?session={session_ref}"


def at_the_gateway(employer, dues: Contribution) -> Page:
    """Go to the page where one pays, as the site sends a person there."""
    return employer.open(start(dues).url)


def test_a_person_pays_on_the_page_and_comes_back_to_a_receipt(dues, employer, till: Sandbox):
    page = at_the_gateway(employer, dues)
    assert page.h1 == "Payer 50,00 $"
    assert "Bac à sable" in page.soup.get_text().replace("\u00a0", " ")
    back = page.fill("pay")
    assert back.path.startswith("/paiements/retour")
    assert not fresh(dues).is_settled
    db.session.rollback()
    back.fill("Confirmer mon paiement")
    assert fresh(dues).is_settled


def test_a_declined_card_leaves_the_person_on_the_page(dues, employer, till):
    page = at_the_gateway(employer, dues).fill("decline")
    assert page.status == 402
    assert "refusée" in page.text
    assert page.fill("pay").path.startswith("/paiements/retour")


def test_whoever_gives_up_comes_back_and_owes_as_before(dues, employer, till):
    page = at_the_gateway(employer, dues).fill("abandon")
    assert page.path.startswith("/certification/contribution")
    assert not fresh(dues).is_settled


def test_the_button_says_when_nothing_has_come(dues, employer, till):
    attempt = start(dues)
    page = employer.open(landing(attempt.session_ref)).fill("Confirmer mon paiement")
    assert "n’est pas encore arrivé" in page.text
    assert not fresh(dues).payments


def test_opening_the_landing_page_writes_nothing(dues, employer, till):
    attempt = start(dues)
    pay(till, attempt)
    for _ in range(3):
        employer.open(landing(attempt.session_ref))
    assert not fresh(dues).payments


@pytest.mark.parametrize("session_ref", ["", "cs_test_forged", "cs_x", "' OR 1=1 --", "%00", "{CHECKOUT_SESSION_ID}", "x" * 3000])
def test_a_made_up_session_is_not_found(dues, employer, till, session_ref):
    start(dues)
    assert employer.open(landing(session_ref)).status == 404


def test_someone_elses_session_is_not_found_and_tells_no_name(dues, program, till):
    attempt = start(dues)
    pay(till, attempt)
    stranger = make_person(owner_of(ask(program).employer))
    page = stranger.open(landing(attempt.session_ref))
    assert page.status == 404
    assert dues.employer.name not in page.soup.get_text()
    assert stranger.send(landing(attempt.session_ref), {}).status in {400, 404}
    assert not fresh(dues).payments


def test_the_landing_page_speaks_english_too(dues, employer, till):
    attempt = start(dues, "en")
    assert employer.open(landing(attempt.session_ref, "/en")).language == "en"


def test_staff_record_a_cheque_and_the_receipt_can_be_downloaded(dues, agent, employer, letters):
    page = agent.open(f"/personnel/contributions/{dues.ref}").follow("Inscrire ce qui est reçu")
    page = page.fill("Inscrire la contribution", method="cheque", reference="101", received_on=clock.today().isoformat())
    assert "reçu est en route" in page.text
    receipt = fresh(dues).receipts[0]
    for spoken, content in (("fr", receipt.digest_fr), ("en", receipt.digest_en)):
        answer = employer.client.get(f"/recus/{receipt.number}/{spoken}.pdf", base_url=employer.base)
        assert answer.mimetype == "application/pdf"
        assert hashlib.sha256(answer.data).hexdigest() == content
        assert receipt.number in answer.headers["Content-Disposition"]
    stranger = make_person()
    assert stranger.open(f"/recus/{receipt.number}/fr.pdf").status == 404


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"method": "cheque", "reference": "", "received_on": "2026-11-03"}, "numéro"),
        ({"method": "", "reference": "1", "received_on": "2026-11-03"}, "réponse"),
        ({"method": "card", "reference": "1", "received_on": "2026-11-03"}, "liste"),
        ({"method": "cheque", "reference": "1", "received_on": "hier"}, "date"),
        ({"method": "cheque", "reference": "1", "received_on": "2999-01-01"}, "aujourd’hui"),
        ({"method": "cheque", "reference": "x" * 61, "received_on": "2026-11-03"}, "Raccourcissez"),
    ],
)
def test_what_is_typed_wrong_is_said_and_kept(dues, agent, typed, said):
    page = agent.open(f"/personnel/contributions/{dues.ref}/encaissement").fill("Inscrire la contribution", **typed)
    assert page.status in {409, 422}
    assert said in page.text
    assert page.soup.find("input", attrs={"name": "reference"})["value"] == typed["reference"]
    assert not fresh(dues).payments


def test_a_manager_waives_and_an_agent_may_not(dues, agent, boss):
    assert agent.open(f"/personnel/contributions/{dues.ref}/dispense").status == 403
    page = boss.open(f"/personnel/contributions/{dues.ref}").follow("Dispenser")
    assert page.fill("Dispenser cet employeur", reason="").status == 422
    page.fill("Dispenser cet employeur", reason="Organisme sans budget")
    assert fresh(dues).is_settled


def test_a_manager_refunds_a_part_then_the_rest(dues, boss, manager):
    with transaction():
        by_cheque(dues, by=manager)
    page = boss.open(f"/personnel/contributions/{dues.ref}").follow("Rembourser")
    assert page.fill("Rembourser", amount="beaucoup", reason="x").status == 422
    assert page.fill("Rembourser", amount="50,01", reason="x").status == 409
    again = page.fill("Rembourser", amount="20", reason="Rabais")
    assert "Rabais" in again.text
    assert page.fill("Rembourser", amount="20", reason="Rabais").path == again.path, "the same press twice"
    assert page.fill("Rembourser", amount="20", reason="Rabais encore").status == 409, "another press on a page that is out of date"
    assert fresh(dues).received.cents == 3000
    db.session.rollback()
    boss.open(f"/personnel/contributions/{dues.ref}").follow("Rembourser").fill("Rembourser", amount="", reason="Tout")
    assert fresh(dues).received.is_zero


def test_a_receipt_is_sent_again_from_the_page(dues, agent, manager, letters):
    with transaction():
        receipt = by_cheque(dues, by=manager).receipt
    agent.open(f"/personnel/contributions/{dues.ref}").fill(f"Renvoyer le reçu {receipt.number}")
    assert len([one for one in letters.to(dues.employer.contact_email) if one.name.endswith("contribution_received")]) == 2


def test_staff_of_another_program_find_nothing(dues, manager):
    with transaction():
        payment = by_cheque(dues, by=manager)
    other = make_staff(Role.MANAGER, make_program())
    for path in (
        f"/personnel/contributions/{dues.ref}",
        f"/personnel/contributions/{dues.ref}/encaissement",
        f"/personnel/contributions/{dues.ref}/dispense",
        f"/personnel/paiements/{payment.ref}/remboursement",
        f"/recus/{payment.receipt.number}/fr.pdf",
    ):
        assert other.open(path).status == 404, path


def test_the_sandbox_is_marked_wherever_money_is_spoken_of(app, dues, till):
    pay(till, start(dues))
    with transaction():
        payment = contributions.fulfil(dues.attempts[0].session_ref, by=make_staff(Role.MANAGER, dues.program).actor)
    assert payment.is_test
    assert payments.is_sandbox()
    real = dataclasses.replace(app.config["SETTINGS"], stripe_secret_key="sk_live_x", stripe_webhook_secret="whsec_x", stripe_api_base=None)
    assert not payments.gateway_for(real).is_sandbox
    assert payments.gateway_for(real).livemode
    assert payments.sandbox_for(real) is None
