"""Whether two bosses may be one: the keys under which they meet, and how alike they are, with the reasons. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from certif.directory import variants_of
from certif.kit.languages import _l, folded

LEAST_SCORE = 60
"""From here on, out of 100, two bosses are shown side by side."""

REASONS: dict[str, Any] = {
    "same_name": _l("même nom"),
    "same_words": _l("mêmes mots dans le nom"),
    "close_name": _l("noms presque pareils"),
    "same_banner": _l("même bannière"),
    "same_town": _l("même municipalité"),
    "same_mrc": _l("même MRC"),
    "same_person": _l("même personne"),
}
_POINTS = {
    "same_name": 60, "same_words": 50, "close_name": 45, "same_banner": 40, "same_town": 20, "same_mrc": 10, "same_person": 25,
}  # fmt: skip
_OF_A_NAME = ("same_name", "same_words", "close_name", "same_banner")
_CLOSE = 0.82
_MOST_WORDS = 3
_PLAIN = frozenset({
    "a", "au", "aux", "d", "de", "des", "du", "et", "l", "la", "le", "les", "chez", "en", "the", "of", "and", "inc", "ltee",
    "ltd", "enr", "senc", "cafe", "resto", "restaurant", "boulangerie", "pharmacie", "depanneur", "epicerie", "marche", "garage",
    "salon", "magasin", "boutique", "bar", "ferme", "clinique", "quincaillerie", "cantine", "casse", "croute",
})  # fmt: skip
"""Words that many names have: they tell nothing of which place it is."""


@dataclass(frozen=True)
class Likened:
    """What a boss is compared by. `banner`, the id of its brand, where one is known."""

    name_key: str
    municipality: str
    mrc_id: int
    person: str
    banner: int | None
    establishment_id: int | None


def keys_of(one: Likened) -> set[str]:
    """Give the keys under which this boss meets those that may be the same: two that share none are not compared."""
    person = folded(one.person)
    found = {f"n {one.name_key}"} | ({f"p {one.mrc_id} {person}"} if person else set())
    if one.banner is not None:
        found.add(f"b {one.mrc_id} {one.banner}")
    for word in _own_words(one.name_key)[:_MOST_WORDS]:
        found |= {f"w {one.mrc_id} {start}" for start in variants_of(word) or {word}}
    return found


def likeness(one: Likened, other: Likened) -> tuple[int, list[str]]:
    """Give how alike two bosses are, out of 100, and why; nothing for two places that the register knows apart."""
    if one.establishment_id is not None and other.establishment_id is not None:
        return 0, []
    reasons = [_name_reason(one, other), _place_reason(one, other)]
    if folded(one.person) and folded(one.person) == folded(other.person):
        reasons.append("same_person")
    found = [reason for reason in reasons if reason]
    if not set(found) & set(_OF_A_NAME):
        return 0, []  # one town and one first name are no reason by themselves
    return min(100, sum(_POINTS[reason] for reason in found)), found


def why_alike(reasons: Iterable[str]) -> str:
    """Say why two bosses may be one, in the language being spoken."""
    return ", ".join(str(REASONS[one]) for one in reasons)


def _name_reason(one: Likened, other: Likened) -> str | None:
    if one.name_key == other.name_key:
        return "same_name"
    words, others = _own_words(one.name_key), _own_words(other.name_key)
    if set(words) <= set(others) or set(others) <= set(words):
        return "same_words"
    if SequenceMatcher(None, " ".join(sorted(words)), " ".join(sorted(others))).ratio() >= _CLOSE:
        return "close_name"
    return "same_banner" if one.banner is not None and one.banner == other.banner else None


def _place_reason(one: Likened, other: Likened) -> str | None:
    if folded(one.municipality) == folded(other.municipality):
        return "same_town"
    return "same_mrc" if one.mrc_id == other.mrc_id else None


def _own_words(name_key: str) -> list[str]:
    """Give the words of a name that tell it from others; all of them where there are none."""
    words = name_key.split()
    return [word for word in words if word not in _PLAIN] or words
