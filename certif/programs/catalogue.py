"""The models a region copies: one file each, kept beside this one. A scheme that exists somewhere is data here, never code."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from certif.programs.reading import read_rules, read_terms
from certif.programs.values import Rules, Terms, Text

_FOLDER = Path(__file__).parent / "models"


@dataclass(frozen=True)
class ProgramModel:
    """A ready-made set of rules. `title` and `about` say to a regional body what it would copy."""

    name: str
    title: Text
    about: Text
    terms: Terms
    rules: Rules


def model_names() -> list[str]:
    """Give the names of the models, the provincial one first."""
    names = sorted(path.stem for path in _FOLDER.glob("*.toml"))
    return sorted(names, key=lambda name: name != "provincial")


@cache
def load_model(name: str) -> ProgramModel:
    """Read a model.

    Refuses (`ValueError`): a name that no file has, a file that is not a set of rules.
    """
    if name not in model_names():
        raise ValueError(f"no model is called {name!r}")
    given: dict[str, Any] = tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    title, about = (Text(**given.pop(key)) for key in ("title", "about"))
    return ProgramModel(name, title, about, read_terms(given.pop("terms")), read_rules(given))
