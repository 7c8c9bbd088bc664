"""What the tests of passkeys share."""

from __future__ import annotations

import dataclasses

import pytest
from flask import Flask

from tests.accounts.authenticator import Authenticator
from tests.accounts.named_site import ORIGIN, named
from tests.pages import Visitor


@pytest.fixture
def named_site(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The site under a name."""
    monkeypatch.setitem(app.config, "SETTINGS", dataclasses.replace(app.config["SETTINGS"], public_base_url=ORIGIN))


@pytest.fixture
def device(named_site: None) -> Authenticator:
    """Ana’s telephone."""
    return Authenticator(ORIGIN)


@pytest.fixture
def guest(app: Flask, named_site: None) -> Visitor:
    """Somebody with a browser, on the named site."""
    return named(app)
