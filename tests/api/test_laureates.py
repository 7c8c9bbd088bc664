"""A program reads the laureates of a gala: with its key only, the same rows in each form, and of a person what that person agreed to."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook

from certif.campaigns import Campaign
from certif.consents import withdraw_consent
from certif.galas import FIELDS, Gala, GalaCampaign, ListToken
from certif.galas.list_actions import revoke_token
from certif.kit import clock, tallies
from certif.kit.access import SYSTEM
from certif.kit.audit import JournalEntry
from certif.kit.db import db
from certif.kit.limits import limiter
from certif.selections import Laureate, LaureateWithdrawal
from tests.factories import make_program, unit
from tests.galas.listed import CATEGORIES, honour, key_of, make_honours, make_listed
from tests.galas.making import BOSS
from tests.nominations.making import make_boss
from tests.statements import statements

Rows = list[dict[str, Any]]


class Reader:
    """A program that holds a key of a gala."""

    def __init__(self, app: Flask, gala: Gala, key: str | None = None) -> None:
        self.client: FlaskClient = app.test_client()
        self.path = f"/api/v1/galas/{gala.ref}/laureates"
        self.headers = {"Authorization": f"Bearer {key or key_of(gala)}"}

    def ask(self, question: str = "", form: str = "", **headers: str) -> Any:
        """Ask for the list."""
        return self.client.get(f"{self.path}{form}{question}", headers={**self.headers, **headers})

    def rows(self, question: str = "") -> Rows:
        """Give the rows of a page, as JSON tells them."""
        answer = self.ask(question)
        assert answer.status_code == 200, answer.text
        found: Rows = answer.json["laureates"]
        return found


def as_cell(value: object) -> str:
    """Give a value as a sheet tells it."""
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def test_the_three_forms_agree_row_for_row(app: Flask) -> None:
    gala = make_honours(make_program(code="14"), 5)
    reader = Reader(app, gala)
    rows = reader.rows()
    sheet = list(csv.reader(io.StringIO(reader.ask(form=".csv").text.lstrip("\ufeff")), delimiter=";"))
    book = CalamineWorkbook.from_filelike(io.BytesIO(reader.ask(form=".xlsx").data)).get_sheet_by_index(0)
    cells = [[str(int(cell)) if isinstance(cell, float) else str(cell) for cell in row] for row in book.to_python()]
    assert sheet == cells == [list(FIELDS), *[[as_cell(row[name]) for name in FIELDS] for row in rows]]
    assert len(rows) == 5


def test_names_that_a_spreadsheet_would_run_stay_words(app: Flask) -> None:
    gala = make_honours(make_program(code="14"), 0)
    honour(make_boss(_contest(gala), "=cmd|' /C calc'!A0"), "student", "employer", student_name="@Zoé", category="")
    reader = Reader(app, gala)
    assert reader.rows()[0]["employer"].startswith("=cmd")
    sheet = list(csv.reader(io.StringIO(reader.ask(form=".csv").text.lstrip("\ufeff")), delimiter=";"))
    assert "'@Zoé" in sheet[1]
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in sheet for cell in row)
    book = zipfile.ZipFile(io.BytesIO(reader.ask(form=".xlsx").data))
    assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


def _contest(gala: Gala) -> Campaign:
    return db.session.query(GalaCampaign).filter_by(gala_id=gala.id).one().campaign


def test_a_person_who_did_not_agree_is_told_nowhere(app: Flask) -> None:
    gala = make_honours(make_program(code="14"), 0)
    honour(make_boss(_contest(gala), "Quincaillerie"), "employer", student_name="Maude Secret", boss_name="Paul Dit")
    reader = Reader(app, gala)
    [row] = reader.rows()
    assert (row["student_name"], row["student_pronunciation"], row["citation"], row["student_consent"]) == (None, None, None, False)
    assert row["boss_name"] == "Paul Dit"
    for form in ("", ".csv"):
        assert "Maude" not in reader.ask(form=form).text


def test_whoever_changes_their_mind_is_told_no_more(app: Flask) -> None:
    gala = make_honours(make_program(code="14"), 1)
    reader = Reader(app, gala)
    before = reader.ask()
    with unit():
        withdraw_consent(db.session.query(Laureate).one(), "laureate_student", by=SYSTEM)
    after = reader.ask(**{"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert after.json["laureates"][0]["student_name"] is None


def test_nothing_new_costs_no_body(app: Flask) -> None:
    reader = Reader(app, make_honours(make_program(code="14"), 2))
    for form in ("", ".csv", ".xlsx"):
        etag = reader.ask(form=form).headers["ETag"]
        again = reader.ask(form=form, **{"If-None-Match": etag})
        assert (again.status_code, again.data) == (304, b"")


def test_pages_neither_skip_nor_repeat_while_the_list_changes(app: Flask) -> None:
    gala = make_honours(make_program(code="14"), 7)
    reader, seen, after = Reader(app, gala), [], ""
    first = [row["id"] for row in reader.rows()]
    while True:
        answer = reader.ask(f"?limit=2&fields=id{after}").json
        seen += [row["id"] for row in answer["laureates"]]
        if len(seen) == 2:
            honour(make_boss(_contest(gala), "Boulangerie tardive"), "employer")
            with unit():
                gone = db.session.query(Laureate).filter_by(ref=seen[0]).one()
                db.session.add(LaureateWithdrawal(laureate=gone, reason="décline", withdrawn_at=clock.now(), withdrawn_by="system"))
        if answer["next"] is None:
            break
        after = f"&after={answer['next']}"
    assert seen[:7] == first
    assert len(seen) == len(set(seen)) == 8
    assert seen[0] not in [row["id"] for row in reader.rows()]


@pytest.mark.parametrize(
    ("question", "many"),
    [
        ("?category=ecoute", 3), ("?category=horaire", 2), ("?category=autre", 0), ("?sponsor=Caisse%20d%E2%80%99%C3%A9conomie", 3),
        ("?sponsor=Personne", 0), ("?year=2001", 0), ("?territory=nulle-part", 0), ("?limit=4", 4),
    ],
)  # fmt: skip
def test_a_list_is_narrowed(app: Flask, question: str, many: int) -> None:
    assert len(Reader(app, make_honours(make_program(code="14"), 5)).rows(question)) == many


def test_only_the_fields_asked_for_are_told_in_the_order_of_the_list(app: Flask) -> None:
    reader = Reader(app, make_honours(make_program(code="14"), 1))
    assert set(reader.rows("?fields=employer,id")[0]) == {"id", "employer"}
    assert reader.ask("?fields=employer,id", ".csv").text.splitlines()[0].lstrip("\ufeff") == "id;employer"


@pytest.mark.parametrize(
    "question",
    ["?fields=", "?fields=id,nas", "?limit=0", "?limit=501", "?limit=x", "?after=xyz", "?year=12", "?year=2026&year=2027", "?autre=1",
     "?territory=%00", "?sponsor=%0d%0a", "?category="],
)  # fmt: skip
def test_a_question_that_is_not_understood_is_a_problem_that_says_where(app: Flask, question: str) -> None:
    answer = Reader(app, make_honours(make_program(code="14"), 1)).ask(question)
    assert answer.status_code == 400
    assert answer.mimetype == "application/problem+json"
    assert answer.json["errors"][0]["field"] in question


def test_only_a_key_in_force_in_its_header_opens_the_list(app: Flask) -> None:
    gala = make_honours(make_program(code="14"), 1)
    key = key_of(gala)
    reader = Reader(app, gala, key)
    assert reader.ask().status_code == 200
    assert reader.ask(f"?token={key}").status_code == 401
    for header in ("", f"Basic {key}", "Bearer", f"Bearer {key}x", f"Bearer {key[:-1]}", f"Bearer {key.upper()}"):
        answer = app.test_client().get(f"{reader.path}?access_token={key}", headers={"Authorization": header})
        assert (answer.status_code, answer.mimetype) == (401, "application/problem+json")
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_key_opens_one_gala(app: Flask) -> None:
    program = make_program(code="14")
    mine, other = make_honours(program, 1), make_honours(program, 1)
    reader = Reader(app, other, key_of(mine))
    assert reader.ask().status_code == 404
    assert reader.ask(form=".csv").json["status"] == 404


def test_a_key_that_is_revoked_or_over_opens_nothing_from_then_on(app: Flask) -> None:
    gala = make_honours(make_program(code="14"), 1)
    revoked, over = key_of(gala), key_of(gala, expires_on=clock.today())
    with unit():
        token = next(one for one in db.session.query(ListToken) if revoked.startswith(one.beginning))
        revoke_token(token, by=BOSS)
    assert Reader(app, gala, revoked).ask().status_code == 401
    assert Reader(app, gala, over).ask().status_code == 200
    with clock.frozen(clock.now() + dt.timedelta(days=1)):
        assert Reader(app, gala, over).ask().status_code == 401


def test_the_key_itself_is_kept_nowhere(app: Flask) -> None:
    key = key_of(make_listed(make_program(code="14")))
    kept = [str(vars(one)) for table in (ListToken, JournalEntry) for one in db.session.query(table)]
    assert kept
    assert not any(key in text for text in kept)


def test_the_list_is_under_embargo_until_it_is_lifted(app: Flask) -> None:
    gala = make_honours(make_program(code="14"), 1, lifted=False)
    assert Reader(app, gala).ask().status_code == 403
    early = Reader(app, gala, key_of(gala, sees_embargoed=True)).ask()
    assert (early.status_code, early.json["embargo"]) == (200, True)


def test_that_a_key_read_a_list_is_in_the_journal_and_its_last_use_is_shown(app: Flask) -> None:
    tallies.forget()
    gala = make_honours(make_program(code="14"), 1)
    reader = Reader(app, gala)
    for form in ("", "", ".csv"):
        reader.ask(form=form)
    tallies.flush()
    said = [one.sentence for one in db.session.query(JournalEntry).filter_by(event="list_read")]
    assert len(said) == 2
    assert db.session.query(ListToken).one().last_used_at is not None


def test_a_list_of_three_costs_what_a_list_of_thirty_does(app: Flask) -> None:
    few, many = (Reader(app, make_honours(make_program(code="14"), number)) for number in (3, 30))
    for reader in (few, many):
        reader.ask()
    costs = []
    for reader in (few, many):
        with statements() as said:
            reader.ask()
        costs.append(len(said))
    assert costs[0] == costs[1]


def test_categories_and_their_sponsors_are_told_as_the_contest_says_them(app: Flask) -> None:
    rows = Reader(app, make_honours(make_program(code="14"), 2)).rows()
    assert [(row["category_name"], row["sponsor"]) for row in rows] == [(one.name.fr, one.sponsor) for one in CATEGORIES]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_nothing_is_written_through_it(app: Flask, method: str) -> None:
    reader = Reader(app, make_honours(make_program(code="14"), 1))
    answer = reader.client.open(reader.path, method=method, headers=reader.headers)
    assert (answer.status_code, answer.mimetype) == (405, "application/problem+json")
    assert "GET" in answer.headers["Allow"]


def test_many_wrong_keys_are_heard_no_more(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limiter, "enabled", True)
    limiter.reset()
    gala = make_honours(make_program(code="14"), 1)
    path, client = f"/api/v1/galas/{gala.ref}/laureates", app.test_client()
    told = [client.get(path, headers={"Authorization": f"Bearer certif_gala_{number}"}).status_code for number in range(200)]
    assert set(told) == {401, 429}
    assert told.index(429) <= 121


def test_a_key_that_opens_is_never_counted_among_the_wrong_ones(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limiter, "enabled", True)
    limiter.reset()
    reader = Reader(app, make_honours(make_program(code="14"), 1))
    assert {reader.ask().status_code for _number in range(130)} == {200}
