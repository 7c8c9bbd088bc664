"""What an employer is told of its own students: in which third they lie, never a count, and blurred so that nobody learns one answer.

Anyone who holds the code of a place of work can answer there as often as they like: an employer may know every answer but one. So each
count is blurred by a number drawn once for all (two-sided geometric, C. Dwork and A. Roth, «The algorithmic foundations of differential
privacy», 2014, 3.3 and 12.3), and this holds whatever is told, however often, whoever else answers and in whatever order:

- What is told is at most `ODDS` times likelier with one answer than with another, for each question: a guess between two is right two
  times in three at most. For all the questions together, their product: four times in five.
- Whether and when something is told depends on how many have answered, never on what they said. So answers that are implausible count
  too: a share is not carried away by one of them, and to leave it out would say that it was left out.

An answer is blurred once, with those that came since the last telling: a blur that stayed the same while answers come in could be measured
before the one that is sought, and one drawn anew each time would be averaged away. An answer belongs to one place, or else to one sector.
Each establishment stands alone: the sum of an employer's establishments is told nowhere.
"""

from __future__ import annotations

import hmac
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from certif.portraits.counting import Line
from certif.portraits.measures import HOURS, SUCCESS
from certif.portraits.withholding import EVERYONE

COMPASS_CUTS = ("establishment", "mrc_sector")
ODDS = 2
"""How many times likelier what is told can be with one answer to a question than with another: that of `blur`."""
OVER = 15

_FOND = frozenset(option for reply in SUCCESS.replies if reply.name in SUCCESS.together[0].replies for option in reply.options)


@dataclass(frozen=True)
class Pointer:
    """What is told in thirds: how many of those who answered said one of these things. `rests_on`: the questions it is asked by."""

    name: str
    question: str
    says: Callable[[str], bool]
    rests_on: frozenset[str]


POINTERS = (
    Pointer("over", HOURS.question, lambda value: value.isdigit() and int(value) > OVER, frozenset({"hours_week", "hours_weekend"})),
    Pointer("matters", SUCCESS.question, lambda value: value in _FOND, frozenset({SUCCESS.question})),
)

Needle = dict[str, Any]
"""By pointer, the third that is told, None for what is not asked. Kept aside and never shown: `of`, how many had answered; `exact`, how
many of them said so; `blurred`, the same as it may be told."""


def point(
    tallies: Iterable[Line], least: Mapping[str, int], before: Mapping[str, Mapping[str, Needle]], *, asked: frozenset[str], key: bytes
) -> dict[str, dict[str, Needle]]:
    """Give the figures of each establishment, and of each sector in each MRC.

    A figure is made anew once as many more have answered as it takes to have one, and half as many as had: a few times in a year.
    Takes: `least`, the threshold of each of the two cuts; `before`, what was told last; `asked`, the questions of every survey of the year;
    `key`, a secret of this program and year, from which every blur is drawn.
    """
    counts: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for cut, place, question, value, _is_flagged, many in tallies:
        if cut in COMPASS_CUTS:
            for name in _counted(question, value):
                counts[cut, place][name] += many
    found = {cut: {place: old for place, old in before.get(cut, {}).items() if blurred(old)} for cut in COMPASS_CUTS}
    told = [pointer.name for pointer in POINTERS if pointer.rests_on <= asked]
    for (cut, place), exact in counts.items():
        old = found[cut].get(place, {"of": 0, "exact": {}, "blurred": {}})
        if told and exact["of"] - old["of"] >= max(least[cut], old["of"] // 2):
            found[cut][place] = _needle({"of": exact["of"], **{name: exact[name] for name in told}}, old, f"{cut} {place}", key)
    return found


def _counted(question: str, value: str) -> list[str]:
    if question == EVERYONE:
        return ["of"]
    return [pointer.name for pointer in POINTERS if pointer.question == question and pointer.says(value)]


def _needle(exact: dict[str, int], old: Needle, place: str, key: bytes) -> Needle:
    """Blur what came since the last telling, and add it to what is blurred already."""
    of, block = exact.pop("of"), json.dumps([place, old["of"], old["exact"], exact], sort_keys=True)
    blurred = {
        name: old["blurred"].get(name, 0) + many - old["exact"].get(name, 0) + blur(key, f"{name} {block}") for name, many in exact.items()
    }
    thirds = {pointer.name: third(blurred[pointer.name], of) if pointer.name in blurred else None for pointer in POINTERS}
    return {"of": of, "exact": exact, "blurred": blurred, **thirds}


def blurred(needle: Needle | None) -> Needle | None:
    """Give a figure that may be told; None for none, or for one that was made before figures were blurred."""
    return needle if needle and "blurred" in needle else None


def blur(key: bytes, said: str) -> int:
    """Draw a whole number, above or below nought: each is `ODDS` times rarer than the one that is nearer by one.

    Gives: always the same for the same key and the same words, so that doing a telling again after a copy is restored teaches nothing.
    """
    drawn = hmac.digest(key, said.encode(), "sha256")
    up, down = (int.from_bytes(half).bit_length() for half in (drawn[:16], drawn[16:]))  # leading noughts: tosses of a coin
    return down - up


def third(part: int, whole: int) -> int:
    """Give in which third a share lies: 0 under a third, 1 up to two thirds, 2 above. From five people on, each holds two counts."""
    return 0 if 3 * part < whole else 1 if 3 * part <= 2 * whole else 2
