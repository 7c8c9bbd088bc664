"""What the nurse does once with a house before it is forked: everything that a server would otherwise learn again after each birth."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import stripe
from flask import Flask

from certif import documents
from certif.certification import Certification, Stage
from certif.kit import clock
from certif.kit.access import Role
from certif.kit.db import db, writing
from certif.payments import stripe_calls
from tests import factories


def warm(app: Flask) -> None:
    """Walk the whole path once, and undo it: templates and statements are compiled, keys and late imports loaded. No connection is kept."""
    given = app.config["SETTINGS"]
    with app.app_context():
        documents.sealing_key(given.data_dir, given.secret_key)
        assert stripe.StripeClient("sk_test_x").v1.checkout.sessions
        assert stripe_calls.LONGEST_ANSWER_S
        with _undone(), _typeset_beforehand():
            _walk(app)
        db.engine.dispose()


def _walk(app: Flask) -> None:
    program = factories.make_program()
    manager = factories.make_staff(Role.MANAGER, program)
    found = factories.make_certification(Stage.AWAITING_CONTRACT, program)
    employer = factories.make_person(factories.owner_of(found.employer))
    employer.inspects = manager.inspects = False
    employer.open("/certification/contrat").fill("")
    page = employer.open("/certification/contrat/signature")
    page.fill("code")
    code = factories.code_in_letter(employer.user.email)
    employer.open("/certification/contrat/signature").fill(signatory="Ana", role="Ana", agrees=True, code=code)
    reference, received = "1", clock.today().isoformat()
    path = f"/personnel/contributions/{found.contribution.ref}/encaissement"  # type: ignore[union-attr]
    manager.open(path).fill(method="cheque", reference=reference, received_on=received)
    manager.open(f"/personnel/dossiers/{found.ref}/validation").fill(level="certified")
    assert db.session.get_one(Certification, found.id).stage is Stage.CERTIFIED


@contextmanager
def _undone() -> Iterator[None]:
    """Undo whatever is committed meanwhile."""
    with writing():
        connection = db.engine.connect()
        outer = connection.begin()
    factory = db.session.session_factory
    factory.configure(bind=connection, join_transaction_mode="create_savepoint")
    try:
        yield
    finally:
        db.session.remove()
        factory.configure(bind=None, join_transaction_mode="conditional_savepoint")
        outer.rollback()
        connection.close()


@contextmanager
def _typeset_beforehand() -> Iterator[None]:
    """Give a page typeset by a child instead of typesetting: the typesetter starts threads, which a fork would not inherit."""
    before, documents.typeset = documents.typeset, lambda *_given: _sample()
    try:
        yield
    finally:
        documents.typeset = before


@cache
def _sample() -> bytes:
    reading, writing_end = os.pipe()
    if not os.fork():
        names = ("title", "issuer", "amount_label", "amount", "not_official", "why_not", "test")
        with os.fdopen(writing_end, "wb") as pipe:
            pipe.write(documents.typesetting.typeset("receipt", {**dict.fromkeys(names, "x"), "issuer_reached": [], "facts": []}, "fr"))
        os._exit(0)
    os.close(writing_end)
    with os.fdopen(reading, "rb") as pipe:
        return pipe.read()
