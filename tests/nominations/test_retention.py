"""What is kept of who nominates goes when its time is over, and not a day before."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import func, select

from certif.campaigns import Campaign
from certif.kit import clock
from certif.kit.db import db
from certif.nominations import Nomination, NominationTrace, NominatorContact
from certif.nominations import nominate_retention as retention
from certif.nominations.nominate_model import NominationDraft, NominatorTally
from tests.campaigns.making import make_campaign
from tests.conftest import Mailbox
from tests.factories import make_program
from tests.nominations.nominating import nominate, say
from tests.pages import Visitor


@pytest.fixture
def campaign(app: object) -> Campaign:
    return make_campaign(make_program(code="14"))


def count(model: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def forget(days: int, hours: int = 0) -> None:
    """Apply the schedule that many days from now."""
    with clock.frozen(clock.now() + dt.timedelta(days=days, hours=hours)):
        retention.forget_nomination_drafts()
        retention.forget_nominators()
        retention.forget_nomination_words()


def test_a_draft_is_forgotten_after_a_day(visitor: Visitor, campaign: Campaign) -> None:
    say(visitor, campaign)
    forget(0, hours=23)
    assert count(NominationDraft) == 1
    forget(1, hours=1)
    assert count(NominationDraft) == 0


def test_what_shows_stuffing_goes_ninety_days_after_and_the_address_a_year_after(
    visitor: Visitor, campaign: Campaign, letters: Mailbox
) -> None:
    nominate(visitor, campaign, letters)
    closes = 30
    forget(closes + 89)
    assert (count(NominationTrace), count(NominatorTally), count(NominatorContact)) == (1, 1, 1)
    forget(closes + 92)
    assert (count(NominationTrace), count(NominatorTally), count(NominatorContact)) == (0, 0, 1)
    forget(closes + 364)
    assert count(NominatorContact) == 1
    forget(closes + 367)
    assert count(NominatorContact) == 0


def test_the_address_goes_six_months_after_the_results(
    visitor: Visitor, campaign: Campaign, letters: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    nominate(visitor, campaign, letters)
    asked = list[dt.date]()

    def released(before: dt.date) -> Any:
        asked.append(before)
        return select(Campaign.id)

    monkeypatch.setattr(retention, "_released", [released])
    forget(10)
    assert count(NominatorContact) == 0
    assert asked == [clock.today() + dt.timedelta(10 - 180)]


def test_the_words_go_two_years_after_and_how_many_nominated_stays(visitor: Visitor, campaign: Campaign, letters: Mailbox) -> None:
    nominate(visitor, campaign, letters)
    forget(30 + 729)
    assert db.session.scalars(select(Nomination.first_name)).one() == "Alexis"
    forget(30 + 732)
    db.session.expire_all()
    nomination = db.session.scalars(select(Nomination)).one()
    assert (nomination.first_name, nomination.school, nomination.answers, nomination.boss.person) == ("", "", {}, "")
