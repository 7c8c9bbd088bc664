"""Figures: each is what its list says, what plain SQL says, and the same however it is asked."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Date, bindparam, text

from certif.certification import Stage
from certif.kit import clock
from certif.kit.access import Role
from certif.kit.db import Instant, db
from certif.portraits import PortraitRelease, PortraitWithdrawal
from certif.programs import Program
from certif.reports import INDICATORS, Asked, figure_of, figures_of, list_behind
from certif.reports.asked import AUDIENCE, MRC, OBJECTIVE
from certif.reports.figures import cells_of
from certif.territory import Mrc, mrcs, region
from tests.campaigns.making import make_campaign
from tests.factories import make_certification, make_employer, make_program, make_staff, unit
from tests.nominations.making import make_boss, make_nomination
from tests.reports.making import FIRST, LAST, MIDDLE, make_hand_out, make_objective, make_report


@pytest.fixture
def lived(app: Flask) -> tuple[Program, list[Mrc], Asked]:
    """A program in which something of everything happened, in two MRC, inside and outside of the days that are asked for."""
    with clock.frozen(clock.midnight(FIRST)):
        program, places = make_program(), mrcs(region("14"))[:2]
    one, other = make_objective(program, "1.1", funder="Ministère"), make_objective(program, "2.1", axis="Axe B")
    for day in (FIRST, MIDDLE, LAST, FIRST - dt.timedelta(days=1), LAST + dt.timedelta(days=1)):
        make_report(program, places[0], on=day, objective=one, people_met=7)
        make_report(program, places[1], on=day, kind="workshop", audience="parents", objective=other, people_met=20)
        make_report(program, None, on=day, outcome="absent", people_met=0, kilometres=11)
    make_hand_out(program, places[0], 30)
    make_hand_out(program, places[1], 12, audience="parents", subject=make_report(program, objective=one).visit.ref)
    with clock.frozen(clock.midnight(MIDDLE) + dt.timedelta(hours=15)):
        for place in places:
            make_certification(Stage.CERTIFIED, program, employer=make_employer(mrc=place))
        make_certification(Stage.AWAITING_VALIDATION, program, employer=make_employer(mrc=places[0]))
    elsewhere = make_program()
    make_report(elsewhere, places[0])
    make_hand_out(elsewhere, places[0])
    return program, places, Asked((program,), FIRST, LAST)


def every_line(name: str, asked: Asked) -> int:
    """Add up the whole list behind a figure, page after page."""
    total, after, first = 0, None, True
    while first or after:
        page = list_behind(INDICATORS[name], asked, after)
        total, after, first = total + sum(line.amount or 0 for line in page.rows), page.next, False
    return total


def test_each_figure_is_what_its_list_adds_up_to_however_it_is_narrowed(lived: tuple[Program, list[Mrc], Asked]) -> None:
    _program, places, plain = lived
    ways: list[dict[str, Any]] = [
        {}, {"mrc": places[0]}, {"audience": "parents"}, {"axis": "Axe B"}, {"mrc": places[1], "audience": "parents"},
    ]  # fmt: skip
    answered = 0
    for way in ways:
        asked = dataclasses.replace(plain, **way)
        for figure in figures_of(asked):
            assert figure == figure_of(figure.indicator, asked)
            if figure.is_asked:
                answered += 1
                assert figure.count == every_line(figure.indicator.name, asked), (figure.indicator.name, way)
    here = dataclasses.replace(plain, mrc=places[0])
    assert figure_of(INDICATORS["visited"], here).count != every_line("visited", plain), "a list that forgets a filter is seen"
    assert answered == 2 * len(INDICATORS) + 3 * 6


def test_every_figure_is_what_plain_sql_says(lived: tuple[Program, list[Mrc], Asked]) -> None:
    program, _places, asked = lived
    told = {figure.indicator.name: figure.count for figure in figures_of(asked)}
    days = {"p": program.id, "a": FIRST, "z": LAST, "b": asked.begins, "e": asked.ends}
    met = "FROM visit_report r JOIN visit v ON v.id = r.visit_id WHERE r.program_id = :p AND r.met_on BETWEEN :a AND :z"
    path = "FROM certification c JOIN decision d ON d.certification_id = c.id WHERE c.program_id = :p AND d.is_granted"
    path += " AND d.decided_at >= :b AND d.decided_at < :e"
    plain = {
        "reached": f"SELECT SUM(people_met) {met} AND r.outcome <> 'absent'",
        "visited": f"SELECT COUNT(*) {met} AND r.outcome <> 'absent'",
        "workshops": f"SELECT COUNT(*) {met} AND r.outcome <> 'absent' AND v.kind = 'workshop'",
        "kilometres": f"SELECT SUM(kilometres) {met}",
        "minutes": f"SELECT SUM(minutes) {met}",
        "handed_out": "SELECT SUM(count) FROM hand_out WHERE program_id = :p AND handed_on BETWEEN :a AND :z",
        "prospects": "SELECT COUNT(*) FROM prospect WHERE program_id = :p AND noted_at >= :b AND noted_at < :e",
        "certified": f"SELECT COUNT(*) {path} AND c.cycle = 1",
        "renewed": f"SELECT COUNT(*) {path} AND c.cycle > 1",
        "signed": "SELECT COUNT(*) FROM contract_signature s JOIN certification c ON c.id = s.certification_id WHERE c.program_id = :p"
        " AND s.signed_at >= :b AND s.signed_at < :e AND s.id NOT IN (SELECT signature_id FROM signature_set_aside)",
        "in_force": "SELECT COUNT(DISTINCT c.id) FROM certification c JOIN badge b ON b.certification_id = c.id WHERE c.program_id = :p"
        " AND b.valid_from <= :z AND b.expires_on >= :z",
        "nominated": "SELECT COUNT(*) FROM nomination n JOIN campaign c ON c.id = n.campaign_id WHERE c.program_id = :p"
        " AND n.nominated_at >= :b AND n.nominated_at < :e",
    }  # fmt: skip
    found = {name: db.session.scalar(_typed(query), days) or 0 for name, query in plain.items()}
    assert {**found, "surveyed": 0} == told
    assert told["visited"] == 7 and told["reached"] == 91 and told["certified"] == 2 and told["signed"] == 3 and told["handed_out"] == 42


def _typed(query: str) -> Any:
    types = {"a": Date(), "z": Date(), "b": Instant(), "e": Instant()}
    return text(query).bindparams(*(bindparam(name, type_=kind) for name, kind in types.items() if f":{name}" in query))


def test_the_cells_of_each_cut_add_up_to_the_whole(lived: tuple[Program, list[Mrc], Asked]) -> None:
    _program, _places, asked = lived
    for indicator in INDICATORS.values():
        for cut in (MRC, OBJECTIVE, AUDIENCE):
            if cut in indicator.cuts and indicator.rows is not None:
                assert sum(count or 0 for count in cells_of(indicator, asked, cut).values()) == figure_of(indicator, asked).count, (
                    indicator.name,
                    cut,
                )


def test_what_cannot_be_narrowed_as_asked_is_not_answered(lived: tuple[Program, list[Mrc], Asked]) -> None:
    program, _places, _asked = lived
    figures = {one.indicator.name: one for one in figures_of(Asked((program,), FIRST, LAST, audience="parents"))}
    assert not figures["signed"].is_asked and figures["signed"].count is None and not figures["signed"].is_withheld
    assert figures["visited"].count == 3


def test_nominations_count_the_day_they_came_and_those_withdrawn_do_not(app: Flask) -> None:
    program = make_program()
    make_nomination(make_boss(make_campaign(program)))
    today = clock.today()
    assert figure_of(INDICATORS["nominated"], Asked((program,), today, today)).count == 1
    assert figure_of(INDICATORS["nominated"], Asked((program,), today - dt.timedelta(days=9), today - dt.timedelta(days=1))).count == 0


def test_students_surveyed_are_told_as_the_portrait_tells_them_and_never_below_the_threshold(app: Flask) -> None:
    program, (near, far) = make_program(), mrcs(region("14"))[:2]
    people = {"all": {"": [45, 1]}, "mrc": {near.slug: [35, 1], far.slug: [None, 1]}}
    with unit():
        said = {"ledger": {}, "compass": {}, "released_at": clock.midnight(MIDDLE), "released_by": "x"}
        release = PortraitRelease(
            program=program, school_year="2024-2025", number=1, least_shown=10, answers=47, told={"people": people}, digest="d", **said
        )
        db.session.add(release)
    indicator, asked = INDICATORS["surveyed"], Asked((program,), FIRST, LAST)
    assert figure_of(indicator, asked).count == 45 == every_line("surveyed", asked)
    assert figure_of(indicator, dataclasses.replace(asked, mrc=near)).count == 35
    withheld = dataclasses.replace(asked, mrc=far)
    assert figure_of(indicator, withheld).is_withheld
    assert [line.amount for line in list_behind(indicator, withheld, None).rows] == [None]
    page = make_staff(Role.AGENT, program).open(f"/personnel/rapports/liste?chiffre=surveyed&depuis={FIRST}&jusqua={LAST}&mrc={far.slug}")
    assert "retenu" in page.text and "47" not in page.text
    with unit():
        db.session.add(PortraitWithdrawal(release=release, reason="Erreur.", withdrawn_at=clock.now(), withdrawn_by="x"))
    assert figure_of(indicator, asked).count == 0
