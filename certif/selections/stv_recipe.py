"""How ranked picks become a list of several laureates: a single transferable vote. The standard library only: this very file is what
staff may run.

    python3 verifier.py bulletins.json

It reads what the site gives of a jury, without any name, and computes again the chain of the ballots and every round of the count.

The count, in each cell, is that of the Scottish Local Government Elections Order 2007 (weighted inclusive Gregory), in exact fractions
where the order cuts after five decimals. The quota is the whole part of ballots / (seats + 1), plus one. Whoever reaches it is elected.
What an elected one has above it goes on, the largest surplus first: each ballot that it holds passes to the next one still in the running,
worth its value times the surplus over all that was held. Where nobody has a surplus left, the last one is left out, and its ballots go on
at their value; those whom no ballot names any more are left out together. Once as many remain as there are seats, they are elected.

Equals are told apart by the latest earlier round in which they differed; then by the lot of a seed whose digest was published before:
SHA-256 of «seed entry», the smallest first. Where no seed was bound to and such a lot is needed, there is no result.

Whoever is elected ranks in the order of its election; whoever was left out follows, the last one left out first.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

START = "0" * 64
RANK = "rank"


class NotDecided(Exception):
    """A lot is needed, and no seed was bound to. `equals`, those that nothing tells apart."""

    def __init__(self, equals: Sequence[str]) -> None:
        super().__init__(", ".join(equals))
        self.equals = list(equals)


@dataclass
class _Paper:
    """One ballot: what it is worth, and who is named on it, the first choice first."""

    picks: Sequence[str]
    worth: Fraction = Fraction(1)
    holder: str | None = None


@dataclass
class _Count:
    """A count under way. `history`, how many votes each had in each round; `lots`, the place that the seed gives each."""

    papers: list[_Paper]
    running: set[str]
    seats: int
    lots: Mapping[str, int]
    quota: int
    elected: list[list[str]] = field(default_factory=list)
    left_out: list[list[str]] = field(default_factory=list)
    surpluses: dict[str, Fraction] = field(default_factory=dict)
    history: list[dict[str, Fraction]] = field(default_factory=list)
    rounds: list[dict[str, Any]] = field(default_factory=list)


def counted(ballots: Sequence[Sequence[str]], entries: Iterable[str], seats: int, seed: str = "") -> dict[str, Any]:
    """Count ranked ballots.

    Takes: `ballots`, each the entries it names, the first choice first, at least one; `seed`, empty where none was bound to.
    Gives: `seats`, `quota`, the `rounds`, and `places`, from 1, of every entry; those that nothing tells apart share one.
    Refuses (`NotDecided`): equals whom only a lot could tell apart, without a seed.
    """
    running = sorted(set(entries))
    lots = {one: place for place, one in enumerate(sorted(running, key=lambda one: _sha256(f"{seed} {one}")))} if seed else {}
    now = _Count([_Paper(tuple(one)) for one in ballots], set(running), seats, lots, len(ballots) // (seats + 1) + 1)
    for paper in now.papers:
        _pass_on(now, paper)
    while now.running:
        _one_round(now)
    places: dict[str, int] = {}
    for group in now.elected + now.left_out[::-1]:
        places |= dict.fromkeys(group, len(places) + 1)
    return {"seats": seats, "quota": now.quota, "rounds": now.rounds, "places": places}


def _one_round(now: _Count) -> None:
    votes = {one: sum((paper.worth for paper in now.papers if paper.holder == one), Fraction()) for one in sorted(now.running)}
    now.history.append(votes)
    said: dict[str, Any] = {"votes": {one: str(value) for one, value in votes.items()}, "elected": [], "left_out": [], "passes_on": None}
    said["exhausted"] = str(sum((paper.worth for paper in now.papers if paper.holder is None), Fraction()))
    now.rounds.append(said)
    left = _left(now)
    reached = [one for one in votes if votes[one] >= now.quota]
    if len(now.running) <= left or left <= 0:
        said["elected" if left > 0 else "left_out"] = _end(now, votes, is_elected=left > 0)
    elif reached:
        said["elected"] = _elect(now, votes, reached)
        _pass_surplus(now, said)
    elif now.surpluses:
        _pass_surplus(now, said)
    else:
        said["left_out"] = _leave_out(now, votes, left)


def _elect(now: _Count, votes: Mapping[str, Fraction], reached: list[str]) -> list[str]:
    """Elect those that reached the quota, the one with most votes first. More cannot reach it than there are seats."""
    now.running -= set(reached)
    now.surpluses |= {one: votes[one] - now.quota for one in reached if votes[one] > now.quota}
    groups = _in_order(now, votes, reached)
    now.elected += groups
    return [one for group in groups for one in group]


def _pass_surplus(now: _Count, said: dict[str, Any]) -> None:
    """Let the largest surplus go on; nothing where none is left, or nothing to fill."""
    if not now.surpluses or _left(now) <= 0:
        return
    most = max(now.surpluses.values())
    first = _by_lot(now, _told_apart(now, [one for one, value in now.surpluses.items() if value == most])[0])[0]
    said["passes_on"], surplus = first, now.surpluses.pop(first)
    held = [paper for paper in now.papers if paper.holder == first]
    share = surplus / sum((paper.worth for paper in held), Fraction())
    for paper in held:
        paper.worth *= share
        _pass_on(now, paper)


def _leave_out(now: _Count, votes: Mapping[str, Fraction], left: int) -> list[str]:
    """Leave out those whom no ballot names any more, together; else the last one."""
    unnamed = [one for one in sorted(votes) if not votes[one]]
    if not unnamed or len(now.running) - len(unnamed) < left:
        least = min(votes.values())
        unnamed = _by_lot(now, _told_apart(now, [one for one in votes if votes[one] == least])[-1])[-1:]
    now.running -= set(unnamed)
    now.left_out.append(unnamed)
    for paper in now.papers:
        if paper.holder in unnamed:
            _pass_on(now, paper)
    return unnamed


def _end(now: _Count, votes: Mapping[str, Fraction], *, is_elected: bool) -> list[str]:
    """Elect all that remain, or leave them out once every seat is filled."""
    groups = _in_order(now, votes, list(votes))
    now.running.clear()
    now.elected += groups if is_elected else []
    now.left_out += [] if is_elected else groups[::-1]
    return [one for group in groups for one in group]


def _in_order(now: _Count, votes: Mapping[str, Fraction], entries: list[str]) -> list[list[str]]:
    """Put in the order of their votes, where whether they are elected is settled: equals stay together where there is no lot."""
    found: list[list[str]] = []
    for value in sorted({votes[one] for one in entries}, reverse=True):
        for group in _told_apart(now, [one for one in entries if votes[one] == value]):
            found += [[one] for one in _by_lot(now, group)] if now.lots else [group]
    return found


def _left(now: _Count) -> int:
    """Count the seats still to be filled."""
    return now.seats - sum(map(len, now.elected))


def _told_apart(now: _Count, equals: list[str]) -> list[list[str]]:
    """Part equals by the latest earlier round in which they differed, those who had more first."""
    groups = [sorted(equals)]
    for votes in reversed(now.history):
        groups = [part for group in groups for part in _parted(group, votes)]
    return groups


def _by_lot(now: _Count, group: list[str]) -> list[str]:
    """Put in the order of the lot those that nothing else tells apart."""
    if len(group) > 1 and not now.lots:
        raise NotDecided(group)
    return sorted(group, key=lambda one: now.lots.get(one, 0))


def _parted(group: list[str], votes: Mapping[str, Fraction]) -> list[list[str]]:
    values = sorted({votes.get(one, Fraction()) for one in group}, reverse=True)
    return [[one for one in group if votes.get(one, Fraction()) == value] for value in values]


def _pass_on(now: _Count, paper: _Paper) -> None:
    paper.holder = next((one for one in paper.picks if one in now.running), None)


def ballots_of(asked: Mapping[str, Any], cell: str) -> list[list[str]]:
    """Give the ballots of a cell from a file: of each juror, the last rank given to each entry that may still be chosen, in order."""
    fit = {one["entry"] for one in asked["entries"] if one["cell"] == cell and one["fit"]}
    last = {(one["juror"], one["entry"]): one["scores"][RANK] for one in asked["ballots"] if one["counts"] and one["entry"] in fit}
    jurors = sorted({juror for juror, _entry in last})
    ranked = [sorted((rank, entry) for (who, entry), rank in last.items() if who == juror and rank is not None) for juror in jurors]
    return [[entry for _rank, entry in picks] for picks in ranked if picks]


def counts(asked: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Count every cell of a file. Refuses (`NotDecided`): as `counted`."""
    cells = sorted({one["cell"] for one in asked["entries"]})
    fit = {cell: [one["entry"] for one in asked["entries"] if one["cell"] == cell and one["fit"]] for cell in cells}
    return {cell: counted(ballots_of(asked, cell), fit[cell], asked["keeps"], asked["seed"] or "") for cell in cells}


