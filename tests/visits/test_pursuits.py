"""Prospects on their way: where each stands follows from what happened, and the folded row always says what the rows say."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask
from sqlalchemy import select, update

from certif.certification import Stage
from certif.imports import Prospect, confirm_intake, undo_intake
from certif.kit import clock
from certif.kit.access import SYSTEM, Role
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.programs import Program
from certif.territory import PartnerKind, add_partner
from certif.visits import Fold, Outcome, Pursuit, Visit, VisitKind, VisitReport, follow, put_off, recount, rule_out
from certif.visits.contact_actions import set_cadence, stop_approaches
from certif.visits.contact_cadence import Pace
from certif.visits.contact_model import Answer
from certif.visits.pursuit_actions import assign_prospects, end_territory, give_territory, take_up
from certif.visits.pursuit_jobs import follow_prospects
from certif.visits.pursuit_queries import territories_of
from tests.factories import Person, make_certification, make_employer, make_program, make_staff, unit
from tests.imports.files import brought, csv_file, row, work
from tests.statements import statements
from tests.visits.chasing import approach, far, keep, make_list, make_prospect, near

DAY = dt.timedelta(days=1)


@pytest.fixture
def program(app: Flask) -> Program:
    return make_program(code="14")


@pytest.fixture
def agent(program: Program) -> Person:
    return make_staff(Role.AGENT, program)


def kept(prospect: Prospect) -> Fold:
    """Give what is folded of a prospect."""
    row = db.session.scalars(select(Pursuit).where(Pursuit.prospect_id == prospect.id)).one()
    return Fold(**{name: getattr(row, name) for name in Fold.__dataclass_fields__})


def assert_folded() -> None:
    """Every row says what the rows of what happened say."""
    ids = list(db.session.scalars(select(Prospect.id)))
    found = recount(ids)
    rows = {row.prospect_id: row for row in db.session.scalars(select(Pursuit).execution_options(populate_existing=True))}
    assert set(rows) == set(ids)
    for one in ids:
        assert Fold(**{name: getattr(rows[one], name) for name in Fold.__dataclass_fields__}) == found[one]


def reported(prospect: Prospect, outcome: Outcome) -> None:
    """Report a visit, as the room's own acts do, and follow the prospect."""
    now = clock.now()
    with unit():
        visit = Visit(
            program=prospect.program, kind=VisitKind.VISIT.value, audience="employers", title="", prospect=prospect, place="", address="",
            starts_at=now, ends_at=now + dt.timedelta(hours=1), planned_at=now, planned_by="x",
        )  # fmt: skip
        db.session.add(visit)
        db.session.flush()
        db.session.add(
            VisitReport(
                client_key=visit.ref, visit=visit, program=prospect.program, outcome=outcome.value, met_on=clock.today(), people_met=1,
                minutes=20, kilometres=0, needs_training=False, note="", written_at=now, filed_at=now, filed_by="x",
            )
        )  # fmt: skip
        db.session.flush()
        follow(prospect)


def test_the_fold_says_what_the_rows_say_whatever_happened(program: Program, agent: Person) -> None:
    by, colleague = agent.actor, make_staff(Role.AGENT, program)
    cafe, mill, garage = make_list(program, by)
    seen = make_prospect(program, by, "Vu en chemin")
    approach(cafe, Answer.NOBODY, by)
    reported(cafe, Outcome.ABSENT)
    reported(mill, Outcome.THINKING)
    with unit():
        assign_prospects([mill, garage], colleague.user, by=by)
    with unit():
        put_off(garage, clock.today() + 10 * DAY, "En travaux", by=by)
    with unit():
        rule_out(seen, "Fermé", by=by)
    keep(program, by)
    with unit():
        give_territory(program, colleague.user, mrc=near(), by=by)
    with unit():
        set_cadence(program, Pace(attempts=2), by=by)
    approach(cafe, Answer.MESSAGE, by)
    assert_folded()
    stages = {one.name: kept(one).stage for one in (cafe, mill, garage, seen)}
    assert stages == {"Café Noir": "prospect", "Scierie": "sensitised", "Garage": "later", "Vu en chemin": "never"}
    assert kept(cafe).attempts == 3


def test_a_fold_that_somebody_forgot_is_seen(program: Program, agent: Person) -> None:
    prospect = make_prospect(program, agent.actor)
    with unit():
        db.session.execute(update(Pursuit).where(Pursuit.prospect_id == prospect.id).values(attempts=3))
    with pytest.raises(AssertionError):
        assert_folded()


def test_it_goes_from_prospect_to_certified_as_the_register_says(program: Program, agent: Person) -> None:
    [known] = make_list(program, agent.actor, row("Café Noir", neq="1170000031"))
    assert kept(known).stage == "prospect"
    approach(known, Answer.THINKING, agent.actor)
    assert kept(known).stage == "sensitised"
    employer = make_employer(neq="1170000031")
    follow_prospects()
    db.session.expire_all()
    assert (kept(known).stage, kept(known).due_at) == ("applied", None)
    make_certification(Stage.CERTIFIED, program, employer=employer)
    follow_prospects()
    db.session.expire_all()
    assert kept(known).stage == "certified"
    with pytest.raises(Refusal, match="déjà inscrite"), unit():
        rule_out(known, "Non", by=agent.actor)
    with clock.frozen(clock.now() + dt.timedelta(days=3000)):
        follow_prospects()
        db.session.expire_all()
        assert kept(known).stage == "applied", "a badge that has expired counts no more"
    assert_not_moved(program)


