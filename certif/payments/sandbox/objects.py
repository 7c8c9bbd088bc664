"""The gateway's objects, key by key as it publishes them."""

from __future__ import annotations

from typing import Any

from certif.payments.sandbox.store import Thing, new_id, timestamp

API_VERSION = "2026-10-28.endive"
_NO_ADDRESS = dict.fromkeys(("city", "country", "line1", "line2", "postal_code", "state"))
DAY_S = 24 * 3600


def _nulls(names: str) -> Thing:
    return dict.fromkeys(names.split())


def session(form: dict[str, Any], amount: int, currency: str, public_base: str) -> Thing:
    """Give a new checkout session, open and unpaid."""
    session_id = new_id("cs_test_", 58)
    return _SESSION_NULLS | {
        "id": session_id,
        "object": "checkout.session",
        "adaptive_pricing": {"enabled": False},
        "amount_subtotal": amount,
        "amount_total": amount,
        "automatic_tax": {"enabled": False, "liability": None, "provider": None, "status": None},
        "cancel_url": form.get("cancel_url"),
        "client_reference_id": form.get("client_reference_id"),
        "created": timestamp(),
        "currency": currency,
        "custom_fields": [],
        "custom_text": dict.fromkeys(("after_submit", "shipping_address", "submit", "terms_of_service_acceptance")),
        "customer_creation": "if_required",
        "customer_email": form.get("customer_email"),
        "discounts": [],
        "expires_at": int(form.get("expires_at", timestamp() + DAY_S)),
        "invoice_creation": {"enabled": False, "invoice_data": _INVOICE_DATA},
        "livemode": False,
        "locale": form.get("locale"),
        "managed_payments": {"enabled": False},
        "metadata": form.get("metadata", {}),
        "mode": "payment",
        "payment_method_collection": "if_required",
        "payment_method_options": {"card": {"request_three_d_secure": "automatic"}},
        "payment_method_types": ["card"],
        "payment_status": "unpaid",
        "phone_number_collection": {"enabled": False},
        "shipping_options": [],
        "status": "open",
        "success_url": form["success_url"],
        "total_details": {"amount_discount": 0, "amount_shipping": 0, "amount_tax": 0},
        "ui_mode": "hosted",
        "url": f"{public_base}/c/pay/{session_id}",
        "wallet_options": None,
    }


_INVOICE_DATA = dict.fromkeys(("account_tax_ids", "custom_fields", "description", "footer", "issuer", "metadata", "rendering_options")) | {
    "metadata": {}
}
_SESSION_NULLS = _nulls("""
    after_expiration allow_promotion_codes billing_address_collection client_secret collected_information consent
    consent_collection currency_conversion customer customer_account customer_details integration_identifier invoice
    origin_context payment_intent payment_link payment_method_configuration_details permissions recovered_from
    saved_payment_method_options setup_intent shipping_address_collection shipping_cost submit_type subscription
""")


def customer_details(email: str | None) -> Thing:
    """Give what a person typed on the page where they paid."""
    return {
        "address": {**_NO_ADDRESS, "country": "CA"},
        "business_name": None,
        "email": email,
        "individual_name": None,
        "name": None,
        "phone": None,
        "tax_exempt": "none",
        "tax_ids": [],
    }


_INTENT_NULLS = _nulls("""
    application application_fee_amount canceled_at cancellation_reason customer customer_account description
    excluded_payment_method_types last_payment_error latest_charge next_action on_behalf_of payment_method
    payment_method_configuration_details processing receipt_email review setup_future_usage shipping source statement_descriptor
    statement_descriptor_suffix transfer_data transfer_group automatic_payment_methods
""")


def payment_intent(amount: int, currency: str, form: dict[str, Any]) -> Thing:
    """Give a new intent to pay, without a card yet."""
    intent_id = new_id("pi_")
    return _INTENT_NULLS | {
        "id": intent_id,
        "object": "payment_intent",
        "amount": amount,
        "amount_capturable": 0,
        "amount_details": {"tip": {}},
        "amount_received": 0,
        "capture_method": "automatic",
        "client_secret": f"{intent_id}_secret_{new_id('', 25)}",
        "confirmation_method": "automatic",
        "created": timestamp(),
        "currency": currency,
        "description": form.get("description"),
        "livemode": False,
        "managed_payments": {"enabled": False},
        "metadata": form.get("metadata", {}),
        "payment_method_options": {"card": {"request_three_d_secure": "automatic"}},
        "payment_method_types": ["card"],
        "status": "requires_payment_method",
    }