def first_broken(ballots: Iterable[Mapping[str, Any]]) -> int | None:
    """Give the position of the first ballot that does not follow from the one before it, or None. Takes: ballots in their order."""
    previous = START
    for place, one in enumerate(ballots, 1):
        said = [one[name] for name in ("position", "juror", "entry", "number", "scores", "comment_digest", "cast_at")]
        due = _sha256(json.dumps([previous, *said], ensure_ascii=False, sort_keys=True, separators=(",", ":")))
        if (one["position"], one["previous_digest"], one["digest"]) != (place, previous, due):
            return place
        previous = due
    return None


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _verify(path: str) -> int:
    asked = json.loads(Path(path).read_text(encoding="utf-8"))
    broken = first_broken(asked["ballots"])
    if broken is not None:
        sys.stdout.write(f"Le bulletin {broken} n'est pas celui qui a été déposé.\n")
        return 1
    try:
        found = counts(asked)
    except NotDecided as problem:
        sys.stdout.write(f"À égalité, et rien ne les départage encore : {problem}.\n")
        return 0 if asked["counts"] is None else 1
    for cell, one in found.items():
        sys.stdout.write(f"{cell or 'Concours'} : {one['seats']} places, quota {one['quota']}, {len(one['rounds'])} tours\n")
        for entry, place in sorted(one["places"].items(), key=lambda each: each[1]):
            sys.stdout.write(f"  {place}. {entry}\n")
    agrees = found == asked["counts"]
    sys.stdout.write("Le dépouillement est le même.\n" if agrees else "Le dépouillement n'est PAS le même.\n")
    return 0 if agrees else 1


if __name__ == "__main__":
    sys.exit(_verify(sys.argv[1]))
