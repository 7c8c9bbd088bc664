"""How a jury's ballots become a ranking, and how they are chained. The standard library only: this very file is what staff may run.

    python3 verifier.py bulletins.json

It reads what the site gives of a jury, without any name, and computes again the chain of the ballots and the ranking.

The ranking. A ballot is worth the weighted mean of its scores, each as a part of the most it may be: from 0 to 1. Some jurors are harsh,
others lenient, and they did not all read the same entries. So each mean is taken to be the worth of the entry plus the leniency of the
juror, and both are fitted by least squares. A juror's leniency is thus measured only against the others who read the same entries. An
entry's comparable score is its fitted worth.

Why so, and not z-scores: those need several ballots from each juror, make an enthusiast who saw the best entries look lenient, and
stretch the scores of who gave nearly the same to all. Here points stay points; a constant added to all that one juror gives changes no
rank; one ballot is enough for an answer. Nothing that a juror typed is changed, and the raw mean is shown beside.

Entries that no chain of common readings links form groups apart: nothing says whether one group is better. Each group is then given the
mean of all ballots. Fractions are exact, and rounded once, to thousandths, half up.
"""

from __future__ import annotations

import hashlib
import json
import math
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

START = "0" * 64
_Worth = tuple[str, str, Fraction]


def digest_of(said: Sequence[Any], previous: str) -> str:
    """Give the SHA-256 (hex) of a ballot and of the digest before it. Takes: `said`, what it says, in the order of `ballot_said`."""
    written = json.dumps([previous, *said], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def ballot_said(ballot: Mapping[str, Any]) -> list[Any]:
    """Give what a ballot of the file says, as it is digested."""
    return [ballot[name] for name in ("position", "juror", "entry", "number", "scores", "comment_digest", "cast_at")]


def first_broken(ballots: Iterable[Mapping[str, Any]]) -> int | None:
    """Give the position of the first ballot that does not follow from the one before it, or None. Takes: ballots in their order."""
    previous = START
    for place, ballot in enumerate(ballots, 1):
        is_next = ballot["position"] == place and ballot["previous_digest"] == previous
        if not is_next or ballot["digest"] != digest_of(ballot_said(ballot), previous):
            return place
        previous = ballot["digest"]
    return None


def worth_of(scores: Mapping[str, int], criteria: Sequence[Mapping[str, Any]]) -> Fraction:
    """Give the weighted mean of a ballot's scores, from 0 to 1."""
    weighed = (Fraction(one["weight"] * scores[one["id"]], one["most"]) for one in criteria)
    return sum(weighed, Fraction()) / sum(int(one["weight"]) for one in criteria)


def comparable(worths: Sequence[_Worth]) -> tuple[dict[str, Fraction], dict[str, Fraction]]:
    """Fit, by least squares, the worth of each entry and the leniency of each juror. Takes: (juror, entry, worth), one a pair.

    Gives: the entries' fitted worths and the jurors' leniencies, whose mean is 0 in each group that common readings link.
    """
    worth: dict[str, Fraction] = {}
    leniency: dict[str, Fraction] = {}
    if not worths:
        return worth, leniency
    everywhere = sum((value for _juror, _entry, value in worths), Fraction()) / len(worths)
    for group in _groups(worths):
        fitted = _leniencies(group)
        by_entry: dict[str, list[Fraction]] = defaultdict(list)
        for juror, entry, value in group:
            by_entry[entry].append(value - fitted[juror])
        means = {entry: sum(values, Fraction()) / len(values) for entry, values in by_entry.items()}
        middle = sum(means.values(), Fraction()) / len(means)
        worth |= {entry: value - middle + everywhere for entry, value in means.items()}
        leniency |= fitted
    return worth, leniency


def ranking(asked: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Rank the entries of a file by what its ballots say: the last version of each juror for each entry, those that count.

    Gives: for each entry its `score`, comparable, and its `raw` mean, in thousandths, None where no ballot counts; how many `ballots`
    count; the `spread`, between the highest and the lowest of them once made comparable. The best first; equal scores by their raw mean.
    """
    last = {(one["juror"], one["entry"]): one for one in asked["ballots"] if one["counts"]}  # in their order: the last one stays
    worths = [(juror, entry, worth_of(one["scores"], asked["criteria"])) for (juror, entry), one in sorted(last.items())]
    fitted, leniency = comparable(worths)
    by_entry: dict[str, list[tuple[Fraction, Fraction]]] = defaultdict(list)
    for juror, entry, value in worths:
        by_entry[entry].append((value, value - leniency[juror]))
    found = [_line(entry, by_entry[entry], fitted.get(entry)) for entry in asked["entries"]]
    return sorted(found, key=lambda one: (one["score"] is None, -(one["score"] or 0), -(one["raw"] or 0), one["entry"]))


def _line(entry: str, values: list[tuple[Fraction, Fraction]], score: Fraction | None) -> dict[str, Any]:
    if score is None:
        return {"entry": entry, "score": None, "raw": None, "ballots": 0, "spread": 0}
    level = [own for _raw, own in values]
    raw = sum((value for value, _own in values), Fraction()) / len(values)
    return {
        "entry": entry, "score": _thousandths(score), "raw": _thousandths(raw), "ballots": len(values),
        "spread": _thousandths(max(level) - min(level)),
    }  # fmt: skip


def _thousandths(value: Fraction) -> int:
    return int((2000 * value + 1) // 2)


def _groups(worths: Sequence[_Worth]) -> list[list[_Worth]]:
    """Part the ballots into groups that share neither a juror nor an entry."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        parent.setdefault(name, name)
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    for juror, entry, _value in worths:
        parent[root(f"juror {juror}")] = root(f"entry {entry}")
    found: dict[str, list[_Worth]] = defaultdict(list)
    for one in worths:
        found[root(f"entry {one[1]}")].append(one)
    return list(found.values())


def _leniencies(group: list[_Worth]) -> dict[str, Fraction]:
    """Solve the normal equations of the jurors of a linked group, once the entries are eliminated; their sum is held at 0."""
    jurors = sorted({juror for juror, _entry, _value in group})
    place = {juror: number for number, juror in enumerate(jurors)}
    size = len(jurors)
    readers: dict[str, list[tuple[int, Fraction]]] = defaultdict(list)
    for juror, entry, value in group:
        readers[entry].append((place[juror], value))
    rows = [[Fraction(1)] * size + [Fraction()] for _each in jurors]  # the ones hold the sum at 0, and make the answer the only one
    for values in readers.values():
        mean = sum((value for _each, value in values), Fraction()) / len(values)
        for here, value in values:
            rows[here][here] += 1
            rows[here][size] += value - mean
            for there, _value in values:
                rows[here][there] -= Fraction(1, len(values))
    return dict(zip(jurors, _solved(rows), strict=True))


def _solved(rows: list[list[Fraction]]) -> list[Fraction]:
    """Solve a positive definite system, in whole numbers: each step divides exactly by the pivot before it."""
    size, before = len(rows), 1
    whole = [[int(value * scale) for value in row] for row in rows for scale in (math.lcm(*(value.denominator for value in row)),)]
    for column in range(size):
        pivot = whole[column]
        for number, row in enumerate(whole):
            if number != column:
                whole[number] = [(pivot[column] * value - row[column] * other) // before for value, other in zip(row, pivot, strict=True)]
        before = pivot[column]
    return [Fraction(row[size], row[number]) for number, row in enumerate(whole)]


def _verify(path: str) -> int:
    asked = json.loads(Path(path).read_text(encoding="utf-8"))
    broken = first_broken(asked["ballots"])
    if broken is not None:
        sys.stdout.write(f"Le bulletin {broken} n'est pas celui qui a été déposé.\n")
        return 1
    found = ranking(asked)
    agrees = found == asked["ranking"]
    for place, one in enumerate(found, 1):
        sys.stdout.write(f"{place}. {one['entry']} : {one['score']} (brut {one['raw']}, bulletins {one['ballots']})\n")
    sys.stdout.write("Le classement est le même.\n" if agrees else "Le classement n'est PAS le même.\n")
    return 0 if agrees else 1


if __name__ == "__main__":
    sys.exit(_verify(sys.argv[1]))
