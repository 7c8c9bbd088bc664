"""An address that receives: on this machine, let in by the settings, and answering as it is told to."""

from __future__ import annotations

import dataclasses
import json
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from flask import Flask

from certif.galas import Gala
from certif.kit import clock
from certif.kit.access import Actor, Role
from certif.kit.db import db
from certif.kit.jobs import Job
from certif.programs import Program
from certif.webhooks import OF_PROGRAMS, Kind, Webhook, WebhookTerms, fold, register_webhook
from certif.webhooks.delivering import deliver
from certif.webhooks.kinds import OF_GALAS
from certif.webhooks.messages import DELIVER
from tests.factories import make_staff, unit


@dataclasses.dataclass
class Receiver:
    """What was received: pairs of headers and bytes. `status`: what it answers; `answer`: its headers; `dribbles`: it never ends."""

    url: str
    status: int = 204
    answer: dict[str, str] = dataclasses.field(default_factory=dict)
    dribbles: bool = False
    got: list[tuple[dict[str, str], bytes]] = dataclasses.field(default_factory=list)

    @property
    def told(self) -> list[tuple[str, list[str]]]:
        """What each message said: its type, and what changed."""
        return [(one["type"], one["data"].get("changed", [])) for one in (json.loads(body) for _headers, body in self.got)]


@contextmanager
def a_receiver(app: Flask, tls: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    """Receive for a while."""
    held: list[Receiver] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            held[0].got.append(({name.lower(): value for name, value in self.headers.items()}, body))
            while held[0].dribbles:
                try:
                    self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
                except OSError:
                    return
                time.sleep(0.05)
            self.send_response(held[0].status)
            for name, value in held[0].answer.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *_said: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    place = f"127.0.0.1:{server.server_port}"
    held.append(Receiver(f"{'https' if tls else 'http'}://{place}/avis"))
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    before = app.config["SETTINGS"]
    app.config["SETTINGS"] = dataclasses.replace(before, webhooks_inside=frozenset({place}))
    try:
        yield held[0]
    finally:
        held[0].dribbles = False
        app.config["SETTINGS"] = before
        server.shutdown()
        server.server_close()
        thread.join()


def make_webhook(place: Program | Gala, url: str, by: Actor | None = None, **said: Any) -> tuple[Webhook, str]:
    """Give an address that a program or a gala tells of all that it may, and its secret."""
    gala = place if isinstance(place, Gala) else None
    program: Program = place.program if isinstance(place, Gala) else place
    kinds: tuple[Kind, ...] = said.pop("kinds", OF_GALAS if gala else OF_PROGRAMS)
    keeper = by or make_staff(Role.MANAGER, program).actor
    with unit():
        return register_webhook(program, gala, WebhookTerms("Site de la chambre", url, kinds, **said), by=keeper)


def tell() -> None:
    """Fold the journal, and do what is due: each message at most once."""
    fold()
    deliver_due()


def deliver_due() -> None:
    """Do the deliveries that are due."""

    found = db.session.query(Job).filter(Job.kind == DELIVER, Job.finished_at.is_(None), Job.due_at <= clock.now()).order_by(Job.id).all()
    for one in found:
        payload = json.loads(one.payload)
        with unit():
            one.finished_at = clock.now()
        deliver(**payload)
