"""Rule 7: every route declares its audience, or the application refuses to start."""

from __future__ import annotations

import pytest
from flask import Flask

from certif import app as composer
from certif.kit import access
from certif.kit.access import ANYONE, Role, audience


def test_every_view_says_who_may_open_it(house: Flask) -> None:
    access.check_every_route(house)
    assert len(house.view_functions) > 5


def test_the_application_refuses_to_start_with_a_route_of_no_declared_audience(house: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    open_rooms = composer._open_rooms

    def open_rooms_and_leave_one_bare(app: Flask) -> None:
        open_rooms(app)
        app.add_url_rule("/nu", "a_bare_view", lambda: "anyone can read this")

    monkeypatch.setattr(composer, "_open_rooms", open_rooms_and_leave_one_bare)
    with pytest.raises(RuntimeError, match="a_bare_view"):
        composer.create_app(house.config["SETTINGS"])


def test_the_same_application_starts_once_the_route_declares_it(house: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    open_rooms = composer._open_rooms

    @audience(ANYONE)
    def no_longer_bare() -> str:
        return "anyone may read this"

    def open_rooms_and_one_more(app: Flask) -> None:
        open_rooms(app)
        app.add_url_rule("/nu", "no_longer_bare", no_longer_bare)

    monkeypatch.setattr(composer, "_open_rooms", open_rooms_and_one_more)
    assert composer.create_app(house.config["SETTINGS"])


def test_an_audience_names_roles_and_nothing_else(house: Flask) -> None:
    known = {*Role, ANYONE}
    strange = {name: view.audience - known for name, view in house.view_functions.items() if name != "static" and view.audience - known}  # type: ignore[attr-defined]
    assert not strange, f"use the names of kit.access.Role, or ANYONE: {strange}"


def test_nobody_is_not_an_audience() -> None:
    with pytest.raises(TypeError):
        audience()
