"""What comes before a jury, and who sits on it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from certif import selections
from certif.accounts import user_for
from certif.campaigns import Phase, PhaseKind, Quota, Unit
from certif.kit import clock
from certif.kit.access import Role
from certif.kit.audit import JournalEntry
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.kit.outbox import Letter
from certif.nominations import NominationReading, NominationWithdrawal, ReadingOutcome
from certif.programs import Text
from certif.selections import (
    PhaseClosing,
    Pick,
    broken_ballots,
    jury_actions,
    ranking_of,
)
from certif.selections.jury_entries import entries_to_judge
from certif.selections.jury_queries import seats_of
from tests.factories import make_person, make_program, make_staff, unit
from tests.nominations.making import make_boss, make_nomination
from tests.pages import Visitor
from tests.selections.juries import back_again, jury_phase, later, make_bosses, make_contest, make_jury


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


def test_every_act_is_in_the_journal(app: object) -> None:
    case = make_jury(1, 1)
    case.score(0, case.entries[0], 1, 1)
    case.manager.open(case.desk)
    wanted = select(JournalEntry.event).where(JournalEntry.subject == f"Jury:{case.jury.ref}").order_by(JournalEntry.id)
    assert list(db.session.scalars(wanted)) == ["jury_opened", "jury_filled", "juror_invited", "ballot_cast"]
