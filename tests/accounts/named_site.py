"""The site under a name: browsers give passkeys to no bare number. And a device that holds one."""

from __future__ import annotations

from flask import Flask

from tests.accounts.authenticator import Authenticator
from tests.accounts.people import enter
from tests.conftest import Mailbox
from tests.pages import Page, Visitor

ORIGIN = "http://localhost:8000"


def named(app: Flask) -> Visitor:
    """Give a browser that knows the site by its name."""
    visitor = Visitor(app)
    visitor.base = ORIGIN
    return visitor


def options_of(page: Page) -> str:
    """Give what the page asks of the device."""
    return str(page.soup.find(attrs={"data-passkey": True})["data-options"])


def with_passkey(visitor: Visitor, letters: Mailbox, device: Authenticator) -> Visitor:
    """Sign in and add a passkey."""
    enter(visitor, letters)
    page = visitor.open("/compte/cles")
    page = page.fill("Ajouter", name="Téléphone", answer=device.make(options_of(page)))
    assert page.h1 == "Mon compte", page.text
    assert "Téléphone" in page.text
    return visitor


def answered(app: Flask, posted: str | None = None, device: Authenticator | None = None) -> tuple[Visitor, Page]:
    """Try to sign in from a new browser with an answer, or with a device."""
    other = named(app)
    page = other.open("/connexion/cle")
    return other, page.fill("Utiliser", answer=posted if posted is not None else device.use(options_of(page)))
