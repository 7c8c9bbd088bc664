"""Contributions without the gateway: asked, received by hand, waived, refunded; and the receipts."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from certif import contributions
from certif.contributions import Contribution, Receipt, Waiver
from certif.kit import audit, clock, evidence
from certif.kit.access import Role
from certif.kit.db import db, transaction
from certif.kit.errors import Refusal
from certif.kit.money import Money
from certif.programs import PaymentMethod, Text, give_coordinates
from tests.contributions.conftest import ask, owner
from tests.factories import make_program, make_staff, owner_of


def receive(dues: Contribution, by, **more):
    with transaction():
        return contributions.record_offline_payment(
            dues, **{"method": PaymentMethod.CHEQUE, "received_on": clock.today(), "reference": "101", "by": by, **more}
        )


def settled_in_lists(dues: Contribution) -> bool:
    """Whether the condition for lists says what the property says."""
    found = db.session.scalar(select(Contribution.id).where(Contribution.id == dues.id, Contribution.is_settled)) is not None
    db.session.refresh(dues)
    assert found is dues.is_settled
    return found


def test_the_amount_is_the_one_of_the_version(dues):
    assert dues.amount == Money.dollars(50) == dues.due
    assert not settled_in_lists(dues)


def test_nothing_asked_is_settled(app):
    free = ask(make_program(price_cents=0, requires_contribution=False))
    assert settled_in_lists(free)


@pytest.mark.parametrize("method", [PaymentMethod.CHEQUE, PaymentMethod.INTERAC])
def test_what_comes_by_hand_is_received_with_a_numbered_receipt_and_a_letter(dues, manager, letters, method):
    payment = receive(dues, manager, method=method)
    year = clock.today().year
    assert payment.receipt.number == f"14-{year}-00001"
    assert settled_in_lists(dues)
    letter = letters.last(dues.employer.contact_email)
    assert letter.name == "contributions/contribution_received"
    assert payment.receipt.number in letter.subject
    assert payment.receipt.digest_fr in letter.attachments
    assert payment.receipt.digest_en not in letter.attachments
    assert payment.receipt.number in audit.history(dues)[-1].sentence


def test_both_receipts_are_kept_and_say_who_received_and_that_they_are_not_for_the_tax(dues, manager):
    with transaction():
        give_coordinates(dues.program, postal_address="1, rue du Port\nMatane (Québec) G4W 1A1", email="equipe@exemple.com", by=manager)
    receipt = receive(dues, manager).receipt
    for language, said in (("fr", "n’est pas un reçu officiel de don"), ("en", "not an official donation receipt")):
        paper = PdfReader(io.BytesIO(evidence.fetch(receipt.digest(language)).content))
        told = " ".join(" ".join(page.extract_text() for page in paper.pages).split())
        for words in (dues.program.body.name, "1, rue du Port", "Matane (Québec) G4W 1A1", "equipe@exemple.com", said):
            assert words in told


def test_the_letter_carries_the_language_of_documents_that_was_chosen(dues, manager, letters):
    with transaction():
        contributions.choose_document_language(db.session.merge(dues), "en", by=owner(dues))
    receipt = receive(dues, manager).receipt
    assert receipt.digest_en in letters.last().attachments
    assert f"receipt-{receipt.number}.pdf" in letters.last().attachments


def test_a_settled_contribution_cannot_be_received_again(dues, manager):
    receive(dues, manager)
    with pytest.raises(Refusal):
        receive(dues, manager, reference="102")
    with pytest.raises(Refusal), transaction():
        contributions.waive_contribution(dues, "Motif", by=manager)
    assert len(dues.payments) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"method": PaymentMethod.CARD},
        {"method": PaymentMethod.CASH},
        {"reference": None},
        {"reference": ""},
        {"received_on": dt.date(2999, 1, 1)},
    ],
)
def test_what_cannot_be_received_is_refused_and_leaves_nothing(app, wrong):
    cheques = {PaymentMethod.CHEQUE: Text("Par la poste.", "By mail."), PaymentMethod.CARD: Text("En ligne.", "Online.")}
    program = make_program(instructions=cheques)
    dues = ask(program)
    with pytest.raises(Refusal):
        receive(dues, make_staff(Role.MANAGER, program).actor, **wrong)
    db.session.refresh(dues)
    assert not dues.payments


def test_nobody_decides_on_the_money_of_an_employer_of_which_they_are_a_member(dues, program):
    both = make_staff(Role.MANAGER, program, user=owner_of(dues.employer)).actor
    with pytest.raises(Refusal):
        receive(dues, both)
    with pytest.raises(Refusal), transaction():
        contributions.waive_contribution(dues, "Motif", by=both)


def test_receipts_are_numbered_without_a_hole_in_each_program_and_year(app, program, manager):
    first, refused, second = (ask(program) for _ in range(3))
    receive(first, manager)
    with pytest.raises(Refusal):
        receive(refused, manager, reference=None)
    receive(second, manager)
    other = make_program()
    receive(ask(other), make_staff(Role.MANAGER, other).actor)
    with clock.frozen(clock.now() + dt.timedelta(days=400)):
        late = make_staff(Role.MANAGER, program).actor
        receive(refused, late)
    year = clock.today().year
    numbers = list(db.session.scalars(select(Receipt.number).order_by(Receipt.id)))
    assert numbers[:2] == [f"14-{year}-00001", f"14-{year}-00002"]
    assert numbers[2].endswith(f"-{year}-00001")
    assert numbers[2] not in numbers[:2]
    assert numbers[3] == f"14-{(clock.today() + dt.timedelta(days=400)).year}-00001"


def test_a_waiver_settles_tells_why_and_who_approved(dues, manager, letters):
    with transaction():
        waiver = contributions.waive_contribution(dues, "Organisme sans budget", by=manager)
    assert settled_in_lists(dues)
    assert (waiver.approver, waiver.number) == (manager.name, 1)
    assert "Organisme sans budget" in audit.history(dues)[-1].sentence
    assert "Organisme sans budget" in letters.last(dues.employer.contact_email).body
    with pytest.raises(Refusal):
        receive(dues, manager)


def test_waivers_stop_at_the_cap_of_the_year(app):
    program = make_program(waivers_per_year=2)
    by = make_staff(Role.MANAGER, program).actor
    for _ in range(2):
        with transaction():
            contributions.waive_contribution(ask(program), "Motif", by=by)
    third = ask(program)
    assert contributions.waivers_left(program) == 0
    with pytest.raises(Refusal), transaction():
        contributions.waive_contribution(third, "Motif", by=by)
    with clock.frozen(clock.now() + dt.timedelta(days=366)), transaction():
        contributions.waive_contribution(third, "Motif", by=by)


def test_without_a_cap_waivers_do_not_stop(app):
    """The twin: the same acts, in a program without a cap."""
    program = make_program(waivers_per_year=None)
    manager = make_staff(Role.MANAGER, program).actor
    assert contributions.waivers_left(program) is None
    for _ in range(3):
        with transaction():
            contributions.waive_contribution(ask(program), "Motif", by=manager)
    assert list(db.session.scalars(select(Waiver.number).order_by(Waiver.id))) == [1, 2, 3]


def refund(payment, amount, by, seen=0):
    with transaction():
        return contributions.refund_payment(payment, amount, "Payé deux fois", seen=seen, by=by)


def test_a_refund_by_hand_is_noted_with_its_reason_and_the_contribution_is_due_again(dues, manager, letters):
    payment = receive(dues, manager)
    refund(payment, None, manager)
    assert not settled_in_lists(dues)
    assert dues.due == Money.dollars(50)
    letter = letters.last(dues.employer.contact_email)
    assert "Payé deux fois" in letter.body
    assert payment.receipt.number in letter.body
    receive(dues, manager, reference="102")
    assert settled_in_lists(dues)


def test_a_payment_is_refunded_in_parts_and_never_beyond(dues, manager):
    payment = receive(dues, manager)
    refund(payment, Money.dollars(20), manager)
    with pytest.raises(Refusal):
        refund(payment, Money.dollars(31), manager, seen=1)
    refund(payment, Money.dollars(30), manager, seen=1)
    with pytest.raises(Refusal):
        refund(payment, None, manager, seen=2)
    assert payment.left.is_zero


def test_the_same_press_twice_refunds_once(dues, manager):
    payment = receive(dues, manager)
    refund(payment, Money.dollars(20), manager)
    with pytest.raises(Refusal):
        refund(payment, Money.dollars(20), manager)
    assert payment.left == Money.dollars(30)


def test_had_the_page_seen_the_first_refund_the_second_would_pass(dues, manager):
    """The twin: it is what the page had seen that stops the second press."""
    payment = receive(dues, manager)
    refund(payment, Money.dollars(20), manager)
    refund(payment, Money.dollars(20), manager, seen=1)
    assert payment.left == Money.dollars(10)


def test_a_receipt_is_sent_again_as_it_was(dues, manager, letters):
    receipt = receive(dues, manager).receipt
    with transaction():
        contributions.resend_receipt(receipt, by=manager)
    sent = [letter for letter in letters.all() if letter.name == "contributions/contribution_received"]
    assert len(sent) == 2
    assert sent[0].attachments == sent[1].attachments


@pytest.mark.parametrize(
    "name", ["Épicerie & fils <i>", "ᐃᓄᒃᑎᑐᑦ", "Crèmerie 🍦", "x" * 300, "#set text(red) $x$ *gras* @ref \\", "{{ 7*7 }} %(by)s"]
)
def test_hostile_names_go_through_receipt_and_letter_unharmed(program, manager, letters, name):
    dues = ask(program, legal_name=name)
    receive(dues, manager)
    assert name.replace("\u2060", "") in letters.last(dues.employer.contact_email).body.replace("\u2060", "")


def test_a_receipt_belongs_to_the_employer_and_to_staff_of_the_program(dues, manager, program, app):
    from werkzeug.exceptions import NotFound

    number = receive(dues, manager).receipt.number
    assert contributions.receipt_for(owner(dues), number).number == number
    assert contributions.receipt_for(manager, number).number == number
    strangers = [owner(ask(program)), make_staff(Role.MANAGER, make_program()).actor]
    for stranger in strangers:
        with pytest.raises(NotFound):
            contributions.receipt_for(stranger, number)
    with pytest.raises(NotFound):
        contributions.receipt_for(manager, "14-2026-99999")
