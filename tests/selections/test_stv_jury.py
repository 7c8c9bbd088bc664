"""A jury ranks its picks: by one page, in versions of the chain; the count is closed, told round by round, and done again by anyone."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import update

from certif.campaigns.checks import faults_of
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.selections import Ballot, RecusalKind, broken_ballots, close_phase, commit_seed, first_broken_selection, jury_actions
from certif.selections.model import PhaseClosing
from certif.selections.phase_outcomes import outcome_of
from certif.selections.stv_actions import rank_entries
from certif.selections.stv_queries import ranks_of, version_of
from certif.selections.stv_recipe import _verify
from tests.factories import unit
from tests.selections.juries import Case, back_again, jury_phase, later, make_contest, make_jury

RANKED = {"is_ranked": True, "criteria": (), "keeps": 2}


def rank(case: Case, juror: int, *numbers: int, based_on: int | None = None) -> None:
    """Let a juror rank entries by their numbers, the first choice first."""
    by_number = {one.number: one.ref for one in case.entries}
    ranks = dict.fromkeys(by_number.values()) | {by_number[number]: place for place, number in enumerate(numbers, 1)}
    seat = case.seats[juror]
    with unit():
        rank_entries(seat, ranks, based_on=version_of(seat) if based_on is None else based_on, by=case.people[juror].actor)


def kept(case: Case) -> list[int]:
    """Give the numbers of whom the phase keeps."""
    numbers = {one.boss.ref: one.number for one in case.entries}
    return [numbers[one.entry] for one in outcome_of(case.campaign, case.phase).standings if one.is_kept]


def close(case: Case) -> PhaseClosing:
    with later(8), unit():
        return close_phase(case.campaign, case.jury.phase_id, "Tous étaient là.", by=back_again(case.manager).actor)


def test_a_juror_ranks_on_one_page_and_changes_its_mind(app: Flask) -> None:
    case = make_jury(jurors=1, **RANKED)
    page = case.people[0].open(case.path).follow("Classer mes choix")
    ranked = page.fill("Garder mon classement", rank_1="2", rank_3="1")
    assert "Rang 1" in ranked.text
    assert "Sans rang" in ranked.text
    again = ranked.follow("Changer mon classement").fill("Garder mon classement", rank_1="2", rank_3="", rank_2="3")
    assert "Rang 1" in again.text
    last = ranks_of(case.seats[0])
    assert [last[one.id] for one in case.entries] == [1, 2, None], "gaps are closed"
    assert broken_ballots() is None
    twice = again.follow("Changer mon classement").fill("Garder mon classement", rank_1="1", rank_2="1")
    assert twice.status == 409
    assert "Deux candidatures ont le même rang" in twice.text


def test_what_is_stale_empty_or_scored_is_refused(app: Flask) -> None:
    case = make_jury(jurors=1, **RANKED)
    rank(case, 0, 1)
    for numbers, based_on in (((2,), 0), ((), None)):
        with pytest.raises(Refusal):
            rank(case, 0, *numbers, based_on=based_on)
    with pytest.raises(Refusal):
        case.score(0, case.entries[0])
    graded = make_jury(jurors=1)
    with pytest.raises(Refusal):
        rank(graded, 0, 1)
    assert graded.people[0].open(f"{graded.path}/classement").status == 404


def test_two_seats_are_shared_and_the_count_is_closed_told_and_done_again(app: Flask, tmp_path: Path) -> None:
    case = make_jury(jurors=5, bosses=4, **RANKED)
    for juror, numbers in enumerate([(1, 2), (1, 2), (1, 2), (3, 4), (3, 4)]):
        rank(case, juror, *numbers)
    assert sorted(kept(case)) == [1, 3], "a plain majority would have taken both"
    closing = close(case)
    assert first_broken_selection() is None
    with later(9):
        manager = back_again(case.manager)
        assert "Tours du dépouillement" in manager.open(f"{case.desk}/classement").text
        assert "Tour 1" in manager.open(f"/personnel/concours/{case.campaign.ref}/choix/{case.jury.phase_id}").text
        path = f"/personnel/concours/{case.campaign.ref}/choix/{case.jury.phase_id}/proces-verbal.pdf"
        assert manager.client.get(path, base_url=manager.base).data.startswith(b"%PDF")
        told = json.loads(manager.client.get(f"{case.desk}/bulletins.json", base_url=manager.base).data)
    assert told["counts"][""]["places"] == {one["entry"]: told["counts"][""]["places"][one["entry"]] for one in told["entries"]}
    (tmp_path / "bulletins.json").write_text(json.dumps(told))
    assert _verify(str(tmp_path / "bulletins.json")) == 0
    told["counts"][""]["quota"] += 1
    (tmp_path / "bulletins.json").write_text(json.dumps(told))
    assert _verify(str(tmp_path / "bulletins.json")) == 1
    assert not any("Zyzo" in json.dumps(one) for one in told["ballots"])
    with unit():
        db.session.execute(update(Ballot).where(Ballot.position == 1).values(scores={"rank": None}))
    db.session.expire_all()
    assert broken_ballots() is not None
    assert "do not count" in str(first_broken_selection())
    assert closing.record["count"]["cells"][""]["quota"] == 2


def test_equals_wait_for_a_seed_that_was_bound_to(app: Flask) -> None:
    case = make_jury(jurors=2, bosses=2, **RANKED | {"keeps": 1})
    rank(case, 0, 1)
    rank(case, 1, 2)
    with later(8):
        assert any("empreinte d’une graine" in one for one in outcome_of(case.campaign, case.phase).obstacles)
    with unit():
        commit_seed(case.campaign, case.phase, by=case.manager.actor)
    with later(8):
        assert outcome_of(case.campaign, case.phase).obstacles == []
        assert len(kept(case)) == 1
    close(case)
    assert first_broken_selection() is None


def test_who_stands_aside_or_is_found_unfit_weighs_nothing(app: Flask) -> None:
    case = make_jury(jurors=2, bosses=3, **RANKED | {"keeps": 1})
    rank(case, 0, 1, 2)
    rank(case, 1, 2)
    with unit():
        jury_actions.recuse(case.seats[0], case.entries[0], RecusalKind.CONFLICT, "", by=case.people[0].actor)
    assert kept(case) == [2], "the next choice moves up"


def test_a_ranked_phase_asks_for_a_number_and_no_grid(app: Flask) -> None:
    campaign = make_contest(jury_phase(is_ranked=True, keeps=2))
    without = replace(campaign.definition, phases=(replace(campaign.definition.phases[0], keeps=None, criteria=()),))
    assert any("sans grille" in one for one in faults_of(campaign.definition, campaign.program))
    assert any("un vote transférable élit" in one for one in faults_of(without, campaign.program))
