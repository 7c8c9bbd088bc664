"""Files of rows that people send, CSV or XLSX: bounded before they are opened."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import dataclass

from python_calamine import CalamineError, CalamineWorkbook

from certif.imports.workbooks import MOST_COLUMNS, MOST_ROWS, too_long, too_wide, unpacked, unreadable
from certif.kit.errors import Refusal
from certif.kit.languages import _

MOST_BYTES = 10 * 1024 * 1024

Row = tuple[int, list[str]]


@dataclass(frozen=True)
class Rows:
    """What a file holds: its headings, and its rows, each with its number in the file; blank ones are left out."""

    headings: list[str]
    rows: list[Row]


def rows_of(content: bytes) -> Rows:
    """Read a file of rows.

    Refuses: what is neither CSV nor XLSX; more than it may weigh, unpacked or not; too many rows or columns; nothing but headings.
    """
    if len(content) > MOST_BYTES:
        raise Refusal(_("Ce fichier dépasse %(most)s Mo. Partagez-le en plusieurs fichiers.", most=MOST_BYTES // 1024 // 1024))
    lines = _workbook_rows(content) if content[:2] == b"PK" else _csv_rows(content)
    kept = []
    for number, row in lines:
        if any(cell.strip() for cell in row):
            kept.append((number, row))
        if len(kept) - 1 > MOST_ROWS:
            raise too_long()
    if len(kept) < 2:
        raise Refusal(_("Ce fichier n’a aucune ligne à lire sous ses titres de colonnes."))
    return Rows([cell.strip()[:200] for cell in kept[0][1]], kept[1:])


def _csv_rows(content: bytes) -> Iterator[Row]:
    text = _decoded(content)
    first = text.split("\n", 1)[0]
    separator = max(";,\t", key=first.count)
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator), 1):
            if len(row) > MOST_COLUMNS:
                raise too_wide()
            yield number, row
    except csv.Error:
        raise unreadable() from None


def _decoded(content: bytes) -> str:
    """Give the text: UTF-8, or what Windows wrote for decades."""
    if b"\0" in content:
        raise unreadable()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        raise unreadable() from None


def _workbook_rows(content: bytes) -> Iterator[Row]:
    safe = unpacked(content)
    try:
        book = CalamineWorkbook.from_filelike(safe)
        sheet = book.get_sheet_by_index(0)
    except (CalamineError, IndexError, OSError, ValueError):
        raise unreadable() from None
    for number, row in enumerate(sheet.iter_rows(), 1):
        yield number, [_cell(value) for value in row]


def _cell(value: object) -> str:
    """Give a cell as it reads: a whole number without its `.0`, a day without its hour."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    return str(value)