_CHARGE_NULLS = _nulls("""
    application application_fee application_fee_amount customer failure_balance_transaction failure_code failure_message
    on_behalf_of receipt_email receipt_number review shipping source source_transfer statement_descriptor
    statement_descriptor_suffix transfer_data transfer_group balance_transaction receipt_url
""")


def charge(intent: Thing, email: str | None, *, is_declined: bool) -> Thing:
    """Give the charge of an intent: the card paid, or was declined."""
    charge_id = new_id("ch_")
    refunds = {"object": "list", "data": [], "has_more": False, "url": f"/v1/charges/{charge_id}/refunds"}
    outcome = {
        "network_status": "declined_by_network" if is_declined else "approved_by_network",
        "type": "issuer_declined" if is_declined else "authorized",
    }
    return _CHARGE_NULLS | {
        "id": charge_id,
        "object": "charge",
        "amount": intent["amount"],
        "amount_captured": 0 if is_declined else intent["amount"],
        "amount_refunded": 0,
        "balance_transaction": None if is_declined else new_id("txn_"),
        "billing_details": {"address": {**_NO_ADDRESS, "country": "CA"}, "email": email, "name": None, "phone": None, "tax_id": None},
        "calculated_statement_descriptor": "BAC A SABLE",
        "captured": not is_declined,
        "created": timestamp(),
        "currency": intent["currency"],
        "description": intent["description"],
        "disputed": False,
        "failure_code": "card_declined" if is_declined else None,
        "failure_message": "Your card was declined." if is_declined else None,
        "fraud_details": {},
        "livemode": False,
        "metadata": intent["metadata"],
        "outcome": dict.fromkeys(("advice_code", "network_advice_code", "network_decline_code", "reason", "seller_message")) | outcome,
        "paid": not is_declined,
        "payment_intent": intent["id"],
        "payment_method": new_id("pm_"),
        "payment_method_details": {"card": _card(intent["amount"]), "type": "card"},
        "refunded": False,
        "refunds": refunds,
        "status": "failed" if is_declined else "succeeded",
    }


def _card(amount: int) -> Thing:
    return {
        "amount_authorized": amount,
        "authorization_code": None,
        "brand": "visa",
        "checks": {"address_line1_check": None, "address_postal_code_check": None, "cvc_check": "pass"},
        "country": "CA",
        "exp_month": 8,
        "exp_year": 2030,
        "extended_authorization": {"status": "disabled"},
        "fingerprint": new_id("", 16),
        "funding": "credit",
        "incremental_authorization": {"status": "unavailable"},
        "installments": None,
        "last4": "4242",
        "mandate": None,
        "multicapture": {"status": "unavailable"},
        "network": "visa",
        "network_token": {"used": False},
        "network_transaction_id": None,
        "overcapture": {"maximum_amount_capturable": amount, "status": "unavailable"},
        "regulated_status": None,
        "three_d_secure": None,
        "transaction_link_id": None,
        "wallet": None,
    }


def refund(charge_made: Thing, amount: int, form: dict[str, Any]) -> Thing:
    """Give a refund of a charge: all of it or a part."""
    return _nulls("customer customer_account receipt_number source_transfer_reversal transfer_reversal") | {
        "id": new_id("re_"),
        "object": "refund",
        "amount": amount,
        "balance_transaction": new_id("txn_"),
        "charge": charge_made["id"],
        "created": timestamp(),
        "currency": charge_made["currency"],
        "destination_details": {"card": {"type": "refund"}, "type": "card"},
        "metadata": form.get("metadata", {}),
        "payment_intent": charge_made["payment_intent"],
        "payment_method": charge_made["payment_method"],
        "reason": form.get("reason"),
        "status": "succeeded",
    }


def event(kind: str, thing: Thing, request_id: str | None, idempotency_key: str | None) -> Thing:
    """Give the event that tells what happened to a thing, as the thing was then."""
    return {
        "id": new_id("evt_"),
        "object": "event",
        "api_version": API_VERSION,
        "created": timestamp(),
        "data": {"object": thing},
        "livemode": False,
        "pending_webhooks": 1,
        "request": {"id": request_id, "idempotency_key": idempotency_key},
        "type": kind,
    }
