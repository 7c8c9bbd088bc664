"""A silenced checker says which complaint it silences."""

from __future__ import annotations

import re

import pytest

from tests.house.sources import Source, complain, sources

BLANKET = re.compile(r"#\s*type:\s*ignore(?!\[[a-z0-9, -]+\])|#\s*noqa(?!:\s*[A-Z]+[0-9]+)|#\s*mypy:\s*ignore-errors", re.IGNORECASE)


def test_no_checker_is_silenced_wholesale() -> None:
    complain([complaint for source in sources() for complaint in blanket(source)])


@pytest.mark.parametrize("comment", ["# type: ignore", "#type:ignore", "# noqa", "# mypy: ignore-errors", "# type: ignore  # because"])
def test_a_blanket_is_seen(comment: str) -> None:
    assert blanket(Source("certif/x.py", f"x = 1  {comment}"))


@pytest.mark.parametrize(
    "comment", ["# type: ignore[arg-type]", "# type: ignore[arg-type, misc]", "# noqa: S704 — built from our own routes"]
)
def test_one_named_complaint_may_be_silenced(comment: str) -> None:
    assert blanket(Source("certif/x.py", f"x = 1  {comment}")) == []


def blanket(source: Source) -> list[str]:
    """Complain of a checker silenced without saying on what."""
    lines = enumerate(source.text.splitlines(), 1)
    return [
        f"{source.place}:{number}: name the code, # type: ignore[code], or better, mend it"
        for number, line in lines
        if BLANKET.search(line)
    ]
