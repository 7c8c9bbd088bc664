"""The demonstration honours the laureates of a contest by the real acts, each at its hour."""

from __future__ import annotations

import pytest

from certif.campaigns import PhaseKind
from certif.cli import demo_laureates
from certif.kit.db import db
from certif.selections import Vote, first_broken_selection
from tests.pages import Visitor
from tests.selections.choosing import contest, manager_of, named, phase

CHECK = phase("verification", PhaseKind.CHECK, 5)


@pytest.mark.parametrize(
    ("last", "votes"),
    [
        (phase("tirage", PhaseKind.DRAW, 10, keeps=2), 0),
        (phase("vote", PhaseKind.VOTE, 10, keeps=2), 10),
        (phase("choix", PhaseKind.CHOICE, 10, keeps=2), 0),
    ],
)
def test_a_contest_is_led_to_its_laureates(app: object, visitor: Visitor, last: object, votes: int) -> None:
    campaign = contest(CHECK, last)  # type: ignore[arg-type]
    named(campaign)
    found = demo_laureates.honour(campaign, manager_of(campaign))
    assert len(found) == 2
    assert db.session.query(Vote).count() == votes
    page = visitor.open("/laureats")
    assert all(one.employer_name in page.text and one.student_name in page.text for one in found)
    assert first_broken_selection() is None


def test_it_stops_before_a_jury(app: object) -> None:
    campaign = contest(phase("jury", PhaseKind.JURY, 5, keeps=2))
    named(campaign)
    assert demo_laureates.honour(campaign, manager_of(campaign)) == []
