"""What a spreadsheet opens: `;` between cells, UTF-8 with its mark, and nothing that it would run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

BEGINNING = "\ufeff"
"""The mark by which spreadsheets know UTF-8; it opens a sheet."""

_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def harmless(cell: str) -> str:
    """Give a cell that no spreadsheet takes for a formula. Source: OWASP, CSV injection."""
    return f"'{cell}" if cell.startswith(_FORMULAS) else cell


def lines(rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Give each row as a line of a sheet. A number is written as it is, a minus sign too; a text is made harmless."""
    for row in rows:
        line = io.StringIO()
        cells = [cell if isinstance(cell, int | float) else harmless(str(cell)) for cell in row]
        csv.writer(line, delimiter=";", lineterminator="\r\n").writerow(cells)
        yield line.getvalue()
