"""Each kind of phase from its entries to whom it keeps: closed once, by whom the contest says, and checked again ever after."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from certif.campaigns import Phase, PhaseKind, Prize, Quota, Unit, Winner
from certif.cli import evidence_check
from certif.kit.access import SYSTEM, Role
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.nominations import Nomination, NominationReading, NominationWithdrawal, ReadingOutcome
from certif.programs import Text
from certif.selections import DrawSeed, PhaseClosing, close_phase, commit_seed, entries_of, first_broken_selection, judge_entry

from certif.selections import name_laureates, release_results  # isort: skip
from certif.selections.phase_entries import picks_of
from certif.territory import PartnerKind, add_partner, mrcs
from tests.factories import make_program, make_staff, unit
from tests.nominations.making import make_nomination
from tests.pages import Visitor
from tests.selections.choosing import CLOSES, boss_of, closed, contest, manager_of, named, on, phase, refs

DRAW = phase("tirage", PhaseKind.DRAW, 10, keeps=2)
CHECK = phase("verification", PhaseKind.CHECK, 5)


def kept(closing: PhaseClosing) -> list[str]:
    return sorted(pick.boss.name for pick in picks_of(closing) if pick.is_kept)


class TestEntries:
    """The first phase starts from what students named, the next from what was kept."""

    def test_nothing_is_chosen_while_nominations_come(self, app: object) -> None:
        campaign = contest(DRAW)
        named(campaign)
        with on(0):
            assert refs(campaign, "tirage") == set()
        with on(1):
            assert len(refs(campaign, "tirage")) == 5

    def test_what_is_not_read_was_set_aside_or_taken_back_is_no_entry(self, app: object) -> None:
        campaign = contest(DRAW)
        good, aside, gone = named(campaign, 3)
        named(campaign, 1, approved=False)
        with on(-5), unit():
            outcome = ReadingOutcome.SET_ASIDE.value
            aside.readings.append(NominationReading(number=2, outcome=outcome, reason="Hors sujet", read_at=good.nominated_at, read_by="x"))
            gone.withdrawal = NominationWithdrawal(withdrawn_at=good.nominated_at, withdrawn_by="visitor")
        assert refs(campaign, "tirage") == {good.ref}

    def test_a_boss_is_one_entry_however_many_named_it(self, app: object) -> None:
        campaign = contest(DRAW, unit=Unit.BOSS)
        first, *_others = named(campaign, 2)
        with on(-5):
            make_nomination(first.boss)
        assert len(entries_of(campaign, DRAW)) == 2
        assert all(one.nomination is None for one in entries_of(campaign, DRAW))

    def test_cells_are_the_mrc_or_the_youth_employment_centre_that_serves_it(self, app: object) -> None:
        program = make_program(code="14")
        by_mrc = contest(DRAW, program=program, quota=Quota.MRC)
        named(by_mrc, 3, spread=True)
        assert {one.cell for one in entries_of(by_mrc, DRAW)} == {one.slug for one in mrcs(program.region)[:3]}
        near, far, *_others = mrcs(program.region)
        with unit():
            centre = add_partner("CJE d’essai", kind=PartnerKind.CJE, source="essai", mrcs=[near, far], by=SYSTEM)
        by_cje = contest(DRAW, program=program, quota=Quota.CJE)
        named(by_cje, 2, spread=True)
        assert {one.cell for one in entries_of(by_cje, DRAW)} == {centre.ref}


class TestDraw:
    """Bound to beforehand, redone by anyone."""

    def test_a_draw_is_redone_by_the_program_that_the_site_gives_away(self, app: object, visitor: Visitor, tmp_path: Path) -> None:
        campaign = contest(DRAW, quota=Quota.MRC)
        named(campaign, 9, spread=True)
        by = manager_of(campaign)
        closing = closed(campaign, "tirage", by)
        place = f"/concours/{campaign.ref}/tirage.json"
        bound = visitor.client.get(place, base_url=visitor.base).get_json()["phases"][0]
        assert (bound["seed"], bound["entries"], bound["digest"]) == (None, [], closing.digest), "nothing is told before the results"
        with on(21), unit():
            name_laureates(campaign, by=by)
            release_results(campaign, by=by)
        told = visitor.client.get(place, base_url=visitor.base)
        (tmp_path / "tirage.json").write_text(told.text)
        (tmp_path / "verifier.py").write_bytes(visitor.client.get("/concours/verifier-tirage.py", base_url=visitor.base).data)
        run = [sys.executable, "-I", "verifier.py", "tirage.json"]
        said = subprocess.run(run, cwd=tmp_path, capture_output=True, text=True)
        assert (said.returncode, said.stdout.strip()) == (0, "Tout tient\u00a0: 1 phase(s) refaite(s).")
        seed = db.session.query(DrawSeed).one()
        assert seed.seed in told.text
        assert not any(one.boss.name in told.text or one.ref in told.text for one in db.session.query(Nomination)), "nobody is named"
        (tmp_path / "tirage.json").write_text(told.text.replace(seed.seed, "AUTRE"))
        assert subprocess.run(run, cwd=tmp_path, capture_output=True).returncode == 1

    def test_the_seed_is_bound_to_once_and_the_day_before(self, app: object) -> None:
        campaign = contest(DRAW)
        named(campaign)
        by = manager_of(campaign)
        with on(11), unit():
            with pytest.raises(Refusal, match="Publiez d’abord"):
                close_phase(campaign, "tirage", "", by=by)
            commit_seed(campaign, DRAW, by=by)
            with pytest.raises(Refusal, match="attendez demain"):
                close_phase(campaign, "tirage", "", by=by)
            with pytest.raises(Refusal, match="déjà publiée"):
                commit_seed(campaign, DRAW, by=by)
        with on(12), unit():
            assert len(kept(close_phase(campaign, "tirage", "Fait.", by=by))) == 2

    def test_a_prize_is_drawn_among_all_who_nominated_once_each(self, app: object) -> None:
        gift = Prize(Text("Carte", "Card"), Winner.NOMINATOR)
        campaign = contest(DRAW, prizes=(gift,))
        first, *_others = named(campaign, 3, approved=False)
        with on(-5):
            make_nomination(boss_of(campaign, 9), nominator_key=first.nominator_key)
        closing = closed(campaign, "prix-1", manager_of(campaign), after=2)
        assert len(closing.picks) == 3
        assert [pick.is_kept for pick in sorted(closing.picks, key=lambda one: one.rank)] == [True, False, False]


class TestJudged:
    """What staff, or a decider, says of each."""

    def test_a_check_keeps_who_is_fit_and_says_why_another_is_not(self, app: object) -> None:
        campaign = contest(CHECK, DRAW)
        named(campaign, 4)
        by = manager_of(campaign)
        odd = entries_of(campaign, CHECK)[0]
        with on(3), unit():
            judge_entry(campaign, CHECK, odd, is_kept=False, place=None, reason="Fermé depuis janvier.", by=by)
        closing = closed(campaign, "verification", by, after=5)
        assert len(kept(closing)) == 3
        assert odd.ref not in refs(campaign, "tirage")
        assert {pick.reason for pick in picks_of(closing)} == {"", "Fermé depuis janvier."}
        assert len(kept(closed(campaign, "tirage", by))) == 2

    def test_a_choice_keeps_only_who_was_chosen_with_a_reason(self, app: object) -> None:
        choice = phase("choix", PhaseKind.CHOICE, 5, keeps=1)
        campaign = contest(choice)
        named(campaign, 3)
        by = manager_of(campaign)
        first, second, _third = entries_of(campaign, choice)
        with on(6), unit():
            with pytest.raises(Refusal, match="Choisissez d’abord"):
                close_phase(campaign, "choix", "", by=by)
            with pytest.raises(Refusal, match="Dites pourquoi"):
                judge_entry(campaign, choice, first, is_kept=True, place=None, reason=" ", by=by)
            judge_entry(campaign, choice, first, is_kept=True, place=None, reason="Horaires souples.", by=by)
            judge_entry(campaign, choice, second, is_kept=True, place=None, reason="Aide aux devoirs.", by=by)
            with pytest.raises(Refusal, match="égalité à la limite"):
                close_phase(campaign, "choix", "", by=by)
            judge_entry(campaign, choice, second, is_kept=True, place=1, reason="Aide aux devoirs, chaque soir.", by=by)
            assert kept(close_phase(campaign, "choix", "Fait.", by=by)) == [second.boss.name]

    def test_a_jury_that_nobody_has_seated_closes_nothing(self, app: object) -> None:
        jury = phase("jury", PhaseKind.JURY, 5, keeps=1)
        campaign = contest(jury)
        named(campaign, 2)
        with on(6), unit(), pytest.raises(Refusal, match="jury"):
            close_phase(campaign, "jury", "", by=manager_of(campaign))


class TestClosing:
    """Once, in its time, by whom the contest says."""

    @pytest.mark.parametrize(("after", "sentence"), [(0, "attendez la fin"), (4, "dernier jour")])
    def test_not_before_its_day(self, app: object, after: int, sentence: str) -> None:
        campaign = contest(CHECK)
        named(campaign)
        with on(after), unit(), pytest.raises(Refusal, match=sentence):
            close_phase(campaign, "verification", "", by=manager_of(campaign))

    def test_not_before_the_one_before(self, app: object) -> None:
        campaign = contest(CHECK, DRAW)
        named(campaign)
        with on(12), unit(), pytest.raises(Refusal, match="n’est pas close"):
            close_phase(campaign, "tirage", "", by=manager_of(campaign))

    def test_once(self, app: object) -> None:
        campaign = contest(CHECK)
        named(campaign)
        by = manager_of(campaign)
        closing = closed(campaign, "verification", by, after=5)
        with on(6), unit(), pytest.raises(Refusal, match="déjà close"):
            close_phase(campaign, "verification", "", by=by)
        twin = {name: getattr(closing, name) for name in ("campaign_id", "phase", "minutes", "record", "digest", "closed_by", "closer")}
        with pytest.raises(IntegrityError), unit():
            db.session.add(PhaseClosing(**twin, closed_at=closing.closed_at))

    def test_by_whom_the_contest_says(self, app: object) -> None:
        mine = Phase("verification", PhaseKind.CHECK, Text("V", "V"), CLOSES, CLOSES, (Role.AGENT,))
        campaign = contest(mine)
        named(campaign)
        agent = make_staff(Role.AGENT, campaign.program).actor
        with on(6), unit():
            for stranger in (manager_of(campaign), make_staff(Role.AGENT, make_program(code="03")).actor):
                with pytest.raises(Refusal, match="d’autres que vous"):
                    close_phase(campaign, "verification", "", by=stranger)
            assert close_phase(campaign, "verification", "", by=agent)


class TestEvidence:
    """What was changed since is found, and named."""

    def settled(self) -> PhaseClosing:
        campaign = contest(CHECK, DRAW)
        named(campaign, 4)
        by = manager_of(campaign)
        closed(campaign, "verification", by, after=5)
        found: PhaseClosing = closed(campaign, "tirage", by)
        assert first_broken_selection() is None
        return found

    def test_one_changed_pick(self, app: object) -> None:
        closing = self.settled()
        lost = next(pick for pick in picks_of(closing) if not pick.is_kept)
        with unit():
            lost.is_kept = True
        assert lost.nomination is not None
        assert f"the pick of entry {lost.nomination.ref} was changed" in str(first_broken_selection())
        assert "was changed" in str(evidence_check.first_fault())

    @pytest.mark.parametrize(
        ("name", "value", "fault"),
        [("minutes", "Autre chose.", "not what was digested"), ("digest", "0" * 64, "not what was digested")],
    )
    def test_changed_minutes(self, app: object, name: str, value: str, fault: str) -> None:
        closing = self.settled()
        with unit():
            setattr(closing, name, value)
        assert fault in str(first_broken_selection())

    def test_another_seed(self, app: object) -> None:
        self.settled()
        with unit():
            db.session.query(DrawSeed).one().seed = "AUTRE"
        assert "not the one that was bound to" in str(first_broken_selection())

    def test_a_pick_taken_out(self, app: object) -> None:
        closing = self.settled()
        with unit():
            db.session.delete(picks_of(closing)[0])
        assert "was taken out" in str(first_broken_selection())
