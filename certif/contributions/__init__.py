"""DUES. What an employer is asked to give, and what came of it: pages at the gateway, payments, waivers, refunds, receipts, each a row.

This room does not know what a contribution is for: certification asks for one, sends the person here, and reads `is_settled`.
"""

from certif.contributions import reconciliation, reminding
from certif.contributions.actions import (
    choose_document_language,
    open_contribution,
    record_offline_payment,
    resend_receipt,
    waive_contribution,
)
from certif.contributions.cards import fulfil, start_checkout, take_notice
from certif.contributions.cover_model import Cover
from certif.contributions.covers import check_may_be_covered, cover_contribution, release_cover
from certif.contributions.gateway_model import CheckoutReminder, GatewayEvent, PaymentDispute
from certif.contributions.model import CheckoutAttempt, Contribution, Payment, Receipt, Refund, Waiver
from certif.contributions.queries import (
    APPROVERS,
    KEEPERS,
    contribution_for,
    contribution_of,
    contributions_of,
    methods_for,
    receipt_for,
    waivers_left,
)
from certif.contributions.refunds import refund_payment

reconcile_contributions = reconciliation.reconcile_contributions
remind_abandoned_checkouts = reminding.remind_abandoned_checkouts

__all__ = [
    "APPROVERS",
    "KEEPERS",
    "CheckoutAttempt",
    "CheckoutReminder",
    "Contribution",
    "Cover",
    "GatewayEvent",
    "Payment",
    "PaymentDispute",
    "Receipt",
    "Refund",
    "Waiver",
    "check_may_be_covered",
    "choose_document_language",
    "contribution_for",
    "contribution_of",
    "contributions_of",
    "cover_contribution",
    "fulfil",
    "methods_for",
    "open_contribution",
    "receipt_for",
    "reconcile_contributions",
    "record_offline_payment",
    "refund_payment",
    "release_cover",
    "remind_abandoned_checkouts",
    "resend_receipt",
    "start_checkout",
    "take_notice",
    "waive_contribution",
    "waivers_left",
]
