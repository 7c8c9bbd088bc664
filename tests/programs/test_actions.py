"""What may happen to a program, and what may not."""

import dataclasses
import datetime as dt

import pytest

from certif.kit import audit, clock
from certif.kit.access import SYSTEM, Actor, Granted, Role
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.law import HourRule, StudentGroup
from certif.programs import (
    Commitment,
    Text,
    contract_in_force,
    differences,
    discard_draft,
    draft_of,
    draft_version,
    edit_draft,
    is_paused,
    pause_program,
    program_at,
    program_of,
    programs_of,
    promise_and_floor,
    publish_version,
    resume_program,
    version_in_force,
    versions_of,
)
from certif.territory import mrc
from tests.programs.making import make_program, publish

pytestmark = pytest.mark.usefixtures("unit")
DAY = dt.timedelta(days=1)


def test_a_program_offers_nothing_until_a_version_is_published():
    program = make_program()
    assert version_in_force(program) is None
    assert program not in program_at(mrc("joliette"))
    version = publish(program)
    assert version_in_force(program) is version
    assert program_at(mrc("joliette")) == [program]


def test_two_programs_cannot_have_one_name():
    make_program("Études d’abord")
    with pytest.raises(Refusal, match="porte déjà ce nom"):
        make_program("Etudes d'abord !")


def test_a_program_may_be_limited_to_some_mrc():
    program = make_program(only=["joliette"])
    publish(program)
    assert program_at(mrc("joliette")) == [program]
    assert program_at(mrc("montcalm")) == []
    with pytest.raises(Refusal, match="MRC de la région"):
        make_program("Ailleurs", only=["kamouraska"])


def test_a_region_may_have_several_programs():
    first, second = make_program("Bravo"), make_program("Alpha")
    publish(first)
    publish(second)
    assert program_at(mrc("joliette")) == [second, first]


def test_a_program_has_one_draft_at_a_time():
    program = make_program()
    draft = draft_version(program, by=SYSTEM)
    with pytest.raises(Refusal, match="déjà un brouillon"):
        draft_version(program, by=SYSTEM)
    discard_draft(draft, by=SYSTEM)
    assert draft_of(program) is None
    assert draft_version(program, by=SYSTEM).number == 1


def test_the_next_version_starts_as_a_copy_of_the_last():
    program = make_program()
    first = publish(program, model="oser-jeunes")
    second = draft_version(program, by=SYSTEM)
    assert (second.number, second.model) == (2, "oser-jeunes")
    assert second.rules == first.rules
    assert differences(first, second) == []


def test_a_version_takes_effect_on_its_day():
    program = make_program()
    first = publish(program)
    second = publish_version(draft_version(program, by=SYSTEM), effective_on=clock.today() + 30 * DAY, by=SYSTEM)
    assert version_in_force(program) is first
    assert version_in_force(program, clock.today() + 30 * DAY) is second
    assert contract_in_force(program).version is first
    third = draft_version(program, by=SYSTEM)
    with pytest.raises(Refusal, match="entre en vigueur le"):
        publish_version(third, effective_on=clock.today() + DAY, by=SYSTEM)
    with pytest.raises(Refusal, match="dans le passé"):
        publish_version(third, effective_on=clock.today() - DAY, by=SYSTEM)
    assert [version.number for version in versions_of(program)] == [3, 2, 1]


def test_of_two_versions_of_the_same_day_the_last_decides():
    program = make_program()
    publish(program)
    second = publish_version(draft_version(program, by=SYSTEM), by=SYSTEM)
    assert version_in_force(program) is second


def test_a_paused_program_takes_no_new_employer_until_it_resumes():
    program = publish(make_program()).program
    pause_program(program, reason="Fin du financement", by=SYSTEM)
    assert is_paused(program)
    assert program_at(mrc("joliette")) == []
    with pytest.raises(Refusal, match="déjà en pause"):
        pause_program(program, reason="Encore", by=SYSTEM)
    resume_program(program, by=SYSTEM)
    assert not is_paused(program)
    assert program_at(mrc("joliette")) == [program]
    with pytest.raises(Refusal, match="pas en pause"):
        resume_program(program, by=SYSTEM)
    pause_program(program, reason="Encore", by=SYSTEM)


