"""Questionnaires: a file says what is asked, says it exactly, and what is published is never changed."""

from __future__ import annotations

import dataclasses

import pytest
from flask import Flask
from sqlalchemy import delete, text, update
from sqlalchemy.exc import DBAPIError

from certif.kit.access import SYSTEM, VISITOR
from certif.kit.db import db, transaction
from certif.kit.errors import Refusal
from certif.kit.plain_reader import FaultyFile
from certif.programs import Text
from certif.surveys import (
    Questionnaire,
    copy_questionnaire,
    definition_of,
    differences,
    discard_questionnaire,
    draft_questionnaire,
    edit_questionnaire,
    hours_total,
    load_shipped,
    publish_questionnaire,
    questionnaires_for,
    read_questionnaire,
    shipped,
    write_questionnaire,
)
from certif.surveys.definitions import AGES, digest_of
from certif.surveys.questionnaire_files import SHIPPED
from tests.programs.making import make_program

STUDENTS = "eleves"


def test_what_ships_is_written_back_to_the_last_byte(app: Flask) -> None:
    for slug, definition in shipped().items():
        content = (SHIPPED / f"{slug}.yaml").read_text(encoding="utf-8")
        assert write_questionnaire(definition) == content
        assert read_questionnaire(write_questionnaire(definition)) == definition


def test_students_parents_and_teachers_have_their_own_and_students_say_their_age_first(app: Flask) -> None:
    found = shipped()
    assert {one.audience for one in found.values()} == {"students", "parents", "teachers"}
    assert {one.level for one in found.values() if one.audience == "students"} == {None, "college", "vocational", "adult"}
    for definition in (one for one in found.values() if one.audience == "students"):
        assert definition.questions[0].option_ids == AGES
        assert {"works", "hours_week", "hours_weekend", "latest", "sector", "success_matters"} <= {one.role for one in definition.questions}


def test_every_word_is_in_both_languages(app: Flask) -> None:
    for definition in shipped().values():
        texts = [definition.title, definition.intro, *(check.say for check in definition.checks)]
        for question in definition.questions:
            texts += [question.ask, *([question.hint] if question.hint else []), *(option.label for option in question.options)]
        assert all(text.is_whole for text in texts)
        assert not any(straight in text.fr for text in texts for straight in ("'", '"', " ?", " :", " ;"))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("kind: hours", "kind: heures", "Ligne 136, « questions.7.kind » : choisissez parmi choice, several, hours, scale."),
        ("title:\n", "titre:\n", "Ligne 3, « titre » : cette clé est inconnue"),
        ("  - id: works\n", "  - id: Works\n", "en minuscules"),
        ("works: [\"yes\"]", "works: [oui]", "« oui » n’est pas une des options de cette question."),
        ("works: [\"yes\"]", "travaille: [\"yes\"]", "aucune question posée plus haut ne s’appelle ainsi."),
        ("  - id: under_14", "  - id: baby", "la première question aux élèves est celle de l’âge"),
        ("most: 120", "most: 1e9", "un nombre entier d’heures, de 0 à 168"),
        ("most: 120", "most: 169", "un nombre entier d’heures, de 0 à 168"),
        ("sum: [hours_week]\n", "sum: [works]\n", "« works » n’est pas une question d’heures."),
        ("id: level\n    role: level", "id: level\n    role: age", "deux questions ont le rôle « age »"),
        ("slug: eleves", "slug: &a eleves", "sans ancre ni renvoi"),
        ("slug: eleves", "slug: eleves\nslug: eleves", "est écrite deux fois"),
        ("slug: eleves", "\tslug", "ce n’est pas du YAML"),
        ("en: Working and studying", "fr: Encore", "est écrite deux fois"),
        ("\n  en: Working and studying\n", "\n", "il manque la clé « en »"),
        ("fr: Travailler et étudier", 'fr: "a\\u202Eb"', "un texte d’une ligne"),
    ],
)  # fmt: skip
def test_each_fault_says_where_it_is_and_what_to_do(app: Flask, old: str, new: str, said: str) -> None:
    content = (SHIPPED / "eleves.yaml").read_text(encoding="utf-8")
    assert old in content
    with pytest.raises(FaultyFile) as caught:
        read_questionnaire(content.replace(old, new, 1))
    faults = [fault.replace("\u00a0", " ") for fault in caught.value.faults]
    assert any(said in fault for fault in faults), faults


