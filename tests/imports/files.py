"""Files of rows as people make them, and the jobs that look at them."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter

from certif.imports import Intake, Kind, upload_file
from certif.kit import clock, jobs
from certif.kit.access import Actor
from certif.programs import Program
from certif.territory import mrcs, region
from tests.factories import Person, unit
from tests.pages import Page, _as_it_stands

HEADS = ("Nom", "NEQ", "Municipalité", "Code postal", "MRC", "Personne-ressource", "Courriel", "Fondement", "Provenance du courriel")

PAST_HEADS = (
    "Nom", "NEQ", "Adresse", "Municipalité", "Code postal", "MRC", "Secteur", "Niveau", "Numéro", "Valide du", "Valide jusqu’au",
    "Personne-ressource", "Courriel",
)  # fmt: skip


def row(name: str = "Épicerie du Coin inc.", neq: str = "", code: str = "J6E 3Z9", mrc: str = "", email: str = "") -> list[str]:
    """Give one row of `HEADS`."""
    lawful = ["Camille Exemple", email, "Adresse professionnelle publiée", "Site Web"] if email else ["", "", "", ""]
    return [name, neq, "Joliette", code, mrc, *lawful]


def past_line(name: str, number: str, *, neq: str = "", since: str = "", until: str = "", level: str = "", email: str = "") -> list[str]:
    """Give one row of `PAST_HEADS`, in force by default."""
    today = clock.today()
    days = [since or (today - dt.timedelta(days=400)).isoformat(), until or (today + dt.timedelta(days=300)).isoformat()]
    place = ["12, rue Principale", "Joliette", "J6E 3Z9", mrcs(region("14"))[0].name, "44-45"]
    return [name, neq, *place, level, number, *days, "Camille Exemple", email or f"{number.lower()}@exemple.com"]


def csv_file(*rows: Sequence[str], heads: Sequence[str] = HEADS, separator: str = ";", encoding: str = "utf-8-sig") -> bytes:
    """Give a file as a spreadsheet saves it."""
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\r\n").writerows([heads, *rows])
    return text.getvalue().encode(encoding)


def xlsx_file(*rows: Sequence[object], heads: Sequence[str] = HEADS) -> bytes:
    """Give a workbook."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet("Liste")
        for number, cells in enumerate([heads, *rows]):
            sheet.write_row(number, 0, cells)
    return content.getvalue()


def brought(program: Program, content: bytes, by: Actor, kind: str = Kind.PROSPECTS) -> Intake:
    """Send a file, and let the job look at it."""
    with unit():
        intake = upload_file(program, kind, "liste.csv", content, by=by)
    done = jobs.run_due()
    assert not [one for one in done if one.error], done
    return intake


def work() -> None:
    """Do what is due."""
    failed = [one for one in jobs.run_due(400) if one.error]
    assert not failed, failed


def sent(person: Person, content: bytes, name: str = "liste.csv", **answers: str) -> Page:
    """Send a file from the page, as its form would."""
    page = person.open("/personnel/importations/nouvelle")
    data: dict[str, Any] = {**_as_it_stands(page.soup.main.find("form", method="post")), **answers}
    return person.send("/personnel/importations/nouvelle", {"kind": "prospects", **data, "file": (io.BytesIO(content), name)})


def taken(person: Person, path: str) -> bytes:
    """Take a file away."""
    answer = person.client.get(path, base_url=person.base, buffered=True)
    assert answer.status_code == 200, answer.status
    assert "attachment" in answer.headers["Content-Disposition"]
    return answer.get_data()


def cells_of(content: bytes) -> list[list[str]]:
    """Give the cells of a CSV file of ours."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
