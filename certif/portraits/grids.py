"""One table of counts whose sums are known, and which of its cells must be withheld so that none of them can be computed back.

A withheld cell can be computed back when no other table has the same shown cells and the same sums. In a table of two dimensions that is
so when no closed walk goes through it on withheld cells, up by one and down by one in turn, without any count falling under zero (the
theory of transportation tables; D. Gusfield, «A graph theoretic approach to statistical data security», 1988). The walk is looked for
here, so that the finding is exact, whole numbers and zeros included, and needs no linear program. `tests/portraits` finds the same by
rational elimination.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

Place = tuple[int, int]
"""A row and a column."""
Matrix = list[list[int]]
GROUND = -1
_COST = 5  # what a withheld cell costs besides the people it hides: few cells rather than few people


@dataclass
class Sheet:
    """Counts over the same cells: those of the table, or those by which it differs from another one.

    `known`: the cells whose counts become known once the table shows them. `rows_known`, `columns_known`: whose sums are known.
    `needs`: the cells that may not be computed back, once they are unknown; None: every cell.
    `is_table`: these are the counts that are shown; a sum of unknown cells may then not even be zero.
    """

    counts: Matrix
    known: list[list[bool]]
    rows_known: list[bool]
    columns_known: list[bool]
    needs: Callable[[int, int], bool]
    is_table: bool = False


@dataclass
class Grid:
    """A table, the sheets that are bound to it (the first is its own), and the cells withheld so far. `least`: how many people the
    unknown cells of a row or a column must come to."""

    sheets: list[Sheet]
    least: int
    hidden: set[Place] = field(default_factory=set)

    def close(self) -> int | None:
        """Withhold more until nothing withheld can be computed back. Gives None, or the row that cannot be saved: hide it whole."""
        before = -1
        while before < len(self.hidden):
            before = len(self.hidden)
            for sheet in self.sheets:
                self._thicken(sheet)
                lost = self._free(sheet)
                if lost is not None:
                    return lost
        return None

    def _thicken(self, sheet: Sheet) -> None:
        while more := next(self._thin_lines(sheet, self._unknown(sheet)), None):
            self.hidden.add(more)

    def _free(self, sheet: Sheet) -> int | None:
        unknown = self._unknown(sheet)
        graph = _Graph(sheet, unknown)
        for place in sorted(unknown):
            if not sheet.needs(*place) or graph.is_free(place):
                continue
            corners = self._way_round(sheet, unknown, place)
            if corners is None:
                return place[0]
            self.hidden |= corners
            unknown |= corners
            graph = _Graph(sheet, unknown)
        return None

    def _unknown(self, sheet: Sheet) -> set[Place]:
        return {
            (row, column)
            for row, line in enumerate(sheet.known)
            for column, is_known in enumerate(line)
            if not is_known or (row, column) in self.hidden
        }

    def _thin_lines(self, sheet: Sheet, unknown: set[Place]) -> Iterator[Place]:
        """Give what to withhold besides, where the unknown cells of a row or a column come to too few people."""
        height, width = len(sheet.counts), len(sheet.counts[0])
        rows = [[(row, column) for column in range(width)] for row in range(height) if sheet.rows_known[row]]
        columns = [[(row, column) for row in range(height)] for column in range(width) if sheet.columns_known[column]]
        for line in (*rows, *columns):
            apart = [place for place in line if place in unknown]
            total = abs(sum(sheet.counts[row][column] for row, column in apart))
            if apart and total < self.least and (total > 0 or sheet.is_table):
                rest = [place for place in line if place not in unknown]
                if rest:
                    yield min(rest, key=lambda place: (sheet.counts[place[0]][place[1]] == 0, self._cost(place)))

    def _cost(self, place: Place) -> int:
        return 0 if place in self.hidden else self.sheets[0].counts[place[0]][place[1]] + _COST

    def _way_round(self, sheet: Sheet, unknown: set[Place], place: Place) -> set[Place] | None:
        """Give the cheapest three cells that, withheld, make a closed walk through this one; None if there are none."""
        (row, column), counts, best, least = place, sheet.counts, None, None
        for other, line in enumerate(counts):
            for across in range(len(line)) if other != row else ():
                up = counts[row][across] > 0 and line[column] > 0
                down = counts[row][column] > 0 and line[across] > 0
                if across == column or not (up or down):
                    continue
                corners = {(row, across), (other, column), (other, across)} - unknown
                price = sum(self._cost(corner) for corner in corners)
                if corners and (least is None or price < least):
                    best, least = corners, price
        return best


class _Graph:
    """Rows and columns as nodes, unknown cells as ways between them; the ground takes up the sums that nobody knows."""

    def __init__(self, sheet: Sheet, unknown: set[Place]) -> None:
        self.sheet, self.by_row, self.by_column = sheet, dict[int, list[int]](), dict[int, list[int]]()
        for row, column in unknown:
            self.by_row.setdefault(row, []).append(column)
            self.by_column.setdefault(column, []).append(row)

    def is_free(self, place: Place) -> bool:
        """Whether the count there could be one more, or one fewer, with everything that is known unchanged."""
        row, column = place
        if self._leads(("row", row), ("column", column), place):
            return True
        return self.sheet.counts[row][column] > 0 and self._leads(("column", column), ("row", row), place)

    def _leads(self, start: tuple[str, int], goal: tuple[str, int], without: Place) -> bool:
        seen, waiting = {start}, [start]
        while waiting:
            for node in self._next(waiting.pop(), without):
                if node == goal:
                    return True
                if node not in seen:
                    seen.add(node)
                    waiting.append(node)
        return False

    def _next(self, node: tuple[str, int], without: Place) -> Iterator[tuple[str, int]]:
        kind, number = node
        sheet = self.sheet
        if kind == "row":
            for column in self.by_row.get(number, ()):
                if (number, column) != without and sheet.counts[number][column] > 0:
                    yield "column", column
            if not sheet.rows_known[number]:
                yield "ground", GROUND
        elif kind == "column":
            for row in self.by_column.get(number, ()):
                if (row, number) != without:
                    yield "row", row
            if not sheet.columns_known[number]:
                yield "ground", GROUND
        else:
            yield from (("row", row) for row, is_known in enumerate(sheet.rows_known) if not is_known)
            yield from (("column", column) for column, is_known in enumerate(sheet.columns_known) if not is_known)
