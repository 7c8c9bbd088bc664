"""Figures of others to compare with, each with its source and how sure it is. Data, never computed here."""

from __future__ import annotations

from dataclasses import dataclass

from certif.kit.languages import _l


@dataclass(frozen=True)
class Benchmark:
    """A share published elsewhere. `measure` and `reply` as in `measures`; `confidence`: A, official text seen; B, credible second hand."""

    measure: str
    reply: str
    percent: float
    of: object
    source: object
    confidence: str


_ISQ = _l("Institut de la statistique du Québec, Enquête québécoise sur la santé des jeunes du secondaire, 2022-2023")
_QUEBEC = _l("Tout le Québec, secondaire, 2022-2023")
_PRESS = _l("Sondage du comité régional, rapporté par la presse de Lanaudière, octobre 2012")
_CEGEPS = _l("Cégeps de Lanaudière, 2012")

BENCHMARKS: tuple[Benchmark, ...] = (
    Benchmark("works", "yes", 51, _QUEBEC, _ISQ, "A"),
    Benchmark("hours", "under_11", 61, _QUEBEC, _ISQ, "B"),
    Benchmark("hours", "11_15", 20, _QUEBEC, _ISQ, "B"),
    Benchmark("hours", "16_plus", 18, _QUEBEC, _ISQ, "B"),
    Benchmark(
        "success", "matters", 44.2, _CEGEPS, _l("Sondage du comité régional, rapporté par la presse de Lanaudière, octobre 2012"), "B"
    ),
)


def benchmarks_of(measure: str) -> dict[str, Benchmark]:
    """Give what a measure is compared with, by answer."""
    return {one.reply: one for one in BENCHMARKS if one.measure == measure}