def test_the_journal_tells_the_whole_story():
    program = make_program()
    draft = draft_version(program, model="oser-jeunes", by=SYSTEM)
    edit_draft(draft, terms=dataclasses.replace(draft.terms, grace_days=10), by=SYSTEM)
    edit_draft(draft, terms=draft.terms, by=SYSTEM)  # nothing changes, nothing is said
    publish_version(draft, by=SYSTEM)
    pause_program(program, reason="Relâche", by=SYSTEM)
    resume_program(program, by=SYSTEM)
    db.session.commit()
    entries = audit.history(program)
    assert [entry.event for entry in entries] == [
        "program_created", "version_drafted", "draft_edited", "version_published", "program_paused", "program_resumed",
    ]  # fmt: skip
    assert all(entry.scope == program.ref for entry in entries)
    assert "Motif\u00a0: Relâche" in entries[4].sentence


def test_staff_see_the_programs_they_hold_a_role_in():
    mine, other = make_program("Le mien"), make_program("L’autre")
    agent = Actor("a", "Agente", user_id=1, roles=frozenset({Role.AGENT}), grants=(Granted(Role.AGENT, mine.id),))
    admin = Actor("b", "Admin", user_id=2, roles=frozenset({Role.ADMIN}), grants=(Granted(Role.ADMIN),))
    assert programs_of(agent) == [mine]
    assert programs_of(agent, Role.MANAGER) == []
    assert {mine, other} <= set(programs_of(admin))
    assert program_of(agent, mine.slug) is mine
    from werkzeug.exceptions import NotFound

    for wrong in (
        lambda: program_of(agent, other.slug),
        lambda: program_of(agent, mine.slug, Role.MANAGER),
        lambda: program_of(admin, "rien"),
    ):
        with pytest.raises(NotFound):
            wrong()


def test_promise_and_floor_are_two_different_things():
    version = publish(make_program(), model="oser-jeunes")
    both = promise_and_floor(version)
    assert (
        "Limiter à 17 heures par semaine le travail des élèves, des étudiantes et des étudiants pendant l’année scolaire." in both.promise
    )
    assert not any("au plus 17" in line for line in both.promise), "said once, not twice"
    assert any("au plus 10\u00a0h du lundi au vendredi" in line for line in both.promise)
    assert all("Loi sur les normes du travail" in line.source for line in both.floor)
    assert not set(both.promise) & {line.sentence for line in both.floor}
    before = promise_and_floor(version, dt.date(2023, 8, 31))
    assert len(before.floor) < len(both.floor)
    assert before.promise == both.promise


def test_differences_are_said_in_words():
    program = make_program()
    first = publish(program, model="oser-jeunes")
    second = draft_version(program, by=SYSTEM)
    rules = second.rules
    changed = dataclasses.replace(
        rules,
        levels=rules.levels[:2],
        hours=(HourRule(StudentGroup.EVERYONE, week_hours=15),),
        commitments=(*rules.commitments[1:], Commitment("new", Text("dire merci", "say thank you"))),
    )
    edit_draft(second, terms=dataclasses.replace(second.terms, price_cents=2500), rules=changed, by=SYSTEM)
    said = " ".join(differences(first, second))
    for words in ("gratuit", "25,00", "Bronze, Argent, Or", "au plus 15", "Engagement retiré", "Engagement ajouté", "dire merci"):
        assert words in said


def test_validity_is_counted_in_months():
    version = publish(make_program())
    assert version.valid_until(dt.date(2026, 3, 2)) == dt.date(2028, 3, 2)
    assert version.valid_until(dt.date(2026, 12, 31)) == dt.date(2028, 12, 31)
    short = dataclasses.replace(version.terms, validity_months=6)
    draft = draft_version(version.program, by=SYSTEM)
    edit_draft(draft, terms=short, by=SYSTEM)
    assert draft.valid_until(dt.date(2026, 8, 31)) == dt.date(2027, 2, 28)
    assert draft.grace_until(dt.date(2027, 2, 28)) == dt.date(2027, 4, 29)


def test_who_may_receive_and_validate_is_the_region_s_choice():
    eere = publish(make_program(), model="eere")
    top = publish(make_program("Autre"), model="top-reussite")
    assert eere.may_validate(Role.PARTNER)
    assert not top.may_validate(Role.PARTNER, Role.AGENT)
    assert top.may_validate(Role.MANAGER)
    assert top.may_validate(Role.ADMIN)
    assert not top.may_receive(Role.EMPLOYER)
