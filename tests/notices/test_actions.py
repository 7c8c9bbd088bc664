"""Notices, and questions with their answers: who may speak, what is kept of whoever asks, and for how long."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from certif import notices
from certif.kit import clock, outbox
from certif.kit.access import VISITOR, Actor, Role
from certif.kit.audit import JournalEntry, history
from certif.kit.db import db, transaction
from certif.kit.errors import Refusal
from certif.notices import question_actions
from certif.notices.queries import answers_in, newest_notices, news_of, notices_in
from certif.notices.retention import forget_questions
from certif.programs import Program, Text
from certif.territory import PartnerKind, partners
from tests.factories import make_program, make_staff

WORDS = notices.Words(Text("Quand payer ?", "When to pay?"), Text("Avant le contrat.", "Before the contract."))
ADDRESS = "curieuse@exemple.com"


@pytest.fixture
def program(unit: None) -> Program:
    return make_program()


@pytest.fixture
def agent(program: Program) -> Actor:
    return make_staff(Role.AGENT, program).actor


def asked(program: Program, email: str | None = ADDRESS) -> notices.ProgramQuestion:
    """Ask something."""
    return notices.ask_question(program, "Je suis Zoé ; quand payer ?", email=email, language="fr", by=VISITOR)


def sent(name: str) -> outbox.Letter:
    """Send the newest letter of a name, and give what is left of it."""
    letter = db.session.scalars(select(outbox.Letter).where(outbox.Letter.name == name)).one()
    outbox.send_letter(letter.ref)
    db.session.refresh(letter)
    return letter


def test_a_notice_is_printed_as_french_is(program: Program, agent: Actor) -> None:
    said = notices.Words(Text('C\'est "fermé" !'), Text("Jusqu'à lundi."))
    notice = notices.publish_notice(program, notices.Kind.PAUSE, said, by=agent)
    assert (notice.title_fr, notice.body_fr) == ("C’est «\u00a0fermé\u00a0»\u00a0!", "Jusqu’à lundi.")
    db.session.commit()
    assert history(notice)[-1].sentence.endswith("a publié l’avis «\u00a0C’est «\u00a0fermé\u00a0»\u00a0!\u00a0».")


def test_only_those_who_work_for_the_whole_program_speak_for_it(program: Program) -> None:
    partner = make_staff(Role.PARTNER, program, partner=partners(PartnerKind.IRC, program.region)[0])
    for stranger in (partner, make_staff(Role.AGENT, make_program(code="03"))):
        with pytest.raises(Refusal):
            notices.publish_notice(program, notices.Kind.GENERAL, WORDS, by=stranger.actor)


def test_half_a_translation_is_refused(program: Program, agent: Actor) -> None:
    for half in (notices.Words(Text("Titre", "Title"), Text("Texte")), notices.Words(Text("Titre"), Text(" "))):
        with pytest.raises(Refusal):
            notices.publish_notice(program, notices.Kind.GENERAL, half, by=agent)


def test_what_is_withdrawn_is_shown_no_longer_and_only_once(program: Program, agent: Actor) -> None:
    first = notices.publish_notice(program, notices.Kind.GENERAL, WORDS, by=agent)
    second = notices.publish_notice(program, notices.Kind.DATES, WORDS, by=agent)
    assert {one.ref for one in notices_in(program, None).rows} == {first.ref, second.ref}
    notices.withdraw_notice(second, "Erreur", by=agent)
    assert [one.ref for one in newest_notices(program)] == [first.ref]
    with pytest.raises(Refusal):
        notices.withdraw_notice(second, "Encore", by=agent)


def test_a_notice_stops_being_news_after_three_months_and_stays_listed(program: Program, agent: Actor) -> None:
    notice = notices.publish_notice(program, notices.Kind.GENERAL, WORDS, by=agent)
    assert news_of(program) is notice
    with clock.frozen(clock.now() + dt.timedelta(days=91)):
        assert news_of(program) is None
        assert notices_in(program, None).rows == [notice]


def test_who_asks_is_not_noted_even_signed_in(program: Program, agent: Actor) -> None:
    question = notices.ask_question(program, "Pourquoi ?", email=None, language="fr", by=agent)
    db.session.commit()
    entry = db.session.scalars(select(JournalEntry).where(JournalEntry.event == "question_asked")).one()
    assert (entry.by_ref, agent.ref in entry.facts, question.email) == (VISITOR.ref, False, None)


def test_a_flood_of_questions_stops_at_a_bound(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(question_actions, "MOST_WAITING", 2)
    for _each in range(2):
        asked(program)
    with pytest.raises(Refusal):
        asked(program)
    assert asked(make_program(code="03")) is not None


def test_what_is_published_is_what_staff_wrote_and_the_address_is_gone(program: Program, agent: Actor) -> None:
    question = asked(program)
    settlement = notices.publish_answer(question, WORDS, by=agent)
    assert question.email is None
    assert answers_in(program, None).rows == [settlement]
    assert "Zoé" not in f"{settlement.asked}{settlement.answer}"
    with pytest.raises(Refusal):
        notices.set_aside(question, "Trop tard", by=agent)
    notices.withdraw_answer(settlement, "Erreur", by=agent)
    assert answers_in(program, None).rows == []


def test_nobody_is_answered_who_left_no_address(program: Program, agent: Actor) -> None:
    with pytest.raises(Refusal):
        notices.answer_privately(asked(program, email=None), "Voilà.", by=agent)


def test_a_question_set_aside_writes_to_nobody(program: Program, agent: Actor) -> None:
    question = asked(program)
    notices.set_aside(question, "Pourriel", by=agent)
    assert question.email is None
    assert db.session.scalar(select(outbox.Letter).where(outbox.Letter.to_address == ADDRESS)) is None


@pytest.fixture
def two_answers(app: object) -> None:
    """Two questions, one answered to the person, the other published; nothing under way."""
    with transaction():
        program = make_program()
        agent = make_staff(Role.AGENT, program).actor
        notices.answer_privately(asked(program), "Voilà.", by=agent)
        notices.publish_answer(asked(program), WORDS, by=agent)


def test_the_address_is_forgotten_once_the_letter_has_left(two_answers: None) -> None:
    for name in ("notices/question_answered", "notices/answer_published"):
        waiting = db.session.scalars(select(outbox.Letter).where(outbox.Letter.name == name)).one()
        assert waiting.to_address == ADDRESS
        letter = sent(name)
        assert (letter.to_address, letter.body, letter.is_forgotten) == ("", "", True)
        assert letter.sent_at is not None
        with pytest.raises(Refusal):
            outbox.send_again(letter)
        outbox.send_letter(letter.ref)  # a job that runs twice sends nothing more


def test_another_letter_keeps_its_address(two_answers: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "_fleeting", set())
    assert sent("notices/question_answered").to_address == ADDRESS


def test_the_words_of_a_question_are_forgotten_in_their_time(app: object) -> None:
    with transaction():
        program = make_program()
        settled, waiting = asked(program), asked(program)
        notices.set_aside(settled, "Pourriel", by=make_staff(Role.AGENT, program).actor)
    for days, left in ((89, (True, True)), (91, (False, True)), (366, (False, False))):
        with clock.frozen(clock.now() + dt.timedelta(days=days)):
            forget_questions()
        for one in (settled, waiting):
            db.session.refresh(one)
        assert (bool(settled.words), bool(waiting.words)) == left
    assert waiting.email is None
