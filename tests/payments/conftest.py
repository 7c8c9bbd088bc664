"""A gateway of one's own for each test: the sandbox on a real loopback socket, asked through the real library."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import requests
from bs4 import BeautifulSoup

from certif.kit.money import Money
from certif.payments import Checkout, Sandbox, StripeGateway, serving

KEY, SECRET = "sk_test_only_for_tests", "whsec_only_for_tests"


@dataclass
class Listener:
    """An endpoint that takes notices, or refuses the first few."""

    refuses: int = 0
    notices: list[tuple[bytes, str]] = field(default_factory=list)
    url: str = ""


@contextmanager
def listening(listener: Listener) -> Iterator[Listener]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            refused = listener.refuses > 0
            listener.refuses -= refused
            if not refused:
                listener.notices.append((body, self.headers["Stripe-Signature"]))
            self.send_response(500 if refused else 200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *words: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        listener.url = f"http://127.0.0.1:{server.server_port}/paiements/avis"
        try:
            yield listener
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def listener() -> Iterator[Listener]:
    with listening(Listener()) as one:
        yield one


@pytest.fixture
def sandbox(tmp_path: Path, listener: Listener) -> Sandbox:
    return Sandbox(tmp_path / "sandbox.sqlite3", key=KEY, webhook_secret=SECRET, webhook_url=listener.url)


@pytest.fixture
def base(sandbox: Sandbox) -> Iterator[str]:
    with serving(sandbox) as address:
        yield address


@pytest.fixture
def gateway(base: str) -> StripeGateway:
    return StripeGateway(KEY, SECRET, base, is_sandbox=True)


def opened(gateway: StripeGateway, key: str = "attempt-1", **more: object) -> Checkout:
    """Open a page for fifty dollars."""
    facts: dict[str, object] = {
        "order_ref": "order-1",
        "amount": Money.dollars(50),
        "description": "Contribution symbolique",
        "success_url": "http://127.0.0.1:1/certification/contribution?session={CHECKOUT_SESSION_ID}",
        "cancel_url": "http://127.0.0.1:1/certification/contribution",
        "email": "contact@exemple.test",
        "language": "fr",
        "idempotency_key": key,
        **more,
    }
    return gateway.open_checkout(**facts)  # type: ignore[arg-type]


def token_of(url: str) -> str:
    """Open the page as a person, and give what its form would send."""
    page = requests.get(url, timeout=5)
    assert page.status_code == 200, page.text
    token = BeautifulSoup(page.text, "lxml").find("input", attrs={"name": "csrf_token"})
    return str(token["value"]) if token else ""


def press(url: str, act: str, token: str | None = None) -> requests.Response:
    """Press a button of the page, opened now or before (`token`)."""
    return requests.post(url, data={"act": act, "csrf_token": token or token_of(url)}, timeout=5, allow_redirects=False)
