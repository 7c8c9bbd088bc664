"""Kinds of files that rooms to the right let staff bring in: they say what the columns are, what is known already, how a line is entered
and how it is taken back. The file itself, its preview, its jobs and its way back are those of this room."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from certif.imports.columns import Column
from certif.imports.model import Intake, IntakeEntry
from certif.kit.access import Actor
from certif.kit.db import db
from certif.programs import Program


@dataclass(frozen=True)
class Entered:
    """What a line brought and that is still there: its name, its page, and what has happened to it since, in a sentence, if anything."""

    name: str
    ref: str
    why_kept: str = ""


@dataclass(frozen=True)
class FileKind:
    """A kind of file. `name` is in addresses and rows; `label`, what the form offers; `title`, that of its model, saved as `saved_as`.

    `keys`: by what a line is recognised among the rest of its file; `known`: which of these keys are there already; `words`: what cells may
    say in this program, by the name of the column; `enter` gives the public name of what a line became; `take_back` refuses what has been
    used since; `found` gives what is still there. `listed` and `shown` are the endpoints of the list and of one.
    """

    name: str
    label: Any
    title: Any
    saved_as: str
    columns: tuple[Column, ...]
    shown: tuple[str, ...]
    listed: str
    one: str
    see: Any
    key: Callable[[Mapping[str, Any]], str]
    known: Callable[[Program, set[str]], set[str]]
    words: Callable[[Program], Mapping[str, Mapping[str, str]]]
    misfits: Callable[[Mapping[str, Any]], list[list[str]]]
    enter: Callable[[Program, str, Mapping[str, Any], Actor], str]
    take_back: Callable[[str], None]
    found: Callable[[Sequence[str]], list[Entered]]


_kinds: dict[str, FileKind] = {}


def also_brings(kind: FileKind) -> FileKind:
    """Let a room bring in a kind of file of its own."""
    _kinds[kind.name] = kind
    return kind


def kind_of(name: str) -> FileKind | None:
    """Give the kind of file that a room to the right added, by its name; None for prospects and for employers certified before."""
    return _kinds.get(name)


def added_kinds() -> list[FileKind]:
    """Give the kinds of files that rooms to the right added."""
    return list(_kinds.values())


def entries_of(intake: Intake, most: int) -> list[tuple[IntakeEntry, Entered]]:
    """Give the first things that a file brought and that are still there."""
    kind = kind_of(intake.kind)
    if kind is None:
        return []
    mine = select(IntakeEntry).where(IntakeEntry.intake_id == intake.id).order_by(IntakeEntry.line_number).limit(most)
    rows = db.session.scalars(mine).all()
    found = {one.ref: one for one in kind.found([row.entered for row in rows])}
    return [(row, found[row.entered]) for row in rows if row.entered in found]
