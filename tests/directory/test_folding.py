"""The directory follows the journal: it says what the page of each code says, within seconds, whatever happened."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask
from sqlalchemy import func, select

from certif import directory, employers, standing
from certif.accounts import actor_of
from certif.certification import Stage
from certif.directory import folding
from certif.directory.facets import Asked, total_of
from certif.directory.model import Listing, ListingCount, ListingWord
from certif.directory.search import page_of
from certif.kit import clock, jobs
from certif.kit.access import Role
from certif.kit.db import db
from certif.kit.following import FoldMark
from certif.public import shown_at
from certif.standing import Status
from tests.directory.listing import certify, code_of, entries, names
from tests.factories import make_certification, make_employer, make_program, make_staff, owner_of, unit
from tests.public.codes import make

HIDDEN = {Status.REVOKED, Status.EXPIRED}


@pytest.mark.parametrize("status", list(Status), ids=str)
def test_the_directory_says_what_the_page_of_the_code_says(app: Flask, status: Status) -> None:
    code = code_of(make(status))
    found = {entry.listing.code: entry for entry in entries()}
    assert (code in found) is (status not in HIDDEN)
    if status not in HIDDEN:
        entry, shown = found[code], shown_at(code)
        assert entry.status is shown.status is status
        level = shown.level.name.fr if shown.level and shown.status.is_held else ""
        assert (entry.listing.name, entry.place, entry.listing.level_fr) == (shown.employer, shown.place, level)
        assert entry.program == shown.program


def test_a_path_that_the_program_does_not_show_is_not_listed(app: Flask) -> None:
    make_certification(Stage.AWAITING_VALIDATION, make_program("eere"))
    assert entries() == []


def test_a_revocation_is_seen_at_the_next_run_of_the_job(app: Flask) -> None:
    certification = certify("Dépanneur du Pont", make_program("eere"))
    assert names("depanneur") == ["Dépanneur du Pont"]
    boss = make_staff(Role.MANAGER, certification.program).actor
    with unit():
        standing.suspend(certification, "À vérifier.", by=boss)
    assert [entry.status for entry in page_of(Asked()).rows] == [Status.CERTIFIED], "the twin: before the job runs, the old truth"
    assert dt.timedelta(seconds=20) >= folding.EVERY
    with clock.frozen(clock.now() + folding.EVERY):
        assert "fold_directory" in {ran.kind for ran in jobs.run_due() if ran.error is None}
    assert [entry.status for entry in page_of(Asked()).rows] == [Status.SUSPENDED]
    with unit():
        standing.revoke(certification, "Engagements non tenus.", by=boss)
    assert entries() == []
    assert total_of(Asked()) == 0


def test_what_an_employer_changes_is_followed(app: Flask) -> None:
    employer = make_employer(legal_name="Épicerie Vieille", places=2)
    make_certification(program=make_program("eere"), employer=employer)
    assert len(entries("vieille")) == 2
    owner, places = actor_of(owner_of(employer)), employers.establishments_of(employer)
    answers = {name: getattr(employer, name) for name in ("kind", "sector", "size", "hires", "federally_regulated", "neq", "website")}
    with unit():
        employers.edit_employer(employer, {**answers, "legal_name": "Épicerie Neuve", "trade_name": None, "banner": None}, by=owner)
        employers.close_establishment(places[1], by=owner)
    assert names("vieille") == []
    assert [entry.listing.place for entry in entries("neuve")] == [places[0].name]


def test_an_expiry_needs_nobody(app: Flask) -> None:
    certification = certify("Quincaillerie du Quai", make_program("eere"))
    assert names() == ["Quincaillerie du Quai"]
    last = certification.badges[0].expires_on
    noon = dt.time(12, tzinfo=clock.TORONTO)
    with clock.frozen(dt.datetime.combine(last, noon)):
        assert len(page_of(Asked()).rows) == 1, "in its grace"
    with clock.frozen(dt.datetime.combine(last + dt.timedelta(days=1), noon)):
        assert page_of(Asked()).rows == []
        directory.fold()
        assert total_of(Asked()) == 0, "and is no longer counted"


def test_made_from_nothing_it_is_the_same(app: Flask) -> None:
    program = make_program("oser-jeunes")
    for number in range(3):
        certify(f"Resto {number}", program, hires="none" if number == 2 else "students")
    directory.fold()
    followed = _everything()
    with unit():
        for table in (ListingWord, Listing, ListingCount, FoldMark):
            db.session.query(table).delete()
    assert directory.rebuild() == len(followed[0])
    assert _everything() == followed
    assert directory.rebuild() == len(followed[0]), "as often as one likes"
    assert _everything() == followed


def test_what_is_told_twice_is_counted_once(app: Flask) -> None:
    certify("Salon du Lac", make_program("eere"))
    directory.fold()
    with unit():
        db.session.get_one(FoldMark, "journal").entry_id = 0
    directory.fold()
    assert total_of(Asked()) == db.session.scalar(select(func.count()).select_from(Listing)) == 1


def _everything() -> tuple[list[object], list[object], list[object]]:
    db.session.rollback()
    found = db.session.scalars(select(Listing).order_by(Listing.code))
    listings: list[object] = [{column.key: getattr(one, column.key) for column in Listing.__table__.columns} for one in found]
    words = select(ListingWord.verification_id, ListingWord.word).order_by(ListingWord.verification_id, ListingWord.word)
    counts = select(ListingCount.mrc, ListingCount.sector, ListingCount.level, ListingCount.hires_students, ListingCount.count)
    return listings, list(db.session.execute(words)), sorted(db.session.execute(counts.where(ListingCount.count > 0)))
