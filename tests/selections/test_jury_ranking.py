"""Who reads what, what comes of it, and who sees it when."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from certif.campaigns import Category
from certif.kit.access import Role
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.programs import Text
from certif.selections import (
    Ballot,
    JuryAssignment,
    RecusalKind,
    jury_actions,
    jury_sharing,
    ranking_of,
)
from certif.selections.jury_queries import board_of
from tests.factories import make_staff, unit
from tests.nominations.making import make_boss, make_nomination
from tests.pages import Page
from tests.selections.juries import Case, back_again, later, make_contest, make_jury, seat_someone


class TestSharing:
    """Who reads what."""

    def test_each_entry_is_read_by_as_many_as_decided_and_loads_stay_level(self, app: object) -> None:
        case = make_jury(4, 10, jurors_each=2)
        seat_someone(case)
        loads = [len(board_of(case.jury).theirs(seat)) for seat in case.seats]
        assert (sum(loads), max(loads) - min(loads)) == (20, 0)
        mine = board_of(case.jury).theirs(case.seats[0])
        case.score(0, mine[0], 1, 1)
        with unit():
            jury_actions.end_seat(case.seats[4], by=case.manager.actor)
        assert mine[0] in board_of(case.jury).theirs(case.seats[0])
        loads = [len(board_of(case.jury).theirs(seat)) for seat in case.seats[:4]]
        assert (sum(loads), max(loads) - min(loads)) == (20, 0)

    def test_what_is_anothers_is_not_found(self, app: object) -> None:
        case = make_jury(2, 2, jurors_each=1)
        [theirs] = board_of(case.jury).theirs(case.seats[1])
        assert case.people[0].open(f"{case.path}/{theirs.ref}").status == 404
        with pytest.raises(Refusal, match="quelqu’un d’autre"):
            case.score(0, theirs, 1, 1)

    def test_staff_correct_it_as_lines_and_what_was_judged_stays(self, app: object) -> None:
        case = make_jury(2, 2, jurors_each=1)
        first, second = case.entries
        [judged] = board_of(case.jury).theirs(case.seats[0])
        case.score(0, judged, 1, 1)
        page = case.manager.open(case.desk).follow("Répartition")
        assert f"1 ; {case.seats[0].email}" in page.soup.textarea.text or f"2 ; {case.seats[0].email}" in page.soup.textarea.text
        all_to_one = f"{first.number} ; {case.seats[1].email}\n\n{second.number};{case.seats[1].email.upper()}"
        page = page.fill("Garder cette répartition", lines=all_to_one)
        assert "La répartition est gardée" in page.response.text
        board = board_of(case.jury)
        assert board.theirs(case.seats[1]) == [first, second]
        assert board.theirs(case.seats[0]) == [judged]

    @pytest.mark.parametrize(
        ("typed", "said"),
        [("99 ; {email}", "Ligne 1 : aucune candidature"), ("1\n2 ; =cmd", "Ligne 2 : =cmd ne siège pas"), ("x ; {email}", "Ligne 1")],
    )
    def test_a_line_that_names_nothing_is_said(self, app: object, typed: str, said: str) -> None:
        case = make_jury(1, 2, jurors_each=1)
        page = case.manager.open(f"{case.desk}/repartition").fill(lines=typed.format(email=case.seats[0].email))
        assert page.status == 422
        assert said in page.errors()[0]

    def test_nothing_is_shared_where_all_read_all_nor_given_to_who_stands_aside(self, app: object) -> None:
        case = make_jury(1, 1)
        with unit(), pytest.raises(Refusal, match="chacun lit"):
            jury_sharing.assign_entries(case.jury, [], by=case.manager.actor)
        assert db.session.scalars(select(JuryAssignment)).all() == []
        case = make_jury(2, 1, jurors_each=1)
        entry = case.entries[0]
        reader = next(place for place in (0, 1) if board_of(case.jury).theirs(case.seats[place]))
        with unit():
            jury_actions.recuse(case.seats[reader], entry, RecusalKind.CONFLICT, "", by=case.people[reader].actor)
        with unit(), pytest.raises(Refusal, match="s’est retiré"):
            jury_sharing.assign_entries(case.jury, [(case.seats[reader], entry)], by=case.manager.actor)


class TestRanking:
    """What comes of it, and who sees it when."""

    def judged(self, **decided: object) -> Case:
        """Give a jury of a harsh juror and a lenient one, who each judged all."""
        case = make_jury(2, 3, **decided)
        for place, entry in enumerate(case.entries):
            case.score(0, entry, place, place)
            case.score(1, entry, place + 2, place + 2)
        return case

    def test_both_scores_are_shown_and_what_was_typed_never_changes(self, app: object) -> None:
        case = self.judged()
        found = ranking_of(case.campaign, case.phase)
        assert [(one.raw, one.score, one.ballots, one.spread) for one in found] == [
            (600, 600, 2, 0),
            (400, 400, 2, 0),
            (200, 200, 2, 0),
        ]
        page = case.manager.open(case.desk).follow("Classement")
        assert page.h1 == "Classement du jury"
        assert "600" in page.text
        assert {one.scores["studies"] for one in db.session.scalars(select(Ballot))} == {0, 1, 2, 3, 4}

    def test_a_script_of_the_standard_library_finds_the_same(self, app: object, tmp_path: Path) -> None:
        case = self.judged()
        for name in ("bulletins.json", "verifier.py"):
            (tmp_path / name).write_bytes(case.manager.client.get(f"{case.desk}/{name}", base_url=case.manager.base).data)
        run = [sys.executable, "-I", "verifier.py", "bulletins.json"]
        said = subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
        assert "Le classement est le même." in said
        told = json.loads((tmp_path / "bulletins.json").read_text())
        assert [one["score"] for one in told["ranking"]] == [one.score for one in ranking_of(case.campaign, case.phase)]
        told["ranking"][0], told["ranking"][1] = told["ranking"][1], told["ranking"][0]
        (tmp_path / "bulletins.json").write_text(json.dumps(told))
        assert subprocess.run(run, cwd=tmp_path, capture_output=True, check=False).returncode == 1
        told["ballots"][0]["scores"]["studies"] = 5
        (tmp_path / "bulletins.json").write_text(json.dumps(told))
        assert "Le bulletin 1" in subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, check=False).stdout

    def test_who_decides_sees_it_at_any_time_and_the_others_after_the_last_day(self, app: object) -> None:
        case = self.judged(deciders=(Role.ADMIN,))
        people = [make_staff(Role.ADMIN), case.manager, make_staff(Role.AGENT, case.campaign.program)]
        for path in ("classement", "bulletins.json", "verifier.py"):
            assert [who.open(f"{case.desk}/{path}").status for who in people] == [200, 403, 403]
        with later(20):
            for path in ("classement", "bulletins.json", "verifier.py"):
                again = [back_again(who) for who in people]
                assert [who.open(f"{case.desk}/{path}").status for who in again] == [200, 200, 200]

    def test_a_category_is_a_filter_on_one_ranking(self, app: object) -> None:
        retail = Category("commerce", Text("Commerce", "Retail"), sectors=("44-45",))
        campaign = make_contest(contest={"categories": (retail,)})
        shop, farm = make_boss(campaign, "Boutique Alpha", sector="44-45"), make_boss(campaign, "Ferme Bêta", sector="11")
        for boss in (shop, farm):
            make_nomination(boss)
        case = make_jury(1, 0, campaign=campaign)
        whole = case.manager.open(f"{case.desk}/classement")
        assert {"Boutique Alpha", "Ferme Bêta"} <= {name for name in ("Boutique Alpha", "Ferme Bêta") if name in whole.text}
        narrow = whole.fill("Filtrer", category="commerce")
        assert "Boutique Alpha" in narrow.text
        assert "Ferme Bêta" not in narrow.text

    def test_jurors_who_disagree_are_pointed_out(self, app: object) -> None:
        case = make_jury(2, 2)
        for juror, scores in enumerate(((5, 0), (0, 5))):
            for entry, score in zip(case.entries, scores, strict=True):
                case.score(juror, entry, score, score)
        assert [(one.score, one.spread, one.is_disputed) for one in ranking_of(case.campaign, case.phase)] == [(500, 1000, True)] * 2
        assert "avis sont partagés" in case.manager.open(f"{case.desk}/classement").text

    def test_nothing_is_ranked_before_the_jury_is_open(self, app: object) -> None:
        campaign = make_contest()
        assert ranking_of(campaign, campaign.definition.phases[0]) == []


def test_pages_of_staff_say_the_same_in_english(app: object) -> None:
    case = make_jury(1, 1, jurors_each=1, is_blind=True)
    for path in (case.desk, f"{case.desk}/sieges", f"{case.desk}/repartition", f"{case.desk}/classement"):
        page: Page = case.manager.open(f"/en{path}")
        assert (page.status, page.language) == (200, "en")
    assert case.manager.open(f"/en{case.desk}/classement").h1 == "Jury ranking"
