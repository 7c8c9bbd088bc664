"""The picture of the nominations of a boss: each a dot, in the order in which they came, and an arc between those that share something."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from certif.nominations.desk_model import SignKind
from certif.nominations.signs_finding import Finding
from certif.nominations.signs_queries import MOST_DRAWN, Traced

_STEP, _EDGE, _TALL = 44, 30, 90
_BELOW = {SignKind.SENTENCE, SignKind.PASSES}


@dataclass(frozen=True)
class Dot:
    """One nomination. `x`, where it stands; `is_tied`, whether it shares something with another."""

    number: int
    x: int
    is_tied: bool


@dataclass(frozen=True)
class Arc:
    """Two nominations that share something: `path`, as SVG draws it."""

    kind: str
    path: str


@dataclass(frozen=True)
class Picture:
    """What is drawn, in a frame of `width` × `height`."""

    dots: list[Dot]
    arcs: list[Arc]
    width: int
    height: int
    middle: int


def picture_of(traced: Sequence[Traced], finding: Finding) -> Picture:
    """Draw the last nominations of a boss, 60 at most: arcs above for a network or a burst, below for a sentence or a school."""
    shown = [one.trace.number for one in traced[-MOST_DRAWN:]]
    places = {number: _EDGE + at * _STEP for at, number in enumerate(shown)}
    dots = [Dot(number, x, number in finding.tied) for number, x in places.items()]
    arcs = [
        Arc(sign.kind.value, _arc(places[one], places[other], sign.kind))
        for sign in finding.signs
        for one, other in zip(sign.numbers, sign.numbers[1:], strict=False)
        if one in places and other in places
    ]
    return Picture(dots, arcs, 2 * _EDGE + max(0, len(shown) - 1) * _STEP, 2 * _TALL, _TALL)


def _arc(one: int, other: int, kind: SignKind) -> str:
    high = min(_TALL - 20, 16 + (other - one) // 3 + (10 if kind is SignKind.BURST else 0))
    peak = _TALL + (2 * high if kind in _BELOW else -2 * high)
    return f"M{one} {_TALL} Q{(one + other) // 2} {peak} {other} {_TALL}"
