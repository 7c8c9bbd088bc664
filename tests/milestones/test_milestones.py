"""A promise for later: said in the contract, due on a day, declared done, recalled once before and once after, seen by all concerned."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask
from sqlalchemy import select

from certif import milestones
from certif.accounts import actor_of
from certif.certification import Milestone, Progress, Stage, milestones_of
from certif.kit import clock
from certif.kit.access import SYSTEM, Role
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.kit.outbox import Letter
from certif.milestones.model import Kind
from certif.milestones.queries import count_overdue, overdue_milestones
from certif.milestones.reminders import DAYS_BEFORE
from certif.programs import (
    Commitment,
    Text,
    contract_in_force,
    differences,
    draft_version,
    edit_draft,
    months_after,
    pause_program,
    publish_version,
    version_in_force,
)
from certif.programs.publication import faults_of
from certif.programs.reading import read_rules, write_rules
from certif.standing import suspend
from tests.factories import lead_to, make_person, make_program, make_staff, owner_of, publish, unit
from tests.milestones.promising import LATER, PICKED, SOON, promised, promising
from tests.pages import Visitor
from tests.standing.years import renew

DAY = dt.timedelta(days=1)


def test_the_contract_says_how_long_the_promise_may_take_in_both_languages(app: Flask) -> None:
    contract = contract_in_force(promising())
    assert contract is not None
    assert "former les gestionnaires (au plus tard 6\u00a0mois après la certification)." in contract.text("fr")
    assert "train managers (no later than 6 months after certification)." in contract.text("en")
    assert "accueillir les élèves\u00a0;" in contract.text("fr")


def test_rules_keep_their_delays_and_say_nothing_where_there_is_none(app: Flask) -> None:
    version = version_in_force(promising())
    assert version is not None
    assert read_rules(write_rules(version.rules)) == version.rules
    assert [one.get("within_months") for one in write_rules(version.rules)["commitments"]] == [None, 6, 12]
    assert "within_months" not in write_rules(version.rules)["commitments"][0]
    with pytest.raises(ValueError, match="within_months"):
        read_rules({"commitments": [{"id": "x", "fr": "a", "en": "b", "within_months": "six"}]})


@pytest.mark.parametrize(("months", "is_fit"), [(1, True), (24, True), (0, False), (25, False)])
def test_a_delay_is_from_one_to_24_months(app: Flask, months: int, is_fit: bool) -> None:
    version = version_in_force(make_program(validity_months=36))
    assert version is not None
    late = Commitment("x", Text("faire", "do"), within_months=months)
    rules = read_rules({**write_rules(version.rules), "commitments": write_rules(version.rules)["commitments"]})
    rules = type(rules)(**{**vars(rules), "commitments": (*rules.commitments, late)})
    assert (faults_of(version.terms, rules, clock.today()) == []) is is_fit


def test_a_delay_that_changes_is_a_difference_in_words(app: Flask) -> None:
    program = promising()
    before = version_in_force(program)
    publish(program, commitments=(SOON, Commitment("later", LATER.text, within_months=9), PICKED))
    after = version_in_force(program)
    assert before is not None
    assert after is not None
    [said] = differences(before, after)
    assert "6\u00a0mois" in said
    assert "9\u00a0mois" in said


def test_the_day_is_counted_from_the_first_day_of_the_certification(app: Flask) -> None:
    found, milestone = promised()
    assert milestone.due_on == months_after(found.badges[0].valid_from, 6)
    assert (str(milestone.text), milestone.progress) == ("former les gestionnaires", Progress.TO_DO)
    with clock.frozen(clock.midnight(milestone.due_on + DAY)):
        assert milestone.progress is Progress.OVERDUE


def test_a_promise_is_declared_done_once_and_only_while_the_certification_counts(app: Flask) -> None:
    found, milestone = promised()
    owner = actor_of(owner_of(found.employer))
    with unit():
        milestones.declare_done(milestone, "Fait en juin.", by=owner)
    assert milestone.progress is Progress.DONE
    with unit(), pytest.raises(Refusal):
        milestones.declare_done(milestone, "", by=owner)
    other, second = promised(found.program)
    lead_to(other, Stage.REVOKED)
    with unit(), pytest.raises(Refusal):
        milestones.declare_done(second, "", by=owner)


def letters_of(milestone: Milestone) -> list[str]:
    """Run the job, and give the names of the letters about milestones that its employer received."""
    milestones.remind_of_milestones()
    to = milestone.certification.employer.contact_email
    return list(
        db.session.scalars(select(Letter.name).where(Letter.to_address == to, Letter.name.like("milestones/%")).order_by(Letter.id))
    )


def test_it_is_recalled_once_before_and_once_after(app: Flask) -> None:
    _found, milestone = promised()
    before, after = milestone.due_on - DAYS_BEFORE * DAY, milestone.due_on + DAY
    told = []
    for day in (before - DAY, before, before + DAY, milestone.due_on, after, after + DAY):
        with clock.frozen(clock.midnight(day)):
            told.append(len(letters_of(milestone)))
    assert told == [0, 1, 1, 1, 2, 2]
    assert letters_of(milestone) == ["milestones/milestone_coming", "milestones/milestone_passed"]


def test_nothing_is_recalled_that_is_done_suspended_paused_or_long_past(app: Flask) -> None:
    program = promising()
    found, milestone = promised(program)
    with unit():
        milestones.declare_done(milestone, "", by=actor_of(owner_of(found.employer)))
    other, second = promised(program)
    with unit():
        suspend(other, "Vérification.", by=make_staff(Role.MANAGER, program).actor)
    _third, third = promised(program)
    with clock.frozen(clock.midnight(milestone.due_on + 61 * DAY)):
        assert [letters_of(one) for one in (milestone, second, third)] == [[], [], []]
    with unit():
        pause_program(program, reason="Relâche", by=SYSTEM)
    with clock.frozen(clock.midnight(milestone.due_on + DAY)):
        assert letters_of(third) == []


def test_a_letter_sent_twice_is_refused_by_the_database(app: Flask) -> None:
    from sqlalchemy.exc import IntegrityError

    from certif.milestones.actions import remind

    _found, milestone = promised()
    with unit():
        remind(milestone, Kind.COMING, by=SYSTEM)
    with pytest.raises(IntegrityError), unit():
        remind(milestone, Kind.COMING, by=SYSTEM)
    db.session.rollback()


def test_staff_of_the_program_alone_see_what_is_late(app: Flask) -> None:
    found, milestone = promised()
    agent = make_staff(Role.AGENT, found.program)
    stranger = make_staff(Role.AGENT, make_program(code="03"))
    assert "Aucun engagement en retard" in agent.open("/personnel/echeances").text
    with clock.frozen(clock.midnight(milestone.due_on + DAY) + dt.timedelta(hours=9)):
        agent, stranger = make_staff(Role.AGENT, found.program), make_staff(Role.AGENT, make_program(code="03"))
        assert overdue_milestones(agent.actor, None) == [milestone]
        assert (count_overdue(agent.actor), count_overdue(stranger.actor)) == (1, 0)
        page = agent.open("/personnel").follow("Engagements en retard")
        assert "Former les gestionnaires" in page.text
        assert "En retard" in page.follow(found.employer.name).text
        assert found.employer.name not in stranger.open("/personnel/echeances").text


def test_the_employer_sees_it_in_its_space_and_declares_it_done(app: Flask) -> None:
    found, milestone = promised()
    owner = make_person(owner_of(found.employer))
    page = owner.open("/mon-espace")
    assert "0 sur 1" in page.text
    page = page.follow("Voir les échéances")
    assert "À faire" in page.text
    page = page.follow("C’est fait").fill("C’est fait", note="En juin, avec le CJE.")
    assert "Tenu" in page.text
    assert "avec le CJE" in page.text
    assert owner.open(f"/certification/echeances/{milestone.ref}").fill("C’est fait").status == 409
    assert "1 sur 1" in owner.open("/mon-espace").text
    assert make_person().open(f"/certification/echeances/{milestone.ref}").status == 404


def test_the_public_page_is_honest_about_what_is_still_to_come(app: Flask, visitor: Visitor) -> None:
    found, milestone = promised()
    code = found.badges[0].verification.code
    assert "Former les gestionnaires (d’ici " in visitor.open(f"/v/{code}").text
    with clock.frozen(clock.midnight(milestone.due_on + DAY) + dt.timedelta(hours=1)):
        assert "pas encore déclaré fait" in visitor.open(f"/v/{code}").text
    with unit():
        milestones.declare_done(milestone, "", by=actor_of(owner_of(found.employer)))
    with clock.frozen(clock.now() + DAY):
        assert "Former les gestionnaires (fait, selon l’employeur)" in visitor.open(f"/v/{code}").text
        assert "Train managers (done, according to the employer)" in visitor.open(f"/en/v/{code}").text


def test_a_renewal_shows_it_and_does_not_ask_again_for_what_is_met(app: Flask) -> None:
    found, milestone = promised()
    owner = actor_of(owner_of(found.employer))
    with clock.frozen(clock.midnight(found.badges[0].valid_until) - 30 * DAY):
        assert "Former les gestionnaires" in make_person(owner_of(found.employer)).open(f"/certification/{found.ref}/renouvellement").text
        with unit():
            milestones.declare_done(milestone, "", by=owner)
        following = renew(found, Stage.CERTIFIED)
        assert milestones_of(following) == []


def test_a_renewal_asks_again_for_what_was_not_met_or_is_promised_otherwise(app: Flask) -> None:
    program = promising()
    found, milestone = promised(program)
    owner = actor_of(owner_of(found.employer))
    with unit():
        milestones.declare_done(milestone, "", by=owner)
        draft = draft_version(program, by=SYSTEM)
        reworded = Commitment("later", Text("former tout le monde", "train everyone"), within_months=3)
        edit_draft(draft, rules=type(draft.rules)(**{**vars(draft.rules), "commitments": (SOON, reworded)}), by=SYSTEM)
        publish_version(draft, by=SYSTEM)
    with clock.frozen(clock.midnight(found.badges[0].valid_until) - 30 * DAY):
        following = renew(found, Stage.CERTIFIED)
        [again] = milestones_of(following)
        assert again.due_on == months_after(following.badges[0].valid_from, 3)
        with unit(), pytest.raises(Refusal):
            milestones.declare_done(milestone, "", by=owner)
