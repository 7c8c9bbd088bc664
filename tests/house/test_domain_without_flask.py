"""Rules 2 and 4: HTTP stays in views and forms; models and acts never hear of a request."""

from __future__ import annotations

import ast

import pytest

from tests.house.sources import COMPOSERS, Source, complain, sources

HTTP = {"flask", "flask_login", "flask_wtf", "wtforms", "flask_limiter"}
OF_PAGES = {"certif.kit.web", "certif.kit.forms", "certif.kit.limits"}
FREE = {"certif.kit.web.absolute_url", "certif.kit.web.is_local"}
"""A link in a letter is made from PUBLIC_BASE_URL, never from a request; whether a path is ours is read from the path alone."""
AT_THE_BROWSER = ("certif/accounts/identity.py", "certif/payments/sandbox/")
"""The one place that turns a cookie into an Actor; and a gateway of our own, which is a site by itself."""


def test_models_and_acts_never_import_flask() -> None:
    complain([complaint for source in sources() for complaint in http_in_the_domain(source)])


@pytest.mark.parametrize(
    "line",
    [
        "from flask import request",
        "import flask",
        "from flask_login import current_user",
        "from certif.kit.web import go",
        "from certif.kit import web",
        "from certif.kit.access import Actor, actor",
        "def late():\n    from flask import session",
    ],
)
def test_a_request_in_the_domain_is_seen(line: str) -> None:
    assert http_in_the_domain(Source("certif/employers/actions.py", line))
    assert http_in_the_domain(Source("certif/employers/model.py", line))
    assert http_in_the_domain(Source("certif/employers/staff_views.py", line)) == []


def test_views_build_no_query_and_write_nothing() -> None:
    complain([complaint for source in sources() for complaint in database_in_a_view(source)])
    assert database_in_a_view(Source("certif/employers/views.py", "from certif.kit.db import db"))
    assert database_in_a_view(Source("certif/employers/staff_views.py", "from sqlalchemy import select"))


def http_in_the_domain(source: Source) -> list[str]:
    """Complain of what belongs to pages, in a file that is not about pages."""
    if source.room in COMPOSERS | {"kit"} or source.is_about_pages or source.place.startswith(AT_THE_BROWSER):
        return []
    return [
        f"{source.at(node)}: {name} belongs to views; take what you need as an argument (the person as `by`)"
        for node, name in imported(source)
        if is_http(name) and name not in FREE
    ]


def is_http(name: str) -> bool:
    """Whether a name belongs to a request."""
    of_pages = any(f"{name}.".startswith(f"{page}.") for page in OF_PAGES)
    return of_pages or name.split(".", maxsplit=1)[0] in HTTP or name == "certif.kit.access.actor"


def database_in_a_view(source: Source) -> list[str]:
    """Complain of a database in a file that is about pages."""
    if source.room == "kit" or not source.is_about_pages:
        return []
    return [
        f"{source.at(node)}: a view builds no query; ask a question of the room (model or queries), or call one act"
        for node, name in imported(source)
        if name.split(".")[0] == "sqlalchemy" or name == "certif.kit.db.db"
    ]


def imported(source: Source) -> list[tuple[ast.AST, str]]:
    """Give every name that is imported, in full."""
    found: list[tuple[ast.AST, str]] = []
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            found += [(node, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found += [(node, f"{node.module}.{alias.name}") for alias in node.names]
    return found
