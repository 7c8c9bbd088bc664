"""Exam weeks: noted by staff with their source, read by the calendars of certified employers, and by nobody else's address."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask
from sqlalchemy import func, select

from certif.agreements import ExamPeriod, make_exam_feed
from certif.agreements.exam_queries import feed_of, periods_around
from certif.certification import Certification, Stage
from certif.employers import establishments_of
from certif.kit import clock
from certif.kit.access import SYSTEM, Role
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.territory import Partner, PartnerKind, partners, region
from tests.agreements.making import make_exam_period
from tests.agreements.reading_ics import Component, read_calendar
from tests.factories import lead_to, make_certification, make_person, make_program, make_staff, owner_of, unit
from tests.pages import Visitor


def body_around(certification: Certification) -> Partner:
    """Give a school body that serves the MRC of the employer, and note exams of it and of one elsewhere."""
    here = partners(PartnerKind.SCHOOL_BODY, region("14"))
    place = establishments_of(certification.employer)[0]
    for one in here:
        make_exam_period(one)
    make_exam_period(partners(PartnerKind.SCHOOL_BODY, region("11"))[0], in_days=12)
    around = {period.partner_id for period in periods_around(place)}
    return next(one for one in here if one.id in around)


def read(visitor: Visitor, code: str, prefix: str = "") -> Component:
    answer = visitor.client.get(f"{prefix}/calendriers/examens/{code}.ics", base_url=visitor.base)
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    return read_calendar(answer.data)


def feed(certification: Certification) -> str:
    place = establishments_of(certification.employer)[0]
    with unit():
        return make_exam_feed(place, by=SYSTEM).code


def test_a_certified_employer_reads_the_exam_weeks_around_it(app: Flask, visitor: Visitor) -> None:
    certification = make_certification(program=make_program())
    body = body_around(certification)
    found = read(visitor, feed(certification))
    wanted = [one for one in found.inside if body.short_name in one.value("DESCRIPTION")]
    assert len(wanted) == len(found.inside) == 1, "the weeks that school bodies share are written once"
    first = clock.today() + dt.timedelta(days=10)
    [(start, params)], [(end, _same)] = wanted[0].properties["DTSTART"], wanted[0].properties["DTEND"]
    assert params == {"VALUE": "DATE"}
    assert (start, end) == (f"{first:%Y%m%d}", f"{first + dt.timedelta(days=5):%Y%m%d}"), "the end of whole days is the day after"
    assert wanted[0].value("SUMMARY").replace("\u00a0", " ").startswith("Pas de quart : Épreuves du ministère")
    assert "Calendrier 2026-2027" in wanted[0].value("DESCRIPTION")
    far = partners(PartnerKind.SCHOOL_BODY, region("11"))[0].short_name
    assert far not in wanted[0].value("DESCRIPTION")
    with unit():
        last = periods_around(establishments_of(certification.employer)[0])[-1]
        last.last_day += dt.timedelta(days=1)
    apart = read(visitor, feed_of(establishments_of(certification.employer)[0]).code)  # type: ignore[union-attr]
    assert len(apart.inside) == 2 and any(last.partner.short_name in one.value("SUMMARY") for one in apart.inside)
    assert read(visitor, feed_of(establishments_of(certification.employer)[0]).code, "/en").inside  # type: ignore[union-attr]


def test_an_address_that_was_changed_no_longer_answers(app: Flask, visitor: Visitor) -> None:
    certification = make_certification(program=make_program())
    owner = make_person(owner_of(certification.employer))
    page = owner.open(f"/mon-espace/semaines-d-examens/{certification.employer.ref}").fill("Créer l’adresse")
    first = page.soup.select_one("input[readonly]")["value"]  # type: ignore[index]
    code = str(first).rsplit("/", 1)[1].removesuffix(".ics")
    read(visitor, code)
    page.fill("Changer l’adresse")
    assert visitor.client.get(f"/calendriers/examens/{code}.ics", base_url=visitor.base).status_code == 404


@pytest.mark.parametrize("stage", [Stage.SUSPENDED, Stage.REVOKED])
def test_who_is_no_longer_certified_reads_it_no_more(app: Flask, visitor: Visitor, stage: Stage) -> None:
    certification = make_certification(program=make_program())
    code = feed(certification)
    lead_to(certification, stage)
    assert visitor.client.get(f"/calendriers/examens/{code}.ics", base_url=visitor.base).status_code == 404
    with unit(), pytest.raises(Refusal):
        make_exam_feed(establishments_of(certification.employer)[0], by=SYSTEM)


def test_staff_note_a_period_for_several_bodies_once_and_take_it_out(app: Flask) -> None:
    agent = make_staff(Role.AGENT, make_program(code="14"))
    bodies = [one.ref for one in partners(PartnerKind.SCHOOL_BODY, region("14"))]
    first = clock.today() + dt.timedelta(days=20)
    said = {"bodies": bodies, "first_day": first, "last_day": first + dt.timedelta(days=2), "source": "Calendrier"}
    page = agent.open("/personnel/semaines-d-examens").fill("Inscrire la période", **said)
    assert page.status == 200
    assert db.session.scalar(select(func.count()).select_from(ExamPeriod)) == len(bodies)
    assert page.fill("Inscrire la période", **said).status == 409
    assert page.fill("Inscrire la période", **said | {"last_day": first - dt.timedelta(days=1)}).status == 409
    page.fill("Retirer")
    assert db.session.scalar(select(func.count()).select_from(ExamPeriod)) == len(bodies) - 1


def test_an_agent_elsewhere_touches_nothing_of_it(app: Flask) -> None:
    make_exam_period(partners(PartnerKind.SCHOOL_BODY, region("14"))[0])
    ref = db.session.scalars(select(ExamPeriod.ref)).one()
    stranger = make_staff(Role.AGENT, make_program(code="11"))
    assert stranger.send(f"/personnel/semaines-d-examens/{ref}/retrait", {}).status in {400, 404, 409}
    assert "Retirer" not in stranger.open("/personnel/semaines-d-examens").text
    assert db.session.scalars(select(ExamPeriod.ref)).one() == ref
