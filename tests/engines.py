"""Which tests meet no database at all: what they say is the same on every engine, so CI runs them on the first engine only.

Proven twice. Neither the fixtures of the test, nor anything that its file imports of ours, leads to where databases are made; and a test
that was thought free of them fails as soon as it opens a connection.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.pool import Pool

ROOT = Path(__file__).parents[1]
MAKERS = {"tests.databases", "tests.conftest", "tests.factories"}
"""Where databases are made, or what only has a sense on one."""

_IMPORT = re.compile(r"^\s*(?:from|import) +(tests[\w.]*)(?: +import +(.+))?", re.MULTILINE)
_is_guarded = [False]


class MetDatabase(Exception):
    """A test that was thought free of any database opened one."""


def is_engine_free(item: pytest.Item) -> bool:
    """Whether a test says the same on every engine."""
    assert isinstance(item, pytest.Function)
    fixtures = item._fixtureinfo.name2fixturedefs
    if "house" in item.fixturenames:
        return False
    modules = {item.module.__name__, *(one.func.__module__ for found in fixtures.values() for one in found)}
    return not any(leads_to_a_database(name) for name in modules if name.startswith("tests."))


def leads_to_a_database(module: str, seen: frozenset[str] = frozenset()) -> bool:
    """Whether a module of the tests makes databases, or imports one that does."""
    if module in MAKERS:
        return module != "tests.conftest" or bool(seen)  # its own fixtures all stand on `house`
    if module in seen:
        return False
    text = _text(module)
    return "DATABASE_URL" in text or any(leads_to_a_database(name, seen | {module}) for name in _imports(text))


@contextmanager
def guarded() -> Iterator[None]:
    """Let nobody open a database meanwhile."""
    _is_guarded[0] = True
    try:
        yield
    finally:
        _is_guarded[0] = False


def refuse_when_guarded(*_given: object) -> None:
    """Fail when a test that is guarded opens a database.

    Refuses (`MetDatabase`).
    """
    if _is_guarded[0]:
        raise MetDatabase("This test was thought free of any database. Let it ask for the fixture `house`, so that each engine runs it.")


event.listen(Pool, "checkout", refuse_when_guarded)


@cache
def _text(module: str) -> str:
    path = ROOT / module.replace(".", "/")
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    return file.read_text() if file.exists() else ""


def _imports(text: str) -> Iterator[str]:
    for module, names in _IMPORT.findall(text):
        yield module
        for name in re.findall(r"\w+", names):
            yield f"{module}.{name}"
