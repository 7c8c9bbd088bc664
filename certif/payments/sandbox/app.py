"""The sandbox's addresses: Stripe's own under `/v1`, the page where one pays, and `/_mode`."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from certif.kit import clock
from certif.payments.sandbox import acts, page, wire
from certif.payments.sandbox.acts import Desk
from certif.payments.sandbox.courier import Courier
from certif.payments.sandbox.store import Store, Thing, new_id

MODES = {
    "down": 100,  # per cent of answers that are 503
    "hang": 30,  # seconds before answering
    "slow": 1000,  # milliseconds before answering
    "error-after-charge": 100,  # per cent of writes that are done, then answered 500
    "garbage": 100,  # per cent of answers that mean nothing
    "lose-webhooks": 1,
    "duplicate-webhooks": 1,
    "reorder": 1,
    "delay": 1000,  # milliseconds before an event is delivered
}
"""How the sandbox can be told to misbehave, and how much when nothing is said."""

_CLAIM_S = 40
_LARGEST = 64 * 1024
_URLS = Map(
    [
        Rule("/v1/checkout/sessions", endpoint="create_session", methods=["POST"]),
        Rule("/v1/checkout/sessions/<thing>/expire", endpoint="expire_session", methods=["POST"]),
        Rule("/v1/payment_intents", endpoint="create_intent", methods=["POST"]),
        Rule("/v1/refunds", endpoint="create_refund", methods=["POST"]),
        *(
            rule
            for kind, path in (
                ("checkout.session", "checkout/sessions"),
                ("payment_intent", "payment_intents"),
                ("charge", "charges"),
                ("event", "events"),
                ("refund", "refunds"),
            )
            for rule in (
                Rule(f"/v1/{path}", endpoint="list_things", defaults={"kind": kind}, methods=["GET"]),
                Rule(f"/v1/{path}/<thing>", endpoint="get_thing", defaults={"kind": kind}, methods=["GET"]),
            )
        ),
        Rule("/c/pay/<thing>", endpoint="checkout", methods=["GET", "POST"]),
        Rule("/checkout.css", endpoint="style", methods=["GET"]),
        Rule("/_mode", endpoint="mode", methods=["GET", "POST"]),
        Rule("/_dispute/<thing>", endpoint="dispute", methods=["POST"]),
    ],
    redirect_defaults=False,
)


class Sandbox:
    """The sandbox, as a WSGI application.

    Takes: `path`, its file; `key`, the secret key that clients must show; `webhook_secret` and `webhook_url`, of the one endpoint
    that is told of events; `webhook_host`, the `Host` that it expects; `public_base`, where people reach the sandbox.
    """

    def __init__(
        self,
        path: Path,
        *,
        key: str,
        webhook_secret: str,
        webhook_url: str | None = None,
        webhook_host: str | None = None,
        public_base: str | None = None,
    ) -> None:
        self.store = Store(path)
        self.key = key
        self.public_base = public_base
        self.courier = Courier(self.store, webhook_secret, webhook_url, webhook_host)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer a request, as WSGI wants it."""
        request = Request(environ)
        request.max_content_length = _LARGEST
        request_id = new_id("req_", 14)
        try:
            response = self._answer(request, request_id)
        except HTTPException as error:
            response = error.response if isinstance(error.response, Response) else wire.fault(error.code or 500, error.description or "")
        response.headers["Request-Id"] = request_id
        self.courier.wake()
        return response(environ, start_response)

    def close(self) -> None:
        """Stop delivering events."""
        self.courier.close()

    def misbehave(self, **modes: int | None) -> None:
        """Tell the sandbox how to misbehave from now on; without a word, to behave. Names are those of `MODES`, with `_` for `-`."""
        wanted = {name.replace("_", "-"): value for name, value in modes.items()}
        assert wanted.keys() <= MODES.keys()
        with self.store.unit() as unit:
            unit.set_modes({name: MODES[name] if value is None else value for name, value in wanted.items()})

    def _answer(self, request: Request, request_id: str) -> Response:
        endpoint, values = _URLS.bind_to_environ(request.environ).match()
        if endpoint == "style":
            return Response(page.STYLE, content_type="text/css; charset=utf-8", headers={"Cache-Control": "max-age=3600"})
        if endpoint == "checkout":
            return self._checkout(request, **values)
        if not hmac.compare_digest(request.headers.get("Authorization", "").encode(), f"Bearer {self.key}".encode()):
            wire.fail(401, "Invalid API Key provided.")
        if endpoint == "mode":
            return self._mode(request)
        return self._api(request, request_id, endpoint, values)

    def _mode(self, request: Request) -> Response:
        with self.store.unit() as unit:
            if request.method == "POST":
                told = request.form or request.args
                if unknown := told.keys() - MODES.keys():
                    wire.fail(400, f"Unknown mode: {sorted(unknown)[0]}. Known: {', '.join(MODES)}.")
                unit.set_modes({name: wire.whole(value, name) if value else MODES[name] for name, value in told.items()})
            return wire.answer(unit.modes())

    def _checkout(self, request: Request, thing: str) -> Response:
        token = hmac.new(self.key.encode(), thing.encode(), hashlib.sha256).hexdigest()
        with self.store.unit() as unit:
            modes = unit.modes()
            desk = Desk(unit, modes)
            session = acts.current_session(desk, thing)
            act = request.form.get("act") if request.method == "POST" else None
            if request.method == "POST" and not hmac.compare_digest(request.form.get("csrf_token", "").encode(), token.encode()):
                wire.fail(400, "Open the page before paying on it.")
            if act in {"pay", "decline"}:
                session = acts.pay_session(desk, session, is_declined=act == "decline")
            facts = unit.get("page", f"{thing}/page") or {"name": ""}
        if act and _struck(modes, "error-after-charge"):
            return Response("Internal Server Error", 500)
        if act in {"pay", "abandon"} and session["status"] != "expired":
            return page.leave(session)
        return page.show(session, facts["name"], request.script_root, token, was_declined=act == "decline" and session["status"] == "open")

    def _api(self, request: Request, request_id: str, endpoint: str, values: Mapping[str, str]) -> Response:
        with self.store.unit() as unit:
            modes = unit.modes()
        claim = self._claim(request) if request.method == "POST" and "Idempotency-Key" in request.headers else None
        if isinstance(claim, Response):
            return claim
        time.sleep(modes.get("hang", 0) + modes.get("slow", 0) / 1000)
        if _struck(modes, "down"):
            self._release(claim)
            return wire.fault(503, "The sandbox was told to be down.")
        try:
            response = self._act(request, Desk(unit, modes, request_id, claim), endpoint, values)
        except HTTPException:
            self._release(claim)  # what was refused before anything was done may be asked again
            raise
        if _struck(modes, "garbage"):
            return Response("<html>\N{REPLACEMENT CHARACTER}{]", 200, content_type="text/html")
        return response

    def _act(self, request: Request, desk: Desk, endpoint: str, values: Mapping[str, str]) -> Response:
        form = wire.decoded(request.get_data(as_text=True) if request.method == "POST" else request.query_string.decode(errors="replace"))
        with self.store.unit() as unit:
            desk = Desk(unit, desk.modes, desk.request_id, desk.idempotency_key)
            made = self._made(desk, endpoint, values, form, request)
            response = wire.answer(wire.expanded(unit, made, list(form.get("expand", []))))
            if request.method == "POST" and _struck(desk.modes, "error-after-charge"):
                response = wire.fault(500, "The sandbox was told to fail after doing what was asked.")
                response.headers["Stripe-Should-Retry"] = "false"
            if desk.idempotency_key:
                unit.run(
                    "UPDATE claim SET status = ?, body = ?, request_id = ? WHERE key = ?",
                    (response.status_code, response.get_data(as_text=True), desk.request_id, desk.idempotency_key),
                )
        return response

    def _made(self, desk: Desk, endpoint: str, values: Mapping[str, str], form: dict[str, Any], request: Request) -> Thing:
        """Do what was asked, and give the thing it made, changed or found."""
        base = self.public_base or request.url_root.rstrip("/")
        doing: dict[str, Callable[[], Thing]] = {
            "create_session": lambda: acts.create_session(desk, form, base),
            "expire_session": lambda: acts.expire_session(desk, values["thing"]),
            "create_intent": lambda: acts.create_intent(desk, form),
            "create_refund": lambda: acts.create_refund(desk, form),
            "dispute": lambda: acts.dispute(desk, values["thing"]),
            "get_thing": lambda: _found(desk, values["kind"], values["thing"]),
            "list_things": lambda: _listed(desk, values["kind"], form, request.path),
        }
        return doing[endpoint]()

    def _claim(self, request: Request) -> str | Response:
        """Claim an idempotency key: the key when this is the first time, else the answer that was given then."""
        key = request.headers["Idempotency-Key"][:255]
        fingerprint = hashlib.sha256(f"{request.path}\n".encode() + request.get_data()).hexdigest()
        now = clock.now().timestamp()
        with self.store.unit() as unit:
            row = unit.run("SELECT fingerprint, claimed_at, status, body, request_id FROM claim WHERE key = ?", (key,)).fetchone()
            if row and row[0] != fingerprint:
                wire.fail(
                    400,
                    "Keys for idempotent requests can only be used with the same parameters they were first used with.",
                    kind="idempotency_error",
                )
            if row and row[2] is not None:
                replay = Response(row[3], row[2], content_type="application/json")
                replay.headers.update({"Idempotent-Replayed": "true", "Original-Request": row[4], "Stripe-Should-Retry": "false"})
                return replay
            if row and now - row[1] < _CLAIM_S:
                wire.fail(409, "There is currently another in-progress request using this idempotency key.", code="idempotency_key_in_use")
            unit.run("INSERT OR REPLACE INTO claim (key, fingerprint, claimed_at) VALUES (?, ?, ?)", (key, fingerprint, now))
        return key

    def _release(self, claim: str | None) -> None:
        if claim is not None:
            with self.store.unit() as unit:
                unit.run("DELETE FROM claim WHERE key = ? AND status IS NULL", (claim,))


def _found(desk: Desk, kind: str, name: str) -> Thing:
    if kind == "checkout.session":
        return acts.current_session(desk, name)
    thing = desk.unit.get(kind, name)
    if thing is None:
        wire.fail(404, f"No such {kind}: '{name[:80]}'", param="id", code="resource_missing")
    return thing


def _listed(desk: Desk, kind: str, query: dict[str, Any], url: str) -> Thing:
    wire.only(query, "limit", "starting_after", "ending_before", "created", "payment_intent", "charge", "status", "type")
    things = [_found(desk, kind, one["id"]) if kind == "checkout.session" else one for one in desk.unit.every(kind)]
    for name in ("payment_intent", "charge", "status", "type"):
        if name in query:
            things = [one for one in things if one.get(name) == query[name]]
    return wire.listed(url, things, query)


def _struck(modes: dict[str, int], mode: str) -> bool:
    """Whether it happens this time: modes that count in per cent happen so often."""
    return secrets.randbelow(100) < modes.get(mode, 0)
