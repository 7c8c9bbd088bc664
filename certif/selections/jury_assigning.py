"""Who reads what, where not all read all: pure, the same for the same jury, and as little changed as can be when a juror comes or goes."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Collection, Iterable, Mapping

Pair = tuple[str, str]
"""A juror and an entry."""


def shared_out(
    jurors: Iterable[str], entries: Iterable[str], each: int, *, now: Collection[Pair] = (), held: Collection[Pair] = (),
    barred: Collection[Pair] = (),
) -> set[Pair]:  # fmt: skip
    """Share entries out: each to `each` jurors, or to as many as may read it, all jurors within one entry of the same load.

    Takes: `now`, how they are shared today, kept as far as balance allows; `held`, pairs that stay (a ballot was cast); `barred`, pairs
    that may not be (the juror stands aside).
    Gives: pairs. Loads differ by more than one only where bars, or what is held, leave no other way.
    """
    sitting, asked, no = sorted(set(jurors)), sorted(set(entries)), set(barred)
    fixed = {pair for pair in held if pair not in no}
    loads: dict[str, set[str]] = {juror: set() for juror in sitting}
    for juror, entry in {*now, *fixed} - no:
        if juror in loads and entry in asked:
            loads[juror].add(entry)
    for entry in asked:
        _fit(entry, each, loads, fixed, no)
    while _level(loads, fixed, no):
        pass
    return {(juror, entry) for juror, theirs in loads.items() for entry in theirs}


def _fit(entry: str, each: int, loads: Mapping[str, set[str]], fixed: set[Pair], no: set[Pair]) -> None:
    """Give an entry to the least loaded until it has its readers; take it from the most loaded where it has too many."""
    readers = [juror for juror in loads if entry in loads[juror]]
    others = [juror for juror in loads if entry not in loads[juror] and (juror, entry) not in no]
    for _missing in range(min(each - len(readers), len(others))):
        chosen = min(others, key=lambda juror: (len(loads[juror]), _lot(juror, entry)))
        others.remove(chosen)
        loads[chosen].add(entry)
    free = [juror for juror in readers if (juror, entry) not in fixed]
    for _extra in range(min(len(readers) - each, len(free))):
        chosen = max(free, key=lambda juror: (len(loads[juror]), _lot(juror, entry)))
        free.remove(chosen)
        loads[chosen].discard(entry)


def _level(loads: dict[str, set[str]], fixed: set[Pair], no: set[Pair]) -> bool:
    """Move one entry, through others where bars ask for it, from a juror to one who has at least two fewer. Gives: whether it did."""
    for heavy in sorted(loads, key=lambda juror: (-len(loads[juror]), juror)):
        came: dict[str, Pair] = {}
        waiting = deque([heavy])
        while waiting:
            here = waiting.popleft()
            if len(loads[here]) <= len(loads[heavy]) - 2:
                _move(loads, came, here, heavy)
                return True
            for there, entry in _moves(here, loads, fixed, no):
                if there != heavy and there not in came:
                    came[there] = (here, entry)
                    waiting.append(there)
    return False


def _moves(here: str, loads: dict[str, set[str]], fixed: set[Pair], no: set[Pair]) -> Iterable[Pair]:
    """Give to whom a juror may hand an entry over, and which: the lightest first."""
    movable = sorted((entry for entry in loads[here] if (here, entry) not in fixed), key=lambda entry: _lot(here, entry))
    for there in sorted(loads, key=lambda juror: (len(loads[juror]), juror)):
        for entry in movable:
            if entry not in loads[there] and (there, entry) not in no:
                yield there, entry
                break


def _move(loads: dict[str, set[str]], came: Mapping[str, Pair], light: str, heavy: str) -> None:
    while light != heavy:
        before, entry = came[light]
        loads[before].discard(entry)
        loads[light].add(entry)
        light = before


def _lot(juror: str, entry: str) -> str:
    """Break ties in a way that favours nobody: by the digest of the two names."""
    return hashlib.sha256(f"{juror} {entry}".encode()).hexdigest()
