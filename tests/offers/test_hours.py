"""The hours of an offer are held to the promise that was signed and to the law, each in a sentence that says what to change."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask

from certif.kit import clock
from certif.law import HourRule, StudentGroup
from certif.offers import Season
from certif.offers.hours import faults_of
from tests.offers.making import PROMISE, terms

TODAY = dt.date(2026, 11, 2)
LAW_ONLY: tuple[HourRule, ...] = ()


@pytest.fixture(autouse=True)
def _spoken(app: Flask) -> None:
    """In the language of the house."""


def faults(promise: tuple[HourRule, ...], *, is_federal: bool = False, **said: object) -> list[str]:
    return faults_of(terms(**said), promise, is_federal=is_federal, on=TODAY)


def test_what_keeps_both_has_no_fault() -> None:
    assert faults(PROMISE) == faults(LAW_ONLY) == []


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"week_hours": 18}, "la loi en permet au plus 17"),
        ({"monday_friday_hours": 11}, "la loi en permet au plus 10"),
        ({"latest_finish": dt.time(23)}, "À 23 h, l’élève doit être à la maison"),
        ({"latest_finish": dt.time(1)}, "À 23 h, l’élève doit être à la maison"),
        ({"least_age": 13}, "L’âge minimal est de 14 ans"),
        ({"group": StudentGroup.CEGEP, "least_age": 15}, "au moins 16 ans"),
        ({"season": Season.BREAK}, "Un emploi de congé a un dernier jour"),
    ],
)
def test_the_law_is_the_floor_whatever_is_promised(said: dict[str, object], expected: str) -> None:
    (found,) = faults(LAW_ONLY, **said)
    assert expected in found.replace("\u00a0", " ")
    assert "art. 84" in found or said.keys() & {"group", "season"}, "with its source"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"week_hours": 16}, "16 h par semaine : votre engagement en permet au plus 15"),
        ({"latest_finish": dt.time(21, 30)}, "finit à 21 h 30 : votre engagement dit au plus tard 21 h"),
    ],
)
def test_the_promise_may_ask_for_less_than_the_law_allows(said: dict[str, object], expected: str) -> None:
    assert faults(LAW_ONLY, **said) == []
    found = faults(PROMISE, **said)
    assert found
    assert all(expected in one.replace("\u00a0", " ") for one in found)


def test_an_offer_to_everyone_is_held_to_what_each_group_is_promised() -> None:
    promise = (HourRule(StudentGroup.CEGEP, week_hours=10), HourRule(StudentGroup.SECONDARY_COMPULSORY, week_hours=14))
    (found,) = faults(promise)
    assert "(Cégep)" in found
    assert faults(promise, group=StudentGroup.SECONDARY_COMPULSORY) == []
    assert faults(promise, group=StudentGroup.UNIVERSITY, least_age=18, week_hours=25, monday_friday_hours=15) == []


def test_hours_from_monday_to_thursday_are_asked_where_they_are_promised() -> None:
    promise = (HourRule(StudentGroup.EVERYONE, monday_thursday_hours=4),)
    assert "Dites aussi" in faults(promise, monday_friday_hours=6)[0]
    assert faults(promise, monday_friday_hours=4) == []
    assert faults(promise, monday_friday_hours=6, monday_thursday_hours=4) == []
    assert "5 h du lundi au jeudi" in faults(promise, monday_friday_hours=6, monday_thursday_hours=5)[0].replace("\u00a0", " ")


def test_in_a_long_break_the_limits_of_hours_do_not_hold_but_nights_do() -> None:
    summer = {"season": Season.BREAK, "starts_on": clock.today(), "ends_on": clock.today() + dt.timedelta(days=60)}
    assert faults(PROMISE, week_hours=35, monday_friday_hours=30, **summer) == []
    assert "À 23" in faults(PROMISE, week_hours=35, monday_friday_hours=30, latest_finish=dt.time(23, 30), **summer)[0]
    endless = {**summer, "ends_on": clock.today() + dt.timedelta(days=120)}
    assert "Un emploi de congé" in faults(PROMISE, **endless)[0]


def test_a_federal_undertaking_is_held_to_its_promise_alone() -> None:
    assert faults(LAW_ONLY, is_federal=True, week_hours=20) == []
    assert faults(PROMISE, is_federal=True, week_hours=20)
