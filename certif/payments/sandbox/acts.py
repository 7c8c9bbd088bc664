"""What can happen at the sandbox. Each act changes things and tells the events of it, in one unit of work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from certif.payments.sandbox import objects, wire
from certif.payments.sandbox.store import Thing, Unit, timestamp

LEAST_AMOUNT, LARGEST_AMOUNT = 50, 99_999_999
_SHORTEST_S, _LONGEST_S = 30 * 60, 24 * 3600
_SESSION_PARAMS = {
    *("mode", "payment_method_types", "line_items", "adaptive_pricing", "client_reference_id", "metadata", "payment_intent_data"),
    *("customer_email", "locale", "success_url", "cancel_url", "expires_at", "submit_type"),
}
_LOCALES = {"auto", "fr", "fr-CA", "en", "en-GB"}


@dataclass(frozen=True)
class Desk:
    """Where acts happen: a unit of work, and who asked.

    Takes: `modes`, how to misbehave with what is told.
    """

    unit: Unit
    modes: dict[str, int]
    request_id: str | None = None
    idempotency_key: str | None = None

    def tell(self, kind: str, thing: Thing) -> None:
        """Note an event, and that it must be delivered."""
        event = self.unit.put(objects.event(kind, thing, self.request_id, self.idempotency_key))
        seq = self.unit.run("SELECT seq FROM thing WHERE id = ?", (event["id"],)).fetchone()[0]
        due_at = timestamp() + self.modes.get("delay", 0) / 1000
        is_lost, copies = "lose-webhooks" in self.modes, 2 if "duplicate-webhooks" in self.modes else 1
        self.unit.run(
            "INSERT INTO delivery VALUES (?, ?, ?, 0, ?, ?)", (event["id"], seq, due_at, copies, "lost" if is_lost else "waiting")
        )


def create_session(desk: Desk, form: dict[str, Any], public_base: str) -> Thing:
    """Open a page where something can be paid once."""
    wire.only(form, *_SESSION_PARAMS)
    for needed in ("mode", "line_items", "success_url"):
        if not form.get(needed):
            wire.fail(400, f"Missing required param: {needed}.", param=needed, code="parameter_missing")
    if form["mode"] != "payment":
        wire.fail(400, "The sandbox only knows mode=payment.", param="mode")
    if form.get("locale", "auto") not in _LOCALES:
        wire.fail(400, "Invalid locale.", param="locale")
    lifetime = wire.whole(form.get("expires_at", timestamp() + _LONGEST_S), "expires_at") - timestamp()
    if not _SHORTEST_S <= lifetime <= _LONGEST_S:
        wire.fail(
            400, "The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout Session creation.", param="expires_at"
        )
    amount, currency, name = _sum_of_lines(form["line_items"])
    session = objects.session(form, amount, currency, public_base)
    # What the page needs and the published object has not.
    desk.unit.put(
        {"id": f"{session['id']}/page", "object": "page", "name": name, "payment_intent_data": form.get("payment_intent_data", {})}
    )
    return desk.unit.put(session)


def _sum_of_lines(lines: object) -> tuple[int, str, str]:
    if not isinstance(lines, list):
        wire.fail(400, "Invalid array", param="line_items")
    total, currencies, names = 0, set(), []
    for line in lines:
        try:
            price = line["price_data"]
            total += wire.whole(price["unit_amount"], "line_items[0][price_data][unit_amount]") * wire.whole(
                line.get("quantity", 1), "line_items[0][quantity]"
            )
            currencies.add(price["currency"].lower())
            names.append(price["product_data"]["name"])
        except (KeyError, TypeError, AttributeError):
            wire.fail(
                400, "Missing required param: line_items[0][price_data].", param="line_items[0][price_data]", code="parameter_missing"
            )
    check_amount(total)
    if len(currencies) != 1 or not all(code.isalpha() and len(code) == 3 for code in currencies):
        wire.fail(400, "Invalid currency.", param="line_items[0][price_data][currency]")
    return total, currencies.pop(), ", ".join(names)


def check_amount(amount: int) -> None:
    """Fail on an amount that no card can pay."""
    if amount < LEAST_AMOUNT:
        wire.fail(400, "The Checkout Session's total amount due must add up to at least $0.50 cad.", code="amount_too_small")
    if amount > LARGEST_AMOUNT:
        wire.fail(400, "The total amount must be no more than $999,999.99 cad.", code="amount_too_large")


def current_session(desk: Desk, session_id: str) -> Thing:
    """Read a session; it expires by itself when its time has come."""
    session = desk.unit.get("checkout.session", session_id)
    if session is None:
        wire.fail(404, f"No such checkout.session: '{session_id[:80]}'", param="session", code="resource_missing")
    if session["status"] == "open" and session["expires_at"] <= timestamp():
        _expire(desk, session)
    return session


def expire_session(desk: Desk, session_id: str) -> Thing:
    """Close a page that is still open."""
    session = current_session(desk, session_id)
    if session["status"] != "open":
        wire.fail(
            400,
            f'Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of {session["status"]}.',
        )
    return _expire(desk, session)


def _expire(desk: Desk, session: Thing) -> Thing:
    session.update(status="expired", url=None)
    desk.tell("checkout.session.expired", session)
    return desk.unit.put(session)


def pay_session(desk: Desk, session: Thing, *, is_declined: bool) -> Thing:
    """Use a card on an open page. A page that was paid is never charged again."""
    if session["status"] != "open":
        return session
    intent = desk.unit.get("payment_intent", session["payment_intent"])
    if intent is None:
        page = desk.unit.get("page", f"{session['id']}/page") or {}
        intent = objects.payment_intent(session["amount_total"], session["currency"], page.get("payment_intent_data", {}))
        session["payment_intent"] = intent["id"]
        desk.tell("payment_intent.created", intent)
    use_card(desk, intent, session["customer_email"], is_declined=is_declined)
    if is_declined:
        return desk.unit.put(session)
    session.update(status="complete", payment_status="paid", url=None, customer_details=objects.customer_details(session["customer_email"]))
    desk.tell("checkout.session.completed", session)
    return desk.unit.put(session)


def use_card(desk: Desk, intent: Thing, email: str | None, *, is_declined: bool) -> Thing:
    """Charge a card for an intent."""
    charge = desk.unit.put(objects.charge(intent, email, is_declined=is_declined))
    intent["latest_charge"] = charge["id"]
    if is_declined:
        intent["last_payment_error"] = {
            "type": "card_error",
            "code": "card_declined",
            "charge": charge["id"],
            "message": charge["failure_message"],
        }
        desk.tell("charge.failed", charge)
        desk.tell("payment_intent.payment_failed", intent)
    else:
        intent.update(
            status="succeeded", amount_received=intent["amount"], payment_method=charge["payment_method"], last_payment_error=None
        )
        desk.tell("charge.succeeded", charge)
        desk.tell("payment_intent.succeeded", intent)
    return desk.unit.put(intent)


def create_intent(desk: Desk, form: dict[str, Any]) -> Thing:
    """Ask for a payment without a page; with `confirm=true`, charge the card at once."""
    wire.only(form, "amount", "currency", "payment_method", "payment_method_types", "confirm", "description", "metadata")
    amount = wire.whole(form.get("amount", ""), "amount")
    check_amount(amount)
    intent = desk.unit.put(objects.payment_intent(amount, str(form.get("currency", "cad")).lower(), form))
    desk.tell("payment_intent.created", intent)
    if form.get("confirm") == "true":
        use_card(desk, intent, None, is_declined="chargeDeclined" in str(form.get("payment_method", "")))
    return intent


def create_refund(desk: Desk, form: dict[str, Any]) -> Thing:
    """Give back all or a part of what a charge took."""
    wire.only(form, "payment_intent", "charge", "amount", "reason", "metadata")
    charge = _charge_to_refund(desk.unit, form)
    left = charge["amount_captured"] - charge["amount_refunded"]
    amount = wire.whole(form.get("amount", left), "amount")
    if charge["refunded"] or left == 0:
        wire.fail(400, f"Charge {charge['id']} has already been refunded.", code="charge_already_refunded")
    if not 0 < amount <= left:
        wire.fail(400, f"Refund amount ({amount}) is greater than unrefunded amount on charge ({left})", param="amount")
    refund = desk.unit.put(objects.refund(charge, amount, form))
    charge["amount_refunded"] += amount
    charge["refunded"] = charge["amount_refunded"] == charge["amount_captured"]
    charge["refunds"]["data"].insert(0, refund)
    desk.unit.put(charge)
    desk.tell("refund.created", refund)
    desk.tell("charge.refunded", charge)
    return refund


def _charge_to_refund(unit: Unit, form: dict[str, Any]) -> Thing:
    intent = unit.get("payment_intent", form.get("payment_intent"))
    charge = unit.get("charge", intent["latest_charge"] if intent else form.get("charge"))
    if charge is None or charge["status"] != "succeeded":
        wire.fail(404, "No such charge to refund.", param="payment_intent", code="resource_missing")
    return charge


def dispute(desk: Desk, charge_id: str) -> Thing:
    """Let the owner of the card contest a charge."""
    charge = desk.unit.get("charge", charge_id)
    if charge is None:
        wire.fail(404, "No such charge.", param="charge", code="resource_missing")
    charge["disputed"] = True
    desk.tell(
        "charge.dispute.created",
        {"id": f"du_{charge_id[3:]}", "object": "dispute", "charge": charge_id, "payment_intent": charge["payment_intent"]},
    )
    return desk.unit.put(charge)
