"""What follows when money is received, however it came: the payment, its numbered receipt, the journal and the letter."""

from __future__ import annotations

from sqlalchemy import func, select

from certif import documents
from certif.contributions.model import CheckoutAttempt, Contribution, Payment, Receipt
from certif.kit import audit, clock, evidence, outbox
from certif.kit.access import Actor
from certif.kit.db import db, lock
from certif.kit.jobs import enqueue
from certif.kit.languages import LANGUAGES, _, _l, format_day, format_money, speaking
from certif.programs import PaymentMethod, Program

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
    payment.receipt = _issue(payment)
    db.session.flush()
    number = payment.receipt.number
    audit.record(f"contribution_received_by_{payment.method}", contribution, by=by, number=number, **figures(payment.cents))
    send_receipt(payment.receipt)
    close_pages(contribution)
    return payment


def send_receipt(receipt: Receipt) -> None:
    """Write the letter that carries a receipt, in the language of the employer's letters; the PDF is in that of its documents."""
    contribution = receipt.payment.contribution
    employer = contribution.employer
    language = contribution.document_language
    outbox.queue(
        "contributions/contribution_received", employer.contact_email, language=employer.language, scope=contribution.scope,
        attachments=[(receipt.file_name(language), receipt.digest(language))],
        contribution=contribution, payment=receipt.payment, receipt=receipt,
    )  # fmt: skip


def close_pages(contribution: Contribution, *, but: CheckoutAttempt | None = None) -> None:
    """Ask for the pages still open at the gateway to be closed, so that nobody pays twice."""
    for attempt in contribution.attempts:
        if attempt.closed_at is None and attempt.session_ref is not None and attempt is not but:
            enqueue("close_checkout_page", once=f"close_checkout_page {attempt.ref}", attempt=attempt.ref)


def _issue(payment: Payment) -> Receipt:
    program, year = lock(payment.contribution.program), clock.today().year
    last = select(func.max(Receipt.sequence)).where(Receipt.program_id == program.id, Receipt.year == year)
    sequence = (db.session.scalar(last) or 0) + 1
    receipt = Receipt(
        number=f"{_series(program)}-{year}-{sequence:05}", program_id=program.id, year=year, sequence=sequence, issued_at=clock.now()
    )
    digests = {language: _typeset(payment, receipt, language) for language in LANGUAGES}
    receipt.digest_fr, receipt.digest_en = digests["fr"], digests["en"]
    return receipt


def _series(program: Program) -> str:
    """Give what the receipts of a program begin with: the code of its region, and a letter from the region's second program on."""
    rank = db.session.scalar(
        select(func.count()).select_from(Program).where(Program.region_id == program.region_id, Program.id < program.id)
    )
    letters = ""
    while rank:
        rank, letter = divmod(rank, 26)
        letters = chr(ord("A") + letter) + letters
    return program.region.code + letters


def _typeset(payment: Payment, receipt: Receipt, language: str) -> str:
    """Typeset the receipt in one language, and keep it. Gives: its digest."""
    contribution = payment.contribution
    employer, body = contribution.employer, contribution.program.body
    with speaking(language):
        facts = [
            (_("Numéro du reçu"), receipt.number),
            (_("Date du reçu"), format_day(clock.today())),
            (_("Reçu de"), employer.legal_name),
            (_("NEQ"), employer.neq or ""),
            (_("Programme"), contribution.program.name),
            (_("Façon de contribuer"), str(payment.method_label)),
            (_("Référence"), payment.reference or ""),
            (_("Reçu le"), format_day(payment.received_on)),
        ]
        data = {
            "title": _("Reçu de contribution"),
            "issuer": body.name,
            "facts": [{"label": label, "value": value} for label, value in facts if value],
            "amount_label": _("Montant reçu"),
            "amount": format_money(payment.amount),
            "not_official": _("Ceci n’est pas un reçu officiel aux fins de l’impôt."),
            "why_not": _("La contribution est symbolique ; elle n’ouvre droit à aucun crédit d’impôt pour don."),
            "test": _("Essai : aucune carte n’a été débitée et aucun argent n’a été reçu.") if payment.is_test else "",
        }
        return evidence.keep(documents.typeset("receipt", data, language), "application/pdf")
