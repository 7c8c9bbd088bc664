"""French as it is printed, whatever was typed: ’, « », and hard spaces where a line must not break."""

from __future__ import annotations

import re

_HARD = "\u00a0"
_RULES = (
    (re.compile(r"(?<=\w)'(?=\w)"), "’"),
    (re.compile(r"\"([^\"\n]*)\""), rf"«{_HARD}\1{_HARD}»"),
    (re.compile(r"«[ \u00a0\u202f]*"), f"«{_HARD}"),
    (re.compile(r"[ \u00a0\u202f]*»"), f"{_HARD}»"),
    (re.compile(r"(?<=\S)[ \u00a0\u202f]+([:;!?])(?=\s|$|»|\))"), rf"{_HARD}\1"),
    (re.compile(r"(?<=\d) (?=(?:h|\$|%)(?:\W|$))"), _HARD),
)


def french(text: str | None) -> str:
    """Set a French text as it is printed."""
    said = text or ""
    for shape, printed in _RULES:
        said = shape.sub(printed, said)
    return said


def english(text: str | None) -> str:
    """Set an English text as it is printed."""
    return re.sub(r"(?<=\w)'(?=\w)", "’", text or "")
