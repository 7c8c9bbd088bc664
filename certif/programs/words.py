"""What rooms to the right have to say on the public page of a program, which knows none of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from certif.programs.model import Program


@dataclass(frozen=True)
class ProgramWord:
    """Something to say of a program, of a day, and the page that says more: an endpoint, and the `ref` of its address."""

    title: str
    on: dt.date
    page: str
    ref: str


_speakers: list[Callable[[Program], Iterable[ProgramWord]]] = []


def say_of_program(speaker: Callable[[Program], Iterable[ProgramWord]]) -> None:
    """Let a room to the right say something on the public page of each program that asks for it."""
    _speakers.append(speaker)


def words_of(program: Program) -> list[ProgramWord]:
    """Give what is said of a program today."""
    return [word for speaker in _speakers for word in speaker(program)]
