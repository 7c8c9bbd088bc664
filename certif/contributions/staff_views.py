"""What staff do with a contribution: see it, record what came by hand, waive, refund, send the receipt again."""

from __future__ import annotations

from flask import Response
from werkzeug import Response as Answer

from certif.contributions import actions, refunds
from certif.contributions.forms import RecordPaymentForm, RefundForm, WaiveForm
from certif.contributions.queries import APPROVERS, KEEPERS, contribution_for, payment_for, receipt_for, waivers_left
from certif.contributions.views import pages
from certif.kit import audit
from certif.kit.access import actor, audience
from certif.kit.forms import Form
from certif.kit.languages import _
from certif.kit.web import go, page, say
from certif.programs import PaymentMethod


@pages.route("/personnel/contributions/<ref>")
@audience(*KEEPERS)
def show_contribution(ref: str) -> Response:
    """What was asked, what came, what went back, and the history."""
    contribution = contribution_for(actor(), ref)
    may_approve = actor().holds(contribution.program_id, *APPROVERS)
    return page(
        "contributions/show_contribution.html",
        contribution=contribution,
        may_approve=may_approve,
        history=audit.history(contribution),
        form=Form(),
    )


@pages.route("/personnel/contributions/<ref>/encaissement", methods=["GET", "POST"])
@audience(*KEEPERS)
def record_payment(ref: str) -> Response | Answer:
    """A cheque, a transfer or cash has come."""
    contribution, form = contribution_for(actor(), ref), RecordPaymentForm()
    form.offer(list(contribution.version.rules.instructions))
    if form.validate_on_submit():
        with form.held():
            method, day = PaymentMethod(form.method.data), form.received_on.data
            actions.record_offline_payment(contribution, method=method, received_on=day, reference=form.reference.data, by=actor())
            say(_("La contribution est reçue et le reçu est en route."))
            return go("contributions.show_contribution", ref=ref)
    return page("contributions/record_payment.html", form=form, contribution=contribution)


@pages.route("/personnel/contributions/<ref>/dispense", methods=["GET", "POST"])
@audience(*APPROVERS)
def waive(ref: str) -> Response | Answer:
    """Ask nothing of this employer."""
    contribution, form = contribution_for(actor(), ref, *APPROVERS), WaiveForm()
    if form.validate_on_submit():
        with form.held():
            actions.waive_contribution(contribution, form.reason.data, by=actor())
            say(_("L’employeur est dispensé de sa contribution."))
            return go("contributions.show_contribution", ref=ref)
    return page("contributions/waive.html", form=form, contribution=contribution, left=waivers_left(contribution.program))


@pages.route("/personnel/paiements/<ref>/remboursement", methods=["GET", "POST"])
@audience(*APPROVERS)
def refund(ref: str) -> Response | Answer:
    """Give a payment back, or a part of it."""
    payment, form = payment_for(actor(), ref, *APPROVERS), RefundForm()
    if form.validate_on_submit():
        with form.held():
            refunds.refund_payment(payment, form.money, form.reason.data, seen=form.number_seen, by=actor())
            say(_("Le remboursement est demandé."))
            return go("contributions.show_contribution", ref=payment.contribution.ref)
    if form.seen.data is None:
        form.seen.data = str(len(payment.refunds))
    return page("contributions/refund.html", form=form, payment=payment, contribution=payment.contribution)


@pages.route("/personnel/recus/<number>/renvoi", methods=["POST"])
@audience(*KEEPERS)
def resend_receipt(number: str) -> Answer:
    """Send a receipt again."""
    receipt = receipt_for(actor(), number)
    contribution = contribution_for(actor(), receipt.contribution.ref)
    actions.resend_receipt(receipt, by=actor())
    say(_("Le reçu %(number)s est en route.", number=receipt.number))
    return go("contributions.show_contribution", ref=contribution.ref)
