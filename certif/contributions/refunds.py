"""Giving money back: asked and written down first, then done, and never done twice."""

from __future__ import annotations

from certif import payments
from certif.contributions.model import Contribution, Payment, Refund
from certif.contributions.receiving import figures
from certif.employers import is_member
from certif.kit import audit, clock, outbox
from certif.kit.access import SYSTEM, Actor
from certif.kit.db import checkpoint, db, lock
from certif.kit.errors import Refusal
from certif.kit.languages import _, _l
from certif.kit.money import Money
from certif.payments import RefundMade

audit.declare(
    "contribution_refund_asked",
    _l("%(by)s a demandé de rembourser %(dollars)s,%(cents)s $. Motif : %(reason)s"),
    "dollars",
    "cents",
    "reason",
)
audit.declare("contribution_refunded", _l("La contribution a été remboursée : %(dollars)s,%(cents)s $."), "dollars", "cents")
audit.declare("contribution_refund_failed", _l("Le remboursement de %(dollars)s,%(cents)s $ n’a pas pu être fait."), "dollars", "cents")


def refund_payment(payment: Payment, amount: Money | None, reason: str, *, seen: int, by: Actor) -> Refund:
    """Give back a payment, or a part of it. What came by card goes back to the card; anything else is given back by hand, and noted here.

    Takes: `amount`, None for all that is left; `seen`, how many refunds the page showed: a second press of the same button changes nothing.
    Refuses: more than what is left, or nothing; a refund asked in the meantime; someone who is a member of the employer; what the gateway
    refuses. `Unavailable` when the gateway is down: the refund is then written down, and done as soon as it answers.
    """
    contribution = lock(payment.contribution)
    lock(payment)
    if is_member(by.user_id, contribution.employer):
        raise Refusal(_("Vous êtes membre de cette organisation : une autre personne doit décider."))
    if len(payment.refunds) != seen:
        raise Refusal(_("Un remboursement vient d’être demandé. Regardez-le avant d’en demander un autre."))
    wanted = amount or payment.left
    if not Money(0) < wanted <= payment.left:
        raise Refusal(_("Remboursez au plus ce qui reste de ce paiement."))
    refund = Refund(cents=wanted.cents, reason=reason, asked_at=clock.now(), asked_by=by.ref)
    payment.refunds.append(refund)
    db.session.flush()
    audit.record("contribution_refund_asked", contribution, by=by, reason=reason, **figures(refund.cents))
    if payment.gateway_ref is None:
        _refunded(refund, by=by)
    else:
        _ask_gateway(refund, by=by)
    return refund


def complete_refund(refund: Refund, *, by: Actor) -> None:
    """Take up a refund that the gateway has not confirmed: ask what it knows, and only then ask again, with the same key."""
    payment = refund.payment
    assert payment.gateway_ref is not None
    checkpoint()
    collected = payments.find_checkout(payment.gateway_ref)
    db.session.expire_all()
    lock(payment.contribution)
    if collected is not None:
        note_refunds(payment, collected.refunds, by=by)
    if refund.refunded_at is None and refund.failed_at is None and refund.gateway_ref is None:
        _ask_gateway(refund, by=by)


def note_refunds(payment: Payment, made: tuple[RefundMade, ...], *, by: Actor) -> None:
    """Note the refunds that the gateway tells of; one made on its own pages is written down as such.

    Takes: `payment`, whose contribution is held by `lock`.
    """
    for one in made:
        known = next((refund for refund in payment.refunds if one.ref == refund.gateway_ref or one.key == refund.ref), None)
        if known is None:
            reason = _("Remboursé depuis les pages de la passerelle de paiement.")
            known = Refund(cents=one.amount.cents, reason=reason, asked_at=clock.now(), asked_by=SYSTEM.ref)
            payment.refunds.append(known)
            db.session.flush()
        _note(known, one, by=by)


def _ask_gateway(refund: Refund, *, by: Actor) -> None:
    payment_ref, amount, key = refund.payment.gateway_ref, refund.amount, refund.ref
    assert payment_ref is not None
    checkpoint()
    try:
        made = payments.refund(payment_ref, amount, key)
    except Refusal:
        db.session.expire_all()
        _failed(refund, by=by)
        checkpoint()  # what the gateway refused for good is kept, although the person is told no
        raise
    db.session.expire_all()
    lock(refund.payment.contribution)
    _note(refund, made, by=by)


def _note(refund: Refund, made: RefundMade, *, by: Actor) -> None:
    refund.gateway_ref = made.ref
    if made.status == "failed" and refund.failed_at is None:
        _failed(refund, by=by)
    elif made.status == "done" and refund.refunded_at is None:
        _refunded(refund, by=by)


def _failed(refund: Refund, *, by: Actor) -> None:
    refund.failed_at = clock.now()
    audit.record("contribution_refund_failed", refund.payment.contribution, by=by, **figures(refund.cents))


def _refunded(refund: Refund, *, by: Actor) -> None:
    refund.refunded_at = clock.now()
    contribution: Contribution = refund.payment.contribution
    employer, language = contribution.employer, contribution.document_language
    audit.record("contribution_refunded", contribution, by=by, **figures(refund.cents))
    receipt = refund.payment.receipt
    outbox.queue(
        "contributions/contribution_refunded", employer.contact_email, language=employer.language, scope=contribution.scope,
        attachments=[(receipt.file_name(language), receipt.digest(language))] if receipt else [],
        contribution=contribution, refund=refund, receipt=receipt,
    )  # fmt: skip
