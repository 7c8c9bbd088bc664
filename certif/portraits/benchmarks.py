"""Figures of others to compare with, read from `data/benchmarks.toml`: data with its source, never computed here."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from certif.programs import Text

_FILE = Path(__file__).parent / "data" / "benchmarks.toml"


@dataclass(frozen=True)
class Benchmark:
    """A share published elsewhere. `measure` and `reply` as in `measures`; `confidence`: A, official text seen; B, credible second hand."""

    measure: str
    reply: str
    percent: float
    of: Text
    source: Text
    confidence: str


def benchmarks_of(measure: str) -> dict[str, Benchmark]:
    """Give what a measure is compared with, by answer."""
    return {one.reply: one for one in BENCHMARKS if one.measure == measure}


def _read() -> Iterator[Benchmark]:
    given = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    words = {name: Text(**said) for name, said in given["words"].items()}
    for figure in given["figure"]:
        yield Benchmark(**{**figure, "of": words[figure["of"]], "source": words[figure["source"]]})


BENCHMARKS: tuple[Benchmark, ...] = tuple(_read())
