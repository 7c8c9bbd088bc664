"""Rules changed one thing at a time. Pure: each gives new rules, and leaves the old ones as they were."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from certif.programs.values import Commitment, Level, Rules

Item = TypeVar("Item")


def with_commitment(rules: Rules, commitment: Commitment, position: int | None = None) -> Rules:
    """Add a commitment, or put it in the place of the one of its id. Takes: `position`, from 1; None leaves it where it is, or last."""
    return replace(
        rules, commitments=_placed(rules.commitments, [one.id for one in rules.commitments], commitment, commitment.id, position)
    )


def without_commitment(rules: Rules, name: str) -> Rules:
    """Take a commitment out."""
    return replace(rules, commitments=tuple(one for one in rules.commitments if one.id != name))


def with_level(rules: Rules, level: Level, position: int | None = None) -> Rules:
    """Add a level, or put it in the place of the one of its code. Takes: `position`, from 1; None leaves it where it is, or last."""
    return replace(rules, levels=_placed(rules.levels, [one.code for one in rules.levels], level, level.code, position))


def without_level(rules: Rules, code: str) -> Rules:
    """Take a level out."""
    return replace(rules, levels=tuple(one for one in rules.levels if one.code != code))


def _placed(items: tuple[Item, ...], names: list[str], item: Item, name: str, position: int | None) -> tuple[Item, ...]:
    place = names.index(name) if name in names else len(items)
    others = [one for one, known in zip(items, names, strict=True) if known != name]
    at = place if position is None else position - 1
    return (*others[:at], item, *others[at:])
