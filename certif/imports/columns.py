"""The columns of a file: their headings in both languages, what they hold, and how each cell is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from certif.imports import cells
from certif.imports.grounds import GROUNDS
from certif.kit.languages import folded, speaking
from certif.programs import Program, version_in_force
from certif.territory import mrcs, sectors

LANGUAGE_NAMES = {"fr": "fr", "francais": "fr", "french": "fr", "en": "en", "anglais": "en", "english": "en"}


@dataclass(frozen=True)
class Bounds:
    """What the cells of a program's file may name: each answer by how it may be written, folded."""

    mrcs: Mapping[str, str] = field(default_factory=dict)
    mrcs_elsewhere: frozenset[str] = frozenset()
    sectors: Mapping[str, str] = field(default_factory=dict)
    levels: Mapping[str, str] = field(default_factory=dict)
    grounds: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Column:
    """One column. `heading` in French and in English; `also`, other headings it is known by; `help`, what it holds."""

    key: str
    heading: tuple[str, str]
    help: Any
    read: Callable[[str, Bounds], Any]
    is_required: bool = False
    also: tuple[str, ...] = ()
    example: str = ""

    @property
    def names(self) -> set[str]:
        """Every heading it is known by, folded."""
        return {folded(name) for name in (self.key, *self.heading, *self.also)}

    def said_in(self, language: str) -> str:
        """Give its heading in `fr` or `en`."""
        return self.heading[language == "en"]


def text_cell(most: int) -> Callable[[str, Bounds], str]:
    """Give a reader of texts of at most `most` signs."""
    return lambda text, _bounds: cells.short(text, most)


def plain_cell(read: Callable[[str], Any]) -> Callable[[str, Bounds], Any]:
    """Give a reader that needs no bounds."""
    return lambda text, _bounds: read(text)


def among_cell(name: str, fault: str) -> Callable[[str, Bounds], str]:
    """Give a reader of answers that the bounds `name` allow; what is not among them is the fault `fault`."""

    def read(text: str, bounds: Bounds) -> str:
        found: Mapping[str, str] = getattr(bounds, name)
        if folded(text) not in found:
            raise cells.Misread(fault)
        return found[folded(text)]

    return read


def word_cell(name: str) -> Callable[[str, Bounds], str]:
    """Give a reader of the words that the kind of file allows under `name`."""

    def read(text: str, bounds: Bounds) -> str:
        found = bounds.words.get(name, {})
        if folded(text) not in found:
            raise cells.Misread("word")
        return found[folded(text)]

    return read


def mrc_cell(text: str, bounds: Bounds) -> str:
    """Read the name of an MRC of the program, with or without the word itself."""
    key = re.sub(r"^mrc (de la |de l |de |du |des |d )?", "", folded(text))
    for one in (folded(text), key):
        if one in bounds.mrcs:
            return bounds.mrcs[one]
    raise cells.Misread("mrc_elsewhere" if {key, folded(text)} & bounds.mrcs_elsewhere else "mrc")


def mrcs_cell(text: str, bounds: Bounds) -> list[str]:
    """Read the names of several MRC of the program, with commas or semicolons between them."""
    return sorted({mrc_cell(one.strip(), bounds) for one in re.split(r"[,;/]", text) if one.strip()})


def language_cell(text: str, _bounds: Bounds) -> str:
    """Read a language."""
    if folded(text) not in LANGUAGE_NAMES:
        raise cells.Misread("language")
    return LANGUAGE_NAMES[folded(text)]


def bounds_of(program: Program, words: Mapping[str, Mapping[str, str]] | None = None) -> Bounds:
    """Give what the cells of this program's files may name; `words`, what the kind of file adds to it."""
    version = version_in_force(program)
    here = program.mrcs or mrcs(program.region)
    everywhere = {key for one in mrcs() for key in (one.slug, folded(one.slug), folded(one.name))}
    levels = version.levels if version is not None else ()
    return Bounds(
        mrcs={key: one.slug for one in here for key in (one.slug, folded(one.slug), folded(one.name))},
        mrcs_elsewhere=frozenset(everywhere),
        sectors={folded(name): one.code for one in sectors() for name in (one.code, one.name_fr, one.name_en)},
        levels={folded(name): one.code for one in levels for name in (one.code, one.name.fr, one.name.en)},
        grounds={folded(name): str(ground) for ground in GROUNDS for name in (str(ground), *_ground_names(ground))},
        words=words or {},
    )


def _ground_names(ground: Any) -> tuple[str, ...]:
    names = []
    for language in ("fr", "en"):
        with speaking(language):
            names.append(str(GROUNDS[ground]))
    return tuple(names)
