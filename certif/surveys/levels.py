"""The levels of studies, in the reader's words, and as people write them."""

from __future__ import annotations

from certif.kit.languages import _l, folded
from certif.surveys.definitions import LEVELS

LEVEL_LABELS = {
    "secondary": _l("Secondaire"),
    "vocational": _l("Formation professionnelle"),
    "adult": _l("Formation générale des adultes"),
    "college": _l("Cégep"),
    "university": _l("Université"),
}
_BEGINNINGS = {
    "secondary": ("sec",),
    "vocational": ("formation professionnelle", "fp", "vocational", "dep"),
    "adult": ("formation generale", "fga", "adult"),
    "college": ("cegep", "colleg"),
    "university": ("universit",),
}
"""How people begin to write each, folded, in either language."""

assert set(LEVEL_LABELS) == set(_BEGINNINGS) == set(LEVELS)


def level_label(level: str | None) -> str:
    """Give a level in the reader's words; empty for none."""
    return str(LEVEL_LABELS.get(level or "", level or ""))


def level_named(said: str) -> str | None:
    """Give the level that someone wrote, such as `Secondaire 3`, `FP` or `cégep`, in either language; None for no level."""
    words = folded(said)
    return next((code for code, beginnings in _BEGINNINGS.items() if words.startswith(beginnings)), None)
