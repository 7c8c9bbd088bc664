"""Parts that every page of a language shares are drawn once, and know nothing of who asks."""

from __future__ import annotations

import pytest
from flask import Flask, g
from jinja2 import DictLoader, UndefinedError

from certif.kit.languages import speaking
from certif.kit.web import same_for_all


def test_a_part_is_drawn_once_in_each_language(app: Flask) -> None:
    with app.test_request_context():
        french = same_for_all("_layout/footer.html")
        assert "Mentions légales" in french
        assert same_for_all("_layout/footer.html") is french
    with app.test_request_context(), speaking("en"):
        g.language = "en"
        english = same_for_all("_layout/footer.html")
        assert "Mentions légales" not in english
        assert 'href="/en' in english


def test_a_part_cannot_say_who_asks(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app.jinja_env, "loader", DictLoader({"who.html": "{{ actor.name }}"}))
    with app.test_request_context(), pytest.raises(UndefinedError):
        same_for_all("who.html")
