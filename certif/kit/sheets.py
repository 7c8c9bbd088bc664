"""What is taken away as a spreadsheet: nothing in it that a spreadsheet would run.

CSV: `;` between cells, UTF-8 with its mark. XLSX: texts stay texts, numbers stay numbers.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator, Sequence

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv"
BEGINNING = "\ufeff"
"""The mark by which spreadsheets know UTF-8; it opens a sheet."""

Cell = str | int | float | dt.date
Table = tuple[str, Sequence[object], Iterable[Sequence[Cell]]]
"""One sheet of a workbook: its name, its heads, its rows."""

_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
_WIDEST = 60
_LOOKS = {dt.date: "yyyy-mm-dd", float: "#,##0.00"}


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


def csv_sheet(heads: Sequence[object], rows: Iterable[Sequence[object]]) -> str:
    """Give a sheet as CSV."""
    return BEGINNING + "".join(lines((heads, *rows)))


def xlsx_workbook(*tables: Table) -> bytes:
    """Give a workbook of one sheet a table; the heads stay in sight and can be filtered."""
    import xlsxwriter  # late: only some pages write workbooks

    content = io.BytesIO()
    texts = {"strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(content, {"in_memory": True, "constant_memory": False, **texts}) as book:
        bold, looks = (
            book.add_format({"bold": True, "bottom": 1}),
            {type_: book.add_format({"num_format": look}) for type_, look in _LOOKS.items()},
        )
        for name, heads, rows in tables:
            sheet = book.add_worksheet(name[:31])
            widths = [len(str(head)) for head in heads]
            sheet.write_row(0, 0, [str(head) for head in heads], bold)
            for number, row in enumerate(rows, 1):
                for column, cell in enumerate(row):
                    sheet.write(number, column, cell, looks.get(type(cell)))
                    widths[column] = min(max(widths[column], len(str(cell))), _WIDEST)
            for column, width in enumerate(widths):
                sheet.set_column(column, column, width + 2)
            sheet.freeze_panes(1, 0)
    return content.getvalue()
