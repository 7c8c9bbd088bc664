"""What jurors score, and the chain that tells what was changed."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from certif.campaigns import Criterion
from certif.kit import clock
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.programs import Text
from certif.selections import (
    Ballot,
    PhaseClosing,
    broken_ballots,
    jury_chain,
    ranking_of,
)
from tests.factories import unit
from tests.selections.juries import Case, back_again, later, make_jury, reread, seat_someone
from tests.statements import statements


def close(case: Case) -> None:
    """Close the phase of a jury, as those who choose do."""
    with unit():
        db.session.add(
            PhaseClosing(
                campaign=case.campaign,
                phase=case.jury.phase_id,
                minutes="",
                record={},
                digest="",
                closed_at=clock.now(),
                closed_by="system",
                closer="Certif",
            )
        )


class TestBallots:
    """What is scored."""

    def test_a_juror_judges_everything_from_the_first_page_to_the_last(self, app: object) -> None:
        case = make_jury(1, 3)
        juror = case.people[0]
        page = juror.open(case.path).follow("Commencer")
        for _each in range(3):
            assert "Elle me donne congé avant mes examens." in page.text
            page = page.fill("Garder et continuer", score_0="4", score_1="2", comment="Beau geste.")
        assert page.h1 == "Jury régional"
        assert "3 sur 3, 100 %" in page.text
        assert "Vous avez tout noté" in page.text
        assert {json.dumps(one.scores) for one in db.session.scalars(select(Ballot))} == {'{"studies": 4, "schedule": 2}'}

    def test_what_is_missing_or_out_of_the_grid_is_said_and_the_rest_kept(self, app: object) -> None:
        case = make_jury(1, 1)
        page = case.people[0].open(f"{case.path}/{case.entries[0].ref}")
        wrong = page.fill("Garder et continuer", score_0="4", comment="À garder")
        assert (wrong.status, wrong.errors()) == (422, ["Notez ce critère."])
        assert "À garder" in wrong.soup.textarea.text
        assert page.fill("Garder et continuer", score_0="9", score_1="2").status == 422
        with pytest.raises(Refusal, match="bornes"):
            case.score(0, case.entries[0], 6, 0)
        assert db.session.scalars(select(Ballot)).all() == []

    def test_a_long_scale_is_typed(self, app: object) -> None:
        case = make_jury(1, 1, criteria=(Criterion("all", Text("Ensemble", "Overall"), most=100),))
        page = case.people[0].open(f"{case.path}/{case.entries[0].ref}")
        assert page.fill("Garder et continuer", score_0="101").status == 422
        page.fill("Garder et continuer", score_0="85")
        assert db.session.scalars(select(Ballot)).one().scores == {"all": 85}

    def test_another_version_follows_and_the_first_stays(self, app: object) -> None:
        case = make_jury(1, 1)
        case.score(0, case.entries[0], 1, 1)
        page = case.people[0].open(f"{case.path}/{case.entries[0].ref}")
        assert page.soup.find("input", attrs={"name": "score_0", "checked": True})["value"] == "1"
        page.fill("Garder et continuer", score_0="5")
        assert [(one.number, one.scores["studies"]) for one in db.session.scalars(select(Ballot).order_by(Ballot.id))] == [
            (1, 1),
            (2, 5),
        ]
        assert ranking_of(case.campaign, case.phase)[0].raw == 680

    def test_a_tab_left_open_does_not_undo_what_another_said(self, app: object) -> None:
        case = make_jury(1, 1)
        old = case.people[0].open(f"{case.path}/{case.entries[0].ref}")
        case.score(0, case.entries[0], 5, 5)
        refused = old.fill("Garder et continuer", score_0="0", score_1="0")
        assert refused.status == 409
        assert "autre onglet" in refused.text
        assert ranking_of(case.campaign, case.phase)[0].raw == 1000

    def test_nothing_is_read_before_the_first_day(self, app: object) -> None:
        case = make_jury(1, 1, from_on=clock.today() + dt.timedelta(days=1))
        assert case.people[0].open(f"{case.path}/{case.entries[0].ref}").status == 404
        assert "Rien à noter pour le moment" in case.people[0].open(case.path).text
        with pytest.raises(Refusal, match="Ce jury note du"):
            case.score(0, case.entries[0], 1, 1)

    def test_nothing_changes_after_the_last_day_nor_after_the_closing(self, app: object) -> None:
        case = make_jury(1, 1)
        entry = case.entries[0]
        case.score(0, entry, 4, 4)
        with later(20):
            case.people[0] = back_again(case.people[0])
            with pytest.raises(Refusal, match="Ce jury note du"):
                case.score(0, entry, 1, 1)
            page = case.people[0].open(f"{case.path}/{entry.ref}")
            assert "Garder et continuer" not in page.text
            assert "4 sur 5" in page.text
        case.people[0] = back_again(case.people[0])
        close(case)
        with pytest.raises(Refusal, match="close"):
            case.score(0, entry, 1, 1)
        assert case.manager.open(f"{case.desk}/sieges").fill(name="X", email="x@exemple.com").status == 409

    def test_others_scores_are_seen_once_all_of_ones_own_are_cast_and_only_where_the_phase_says_so(self, app: object) -> None:
        for shows in (True, False):
            case = make_jury(2, 2, shows_scores=shows)
            first, second = case.entries
            case.score(1, first, 5, 5, comment="Avis d’un autre")
            page = f"{case.path}/{first.ref}"
            case.score(0, first, 1, 1)
            assert "Avis d’un autre" not in case.people[0].open(page).text
            case.score(0, second, 1, 1)
            assert ("Avis d’un autre" in case.people[0].open(page).text) is shows

    def test_the_list_costs_the_same_for_two_entries_and_for_twenty(self, app: object) -> None:
        counts = []
        for many in (2, 20):
            case = make_jury(1, many)
            case.people[0].open(case.path)
            reread()
            with statements() as asked:
                case.people[0].open(case.path)
            counts.append(len(asked))
        assert counts[0] == counts[1]


class TestChain:
    """One ballot that is changed in the database is named."""

    def case_of_three(self) -> Case:
        """Give a jury with three ballots."""
        case = make_jury(1, 3)
        for entry in case.entries:
            case.score(0, entry, 2, 3)
        assert broken_ballots() is None
        return case

    def test_a_score_that_changed_is_named(self, app: object) -> None:
        case = self.case_of_three()
        with unit():
            db.session.execute(update(Ballot).where(Ballot.position == 2).values(scores={"studies": 5, "schedule": 5}))
        reread()
        assert broken_ballots() == f"ballot 2 of jury {case.jury.ref} is not what was cast"

    @pytest.mark.parametrize("column", ["comment", "number", "cast_at", "digest", "seat_id"])
    def test_so_is_all_else_that_it_says(self, app: object, column: str) -> None:
        case = self.case_of_three()
        other = seat_someone(case)
        changed = {"comment": "x", "number": 7, "cast_at": clock.now(), "digest": "0" * 64, "seat_id": other.id}[column]
        with unit():
            db.session.execute(update(Ballot).where(Ballot.position == 1).values({column: changed}))
        reread()
        assert broken_ballots() == f"ballot 1 of jury {case.jury.ref} is not what was cast"

    @pytest.mark.parametrize("place", [1, 3])
    def test_so_is_one_taken_out_even_the_last(self, app: object, place: int) -> None:
        case = self.case_of_three()
        with unit():
            db.session.execute(delete(Ballot).where(Ballot.position == place))
        reread()
        assert broken_ballots() == f"ballot {place} of jury {case.jury.ref} is not what was cast"

    def test_a_chain_rewritten_whole_is_told_by_the_journal(self, app: object) -> None:
        case = self.case_of_three()
        with unit():
            before = None
            for ballot in jury_chain.ballots_in_order(case.jury):
                ballot.scores = {"studies": 5, "schedule": 5}
                jury_chain.chain(ballot, ballot.seat, ballot.entry, before)
                before = ballot
        reread()
        assert jury_chain.first_broken(map(jury_chain.chained, jury_chain.ballots_in_order(case.jury))) is None, "whole in itself"
        assert broken_ballots() == f"ballot 1 of jury {case.jury.ref} is not what was cast"

    def test_two_versions_of_one_number_cannot_be(self, app: object) -> None:
        case = self.case_of_three()
        one = db.session.scalars(select(Ballot).where(Ballot.position == 1)).one()
        said = {name: getattr(one, name) for name in ("jury_id", "seat_id", "entry_id", "number", "scores", "comment", "cast_at")}
        with pytest.raises(IntegrityError), unit(), db.session.begin_nested():
            db.session.add(Ballot(**said, position=4, previous_digest=one.digest, digest="0"))
        assert case.entries
