"""The schemes of the regions, as data. No database."""

import datetime as dt
import re
from pathlib import Path

import pytest
from flask import Flask

from certif.kit.access import Role
from certif.kit.languages import speaking
from certif.law import StudentGroup, promised_to
from certif.programs import catalogue, hour_sentences, load_model, model_names
from certif.programs.publication import faults_of
from certif.programs.reading import read_rules, read_terms, write_rules

FOLDER = Path(catalogue.__file__).parent / "models"
TODAY = dt.date(2026, 3, 2)


def all_texts(name):
    rules = load_model(name).rules
    texts = [load_model(name).title, load_model(name).about, rules.slogan, rules.presentation, *rules.instructions.values()]
    texts += [one.text for one in rules.commitments] + [level.name for level in rules.levels] + [level.criteria for level in rules.levels]
    return texts + [getattr(rules.contract, part) for part in rules.contract.__dataclass_fields__ if getattr(rules.contract, part)]


def test_every_scheme_seen_has_its_model():
    assert len(model_names()) == 13
    assert model_names()[0] == "provincial"


@pytest.mark.parametrize("name", model_names())
def test_a_model_can_be_published_today(name):
    model = load_model(name)
    assert faults_of(model.terms, model.rules, TODAY) == []


@pytest.mark.parametrize("name", model_names())
def test_a_model_survives_being_stored(name):
    rules = load_model(name).rules
    assert read_rules(write_rules(rules)) == rules


@pytest.mark.parametrize("name", model_names())
def test_a_model_says_everything_twice_and_with_care(name):
    for text in all_texts(name):
        assert text.is_whole, text
        assert not re.search(r"['\"]|[^\u00a0\n] *[^\u00a0 ]? [;:!?»](\s|$)|« ", text.fr), text.fr
        assert "'" not in text.en
        assert text.fr.count("\n\n") == text.en.count("\n\n"), text.fr
        assert text.fr.count("{") == text.en.count("{")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_promise_of_hours_ends_with_one_full_stop(app: Flask, language: str) -> None:
    with speaking(language):
        said = [line for name in model_names() for line in hour_sentences(load_model(name).rules.hours)]
    assert any("p.m." in line for line in said) is (language == "en")
    assert all(line.endswith(".") and not line.endswith("..") for line in said)


@pytest.mark.parametrize("name", model_names())
def test_a_model_file_says_what_was_seen_and_how_sure_we_are(name):
    comment = [line for line in (FOLDER / f"{name}.toml").read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    assert any(line.startswith("# Seen:") for line in comment)
    assert any("[A" in line or "[B" in line or "A]" in line for line in comment)
    assert any("Not found" in line or "not found" in line for line in comment)


@pytest.mark.parametrize(
    ("name", "earned", "supporter"),
    [
        ("oser-jeunes", ["Bronze", "Argent", "Or"], False),
        ("generation-c4", 5, True),
        ("certification-etudes-travail", [], False),
        ("provincial", 1, True),
    ],
)
def test_levels_are_those_of_the_scheme(name, earned, supporter):
    rules = load_model(name).rules
    names = [level.name.fr for level in rules.earned_levels]
    assert names == earned if isinstance(earned, list) else len(names) == earned
    assert (rules.supporter_level is not None) is supporter


def test_the_particular_traits_are_data():
    assert load_model("certification-etudes-travail").rules.shows_in_progress
    assert load_model("certification-etudes-travail").terms.requires_visit
    assert not load_model("6-9-15").terms.requires_signature
    assert Role.PARTNER in load_model("employeur-conciliant").rules.receivers
    assert load_model("provincial").terms.price_cents == 5000
    assert [method.value for method in load_model("provincial").rules.instructions] == ["card", "cheque", "interac", "cash"]
    six = promised_to(StudentGroup.SECONDARY_COMPULSORY, load_model("6-9-15").rules.hours)
    assert (six.monday_thursday_hours, six.latest_finish, six.week_hours) == (6, dt.time(21), 15)
    assert promised_to(StudentGroup.EVERYONE, load_model("oser-jeunes").rules.hours).week_hours == 17


def test_what_is_not_understood_is_refused():
    good = write_rules(load_model("provincial").rules)
    for wrong in (
        {"surprise": 1},
        {"levels": [{"code": "x", "colour": "red"}]},
        {"hours": [{"group": "cegep", "week": -1}]},
        {"hours": [{"group": "martiens"}]},
        {"receivers": ["employer"]},
        {"waivers_per_year": True},
        {"slogan": {"de": "Hallo"}},
        {"instructions": {"bitcoin": {"fr": "a", "en": "b"}}},
        {"pilot_until": "bientôt"},
        {"agreements": ["dragon"]},
    ):
        with pytest.raises(ValueError, match=r"."):
            read_rules({**good, **wrong})
    for terms in ({"price_cents": 1.5}, {"requires_visit": 1}, {"other": 1}):
        with pytest.raises(ValueError, match=r"."):
            read_terms(terms)
    with pytest.raises(ValueError, match="no model"):
        load_model("../../etc/passwd")
