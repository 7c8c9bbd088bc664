"""A contest changed one thing at a time. Pure: each gives a new definition, and leaves the old one as it was."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from certif.campaigns.values import Definition


def with_item(definition: Definition, field: str, place: int | None, item: Any, position: int | None) -> Definition:
    """Put an item in a list: in the place of the one at `place`, or new; then at `position`, from 1, where it is given."""
    items = list(getattr(definition, field))
    if place is not None:
        items.pop(place)
    at = position - 1 if position is not None else len(items) if place is None else place
    items.insert(at, item)
    changed: dict[str, Any] = {field: tuple(items)}
    return replace(definition, **changed)


def without_item(definition: Definition, field: str, place: int) -> Definition:
    """Take an item out of a list."""
    items = getattr(definition, field)
    changed: dict[str, Any] = {field: (*items[:place], *items[place + 1 :])}
    return replace(definition, **changed)
