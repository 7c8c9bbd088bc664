"""Periods: targets, locks that freeze, corrections that show as differences, and what both refuse."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from certif.kit import audit, clock
from certif.kit.access import Role
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.reports import INDICATORS, Asked, FrozenFigure, Target, figure_of, lock_period, open_period, set_target, unlock_period
from certif.reports.actions import digest_of
from certif.reports.coverage import places_of
from certif.reports.figures import _rows, all_cells, figures_of
from certif.reports.funders import lines_of
from certif.reports.papers import report_pdf
from certif.territory import mrcs, region
from tests.factories import make_program, make_staff, unit
from tests.reports.making import BOSS, FIRST, LAST, make_hand_out, make_objective, make_period, make_report
from tests.statements import scanned_tables, statements


def test_a_locked_period_keeps_its_figures_everywhere_and_shows_what_came_since(app: Flask) -> None:
    program, place = make_program(), mrcs(region("14"))[0]
    objective = make_objective(program, funder="Ministère", audience="employers")
    make_report(program, place, objective=objective, people_met=40)
    period = make_period(program)
    with unit():
        lock_period(period, by=BOSS)
    make_report(program, place, objective=objective, people_met=2)
    ways = ({}, {"mrc": place}, {"objective": objective}, {"funder": objective.plan.funder}, {"axis": "Axe A"}, {"audience": "employers"})
    for way in ways:
        figure = figure_of(INDICATORS["reached"], Asked((program,), FIRST, LAST, period, **way))  # type: ignore[arg-type]
        assert (figure.count, figure.live, figure.drift) == (40, 42, 2), way
    asked = Asked((program,), FIRST, LAST, period)
    assert next(one for one in places_of(asked) if one.mrc is place).figures["reached"].count == 40
    assert lines_of(asked)[0].figures["reached"].count == 40
    with unit():
        unlock_period(period, "Un rapport manquait.", by=BOSS)
    assert figure_of(INDICATORS["reached"], Asked((program,), FIRST, LAST, period)).count == 42
    with unit():
        assert lock_period(period, by=BOSS).number == 2
    assert figure_of(INDICATORS["reached"], Asked((program,), FIRST, LAST, period)).count == 42
    assert [entry.event for entry in audit.history(period)] == ["period_opened", "period_locked", "period_unlocked", "period_locked"]


def test_what_combines_filters_is_frozen_too(app: Flask) -> None:
    program, (place, other) = make_program(), mrcs(region("14"))[:2]
    objective = make_objective(program, funder="Ministère", audience="employers")
    make_report(program, place, objective=objective, people_met=40)
    make_report(program, other, objective=objective, people_met=5)
    make_report(program, place, audience="students", people_met=3)
    period = make_period(program)
    with unit():
        lock_period(period, by=BOSS)
    make_report(program, place, objective=objective, people_met=2)
    funder = objective.plan.funder

    def asked(**way: Any) -> Asked:
        return Asked((program,), FIRST, LAST, period, **way)

    for way, was in (
        ({"mrc": place, "audience": "employers"}, 40), ({"mrc": other, "funder": funder}, 5), ({"funder": funder, "axis": "Axe A"}, 45),
        ({"mrc": place, "audience": "parents"}, 0), ({"funder": funder, "axis": "Axe A", "mrc": place, "audience": "employers"}, 40),
    ):  # fmt: skip
        figure = figure_of(INDICATORS["reached"], asked(**way))
        assert figure.is_frozen and figure.count == was, way
    both = figure_of(INDICATORS["reached"], asked(mrc=place, audience="employers"))
    assert (both.live, both.drift) == (42, 2)
    assert next(one for one in places_of(asked(funder=funder)) if one.mrc is place).figures["reached"].count == 40
    assert next(one for one in places_of(asked(mrc=place)) if one.mrc is place).figures["reached"].count == 43
    assert lines_of(asked(mrc=other))[0].figures["reached"].count == 5
    seen = make_staff(Role.MANAGER, program).open(f"/personnel/rapports/mrc?bailleur={funder.ref}&periode={period.ref}")
    assert "la couverture n’est pas montrée ici" in seen.text and '<svg class="coverage__map' not in seen.text
    assert report_pdf(asked(funder=funder)).startswith(b"%PDF")


def test_a_lock_that_kept_no_combination_says_that_they_are_counted_now(app: Flask) -> None:
    program, place = make_program(), mrcs(region("14"))[0]
    objective = make_objective(program, audience="employers")
    make_report(program, place, objective=objective, people_met=40)
    period, manager = make_period(program), make_staff(Role.MANAGER, program)
    with unit():
        lock_period(period, by=BOSS)
    address = f"/personnel/rapports?periode={period.ref}&mrc={place.slug}&public=employers"
    assert "Chiffres figés" in manager.open(address).text
    with unit():
        db.session.execute(text("DELETE FROM frozen_figure WHERE cut = 'together'"))
    make_report(program, place, objective=objective, people_met=2)
    both = figure_of(INDICATORS["reached"], Asked((program,), FIRST, LAST, period, mrc=place, audience="employers"))
    assert both.count == 42 and not both.is_frozen
    assert "n’a pas été figée" in manager.open(address).text


def test_what_is_frozen_fits_its_digest_and_a_changed_row_is_seen(app: Flask) -> None:
    program = make_program()
    make_report(program, mrcs(region("14"))[0])
    period = make_period(program)
    with unit():
        held = lock_period(period, by=BOSS)

    def kept() -> str:
        rows = db.session.execute(select(FrozenFigure.indicator, FrozenFigure.cut, FrozenFigure.key, FrozenFigure.count))
        return digest_of([(row[0], row[1], row[2], row[3]) for row in rows])

    assert kept() == held.digest == digest_of(all_cells(Asked((program,), FIRST, LAST, period)))
    with unit():
        db.session.execute(text("UPDATE frozen_figure SET count = count + 1 WHERE indicator = 'reached' AND cut = 'all'"))
    assert kept() != held.digest


def test_a_period_is_locked_once_over_and_unlocked_once(app: Flask) -> None:
    program = make_program()
    today = clock.today()
    going_on = make_period(program, "En cours", today - dt.timedelta(days=3), today)
    period = make_period(program)
    with unit():
        with pytest.raises(Refusal, match="pas finie"):
            lock_period(going_on, by=BOSS)
        with pytest.raises(Refusal, match="pas verrouillée"):
            unlock_period(period, "Pour voir.", by=BOSS)
        lock_period(period, by=BOSS)
        with pytest.raises(Refusal, match="déjà verrouillée"):
            lock_period(period, by=BOSS)
        with pytest.raises(Refusal, match="déjà ceux"):
            open_period(program, "Encore", FIRST, LAST, by=BOSS)
        with pytest.raises(Refusal, match="avant le premier"):
            open_period(program, "À l’envers", LAST, FIRST, by=BOSS)
        with pytest.raises(Refusal, match="gestion régionale"):
            open_period(program, "Agente", FIRST, FIRST, by=make_staff(Role.AGENT, program).actor)


def test_the_last_target_said_counts_on_the_whole_by_mrc_and_by_objective(app: Flask) -> None:
    program, place, period = make_program(), mrcs(region("14"))[0], None
    objective, period = make_objective(program), make_period(program)
    make_report(program, place, people_met=40, objective=objective)
    with unit():
        set_target(period, "reached", 100, by=BOSS)
        set_target(period, "reached", 80, by=BOSS)
        set_target(period, "reached", 20, mrc=place, by=BOSS)
        set_target(period, "reached", 400, objective=objective, by=BOSS)
    assert db.session.scalar(select(func.count()).select_from(Target)) == 3
    shares = [
        figure_of(INDICATORS["reached"], Asked((program,), FIRST, LAST, period, **way)).share  # type: ignore[arg-type]
        for way in ({}, {"mrc": place}, {"objective": objective}, {"audience": "employers"})
    ]
    assert shares == [50, 200, 10, None]
    with unit():
        with pytest.raises(Refusal, match="pas les deux"):
            set_target(period, "reached", 1, mrc=place, objective=objective, by=BOSS)
        with pytest.raises(Refusal, match="ne se compte pas par objectif"):
            set_target(period, "signed", 1, objective=objective, by=BOSS)
        with pytest.raises(Refusal, match="plan du programme"):
            set_target(period, "reached", 1, objective=make_objective(make_program()), by=BOSS)


def test_each_figure_costs_one_statement_that_reads_no_table_from_end_to_end(app: Flask) -> None:
    program = make_program()
    make_hand_out(program)
    asked = Asked((program,), FIRST, LAST)
    figures_of(asked)
    with statements() as sent:
        figures_of(asked)
    assert len(sent) <= len(INDICATORS) + 1
    for name, indicator in INDICATORS.items():
        if indicator.rows is not None:
            rows, conditions = _rows(indicator, asked)
            scanned = [one for one in scanned_tables(select(func.sum(rows.c.amount)).where(*conditions)) if "USING" not in one]
            assert scanned == [], name
