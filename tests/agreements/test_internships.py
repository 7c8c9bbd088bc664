"""Internships: three parties, reviewed half-way and at the end, once each, from their links."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask
from sqlalchemy import select

from certif.agreements import Agreement, AgreementKind, Side
from certif.agreements.evaluations import Moment, ask_for_evaluations, give_evaluation, moments_open_to
from certif.kit import clock
from certif.kit.access import VISITOR
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.kit.outbox import Letter
from tests.agreements.making import link_to, make_agreement, make_signed, party
from tests.factories import unit
from tests.pages import Visitor

MARKS = {"mark_welcome": 4, "mark_tasks": 3, "mark_learning": 4, "mark_studies": 2}


def made() -> Agreement:
    return make_signed(make_agreement(kind=AgreementKind.INTERNSHIP))


def asked() -> list[str]:
    return list(db.session.scalars(select(Letter.to_address).where(Letter.name == "agreements/evaluation_asked").order_by(Letter.id)))


def test_an_intern_reviews_it_from_the_link_and_the_school_reads_it(app: Flask, visitor: Visitor) -> None:
    agreement = made()
    page = visitor.open(link_to("zoe@exemple.com")).follow("Bilan de mi-parcours")
    assert page.fill("Donner ce bilan", mark_welcome=4).status == 422
    page = page.fill("Donner ce bilan", **MARKS, words="On m’écoute.")
    assert page.status == 200
    assert "On m’écoute." in visitor.open(link_to("ecole@exemple.com")).text
    assert "Bilan de mi-parcours" not in [link.get_text() for link in page.soup.select("a.button")]
    with unit(), pytest.raises(Refusal):
        give_evaluation(party(agreement, Side.STUDENT), Moment.MIDTERM, {"welcome": 1}, "", by=VISITOR)
    assert moments_open_to(party(agreement, Side.SCHOOL)) == [], "the school reads"


def test_the_final_review_waits_for_the_middle(app: Flask) -> None:
    agreement = made()
    student = party(agreement, Side.STUDENT)
    assert moments_open_to(student) == [Moment.MIDTERM]
    with clock.frozen(clock.now() + dt.timedelta(days=46)):
        assert moments_open_to(student) == [Moment.MIDTERM, Moment.FINAL]


def test_each_is_asked_once_half_way_and_once_at_the_end(app: Flask) -> None:
    agreement = made()
    owner = party(agreement, Side.EMPLOYER).email
    expected = [([], 0), ([owner, "zoe@exemple.com"], 46), ([owner, "zoe@exemple.com"], 50), ([owner, "zoe@exemple.com"] * 2, 88)]
    for told, days in expected:
        db.session.rollback()
        with clock.frozen(clock.now() + dt.timedelta(days=days)):
            ask_for_evaluations()
        assert sorted(asked()) == sorted(told), days


def test_an_internship_that_nobody_signed_is_not_reviewed(app: Flask) -> None:
    agreement = make_signed(make_agreement(kind=AgreementKind.INTERNSHIP), Side.STUDENT)
    db.session.rollback()
    with clock.frozen(clock.now() + dt.timedelta(days=46)):
        ask_for_evaluations()
        assert moments_open_to(party(agreement, Side.STUDENT)) == []
    assert asked() == []
