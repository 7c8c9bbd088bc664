"""Contests as files (YAML): what a region keeps of one, changes and opens again; and the models that come with the platform.

A file says what `values.Definition` does, under the same names; what is left out has its default. Its days are written `2027-02-12`; or,
so that a model can be opened in any year, `02-12` (the first such day from the opening on) and `+30` (so many days after the opening).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import MISSING, dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

from certif.campaigns.file_reader import DefinitionReader
from certif.campaigns.reading import write_definition
from certif.campaigns.values import Definition
from certif.kit import clock
from certif.kit.plain_files import read_plain, write_plain
from certif.programs import Text

MODELS = Path(__file__).parent / "models"


@dataclass(frozen=True)
class CampaignFile:
    """What a file holds. `name` and `about` say to a region what it would copy; `source`, where these rules were seen."""

    definition: Definition
    name: Text
    about: Text
    source: str


@dataclass(frozen=True)
class CampaignModel:
    """A ready-made contest, on the first days to come that fit it. `slug`: the name of its file, which says what the contest does."""

    slug: str
    name: Text
    about: Text
    source: str
    definition: Definition


def read_campaign(content: str | bytes) -> CampaignFile:
    """Give the contest that a file holds; a day without a year is the first to come.

    Refuses (`FaultyFile`): what is no file of plain data, or says what is not understood; each fault with its line and what to do.
    """
    given, lines = read_plain(content)
    reader = DefinitionReader(lines, clock.today())
    name, about, source, definition = reader.campaign(given)
    reader.settle()
    return CampaignFile(definition, name, about, source)


def write_campaign(definition: Definition) -> str:
    """Give the file of a contest; read and written again, it is the same to the last byte."""
    return write_plain(_without_nothing(definition, write_definition(definition)))


def model_names() -> list[str]:
    """Give the names of the models that come with the platform."""
    return sorted(path.stem for path in MODELS.glob("*.yaml"))


def load_model(name: str) -> CampaignModel:
    """Give a model, on the first days to come that fit it. Refuses (`ValueError`): a name that no file has."""
    if name not in model_names():
        raise ValueError(f"no model is called {name!r}")
    return _loaded(name, clock.today())


@lru_cache(maxsize=256)
def _loaded(name: str, _today: dt.date) -> CampaignModel:
    found = read_campaign((MODELS / f"{name}.yaml").read_bytes())
    return CampaignModel(name, found.name, found.about, found.source, found.definition)


def _without_nothing(value: Any, written: dict[str, Any]) -> dict[str, Any]:
    """Leave out, at every depth, what says nothing and has said nothing by default."""
    kept: dict[str, Any] = {}
    for field in fields(value):
        own, said = getattr(value, field.name), written[field.name]
        if field.default is not MISSING and own == field.default and not own:
            continue
        if isinstance(said, dict) and not isinstance(own, Text):
            said = _without_nothing(own, said)
        elif isinstance(said, list) and said and isinstance(said[0], dict):
            said = [_without_nothing(one, it) for one, it in zip(own, said, strict=True)]
        kept[field.name] = said
    return kept
