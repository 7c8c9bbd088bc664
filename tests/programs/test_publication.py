"""What may be published, and what publishing makes immutable."""

import dataclasses
import datetime as dt

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from certif.kit import clock, tokens
from certif.kit.access import SYSTEM
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.kit.languages import speaking
from certif.law import HourRule, StudentGroup
from certif.programs import (
    Commitment,
    Text,
    contract_in_force,
    contract_of,
    discard_draft,
    draft_version,
    edit_draft,
    load_model,
    model_names,
    promise_and_floor,
    publish_version,
    version_in_force,
)
from tests.programs.making import make_program, publish, with_hours

pytestmark = pytest.mark.usefixtures("unit")
DAY = dt.timedelta(days=1)


@pytest.mark.parametrize("name", model_names())
def test_every_model_can_be_published_as_it_is(name):
    version = publish(make_program(), model=name)
    model = load_model(name)
    assert version.terms == model.terms
    assert version.rules == model.rules
    assert (contract_of(version) is not None) is version.requires_signature
    with speaking("en"):
        assert promise_and_floor(version).floor


def test_the_contract_is_whole_in_both_languages_and_digested():
    contract = contract_in_force(publish(make_program()).program)
    assert contract.digest == contract.digest_fr == tokens.digest(contract.text_fr)
    assert contract.digest_en == tokens.digest(contract.text_en) != contract.digest_fr
    assert contract.parts("fr").text == contract.text("fr")
    assert contract.parts("en").text == contract.text("en")
    assert "15 heures" in contract.text_fr
    assert "15 hours" in contract.text_en
    assert "{" not in contract.text_fr + contract.text_en
    assert [one.id for one in contract.optional] == ["mentor", "study-space", "pride"]


def test_nothing_is_signed_where_the_region_asks_no_signature():
    program = publish(make_program(), model="6-9-15").program
    assert contract_in_force(program) is None
    promise = promise_and_floor(version_in_force(program)).promise
    assert any("6 heures de travail du lundi au jeudi" in line for line in promise)


def test_a_contract_that_allows_more_than_the_law_is_refused_by_the_name_of_the_rule():
    draft = draft_version(make_program(), by=SYSTEM)
    with_hours(
        draft, *draft.rules.hours[1:], HourRule(StudentGroup.SECONDARY_COMPULSORY, 20, monday_friday_hours=10, latest_finish=dt.time(22))
    )
    with pytest.raises(Refusal) as refusal:
        publish_version(draft, by=SYSTEM)
    assert "Au plus 17 heures par semaine" in str(refusal.value)
    assert "Loi sur les normes du travail, art. 84.4" in str(refusal.value)
    assert not draft.is_published


def test_the_same_contract_within_the_law_is_published():
    draft = draft_version(make_program(), by=SYSTEM)
    with_hours(
        draft, *draft.rules.hours[1:], HourRule(StudentGroup.SECONDARY_COMPULSORY, 17, monday_friday_hours=10, latest_finish=dt.time(22))
    )
    assert publish_version(draft, by=SYSTEM).is_published


@pytest.mark.parametrize(
    ("rule", "named"),
    [
        (HourRule(StudentGroup.EVERYONE, week_hours=20), "Au plus 17 heures par semaine"),
        (HourRule(StudentGroup.EVERYONE, monday_friday_hours=12), "Au plus 10 heures du lundi au vendredi"),
        (HourRule(StudentGroup.EVERYONE, latest_finish=dt.time(23)), "À la maison la nuit"),
        (HourRule(StudentGroup.EVERYONE, latest_finish=dt.time(1)), "Pas de travail de nuit"),
    ],
)
def test_each_rule_of_law_is_named(rule, named):
    draft = with_hours(draft_version(make_program(), model="6-9-15", by=SYSTEM), rule)
    edit_draft(draft, rules=dataclasses.replace(draft.rules, commitments=()), by=SYSTEM)
    with pytest.raises(Refusal, match=named):
        publish_version(draft, by=SYSTEM)


