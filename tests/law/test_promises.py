"""Promises beside the law, and the rules as dated facts."""

import datetime as dt

import pytest

from certif.law import (
    UNDER_14_EXCEPTIONS,
    HourRule,
    Jurisdiction,
    RuleCode,
    StudentGroup,
    clause_breach,
    floor_breaches,
    promised_to,
    rule_in_force,
    rules_in_force,
)

TODAY = dt.date(2026, 3, 2)
PUPILS, EVERYONE, CEGEP = StudentGroup.SECONDARY_COMPULSORY, StudentGroup.EVERYONE, StudentGroup.CEGEP


def broken(*rules, on=TODAY):
    return [breach.rule.code for breach in floor_breaches(rules, on)]


def test_a_promise_within_the_law_breaks_nothing():
    assert broken(HourRule(PUPILS, 17, 6, 10, dt.time(22))) == []
    assert broken(HourRule(PUPILS)) == []
    assert broken() == []


def test_each_limit_is_named_when_a_promise_allows_more():
    assert broken(HourRule(PUPILS, week_hours=20)) == [RuleCode.WEEK_HOURS]
    assert broken(HourRule(PUPILS, monday_friday_hours=15)) == [RuleCode.WEEKDAY_HOURS]
    assert broken(HourRule(PUPILS, monday_thursday_hours=12)) == [RuleCode.WEEKDAY_HOURS]
    assert broken(HourRule(PUPILS, latest_finish=dt.time(23))) == [RuleCode.NIGHT_AT_HOME]
    assert broken(HourRule(PUPILS, latest_finish=dt.time(0, 30))) == [RuleCode.NIGHT_WORK]
    assert broken(HourRule(PUPILS, latest_finish=dt.time(23, 15))) == [RuleCode.NIGHT_WORK]


def test_20_hours_for_everyone_are_20_hours_for_pupils_too():
    assert broken(HourRule(EVERYONE, week_hours=20)) == [RuleCode.WEEK_HOURS]
    assert broken(HourRule(EVERYONE, week_hours=20), HourRule(PUPILS, latest_finish=dt.time(21))) == [RuleCode.WEEK_HOURS]
    assert broken(HourRule(EVERYONE, week_hours=20), HourRule(PUPILS, week_hours=17)) == []


def test_other_groups_may_be_promised_more():
    assert broken(HourRule(PUPILS, week_hours=15), HourRule(CEGEP, week_hours=20)) == []


def test_before_september_2023_there_was_no_cap_to_exceed():
    assert broken(HourRule(PUPILS, 20, 12, 15), on=dt.date(2023, 8, 31)) == []
    assert broken(HourRule(PUPILS, 20, 12, 15), on=dt.date(2023, 9, 1)) == [RuleCode.WEEK_HOURS, RuleCode.WEEKDAY_HOURS]


def test_the_sentence_gives_both_numbers():
    [breach] = floor_breaches([HourRule(PUPILS, week_hours=20)], TODAY)
    assert str(breach.sentence) == "La promesse permet 20 h par semaine ; la loi en permet au plus 17."


def test_a_group_inherits_what_is_promised_to_everyone():
    rules = [HourRule(EVERYONE, week_hours=15, latest_finish=dt.time(21)), HourRule(CEGEP, week_hours=20)]
    assert promised_to(CEGEP, rules) == HourRule(CEGEP, week_hours=20, latest_finish=dt.time(21))


@pytest.mark.parametrize(
    "clause",
    [
        "Nos élèves travaillent au plus 20 heures par semaine.",
        "Au plus 20 h par semaine.",
        "Au plus 20 h/semaine.",
        "Students work at most 20 hours a week.",
        "Au plus vingt heures.",
        "At most twenty-five hours.",
    ],
)
def test_a_clause_may_not_name_more_hours_than_the_law_alone(clause):
    breach = clause_breach(clause, TODAY)
    assert breach is not None
    assert breach.rule.code is RuleCode.WEEK_HOURS
    assert clause_breach(clause, dt.date(2023, 8, 31)) is None


@pytest.mark.parametrize(
    "clause",
    [
        "Le travail finit au plus tard à 22 h.",
        "Au plus 15 heures par semaine.",
        "Au plus 20 heures par semaine ; pour les élèves qui doivent fréquenter l’école, la limite est de 17 heures.",
        "Depuis 30 ans, nous aimons les jeunes.",
        "At most 20 hours a week, and 17 hours for pupils who must attend school.",
    ],
)
def test_a_clause_within_the_law_or_that_recalls_it_may(clause):
    assert clause_breach(clause, TODAY) is None


def test_rules_are_dated():
    before = {rule.code for rule in rules_in_force(dt.date(2023, 5, 31))}
    assert RuleCode.MINIMUM_AGE not in before
    assert {RuleCode.PARENTAL_FORM, RuleCode.SCHOOL_HOURS, RuleCode.NIGHT_WORK} <= before
    summer = {rule.code for rule in rules_in_force(dt.date(2023, 7, 1))}
    assert RuleCode.MINIMUM_AGE in summer
    assert RuleCode.WEEK_HOURS not in summer
    assert rule_in_force(RuleCode.WEEK_HOURS, dt.date(2023, 9, 1)).limit == 17


def test_one_rule_of_a_name_holds_at_a_time():
    for on in (dt.date(2010, 1, 1), dt.date(2023, 5, 31), dt.date(2023, 6, 1), TODAY):
        codes = [rule.code for rule in rules_in_force(on)]
        assert len(codes) == len(set(codes))


def test_every_rule_has_a_source_and_a_confidence():
    for rule in (*rules_in_force(TODAY), *rules_in_force(TODAY, Jurisdiction.CANADA)):
        assert rule.source.startswith(("Loi sur", "Code canadien"))
        assert rule.confidence in {"A", "B", "C", "U"}
        assert rule.may_be_shown
        assert str(rule.title)
        assert str(rule.sentence).endswith(".")


def test_the_eight_exceptions_before_14_are_data():
    assert len(UNDER_14_EXCEPTIONS) == 8
    assert [case.code for case in UNDER_14_EXCEPTIONS if case.from_age] == ["farm"]