def assert_not_moved(program: Program) -> None:
    """Catching up when nothing happened writes nothing."""
    follow_prospects()
    before = [(row.id, row.stage) for row in db.session.scalars(select(Pursuit).where(Pursuit.program_id == program.id))]
    follow_prospects()
    assert [(row.id, row.stage) for row in db.session.scalars(select(Pursuit).where(Pursuit.program_id == program.id))] == before


def test_what_is_put_off_comes_back_by_itself_and_never_may_be_taken_up(program: Program, agent: Person) -> None:
    by = agent.actor
    prospect, until = make_prospect(program, by), clock.today() + 30 * DAY
    with pytest.raises(Refusal, match="à venir"), unit():
        put_off(prospect, clock.today(), "", by=by)
    with unit():
        put_off(prospect, until, "Après l’été", by=by)
    assert kept(prospect).stage == "later"
    with clock.frozen(clock.midnight(until) + dt.timedelta(hours=1)):
        follow_prospects()
        db.session.expire_all()
        assert (kept(prospect).stage, kept(prospect).due_at) == ("prospect", clock.midnight(until))
        with unit():
            rule_out(prospect, "Commerce fermé", by=by)
        assert kept(prospect).stage == "never"
        with unit():
            take_up(prospect, by=by)
        assert (kept(prospect).stage, kept(prospect).due_at) == ("prospect", clock.midnight(clock.today()))
        with pytest.raises(Refusal, match="déjà à suivre"), unit():
            take_up(prospect, by=by)


def test_who_said_stop_is_not_taken_up_again(program: Program, agent: Person) -> None:
    prospect = make_prospect(program, agent.actor)
    with unit():
        stop_approaches(prospect, "Arrêtez", by=agent.actor)
    assert kept(prospect).stage == "never"
    with pytest.raises(Refusal, match="ne plus être approchée"), unit():
        take_up(prospect, by=agent.actor)


class TestTerritory:
    """Who covers which ground."""

    def test_a_new_prospect_goes_to_who_covers_its_ground_the_postal_code_first(self, program: Program, agent: Person) -> None:
        one, other = make_staff(Role.AGENT, program), make_staff(Role.AGENT, program)
        with unit():
            give_territory(program, one.user, mrc=near(), by=agent.actor)
            give_territory(program, other.user, postal_prefix="J0K", by=agent.actor)
        found = make_list(program, agent.actor, row("Ici", mrc=near().name), row("Poste", code="J0K 1A0", mrc=near().name), row("Ailleurs"))
        assert [kept(one).user_id for one in found] == [one.user.id, other.user.id, None]

    def test_a_change_moves_the_open_ones_only_and_says_how_many(self, program: Program, agent: Person) -> None:
        before, after, picked = (make_staff(Role.AGENT, program) for _each in range(3))
        with unit():
            give_territory(program, before.user, mrc=near(), by=agent.actor)
        found = make_list(program, agent.actor, *(row(name, mrc=near().name) for name in ("Un", "Deux", "Choisi", "Jamais")))
        with unit():
            assign_prospects([found[2]], picked.user, by=agent.actor)
        with unit():
            rule_out(found[3], "Fermé", by=agent.actor)
        with unit():
            assert give_territory(program, after.user, mrc=near(), by=agent.actor) == 2
        db.session.expire_all()
        assert [kept(one).user_id for one in found] == [after.user.id, after.user.id, picked.user.id, before.user.id]
        assert_folded()
        with pytest.raises(Refusal, match="couvre déjà"), unit():
            give_territory(program, after.user, mrc=near(), by=agent.actor)
        [given] = territories_of(program)
        with unit():
            end_territory(given, by=agent.actor)
        assert territories_of(program) == []

    def test_a_partner_is_given_only_what_it_serves(self, program: Program, agent: Person) -> None:
        with unit():
            cje = add_partner("CJE", kind=PartnerKind.CJE, source="essai", mrcs=[near()], by=SYSTEM)
        partner = make_staff(Role.PARTNER, program, partner=cje)
        here, there = make_prospect(program, agent.actor), make_prospect(program, agent.actor, "Loin", far())
        with unit():
            assert assign_prospects([here], partner.user, by=agent.actor) == 1
        with pytest.raises(Refusal, match="ne dessert pas"), unit():
            assign_prospects([there], partner.user, by=agent.actor)


def test_a_file_that_is_undone_takes_back_what_nobody_touched_and_leaves_the_rest(program: Program, agent: Person) -> None:
    intake = brought(program, csv_file(row("Café Noir"), row("Scierie")), agent.actor)
    with unit():
        confirm_intake(intake, by=agent.actor)
    work()
    follow_prospects()
    touched = db.session.scalars(select(Prospect).where(Prospect.name == "Scierie")).one()
    approach(touched, Answer.NOBODY, agent.actor)
    with unit():
        undo_intake(intake, by=agent.actor)
    work()
    assert [one.name for one in db.session.scalars(select(Prospect))] == ["Scierie"]
    assert len(db.session.scalars(select(Pursuit)).all()) == 1


def test_following_costs_the_same_for_one_and_for_many(program: Program, agent: Person) -> None:
    costs = []
    for count in (1, 30):
        found = make_list(program, agent.actor, *(row(f"Prospect {count} {number}") for number in range(count)))
        with statements() as asked:
            recount([one.id for one in found])
        costs.append(len(asked))
    assert costs[0] == costs[1]