@pytest.mark.parametrize(
    "content", [b"\xff\xfe", b"", b"- a", b"[" * 3000, b"{a: " * 300, b"x" * 300_000, b"\x00", b"!!python/object:os.system x"]
)
def test_what_is_no_questionnaire_is_refused_with_a_sentence(app: Flask, content: bytes) -> None:
    with pytest.raises(FaultyFile) as caught:
        read_questionnaire(content)
    assert caught.value.faults


def test_questions_branch_and_answers_are_judged_together(app: Flask) -> None:
    definition = shipped()[STUDENTS]
    idle = {"age": "16_17", "level": "secondary", "grade": "sec_4", "works": "no"}
    assert [question.id for question in definition.asked(idle)] == ["age", "level", "grade", "works"]
    busy = {**idle, "works": "yes", "kind_of_work": "odd_jobs", "hours_week": 25, "hours_weekend": 16}
    assert "sector" not in [question.id for question in definition.asked(busy)]
    assert hours_total(definition, busy) == 41
    assert definition.is_implausible(busy), "41 hours beside school"
    assert not definition.is_implausible({**busy, "hours_weekend": 15})
    assert not all(check.holds({**busy, "hours_weekend": 49}) for check in definition.checks), "a weekend has 48 hours"
    assert not all(check.holds({**busy, "hours_week": 0, "hours_weekend": 0}) for check in definition.checks)
    assert hours_total(definition, idle) is None


def test_what_changes_is_said_in_words(app: Flask) -> None:
    old = shipped()[STUDENTS]
    assert differences(old, old) == []
    asked = dataclasses.replace(old.questions[3], ask=Text("Travaillez-vous ?", "Do you work?"), is_optional=True)
    new = dataclasses.replace(old, questions=(*old.questions[:3], asked, *old.questions[4:-1]), flags=())
    said = [one.replace("\u00a0", " ") for one in differences(old, new)]
    assert any(one.startswith("Question retirée : « Votre réussite scolaire") for one in said)
    assert any("Travaillez-vous" in one and "devient" in one for one in said)
    assert any("devient facultative" in one for one in said)
    assert "Ce qui est tenu pour peu plausible change." in said
    assert len(said) == 4


def test_what_ships_is_loaded_once_and_can_be_used_by_every_program(app: Flask) -> None:
    assert load_shipped() == 6
    assert load_shipped() == 0
    with transaction():
        program = make_program()
    found = questionnaires_for(program)
    assert len(found) == 6
    assert all(one.is_published for one in found)
    assert {digest_of(definition_of(one)) for one in found} == {one.digest for one in found}


def test_a_copy_is_edited_then_published_then_never_changed(app: Flask) -> None:
    load_shipped()
    with transaction():
        program = make_program()
        draft = copy_questionnaire(next(one for one in questionnaires_for(program) if one.slug == STUDENTS), program, by=SYSTEM)
        shorter = dataclasses.replace(definition_of(draft), questions=definition_of(draft).questions[:-1])
        edit_questionnaire(draft, shorter, by=SYSTEM)
        with pytest.raises(Refusal, match="déjà un brouillon"):
            draft_questionnaire(program, shorter, by=SYSTEM)
        publish_questionnaire(draft, by=SYSTEM)
    with transaction():
        with pytest.raises(Refusal, match="ne change plus"):
            edit_questionnaire(draft, shorter, by=SYSTEM)
        second = copy_questionnaire(draft, program, by=SYSTEM)
        assert second.number == 2
        with pytest.raises(Refusal, match="Rien ne change"):
            publish_questionnaire(second, by=SYSTEM)
        with pytest.raises(Refusal, match="Seule la personne"):
            discard_questionnaire(second, by=VISITOR)
        discard_questionnaire(second, by=SYSTEM)
    assert definition_of(draft) == shorter


@pytest.mark.parametrize(
    "statement", [update(Questionnaire).values(slug="x"), update(Questionnaire).values(digest="0"), delete(Questionnaire)]
)
def test_the_database_itself_keeps_what_is_published(app: Flask, statement: object) -> None:
    load_shipped()
    with pytest.raises(DBAPIError, match="immutable"), transaction():
        db.session.execute(statement)  # type: ignore[call-overload]


def test_without_its_guard_the_database_would_forget_what_was_asked(app: Flask) -> None:
    load_shipped()
    with transaction():
        drop = ["DROP TRIGGER questionnaire_immutable ON questionnaire"]
        if db.engine.dialect.name == "sqlite":
            drop = [f"DROP TRIGGER questionnaire_immutable_{verb}" for verb in ("update", "delete")]
        for one in drop:
            db.session.execute(text(one))
        assert db.session.execute(update(Questionnaire).values(digest="0")).rowcount == 6  # type: ignore[attr-defined]
