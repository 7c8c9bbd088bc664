"""What a sponsor reads of its sponsorship over time: numbers too large to be names, or none."""

from __future__ import annotations

import datetime as dt

import pytest

from certif import contributions, sponsorships
from certif.contributions import Cover
from certif.kit import clock
from certif.kit.db import db, transaction
from certif.programs import Program
from certif.sponsorships import SponsoredSeat
from tests.contributions.conftest import ask, owner
from tests.factories import make_program
from tests.sponsorships.making import sponsor

DAY = dt.timedelta(days=1)


@pytest.fixture
def program(app: object) -> Program:
    return make_program()


@pytest.mark.parametrize(
    ("months", "told"),
    [([0, 0, 0, 0], []), ([5], [5]), ([2, 2, 6], [10]), ([5, 1, 3], [9]), ([6, 0, 7, 2], [6, 9])],
    ids=["too few in all", "enough", "told together", "the last ones join", "a gap"],
)
def test_uptake_tells_no_number_under_five(program, months, told):
    given, asked, start = sponsor(program, seats=40), ask(program), dt.datetime(clock.today().year, 1, 15, 12, tzinfo=dt.UTC)
    with transaction():
        for number, count in enumerate(months):
            for _employer in range(count):
                dues = contributions.open_contribution(asked.employer, asked.version, by=owner(asked))
                cover = Cover(cents=5000, covered_at=start + number * 31 * DAY, covered_by="x")
                dues.covers.append(cover)
                db.session.add(SponsoredSeat(sponsorship=given, number=10 * number + _employer + 1, cover=cover))
    assert [count for _first, _last, count in sponsorships.uptake_of(given)] == told
