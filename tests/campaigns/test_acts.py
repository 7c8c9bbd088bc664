"""What may happen to a contest: each check refuses with a sentence that says what to do; what is published never changes."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text, update
from sqlalchemy.exc import DBAPIError

from certif.campaigns import (
    Campaign,
    Criterion,
    Definition,
    Phase,
    PhaseKind,
    Prize,
    Prompt,
    Quota,
    Unit,
    Winner,
    copy_campaign,
    differences,
    discard_campaign,
    draft_campaign,
    edit_campaign,
    end_campaign,
    faults_of,
    publish_campaign,
    read_campaign,
    read_definition,
    write_campaign,
    write_definition,
)
from certif.campaigns.values import Category, Eligibility
from certif.kit import clock
from certif.kit.access import SYSTEM, VISITOR, Role
from certif.kit.audit import history
from certif.kit.db import db, transaction
from certif.kit.errors import Refusal
from certif.kit.plain_reader import FaultyFile
from certif.programs import Program, Text
from certif.territory import PartnerKind, add_partner, mrcs
from tests.campaigns.making import definition_from, make_campaign, make_edition
from tests.factories import make_program, make_staff, unit

TODAY = clock.today()
NAMED = Text("Étape", "Step")


@pytest.fixture
def program(app: Flask) -> Program:
    """A program that contests are of."""
    return make_program(code="14")


def phase(kind: str = "draw", first: int = 31, last: int = 40, **decided: Any) -> Phase:
    """Give a phase, some days from now."""
    days = TODAY + dt.timedelta(days=first), TODAY + dt.timedelta(days=last)
    said: dict[str, Any] = {"id": f"e{first}", "name": Text(f"Étape {first}"), "keeps": 2, **decided}
    return Phase(said.pop("id"), PhaseKind(kind), said.pop("name"), *days, **said)


GRID = (Criterion("exams", Text("Examens", "Exams")),)
FAULTS: dict[str, tuple[dict[str, Any], str]] = {
    "over": ({"opens_on": TODAY - dt.timedelta(days=9), "closes_on": TODAY - dt.timedelta(days=1)}, "déjà finies"),
    "too long": ({"closes_on": TODAY + dt.timedelta(days=400)}, "un an au plus"),
    "no title": ({"title": Text("", "Only English")}, "titre en français"),
    "no French rules": ({"rules": Text("", "Rules")}, "règlement en français"),
    "a text in English only": ({"introduction": Text("", "Hello")}, "qu’en anglais"),
    "a prompt without French": ({"prompts": (Prompt("a", Text("", "Why?")),)}, "Nommez en français"),
    "two prompts of one name": ({"prompts": (Prompt("a", NAMED), Prompt("a", NAMED))}, "à chacun le sien"),
    "too young": ({"eligibility": Eligibility(least_age=13)}, "14 ans au moins"),
    "ages crossed": ({"eligibility": Eligibility(least_age=18, most_age=16)}, "plus bas que l’âge minimal"),
    "an unknown level": ({"eligibility": Eligibility(levels=("kindergarten",))}, "niveau d’études n’existe pas"),
    "an age without hours": ({"eligibility": Eligibility(most_hours_under=16)}, "sans le plafond"),
    "no phase": ({"phases": ()}, "au moins une étape"),
    "phases that overlap": ({"phases": (phase("check", 31, 40, keeps=None), phase("draw", 40, 50))}, "commence avant la fin"),
    "a phase that ends first": ({"phases": (phase("draw", 40, 35),)}, "finit avant de commencer"),
    "a draw before the end": ({"phases": (phase("draw", 10, 40),)}, "finit après les nominations"),
    "a draw on the last day": ({"phases": (phase("draw", 30, 40),)}, "le lendemain des nominations"),
    "nobody decides": ({"phases": (phase(deciders=()),)}, "qui conclut"),
    "an employer decides": ({"phases": (phase(deciders=(Role.EMPLOYER,)),)}, "qui conclut"),
    "partners alone draw": ({"phases": (phase(deciders=(Role.PARTNER,)),)}, "par l’équipe du programme"),
    "a jury without criteria": ({"phases": (phase("jury"),)}, "au moins un critère"),
    "a criterion that weighs nothing": ({"phases": (phase("jury", criteria=(Criterion("a", NAMED, weight=0),)),)}, "pèse au moins 1"),
    "a draw with criteria": ({"phases": (phase("draw", criteria=GRID),)}, "Seul un jury a des critères"),
    "a blind draw": ({"phases": (phase("draw", is_blind=True),)}, "sans voir les noms"),
    "a vote among all": ({"phases": (phase("vote"),)}, "parmi des finalistes"),
    "a vote after a check": ({"phases": (phase("check", 31, 35, keeps=None), phase("vote", 36, 40))}, "parmi des finalistes"),
    "more kept than before": (
        {"phases": (phase("choice", 31, 35, keeps=1), phase("draw", 36, 40))},
        "retient plus de nominations",
    ),
    "no number of laureates": ({"phases": (phase("choice", 31, 35), phase("check", 36, 40, keeps=None))}, "combien de lauréats"),
    "nothing kept": ({"phases": (phase(keeps=0),)}, "une nomination au moins"),
    "a prize below nothing": ({"prizes": (Prize(NAMED, Winner.EMPLOYER, value_cents=-1),)}, "n’est pas négative"),
    "a prize to the student of a boss": ({"unit": Unit.BOSS, "prizes": (Prize(NAMED, Winner.STUDENT),)}, "choisissez des duos"),
    "an MRC elsewhere": ({"mrcs": ("kamouraska",)}, "Hors du territoire du programme"),
    "a category elsewhere": ({"categories": (Category("a", NAMED, mrcs=("kamouraska",)),)}, "hors du territoire du concours"),
    "a category of no level": ({"categories": (Category("a", NAMED, levels=("x",)),)}, "n’existe pas ou ne participe pas"),
    "a category of no sector": ({"categories": (Category("a", NAMED, sectors=("99",)),)}, "secteur d’activité qui n’existe pas"),
    "a category of nobody": ({"categories": (Category("a", NAMED, keeps=0),)}, "honore une personne au moins"),
    "no youth employment centre": ({"quota": Quota.CJE}, "aucun CJE n’est inscrit"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_each_check_refuses_with_a_sentence(program: Program, name: str) -> None:
    decided, said = FAULTS[name]
    with unit():
        draft = draft_campaign(program, replace(definition_from(TODAY), **decided), by=SYSTEM)
    with pytest.raises(Refusal, match=said), transaction():
        publish_campaign(draft, by=SYSTEM)
    assert not db.session.get_one(Campaign, draft.id).is_published


def test_what_has_no_fault_is_published(program: Program) -> None:
    assert faults_of(definition_from(TODAY), program) == []
    assert make_campaign(program).is_published


def test_the_quota_of_centres_counts_once_one_is_known(program: Program) -> None:
    with unit():
        add_partner("CJE", kind=PartnerKind.CJE, source="essai", mrcs=mrcs(program.region)[:1], by=SYSTEM)
    assert make_campaign(program, quota=Quota.CJE).is_published


def test_a_first_check_may_begin_with_nominations(program: Program) -> None:
    assert make_campaign(program, phases=(phase("check", 1, 35, keeps=None), phase("draw", 36, 40))).is_published


def test_days_out_of_order_are_never_kept(program: Program) -> None:
    wrong = replace(definition_from(TODAY), closes_on=TODAY - dt.timedelta(days=3))
    with pytest.raises(Refusal, match="vient avant le premier"), transaction():
        draft_campaign(program, wrong, by=SYSTEM)


def test_only_who_manages_the_program_decides(program: Program) -> None:
    draft, elsewhere = make_campaign(program, published=False), make_staff(Role.MANAGER, make_program(code="03")).actor
    for by in (VISITOR, elsewhere, make_staff(Role.AGENT, program).actor):
        for act in (
            lambda by: draft_campaign(program, draft.definition, by=by),
            lambda by: copy_campaign(draft, program, opens_on=TODAY, by=by),
            lambda by: edit_campaign(draft, lambda now: now, by=by),
            lambda by: publish_campaign(draft, by=by),
            lambda by: discard_campaign(draft, by=by),
            lambda by: end_campaign(draft, "Assez.", by=by),
        ):
            with pytest.raises(Refusal, match="qui gère le programme"), transaction():
                act(by)


def test_what_is_published_never_changes_whoever_asks(program: Program) -> None:
    campaign = make_campaign(program)
    for act in (discard_campaign, publish_campaign, lambda one, by: edit_campaign(one, lambda now: now, by=by)):
        with pytest.raises(Refusal, match="il ne change plus"), transaction():
            act(campaign, by=SYSTEM)  # type: ignore[operator]
    for statement in (update(Campaign).values(title_fr="Autre"), text("DELETE FROM campaign")):
        with pytest.raises(DBAPIError, match="immutable"), transaction():
            db.session.execute(statement)


def test_a_draft_may_change_in_the_database_so_the_guard_is_what_refuses(program: Program) -> None:
    draft = make_campaign(program, published=False)
    with unit():
        db.session.execute(update(Campaign).values(title_fr="Autre"))
    db.session.refresh(draft)
    assert draft.title_fr == "Autre"
    with unit():
        discard_campaign(draft, by=SYSTEM)
    assert db.session.query(Campaign).count() == 0


def test_the_journal_tells_the_story(program: Program) -> None:
    campaign = make_campaign(program)
    with unit():
        end_campaign(campaign, "Assez de nominations.", by=SYSTEM)
    assert {entry.event for entry in history(campaign)} == {"campaign_drafted", "campaign_published", "campaign_ended"}
    with pytest.raises(Refusal, match="déjà finies"), transaction():
        end_campaign(campaign, "Encore.", by=SYSTEM)


def test_a_copy_opens_another_year_with_all_its_days(program: Program) -> None:
    campaign = make_edition(program, "finalistes-et-jury")
    year = dt.timedelta(days=364)
    with unit():
        copy = copy_campaign(campaign, program, opens_on=campaign.opens_on + year, by=SYSTEM)
    old, new = campaign.definition, copy.definition
    assert (new.closes_on, new.results_on) == (old.closes_on + year, old.results_on + year)
    assert [one.from_on for one in new.phases] == [one.from_on + year for one in old.phases]
    assert (copy.model, copy.year) == (campaign.model, new.closes_on.year)


NASTY = ("=cmd()", "a: b # c", "yes", "- x", "l'été « ici »", "1\n\n2", " \u2028x", "{{7*7}}", "%(x)s", "😀", "\"'", "x\n y", "é" * 300)


@pytest.mark.parametrize("words", NASTY)
def test_any_words_come_back_from_their_file_and_from_the_database(app: Flask, words: str) -> None:
    said = Text(words.strip(), words.strip())
    definition = replace(definition_from(TODAY), title=said, rules=said, introduction=said, categories=(Category("a", said),))
    assert read_definition(write_definition(definition)) == definition
    written = write_campaign(definition)
    assert read_campaign(written).definition == definition
    assert write_campaign(read_campaign(written).definition) == written


@pytest.mark.parametrize(
    "content", ["", "[]", "a", "title: x", "opens_on: 31-31", "unit: [duo]", "phases: {}", "prizes: [1]", "rules: {fr: [a]}"]
)
def test_what_is_no_contest_is_refused_with_its_line(app: Flask, content: str) -> None:
    with pytest.raises(FaultyFile) as refused:
        read_campaign(content)
    assert refused.value.faults


def test_a_price_to_enter_is_refused_in_its_own_words(app: Flask) -> None:
    with pytest.raises(FaultyFile, match="toujours gratuite"):
        read_campaign(write_campaign(definition_from(TODAY)) + "frais: 5\n")


def test_what_changes_between_two_editions_is_said_in_words(app: Flask) -> None:
    old = definition_from(TODAY)
    jury = replace(phase("jury", 46, 50, criteria=GRID), id="jury")
    new = replace(
        old, title=Text("Autre titre"), eligibility=replace(old.eligibility, least_age=16), phases=(replace(old.phases[0], keeps=5), jury),
        prompts=old.prompts[:1], prizes=(), rules=Text("Autre."),
    )  # fmt: skip
    said = "\n".join(differences(old, new))
    for words in ("Autre titre", "16 ans", "Étape ajoutée", "5 finalistes", "Question retirée", "Prix retiré", "règlement change"):
        assert words in said
    assert differences(old, old) == []


def test_a_definition_kept_before_something_was_added_is_still_read(app: Flask) -> None:
    written = write_definition(definition_from(TODAY))
    for name in ("elsewhere", "introduction"):
        del written[name]
    for name in ("most_age", "full_time_under"):
        del written["eligibility"][name]
    found: Definition = read_definition(written)
    assert (found.eligibility.most_age, str(found.elsewhere)) == (None, "")
