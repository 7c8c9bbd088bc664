"""A contest changed one thing at a time. Pure: each gives a new definition, and leaves the old one as it was."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

from certif.campaigns.values import Definition
from certif.kit.errors import Refusal
from certif.kit.languages import _


def mark_of(definition: Definition, field: str) -> str:
    """Give the mark of a list as it is: another as soon as anything of it changes."""
    return hashlib.sha256(repr(getattr(definition, field)).encode()).hexdigest()[:16]


def with_item(definition: Definition, field: str, place: int | None, item: Any, position: int | None, *, seen: str) -> Definition:
    """Put an item in a list: in the place of the one at `place`, or new; then at `position`, from 1, where it is given.

    Takes: `seen`, the mark of the list that was on the page.
    Refuses: a list that has changed since.
    """
    items = _as_seen(definition, field, seen)
    if place is not None:
        items.pop(place)
    at = position - 1 if position is not None else len(items) if place is None else place
    items.insert(at, item)
    changed: dict[str, Any] = {field: tuple(items)}
    return replace(definition, **changed)


def without_item(definition: Definition, field: str, place: int, *, seen: str) -> Definition:
    """Take an item out of a list. Refuses: a list that has changed since it was seen."""
    items = _as_seen(definition, field, seen)
    items.pop(place)
    changed: dict[str, Any] = {field: tuple(items)}
    return replace(definition, **changed)


def _as_seen(definition: Definition, field: str, seen: str) -> list[Any]:
    if seen != mark_of(definition, field):
        raise Refusal(_("Cette liste a changé entre-temps. Relisez-la, puis recommencez."))
    return list(getattr(definition, field))