def test_before_the_law_20_hours_could_be_promised():
    with clock.frozen(dt.datetime(2023, 8, 1, 16, tzinfo=dt.UTC)):
        program = make_program()
        draft = with_hours(draft_version(program, model="axe-sur-la-reussite", by=SYSTEM), HourRule(StudentGroup.EVERYONE, week_hours=20))
        assert publish_version(draft, by=SYSTEM).is_published
        later = with_hours(draft_version(program, by=SYSTEM), HourRule(StudentGroup.EVERYONE, week_hours=19))
        with pytest.raises(Refusal, match="17 heures"):
            publish_version(later, effective_on=dt.date(2023, 9, 1), by=SYSTEM)


def test_a_clause_that_names_20_hours_without_the_law_is_refused():
    draft = draft_version(make_program(), by=SYSTEM)
    clause = Commitment("old", Text("offrir au plus 20 heures par semaine", "offer at most 20 hours a week"))
    edit_draft(draft, rules=dataclasses.replace(draft.rules, commitments=(*draft.rules.commitments, clause)), by=SYSTEM)
    with pytest.raises(Refusal, match="Une clause parle de 20"):
        publish_version(draft, by=SYSTEM)


def test_a_text_missing_in_one_language_is_refused():
    draft = draft_version(make_program(), by=SYSTEM)
    commitments = (Commitment("new", Text("saluer chaque élève par son nom")), *draft.rules.commitments)
    edit_draft(draft, rules=dataclasses.replace(draft.rules, commitments=commitments), by=SYSTEM)
    with pytest.raises(Refusal, match="engagement 1 en français et en anglais"):
        publish_version(draft, by=SYSTEM)


def test_a_place_that_no_hour_rule_fills_is_refused():
    draft = with_hours(draft_version(make_program(), by=SYSTEM))
    with pytest.raises(Refusal, match=r"\{secondary_compulsory\.week\}"):
        publish_version(draft, by=SYSTEM)


def test_a_required_contribution_has_an_amount():
    draft = draft_version(make_program(), by=SYSTEM)
    with pytest.raises(Refusal, match="montant"):
        edit_draft(draft, terms=dataclasses.replace(draft.terms, price_cents=0), by=SYSTEM)
    free = dataclasses.replace(draft.terms, price_cents=0, requires_contribution=False)
    edit_draft(draft, terms=free, by=SYSTEM)
    assert publish_version(draft, by=SYSTEM).price.is_zero


def test_a_published_version_never_changes_again():
    version = publish(make_program())
    for act in (
        lambda: edit_draft(version, terms=dataclasses.replace(version.terms, grace_days=1), by=SYSTEM),
        lambda: publish_version(version, by=SYSTEM),
        lambda: discard_draft(version, by=SYSTEM),
    ):
        with pytest.raises(Refusal, match="ne change plus"):
            act()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE program_version SET price_cents = 1 WHERE id = :version",
        "UPDATE program_version SET published_at = NULL, published_by = NULL, effective_on = NULL WHERE id = :version",
        "UPDATE contract SET text_fr = 'autre chose' WHERE version_id = :version",
        "DELETE FROM contract WHERE version_id = :version",
    ],
)
def test_the_database_itself_refuses_to_change_what_is_published(statement):
    version = publish(make_program())
    with pytest.raises(IntegrityError, match="is immutable"), db.session.begin_nested():
        db.session.execute(text(statement), {"version": version.id})


def test_the_database_lets_a_draft_change_and_go():
    draft = draft_version(make_program(), by=SYSTEM)
    db.session.execute(text("UPDATE program_version SET price_cents = 1 WHERE id = :version"), {"version": draft.id})
    db.session.execute(text("DELETE FROM program_version WHERE id = :version"), {"version": draft.id})


def test_a_stay_at_the_first_level_is_capped_only_where_there_is_another_and_a_share_is_a_share():
    draft = draft_version(make_program(), model="employeur-conciliant", by=SYSTEM)
    assert len(draft.rules.earned_levels) < 2
    for wrong, words in (({"entry_level_months": 24}, "plus d’un niveau"), ({"sample_percent": 101}, "de 1 à 100")):
        edit_draft(draft, rules=dataclasses.replace(load_model("employeur-conciliant").rules, **wrong), by=SYSTEM)
        with pytest.raises(Refusal, match=words):
            publish_version(draft, by=SYSTEM)
