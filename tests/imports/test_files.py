"""Files of rows: what is read, however it was saved; and what is refused before it can harm."""

from __future__ import annotations

import io
import zipfile
import zlib
from functools import cache

import pytest
from flask import Flask

from certif.imports import workbooks
from certif.imports.cells import Misread, day, tidy
from certif.imports.sheets import rows_of
from certif.kit.errors import Refusal
from certif.kit.sheets import csv_sheet
from tests.imports.files import HEADS, csv_file, row, xlsx_file

SHEET = "xl/worksheets/sheet1.xml"


def rewritten(content: bytes, part: str, text: bytes) -> bytes:
    """Give a workbook in which one part says something else."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, text if name == part else old.read(name))
    return made.getvalue()


def sheet_of(*cells: str) -> bytes:
    return f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{"".join(cells)}</sheetData></worksheet>'.encode()


def far_cell(reference: str) -> bytes:
    return rewritten(
        xlsx_file(row()), SHEET, sheet_of(f'<row r="1"><c r="A1"><v>1</v></c></row><row><c r="{reference}"><v>1</v></c></row>')
    )


@cache
def bomb() -> bytes:
    return rewritten(xlsx_file(row()), SHEET, sheet_of("<row>" + " " * 70_000_000 + "</row>"))


def liar() -> bytes:
    """Give a bomb whose directory says that it is small, with the sum of what it then seems to hold."""
    packed = bytearray(bomb())
    at = packed.rfind(SHEET.encode()) - 46
    small = sheet_of("<row>")[:100]
    packed[at + 24 : at + 28] = (100).to_bytes(4, "little")
    packed[at + 16 : at + 20] = zlib.crc32(small).to_bytes(4, "little")
    return bytes(packed)


def shared_by_many() -> bytes:
    """Give a workbook whose one long text is that of a hundred thousand cells: 3 GB for who copies it."""
    book = rewritten(xlsx_file(row()), "xl/sharedStrings.xml", f"<sst><si><t>{'x' * 32_000}</t></si></sst>".encode())
    line = "<row>" + '<c t="s"><v>0</v></c>' * 50 + "</row>"
    return rewritten(book, SHEET, sheet_of(*[line] * 2_000))


def with_entities() -> bytes:
    nest = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>'
    return rewritten(xlsx_file(row()), SHEET, nest.encode() + sheet_of("<row><c><v>&b;</v></c></row>"))


HOSTILE = {
    "a far row": lambda: far_cell("A1048576"),
    "a far column": lambda: far_cell("XFD1"),
    "a bomb": bomb,
    "a bomb that lies": liar,
    "a text that a hundred thousand cells share": shared_by_many,
    "entities": with_entities,
    "a zip that is no workbook": lambda: rewritten(xlsx_file(row()), "xl/workbook.xml", b""),
    "a truncated workbook": lambda: xlsx_file(row())[:-400],
    "an image": lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 400,
    "too many bytes": lambda: b"Nom\n" + b"x" * (10 * 1024 * 1024),
    "too many rows": lambda: csv_file(*[["a"]] * 50_001, heads=["Nom"]),
    "too many columns": lambda: csv_file([], heads=["Nom"] * 61),
    "headings alone": csv_file,
    "nothing": lambda: b"",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_could_harm_is_refused_with_a_sentence(app: Flask, name: str) -> None:
    with pytest.raises(Refusal, match=r"\.$"):
        rows_of(HOSTILE[name]())


def test_without_the_walk_a_far_cell_would_reach_the_reader(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks._Walk, "through", lambda _walk, _text: None)
    assert workbooks.unpacked(far_cell("XFD1"))


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_csv_file_is_read_however_it_was_saved(app: Flask, separator: str, encoding: str) -> None:
    found = rows_of(csv_file(row("Café « L’Éveil »; fils, ltée"), separator=separator, encoding=encoding))
    assert found.headings == list(HEADS)
    assert found.rows == [(2, row("Café « L’Éveil »; fils, ltée"))]


def test_a_workbook_says_the_same_as_the_csv_file_and_keeps_the_numbers_of_its_rows(app: Flask) -> None:
    content = xlsx_file(["Un", 1160000000, "", "J6E 3Z9"], [], ["Deux", "", "", "J6E 3Z9"])
    assert [(number, cells[:2]) for number, cells in rows_of(content).rows] == [(2, ["Un", "1160000000"]), (4, ["Deux", ""])]


def test_cells_are_tidied_and_days_are_read_however_they_are_written() -> None:
    assert tidy(" Épi\u202ecerie \n du\tCoin ") == "Épi cerie du Coin"
    assert {day(text) for text in ("2025-03-01", "2025/3/1", "01/03/2025", "45717", "2025-03-01 00:00:00")} == {"2025-03-01"}
    for text in ("2025-02-30", "31/31/2025", "bientôt", "99999999"):
        with pytest.raises(Misread):
            day(text)


def test_what_we_make_harmless_comes_back_as_it_was(app: Flask) -> None:
    typed = ["=1+1", "+1 418 555-1234", "@x", "-2", "ordinaire"]
    found = rows_of(csv_sheet(["a", "b", "c", "d", "e"], [typed]).encode())
    assert [tidy(cell) for cell in found.rows[0][1]] == typed
