"""What may be told of a family of counts, so that nobody learns anything of fewer people than the threshold. Pure; no database.

The counts are those of one region and one school year: for each cut (the whole, MRC, school bodies…), each of its groups and each
question, how many gave each answer. All cuts count the same people, so their sums are shared; the groups of some cuts are parts of a
group of another (the grades of a level), and come to it. The rules:

1. Nothing is shown of fewer than `least` people: not a group, not an answer; and of a small group (under three times that), neither an
   answer that everyone gave nor one that nobody did.
2. What is withheld cannot be computed back from all that is shown, sums and differences included (`grids`).
3. Both rules hold as well for the *differences* from what is known otherwise: earlier releases, and the same counts with or without
   flagged answers. Whoever subtracts learns of nobody.
4. What is withheld now may have been told before, each cell in another release. A sum told now, less its cells as they were told last, is
   that of newcomers: of none, or of enough.

The audit takes each shown count as if it were published exactly; in truth it is rounded to five, which only takes away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from certif.portraits.grids import Grid, Matrix, Sheet

Cell = tuple[str, str, str, str]
"""A cut, a group, a question, an answer. An empty answer: all who answered the question. The question `*`: everyone."""
Counts = Mapping[Cell, int]

NOTHING: Counts = {}
WHOLE = "all"
EVERYONE = "*"
SMALL = 3
"""A group of fewer than this many times the threshold is small: what all or none of it answered is withheld."""


@dataclass(frozen=True)
class Asked:
    """A question: its answers, the cuts by which it is told, and the answers (of another question) that lead to it, if any."""

    name: str
    answers: tuple[str, ...]
    cuts: tuple[str, ...]
    after: tuple[tuple[str, str], ...] = ()


class Block(NamedTuple):
    """Groups of a cut that come to one whole, those that belong to none aside. `whole`: a cut and a group of it."""

    cut: str
    whole: tuple[str, str]
    keys: tuple[str, ...]


@dataclass(frozen=True)
class Family:
    """The shape of the counts: the groups of each cut (the whole aside), and the questions, each after the one that leads to it.

    `within`: the cuts whose groups are parts of those of another, which comes first; a part is called `whole/part`.
    """

    groups: Mapping[str, tuple[str, ...]]
    questions: tuple[Asked, ...]
    within: Mapping[str, str] = field(default_factory=dict)

    def blocks(self) -> Iterator[Block]:
        """Give the groups, each with those of the same whole; a whole comes before its parts."""
        for cut, keys in self.groups.items():
            if cut not in self.within:
                yield Block(cut, (WHOLE, ""), tuple(keys))
        for cut, wider in self.within.items():
            for whole in self.groups.get(wider, ()):
                parts = tuple(key for key in self.groups.get(cut, ()) if key.startswith(f"{whole}/"))
                if parts:
                    yield Block(cut, (wider, whole), parts)


@dataclass(frozen=True)
class Difference:
    """By how many people the counts differ from others that are known where `known` says so."""

    counts: Counts
    known: frozenset[Cell]


def withhold(
    family: Family,
    counts: Counts,
    *,
    least: int,
    against: tuple[Difference, ...] = (),
    before: Counts = NOTHING,
    among: frozenset[Cell] | None = None,
) -> frozenset[Cell]:
    """Say which cells may be shown.

    Takes: `least`, the threshold; `against`, what the counts may be subtracted from; `before`, each cell that was ever shown, as it was
    last; `among`, the only cells that may be shown, if limited.
    Gives: the cells to show; every other is withheld, and none of those can be computed back.
    """
    return frozenset(_Sieve(family, counts, least, against=against, before=before, among=among).shown())


class _Sieve:
    def __init__(
        self,
        family: Family,
        counts: Counts,
        least: int,
        *,
        against: tuple[Difference, ...],
        before: Counts,
        among: frozenset[Cell] | None,
    ) -> None:
        self.family, self.counts, self.least, self.against, self.before, self.among = family, counts, least, against, before, among
        self.told: set[Cell] = set()
        self.divided = frozenset(block.whole for block in family.blocks())

    def shown(self) -> set[Cell]:
        """Sift the groups first, then each question in each cut."""
        everyone = (WHOLE, "", EVERYONE, "")
        if self.is_telling(everyone, everyone):
            return set()
        self.told.add(everyone)
        groups = dict[Block, list[str]]()
        for block in self.family.blocks():
            is_told = (*block.whole, EVERYONE, "") in self.told
            groups[block] = self._line(block, EVERYONE) if is_told else []
            self.told |= {(block.cut, key, EVERYONE, "") for key in groups[block]}
        for question in self.family.questions:
            self._sift(question, groups)
        return self.told

    def _sift(self, question: Asked, groups: Mapping[Block, list[str]]) -> None:
        base = (WHOLE, "", question.name, "")
        if self.is_telling(base, base) or not self._is_reached(question, WHOLE, ""):
            return
        self.told |= {base} | {(WHOLE, "", question.name, answer) for answer in self._answers(question)}
        for block, keys in groups.items():
            if block.cut in question.cuts and (*block.whole, question.name, "") in self.told:
                answers = [answer for answer in question.answers if (*block.whole, question.name, answer) in self.told]
                self._sift_block(question, block, [key for key in keys if self._is_reached(question, block.cut, key)], answers)

    def _sift_block(self, question: Asked, block: Block, keys: list[str], answers: list[str]) -> None:
        keys = self._line(block, question.name, only=frozenset(keys))
        while keys and answers:
            table = _Table(self, question, block, keys, answers)
            lost = table.grid.close()
            if lost is None:
                self.told |= set(table.shown())
                return
            gone = keys[lost] if lost < len(keys) else min(keys, key=lambda key: self.count((block.cut, key, question.name, "")))
            keys = self._line(block, question.name, only=frozenset(keys) - {gone})

    def _is_reached(self, question: Asked, cut: str, key: str) -> bool:
        cuts = {one.name: one.cuts for one in self.family.questions}
        return all(cut not in cuts[name] or (cut, key, name, answer) in self.told for name, answer in question.after)

    def _answers(self, question: Asked) -> list[str]:
        """Give the answers that may be shown of the whole: a line whose withheld answers come to enough people, and are two or more.

        An answer that nobody gave is withheld: shown, it would tell of every group, however small, that nobody there gave it.
        """
        cells = {answer: (WHOLE, "", question.name, answer) for answer in question.answers}
        base = (WHOLE, "", question.name, "")
        bad = {answer for answer, cell in cells.items() if self.count(cell) == 0 or self.is_telling(cell, base)}
        return self._closed(cells, base, bad, least_apart=2)

    def _line(self, block: Block, question: str, only: frozenset[str] | None = None) -> list[str]:
        """Give the groups of one whole that may be shown for a question."""
        cells = {key: (block.cut, key, question, "") for key in block.keys if self.count((block.cut, key, question, "")) > 0}
        bad = {key for key, cell in cells.items() if self.is_telling(cell, cell) or (only is not None and key not in only)}
        return self._closed(cells, (*block.whole, question, ""), bad, least_apart=2)

    def _closed(self, cells: Mapping[str, Cell], total: Cell, bad: set[str], least_apart: int) -> list[str]:
        """Withhold more of one line until what is withheld comes to enough people, is of two at least, and differs by enough of them."""
        while len(bad) < len(cells):
            good = [name for name in cells if name not in bad]
            rest = self.count(total) - sum(self.count(cells[name]) for name in good)
            newcomers = rest - sum(self.before.get(cells[name], 0) for name in bad)
            thin = 0 < len(bad) < least_apart or (rest < self.least and (rest > 0 or bool(bad))) or 0 < newcomers < self.least
            if not thin and not any(self._is_thin(one, [cells[name] for name in good], total) for one in self.against):
                return good
            bad = bad | {min(good, key=lambda name: self.count(cells[name]))}
        return []

    def _is_thin(self, one: Difference, cells: list[Cell], total: Cell) -> bool:
        if total not in one.known:
            return False
        rest = one.counts.get(total, 0) - sum(one.counts.get(cell, 0) for cell in cells if cell in one.known)
        return 0 < abs(rest) < self.least

    def count(self, cell: Cell) -> int:
        """Give a count; none is zero."""
        return self.counts.get(cell, 0)

    def is_telling(self, cell: Cell, base: Cell) -> bool:
        """Whether a count may not be shown by itself: of too few people, of what all or none of a small group said, or by what it adds."""
        if self.among is not None and cell not in self.among:
            return True
        count, whole = self.count(cell), self.count(base)
        if whole < self.least or 0 < count < self.least or (cell != base and whole < SMALL * self.least and count in {0, whole}):
            return True
        return any(cell in one.known and self.adds_too_little(one, cell, base) for one in self.against)

    def adds_too_little(self, one: Difference, cell: Cell, base: Cell) -> bool:
        """Whether a difference is that of too few people, or of a few who all said the same."""
        count, whole = abs(one.counts.get(cell, 0)), abs(one.counts.get(base, 0))
        return 0 < count < self.least or (cell != base and 0 < count == whole < SMALL * self.least)


class _Table:
    """One question in the groups of one whole, with two lines more: the groups that are not shown, together, and the answers not shown of
    the whole."""

    def __init__(self, sieve: _Sieve, question: Asked, block: Block, keys: list[str], answers: list[str]) -> None:
        self.sieve, self.question, self.block, self.keys, self.answers = sieve, question, block, keys, answers
        self.cut = block.cut
        self.others = [answer for answer in question.answers if answer not in answers]
        self.has_rest = bool(self.others)
        self.hides_groups = any(sieve.count((self.cut, key, question.name, "")) > 0 for key in block.keys if key not in frozenset(keys))
        own = self._matrix(sieve.counts)
        sheets = [self._own_sheet(own), self._newcomers(own), *(self._other_sheet(one) for one in sieve.against)]
        self.grid = Grid(sheets, sieve.least, set(self._telling(own)))

    def _cell(self, row: int, column: int) -> Cell | None:
        is_real = row < len(self.keys) and column < len(self.answers)
        return (self.cut, self.keys[row], self.question.name, self.answers[column]) if is_real else None

    def _base(self, row: int) -> Cell:
        return (self.cut, self.keys[row], self.question.name, "")

    def _matrix(self, counts: Counts) -> Matrix:
        """Give the counts, the last row for the groups not shown (and those who belong to none), the last column for the other answers."""
        name, columns = self.question.name, [*self.answers, ""]
        whole = [counts.get((*self.block.whole, name, answer), 0) for answer in columns]
        rows = [[counts.get((self.cut, key, name, answer), 0) for answer in columns] for key in self.keys]
        rows.append([total - sum(row[place] for row in rows) for place, total in enumerate(whole)])
        return [[*row[:-1], row[-1] - sum(row[:-1])] for row in rows]

    def _own_sheet(self, own: Matrix) -> Sheet:
        height, width = len(own), len(own[0])
        known = [[True] * width for _row in range(height)]
        return Sheet(own, known, [True] * height, [True] * width, lambda _row, _column: True, is_table=True)

    def _newcomers(self, own: Matrix) -> Sheet:
        """Give the same counts, less what was told last of each cell: of those that are unknown, too few may not be left in a line."""
        told = [[0] * len(own[0]) for _row in own]
        for number, key in enumerate((*self.keys, *sorted(frozenset(self.block.keys) - frozenset(self.keys)))):
            for place, answer in enumerate((*self.answers, *self.others)):
                cell = (self.cut, key, self.question.name, answer)
                told[min(number, len(self.keys))][min(place, len(self.answers))] += self.sieve.before.get(cell, 0)
        counts = [[now - then for now, then in zip(*lines, strict=True)] for lines in zip(own, told, strict=True)]
        known, height, width = [[True] * len(own[0]) for _row in own], len(own), len(own[0])
        return Sheet(counts, known, [True] * height, [True] * width, lambda _row, _column: False)

    def _other_sheet(self, one: Difference) -> Sheet:
        counts, name = self._matrix(one.counts), self.question.name
        cells = [[self._cell(row, column) for column in range(len(counts[0]))] for row in range(len(counts))]
        known = [[cell is not None and cell in one.known for cell in line] for line in cells]
        columns = [(*self.block.whole, name, answer) in one.known for answer in self.answers]
        rows = [self._base(row) in one.known for row in range(len(self.keys))]
        has_base = (*self.block.whole, name, "") in one.known
        return Sheet(counts, known, [*rows, has_base and all(rows)], [*columns, has_base and all(columns)], self._needs(one, cells))

    def _needs(self, one: Difference, cells: list[list[Cell | None]]) -> Callable[[int, int], bool]:
        def needs(row: int, column: int) -> bool:
            cell = cells[row][column]
            return cell is not None and cell in one.known and self.sieve.adds_too_little(one, cell, self._base(row))

        return needs

    def _telling(self, own: Matrix) -> Iterator[tuple[int, int]]:
        least = self.sieve.least
        for row, line in enumerate(own):
            # nobody of a group gave an answer: said, it would tell of every part of it, however small
            is_divided = row < len(self.keys) and (self.cut, self.keys[row]) in self.sieve.divided
            for column, count in enumerate(line):
                cell = self._cell(row, column)
                if cell is not None:
                    is_telling = self.sieve.is_telling(cell, self._base(row)) or (count == 0 and is_divided)
                elif row == len(self.keys):
                    is_telling = 0 < count < least or (count == 0 and self.hides_groups and (self.has_rest or column < len(self.answers)))
                else:
                    is_few = sum(line) < SMALL * least or is_divided
                    is_telling = self.has_rest and (0 < count < least or (count == 0 and is_few))
                if is_telling:
                    yield row, column

    def shown(self) -> Iterator[Cell]:
        """Give the cells of this table that are shown."""
        for row in range(len(self.keys)):
            yield self._base(row)
            for column in range(len(self.answers)):
                cell = self._cell(row, column)
                if cell is not None and (row, column) not in self.grid.hidden:
                    yield cell
            if (row, len(self.answers)) not in self.grid.hidden and self.grid.sheets[0].counts[row][-1] == 0:
                yield from ((self.cut, self.keys[row], self.question.name, answer) for answer in self.others)
