"""What follows when money is received, however it came: the payment, its numbered receipt, the journal and the letter."""

from __future__ import annotations

from certif.contributions.model import CheckoutAttempt, Contribution, Payment, Receipt
from certif.contributions.receipts import issue_receipt
from certif.kit import audit, outbox
from certif.kit.access import Actor
from certif.kit.db import db
from certif.kit.jobs import enqueue
from certif.kit.languages import _l
from certif.programs import PaymentMethod

_SENTENCES = {
    PaymentMethod.CARD: _l("%(by)s a reçu la contribution par carte : %(dollars)s,%(cents)s $ (reçu %(number)s)."),
    PaymentMethod.CHEQUE: _l("%(by)s a reçu la contribution par chèque : %(dollars)s,%(cents)s $ (reçu %(number)s)."),
    PaymentMethod.INTERAC: _l("%(by)s a reçu la contribution par virement Interac : %(dollars)s,%(cents)s $ (reçu %(number)s)."),
    PaymentMethod.CASH: _l("%(by)s a reçu la contribution en argent comptant : %(dollars)s,%(cents)s $ (reçu %(number)s)."),
}
for _method, _sentence in _SENTENCES.items():
    audit.declare(f"contribution_received_by_{_method.value}", _sentence, "dollars", "cents", "number")


def figures(cents: int) -> dict[str, str]:
    """Give an amount as a sentence of the journal takes it: whole dollars, and two digits of cents."""
    return {"dollars": str(cents // 100), "cents": f"{cents % 100:02}"}


def receive(contribution: Contribution, payment: Payment, *, by: Actor) -> Payment:
    """Keep a payment: its row, its receipt in both languages, the journal and the letter, all at once.

    Takes: `contribution`, held by `lock`.
    """
    contribution.payments.append(payment)
    db.session.flush()
    payment.receipt = issue_receipt(payment)
    db.session.flush()
    number = payment.receipt.number
    audit.record(f"contribution_received_by_{payment.method}", contribution, by=by, number=number, **figures(payment.cents))
    send_receipt(payment.receipt)
    close_pages(contribution)
    return payment


def send_receipt(receipt: Receipt) -> None:
    """Write the letter that carries a receipt, in the language of the employer's letters; the PDF is in that of its documents."""
    contribution = receipt.contribution
    employer, language = contribution.employer, contribution.document_language
    told = {"payment": receipt.payment} if receipt.payment else {"cover": receipt.cover}
    outbox.queue(
        "contributions/contribution_received" if receipt.payment else "contributions/contribution_covered", employer.contact_email,
        language=employer.language, scope=contribution.scope, attachments=[(receipt.file_name(language), receipt.digest(language))],
        contribution=contribution, receipt=receipt, **told,
    )  # fmt: skip


def close_pages(contribution: Contribution, *, but: CheckoutAttempt | None = None) -> None:
    """Ask for the pages still open at the gateway to be closed, so that nobody pays twice."""
    for attempt in contribution.attempts:
        if attempt.closed_at is None and attempt.session_ref is not None and attempt is not but:
            enqueue("close_checkout_page", once=f"close_checkout_page {attempt.ref}", attempt=attempt.ref)
