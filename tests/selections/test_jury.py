"""A jury: who sits, what each reads, what is scored, who stands aside, and what comes of it."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from certif import selections
from certif.accounts import user_for
from certif.campaigns import Category, Criterion, Phase, PhaseKind, Quota, Unit
from certif.employers import establishments_of
from certif.kit import clock
from certif.kit.access import Role
from certif.kit.audit import JournalEntry
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.kit.outbox import Letter
from certif.nominations import NominationReading, NominationWithdrawal, ReadingOutcome
from certif.programs import Text
from certif.selections import (
    Ballot,
    JuryAssignment,
    PhaseClosing,
    Pick,
    RecusalKind,
    broken_ballots,
    jury_actions,
    jury_chain,
    jury_sharing,
    ranking_of,
)
from certif.selections.jury_entries import entries_to_judge
from certif.selections.jury_queries import board_of, seats_of
from tests.factories import make_employer, make_person, make_program, make_staff, owner_of, unit
from tests.nominations.making import make_boss, make_nomination
from tests.pages import Page, Visitor
from tests.selections.juries import Case, back_again, jury_phase, later, make_bosses, make_contest, make_jury, reread, seat_someone
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


class TestEntries:
    """What comes before a jury."""

    def test_all_that_stands_approved_and_nothing_while_nominations_come(self, app: object) -> None:
        campaign = make_contest(contest={"unit": Unit.DUO})
        boss = make_boss(campaign)
        good = make_nomination(boss)
        make_nomination(boss, approved=False)
        taken, aside = make_nomination(boss), make_nomination(boss)
        with unit():
            taken.withdrawal = NominationWithdrawal(withdrawn_at=clock.now(), withdrawn_by="visitor")
            outcome = ReadingOutcome.SET_ASIDE.value
            aside.readings.append(NominationReading(number=2, outcome=outcome, reason="Insultes.", read_at=clock.now(), read_by="system"))
        phase = campaign.definition.phases[0]
        assert [(one.boss_id, one.nomination_id, one.cell) for one in entries_to_judge(campaign, phase)] == [(boss.id, good.id, "")]
        open_still = make_contest(contest={"closes_on": clock.today() + dt.timedelta(days=1)})
        make_bosses(open_still, 1)
        assert entries_to_judge(open_still, open_still.definition.phases[0]) == []

    def test_what_the_phase_before_kept_with_its_cell(self, app: object) -> None:
        check = Phase("tri", PhaseKind.CHECK, Text("Tri", "Check"), clock.today(), clock.today())
        campaign = make_contest(check, jury_phase())
        kept, left = make_bosses(campaign, 2)
        jury = campaign.definition.phases[1]
        assert entries_to_judge(campaign, jury) == [], "the phase before is not closed"
        with unit():
            closing = PhaseClosing(
                campaign=campaign, phase="tri", minutes="", record={}, digest="", closed_at=clock.now(), closed_by="system", closer="Certif"
            )
            for boss, is_kept in ((kept, True), (left, False)):
                closing.picks.append(Pick(boss=boss, cell="joliette", rank=1, score=None, is_kept=is_kept, reason=""))
            db.session.add(closing)
        assert [(one.boss_id, one.cell) for one in entries_to_judge(campaign, jury)] == [(kept.id, "joliette")]

    def test_cells_are_those_of_the_quota(self, app: object) -> None:
        campaign = make_contest(contest={"quota": Quota.MRC})
        boss = make_bosses(campaign, 1)[0]
        assert [one.cell for one in entries_to_judge(campaign, campaign.definition.phases[0])] == [boss.mrc.slug]

    def test_what_is_withdrawn_meanwhile_is_judged_no_more(self, app: object) -> None:
        case = make_jury(1, 2, contest={"unit": Unit.DUO})
        gone = case.entries[0]
        case.score(0, gone, 5, 5)
        assert gone.nomination is not None
        with unit():
            gone.nomination.withdrawal = NominationWithdrawal(withdrawn_at=clock.now(), withdrawn_by="visitor")
        assert [one.id for one in case.entries] != [gone.id]
        assert len(ranking_of(case.campaign, case.phase)) == 1
        assert case.people[0].open(f"{case.path}/{gone.ref}").status == 404

    def test_more_comes_later_without_changing_numbers(self, app: object) -> None:
        case = make_jury(1, 3)
        before = {one.ref: one.number for one in case.entries}
        make_nomination(make_boss(case.campaign, "Un commerce de plus"))
        page = case.manager.open(case.desk)
        assert "attendent d’entrer (1)" in page.text
        assert "1 candidature est soumise" in page.fill("Les soumettre au jury").text
        assert {one.ref: one.number for one in case.entries if one.ref in before} == before
        assert len(case.entries) == 4


class TestSeats:
    """Who sits."""

    def test_someone_without_an_account_is_invited_and_signs_in_by_letter(self, app: object, visitor: Visitor) -> None:
        case = make_jury(0, 1)
        page = case.manager.open(case.desk).follow("Inviter une personne")
        page = page.fill("Envoyer l’invitation", name="Ana Jurée", email="Ana@exemple.com")
        assert "L’invitation est partie" in page.response.text
        [seat] = seats_of(case.jury)
        assert (seat.email, seat.name) == ("ana@exemple.com", "Ana Jurée")
        user = user_for("ana@exemple.com")
        assert user is not None
        letter = db.session.scalars(select(Letter).where(Letter.to_address == "ana@exemple.com")).one()
        assert f"{visitor.base}{case.path}" in letter.body
        assert "Mon boss, c’est le meilleur" in letter.body
        ana = make_person(user)
        assert ana.open("/jury").follow("Mon boss").h1 == "Jury régional"
        assert visitor.open(case.path).h1 != "Jury régional", "one signs in first"

    def test_nobody_sits_twice_at_once_even_where_the_rule_sleeps(self, app: object) -> None:
        case = make_jury(1, 1)
        seat = case.seats[0]
        with unit(), pytest.raises(Refusal, match="siège déjà"):
            jury_actions.invite_juror(case.jury, seat.email.upper(), name="X", language="fr", by=case.manager.actor)
        again = {"jury_id": seat.jury_id, "email": seat.email, "name": "X", "language": "fr", "invited_at": clock.now(), "invited_by": "x"}
        with pytest.raises(IntegrityError), unit(), db.session.begin_nested():
            db.session.add(selections.JurySeat(**again))

    def test_a_seat_that_is_ended_opens_nothing_and_its_ballots_count_no_more(self, app: object) -> None:
        case = make_jury(2, 1)
        entry = case.entries[0]
        case.score(0, entry, 5, 5)
        case.score(1, entry, 1, 1)
        page = case.manager.open(f"{case.desk}/sieges/{case.seats[0].ref}/fin").fill("Mettre fin à ce siège")
        assert "ne siège plus" in page.response.text
        assert case.people[0].open(case.path).status == 404
        [ranked] = ranking_of(case.campaign, case.phase)
        assert (ranked.raw, ranked.ballots) == (200, 1)
        assert broken_ballots() is None, "they are kept all the same"

    def test_only_who_keeps_the_program_does(self, app: object) -> None:
        case = make_jury(1, 1)
        agent, stranger = make_staff(Role.AGENT, case.campaign.program), make_staff(Role.MANAGER, make_program(code="03"))
        for other in (agent, stranger):
            with unit(), pytest.raises(Refusal, match="tenir un jury"):
                jury_actions.invite_juror(case.jury, "x@exemple.com", name="X", language="fr", by=other.actor)
        assert agent.open(case.desk).status == 403
        assert stranger.open(case.desk).status == 404
        assert make_person().open(case.path).status == 404

    def test_each_is_nudged_once_a_day_while_something_waits(self, app: object) -> None:
        case = make_jury(2, 1)
        late = case.seats[1].email
        letters = select(Letter).where(Letter.name == "selections/juror_nudged")
        case.score(0, case.entries[0], 3, 3)
        page = case.manager.open(case.desk).fill("Relancer qui n’a pas fini")
        assert "1 courriel est en route" in page.response.text
        assert "0 courriel" in page.fill("Relancer qui n’a pas fini").response.text
        assert [one.to_address for one in db.session.scalars(letters)] == [late]
        with later(1):
            back_again(case.manager).open(case.desk).fill("Relancer qui n’a pas fini")
            assert len(db.session.scalars(letters).all()) == 2

    def test_a_jury_is_opened_once_on_a_jury_phase_that_is_not_closed(self, app: object) -> None:
        campaign = make_contest()
        by = make_staff(Role.MANAGER, campaign.program)
        page = by.open(f"/personnel/concours/{campaign.ref}/jury/jury").fill("Ouvrir le jury")
        assert "Le jury est ouvert" in page.response.text
        with unit(), pytest.raises(Refusal, match="déjà ouvert"):
            jury_actions.open_jury(campaign, campaign.definition.phases[0], by=by.actor)
        assert by.open(f"/personnel/concours/{campaign.ref}/jury/tri").status == 404
        with unit(), pytest.raises(Refusal, match="pas de jury"):
            jury_actions.open_jury(campaign, replace(campaign.definition.phases[0], kind=PhaseKind.DRAW), by=by.actor)


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


class TestBlindness:
    """Where names are hidden, none is anywhere."""

    NAMES = ("Ozymandias", "Poutinerie", "Xylophage", "Kryptonia", "Zorglub", "Fantômas", "Bételgeuse")

    def blind(self, *, is_blind: bool = True, comment: str = "") -> tuple[Case, list[str]]:
        """Give a jury of one duo full of names, and the pages its juror opens."""
        campaign = make_contest(contest={"unit": Unit.DUO}, is_blind=is_blind, shows_scores=True)
        employer = make_employer(legal_name="Xylophage inc.", trade_name="Poutinerie Zorglub", mrc=None, municipality="Kryptonia")
        boss = make_boss(campaign, establishment=establishments_of(employer)[0], person="Ozymandias Fantômas")
        said = {"exams": "Ozymandias, de la poutinerie ZORGLUB (Xylophage inc.) à Kryptonia, me donne congé. Signé Bételgeuse.",
                "schedule": "M. Fantomas m’écoute. Écrivez à bételgeuse@exemple.com."}  # fmt: skip
        make_nomination(boss, first_name="Bételgeuse", school="Polyvalente Kryptonia", answers=said)
        case = make_jury(2, 0, campaign=campaign)
        entry = case.entries[0]
        case.score(1, entry, 1, 1, comment=comment)
        case.score(0, entry, 1, 1)
        return case, ["/jury", case.path, f"{case.path}/{entry.ref}", f"{case.path}/{entry.ref}/retrait"]

    def test_no_page_of_a_juror_bears_a_name(self, app: object) -> None:
        case, paths = self.blind(comment="Je connais Ozymandias !")
        for path in paths:
            for spoken in ("", "/en"):
                whole = case.people[0].open(spoken + path).response.text.casefold()
                found = [name for name in self.NAMES if name.casefold() in whole]
                assert not found, f"{path} says {found}"
        page = case.people[0].open(paths[2])
        assert page.h1 == "Candidature 1"
        assert "me donne congé" in page.text
        assert "12 h de travail par semaine" in page.text

    def test_the_same_pages_say_them_where_they_are_not_hidden(self, app: object) -> None:
        """The twin."""
        case, paths = self.blind(is_blind=False)
        whole = case.people[0].open(paths[2]).response.text.casefold()
        assert [name for name in self.NAMES if name.casefold() not in whole] == []

    def test_no_export_bears_a_name_nor_an_address(self, app: object) -> None:
        case, _paths = self.blind(comment="Ozymandias")
        for name in ("bulletins.json", "verifier.py"):
            told = case.manager.client.get(f"{case.desk}/{name}", base_url=case.manager.base).text
            assert told
            for secret in (*self.NAMES, *(seat.email for seat in case.seats), *(seat.name for seat in case.seats)):
                assert secret.casefold() not in told.casefold()

    def test_words_that_nobody_approved_are_not_read(self, app: object) -> None:
        campaign = make_contest()
        boss = make_boss(campaign)
        make_nomination(boss, answers={"exams": "Des mots approuvés."})
        make_nomination(boss, approved=False, answers={"exams": "Des mots retenus."})
        case = make_jury(1, 0, campaign=campaign)
        page = case.people[0].open(f"{case.path}/{case.entries[0].ref}").text
        assert "Des mots approuvés." in page
        assert "Des mots retenus." not in page


class TestRecusals:
    """Nobody judges its own."""

    def test_a_juror_stands_aside_and_its_ballot_does_not_count_until_it_comes_back(self, app: object) -> None:
        case = make_jury(2, 1)
        entry = case.entries[0]
        case.score(0, entry, 5, 5)
        case.score(1, entry, 0, 0)
        page = case.people[0].open(f"{case.path}/{entry.ref}").follow("Me retirer de cette candidature")
        page = page.fill("Me retirer de cette candidature", kind="conflict", reason="Ma cousine y travaille.")
        assert "sera jugée sans vous" in page.response.text
        assert ranking_of(case.campaign, case.phase)[0].raw == 0
        with pytest.raises(Refusal, match="retiré"):
            case.score(0, entry, 5, 5, based_on=1)
        assert "1 sur 1" in page.text
        case.people[0].open(f"{case.path}/{entry.ref}").fill("Revenir à cette candidature")
        assert ranking_of(case.campaign, case.phase)[0].raw == 500

    def test_the_entry_goes_to_another_where_not_all_read_all(self, app: object) -> None:
        case = make_jury(3, 6, jurors_each=2)
        board = board_of(case.jury)
        mine = board.theirs(case.seats[0])[0]
        with unit():
            jury_actions.recuse(case.seats[0], mine, RecusalKind.ABSTENTION, "", by=case.people[0].actor)
        after = board_of(case.jury)
        readers = {seat for seat, entry in after.shared or () if entry == mine.id}
        assert readers == {case.seats[1].id, case.seats[2].id}
        assert mine in after.theirs(case.seats[0]), "who stood aside still sees it, to come back"

    def test_a_tie_that_the_register_tells_is_suggested_and_never_assigned(self, app: object) -> None:
        employer = make_employer()
        for each in (None, 1):
            campaign = make_contest(is_blind=True, jurors_each=each)
            make_nomination(make_boss(campaign, establishment=establishments_of(employer)[0]))
            case = make_jury(0, 0, campaign=campaign)
            seat_someone(case, owner_of(employer))
            if each is None:
                page = case.people[0].open(f"{case.path}/{case.entries[0].ref}")
                assert "vous agissez ou avez agi pour cet employeur" in page.text
                page = page.follow("Retirez-vous")
                assert page.soup.find("input", attrs={"name": "kind", "checked": True})["value"] == "conflict"
            else:
                assert board_of(case.jury).theirs(case.seats[0]) == []
                seat_someone(case)
                assert board_of(case.jury).theirs(case.seats[1]) == case.entries

    def test_no_tie_is_suggested_to_the_others(self, app: object) -> None:
        case = make_jury(1, 1)
        assert "avez agi" not in case.people[0].open(f"{case.path}/{case.entries[0].ref}").text


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


def test_every_act_is_in_the_journal(app: object) -> None:
    case = make_jury(1, 1)
    case.score(0, case.entries[0], 1, 1)
    case.manager.open(case.desk)
    wanted = select(JournalEntry.event).where(JournalEntry.subject == f"Jury:{case.jury.ref}").order_by(JournalEntry.id)
    assert list(db.session.scalars(wanted)) == ["jury_opened", "jury_filled", "juror_invited", "ballot_cast"]
