"""A form sent twice does what it does once, and leads to the same place; filled in otherwise, it is another thing to say."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask
from sqlalchemy import func, select

from certif.certification import ContractDecline, Stage
from certif.kit import clock, jobs
from certif.kit.db import db
from certif.kit.once import AnsweredPost
from tests.factories import Person, make_certification, make_person, owner_of
from tests.pages import Page


@pytest.fixture
def asked(app: Flask) -> Page:
    """The page where an employer says that it would rather not sign: nothing but the form's own mark keeps it from being said twice."""
    found = make_certification(Stage.AWAITING_CONTRACT)
    person: Person = make_person(owner_of(found.employer))
    person.open(f"/certification/contrat?dossier={found.ref}").fill()
    return person.open(f"/certification/contrat/refus?dossier={found.ref}")


def declines() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(ContractDecline)) or 0


def test_the_second_press_is_led_where_the_first_was(asked: Page) -> None:
    first = asked.fill(reason="Nous y pensons.")
    second = asked.fill(reason="Nous y pensons.")
    assert (first.path, second.path) == ("/mon-espace", "/mon-espace")
    assert declines() == 1


def test_the_same_page_filled_in_otherwise_is_heard(asked: Page) -> None:
    asked.fill(reason="Nous y pensons.")
    asked.fill(reason="Nous y pensons encore.")
    assert declines() == 2


def test_the_same_words_on_a_page_opened_again_are_heard(asked: Page) -> None:
    asked.fill(reason="Nous y pensons.")
    asked.visitor.open(asked.path).fill(reason="Nous y pensons.")
    assert declines() == 2


@pytest.mark.parametrize("mark", ["", "short", "é" * 22, "a" * 23, "%00" * 22])
def test_without_a_mark_of_ours_a_form_is_heard_each_time(asked: Page, mark: str) -> None:
    for _press in range(2):
        asked.fill(reason="Nous y pensons.", once=mark)
    assert declines() == 2


def test_what_was_refused_is_not_remembered(asked: Page) -> None:
    assert asked.fill(reason="").status == 422
    assert asked.fill(reason="").status == 422
    assert asked.fill(reason="Nous y pensons.").path == "/mon-espace"


def test_where_it_led_can_only_be_read_by_who_sends_the_same_again(asked: Page) -> None:
    asked.fill(reason="Nous y pensons.")
    kept = db.session.scalars(select(AnsweredPost)).all()
    assert kept
    assert not [row for row in kept if b"mon-espace" in row.location or "mon-espace" in row.fingerprint]


def test_it_is_forgotten_after_a_day(asked: Page) -> None:
    asked.fill(reason="Nous y pensons.")
    jobs.retention()
    assert db.session.scalar(select(func.count()).select_from(AnsweredPost))
    db.session.rollback()
    with clock.frozen(clock.now() + dt.timedelta(days=1, minutes=1)):
        jobs.retention()
    assert not db.session.scalar(select(func.count()).select_from(AnsweredPost))
