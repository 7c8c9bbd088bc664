"""Twenty employers type the same code at the same instant, on a database where every request really commits: never one too many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select

from certif.app import create_app
from certif.certification import Stage
from certif.contributions import Cover, Receipt
from certif.kit.db import db, transaction
from certif.kit.money import Money
from certif.programs import PaymentMethod, Program, Text
from certif.sponsorships import SponsoredSeat, Sponsorship, usage_of
from tests.databases import FILLED, scratch_database, settings_for
from tests.factories import Person, make_certification, make_person, make_program, owner_of
from tests.faults.carelessness import beginning_late
from tests.faults.crowds import MANY, filled, press_at_once
from tests.sponsorships.making import sponsor

FEW = 3


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application on a database of its own."""
    folder = tmp_path_factory.mktemp("sponsors")
    with scratch_database(folder, FILLED) as url:
        app = create_app(settings_for(url, folder))
        with app.app_context():
            yield app
            db.session.remove()
            db.engine.dispose()


@dataclass(frozen=True)
class Crowd:
    """Employers of one program that each owe a contribution: who acts for each, and where they type a code."""

    program_id: int
    desks: list[tuple[Person, str]]


@pytest.fixture(scope="module")
def crowd(busy: Flask) -> Crowd:
    by_cheque = {PaymentMethod.CHEQUE: Text("Par la poste.", "By mail.")}
    program = make_program("6-9-15", price_cents=5000, requires_contribution=True, instructions=by_cheque)
    found = [make_certification(Stage.AWAITING_CONTRIBUTION, program).contribution for _each in range(MANY)]
    desks = [(make_person(owner_of(one.employer)), f"/contribution/{one.ref}/commandite") for one in found if one is not None]
    return Crowd(program.id, desks)


def give(crowd: Crowd, **bound: Any) -> tuple[int, str]:
    """Record a sponsorship for the crowd; give its id and its code."""
    given = sponsor(db.session.get_one(Program, crowd.program_id), **bound)
    return given.id, given.shown_code


def pressed(app: Flask, crowd: Crowd, code: str) -> Counter[int]:
    """Let every employer press at once; count the answers."""
    presses = [filled(person, path, code=code) for person, path in crowd.desks]
    return Counter(answer.status for answer in press_at_once(app, *presses))


def given_by(sponsorship_id: int) -> tuple[int, Money]:
    """Count what a sponsorship has given, as things are now."""
    db.session.remove()
    usage = usage_of(db.session.get_one(Sponsorship, sponsorship_id))
    return usage.used, usage.spent


def forget(sponsorship_id: int) -> None:
    """Let the employers owe again what they owed."""
    mine = select(SponsoredSeat.cover_id).where(SponsoredSeat.sponsorship_id == sponsorship_id)
    with transaction():
        covers = list(db.session.scalars(mine))
        for table, column in ((SponsoredSeat, SponsoredSeat.cover_id), (Receipt, Receipt.cover_id), (Cover, Cover.id)):
            db.session.execute(delete(table).where(column.in_(covers)))


@pytest.mark.parametrize("bound", [{"seats": FEW}, {"budget": Money.dollars(50 * FEW - 20)}], ids=["a number", "an amount"])
def test_of_twenty_employers_at_once_as_many_are_covered_as_the_sponsor_gave(busy: Flask, crowd: Crowd, bound: dict[str, Any]) -> None:
    given, code = give(crowd, **bound)
    assert pressed(busy, crowd, code) == {303: FEW, 409: MANY - FEW}
    assert given_by(given) == (FEW, bound.get("budget", Money.dollars(50 * FEW)))
    numbers = select(SponsoredSeat.number).where(SponsoredSeat.sponsorship_id == given).order_by(SponsoredSeat.number)
    assert list(db.session.scalars(numbers)) == list(range(1, FEW + 1))
    forget(given)


def test_the_twin_without_the_lock_it_is_seen_to_go_wrong(busy: Flask, crowd: Crowd, monkeypatch: pytest.MonkeyPatch) -> None:
    given, code = give(crowd, seats=FEW)
    monkeypatch.setattr("certif.sponsorships.actions.lock", lambda row: row)
    with beginning_late(db.engine):
        answers = pressed(busy, crowd, code)
    assert answers != {303: FEW, 409: MANY - FEW}
    forget(given)
