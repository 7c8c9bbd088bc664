"""How often a code is opened: counted by day and by place, without a cookie, a write or a trace of anyone."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask
from sqlalchemy import inspect, select

from certif.certification import Certification
from certif.directory import scans
from certif.kit import clock, tallies
from certif.kit.access import Role
from certif.kit.db import db
from tests.directory.listing import certify, code_of
from tests.factories import make_person, make_program, make_staff, owner_of
from tests.pages import Visitor
from tests.statements import statements

PHONE = {"User-Agent": "Mozilla/5.0 (Linux; Android 15) Firefox/145"}


@pytest.fixture
def certification(app: Flask) -> Certification:
    tallies.forget()
    return certify("Épicerie du Quai", make_program("eere"))


def counted() -> dict[str, int]:
    tallies.flush()
    return {one.place: one.count for one in db.session.scalars(select(scans.ScanCount))}


def test_each_opening_counts_where_the_code_hangs(visitor: Visitor, certification: Certification) -> None:
    address = f"/v/{code_of(certification)}"
    for asked in ("?de=vitrine", "?de=vitrine", "?de=affiche", "", "?de=lune"):
        visitor.open(address + asked, headers=PHONE)
    assert counted() == {"vitrine": 2, "affiche": 1, "": 1, "autre": 1}
    visitor.open(f"/en{address}?de=vitrine", headers=PHONE)
    assert counted()["vitrine"] == 3, "added to what was written"


def test_reading_writes_nothing_and_asks_the_database_one_thing(visitor: Visitor, certification: Certification) -> None:
    address = f"/v/{code_of(certification)}?de=vitrine"
    visitor.open(address, headers=PHONE)
    db.session.rollback()
    with statements() as asked:
        answer = visitor.client.get(address, base_url=visitor.base, headers=PHONE)
    assert [one.split()[0] for one in asked] == ["SELECT"]
    assert "Set-Cookie" not in answer.headers
    assert db.session.scalar(select(scans.ScanCount.count)) is None, "until the counts are written, beside the requests"
    assert counted() == {"vitrine": 2}


@pytest.mark.parametrize(
    "headers", [{"User-Agent": "Googlebot/2.1"}, {"User-Agent": "facebookexternalhit/1.1"}, {**PHONE, "Sec-Purpose": "prefetch"}]
)
def test_what_nobody_looks_at_is_not_counted(visitor: Visitor, certification: Certification, headers: dict[str, str]) -> None:
    visitor.open(f"/v/{code_of(certification)}", headers=headers)
    visitor.client.head(f"/v/{code_of(certification)}", base_url=visitor.base, headers=PHONE)
    visitor.client.get("/v/ABCDEFGHJK", base_url=visitor.base, headers=PHONE)
    assert counted() == {}


def test_nothing_kept_can_tell_who(app: Flask) -> None:
    for table in ("scan_count", "program_scan_count"):
        names = {column["name"] for column in inspect(db.engine).get_columns(table)}
        assert names - {"verification_id", "program_id"} == {"day", "place", "count"}
    assert len(scans.PLACES) < 10, "whatever an address says, few places are kept"


def test_the_employer_and_the_region_read_their_figures(certification: Certification) -> None:
    code = code_of(certification)
    with clock.frozen(clock.now() - dt.timedelta(days=8)):
        scans.note(code, "affiche")
    scans.note(code, "vitrine")
    scans.note(code, "vitrine")
    tallies.flush()
    page = make_person(owner_of(certification.employer)).open("/mon-espace").follow("Fréquentation de mes codes")
    rows = [[cell.get_text() for cell in row.select("th, td")] for row in page.soup.select(".chart tbody tr")]
    assert rows[:2] == [["Vignette en vitrine", "2"], ["Affiche", "1"]]
    assert sum(int(count) for _week, count in rows[2:]) == 3
    staff = make_staff(Role.AGENT, certification.program)
    assert "Vignette en vitrine" in staff.open("/personnel").follow("Fréquentation").text
    elsewhere = make_staff(Role.AGENT, make_program("eere", code="03"))
    assert "Aucune ouverture" in elsewhere.open("/personnel/frequentation").text
