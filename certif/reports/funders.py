"""What each funder pays for, and what came of it; what students told, beside what the Institut published."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

from certif.plans import Funder, funders_of
from certif.portraits import Compared, PortraitRelease, compared, last_release
from certif.programs import Program
from certif.reports.asked import FUNDER, OBJECTIVE, Asked
from certif.reports.figures import Figure, cells_of, gathered
from certif.reports.freezing import frozen_cells
from certif.reports.indicators import INDICATORS

SHOWN = [one for one in INDICATORS.values() if OBJECTIVE in one.cuts]
"""The indicators that are counted by objective, hence by funder."""


@dataclass(frozen=True)
class Paid:
    """A funder, and what is counted under its objectives, by indicator."""

    funder: Funder
    figures: dict[str, Figure]


@dataclass(frozen=True)
class Beside:
    """A program, and what its last portrait tells beside others; `release` None where no portrait was released."""

    program: Program
    release: PortraitRelease | None
    rows: Sequence[Compared]


def lines_of(asked: Asked) -> list[Paid]:
    """Give every funder with its figures: one statement an indicator."""
    whole = dataclasses.replace(asked, funder=None)
    frozen = frozen_cells(whole, FUNDER)
    cells = {one.name: gathered(cells_of(one, whole, OBJECTIVE), whole, FUNDER) for one in SHOWN if one.answers(whole)}
    return [Paid(one, _figures(one.ref, cells, frozen)) for one in funders_of(*asked.programs) if asked.funder in {None, one}]


def _figures(ref: str, cells: dict[str, dict[str, int | None]], frozen: dict[str, dict[str, int | None]] | None) -> dict[str, Figure]:
    found = {}
    for name, counts in cells.items():
        kept = frozen.get(name, {}).get(ref, 0) if frozen is not None else None
        found[name] = Figure(INDICATORS[name], counts.get(ref, 0), kept, is_frozen=frozen is not None)
    return found


def compared_by(programs: Sequence[Program]) -> list[Beside]:
    """Give what the last portrait of each program tells beside the Institut's figures."""
    released = [(one, last_release(one)) for one in programs]
    return [Beside(program, release, compared(release) if release else []) for program, release in released]
