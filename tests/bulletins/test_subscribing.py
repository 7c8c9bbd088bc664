"""Who receives bulletins: asked for, confirmed from the letter, stopped by one press; nothing is told, and little is kept."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from flask import Flask
from sqlalchemy import func, select

from certif.bulletins import BulletinSubscriber, confirm_subscription, subscribing, unsubscribe
from certif.bulletins.links import confirm_token, stop_token
from certif.bulletins.subscribing import forget_unconfirmed_subscribers, suppress_addresses
from certif.consents import PURPOSES, Purpose, consents_of, has_consent
from certif.kit import clock, outbox
from certif.kit.access import SYSTEM, VISITOR, Role
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.kit.outbox import Letter
from certif.programs import Program
from tests.bulletins.making import ask, make_subscriber
from tests.conftest import Mailbox
from tests.factories import make_program, make_staff, unit
from tests.pages import Visitor

EMAIL = "lectrice@exemple.com"


@pytest.fixture
def program(app: Flask) -> Program:
    """A program of region 14."""
    return make_program(code="14", name="Programme de Lanaudière")


def link_in(letter: Letter, kind: str) -> str:
    """Give the path of a link of a letter."""
    found = re.search(rf"/(?:en/)?bulletin/{kind}/\S+", letter.body)
    assert found
    return found.group()


def test_an_address_is_asked_for_confirmed_from_its_letter_and_stopped_by_one_press(
    program: Program, visitor: Visitor, letters: Mailbox
) -> None:
    page = visitor.open(f"/bulletin?programme={program.slug}").fill("M’abonner", email=EMAIL, agreed=True)
    assert page.h1 == "Ouvrez votre courriel"
    letter = letters.last(EMAIL)
    subscriber = db.session.scalars(select(BulletinSubscriber)).one()
    assert not subscriber.is_active
    path = link_in(letter, "confirmation")
    assert EMAIL in visitor.open(path).text
    assert not subscriber.is_active, "opening the link changes nothing"
    assert "reçoit le bulletin" in visitor.open(path).fill("Confirmer l’abonnement").text
    assert subscriber.is_active
    given = consents_of(subscriber, "bulletin")
    assert [(one.text_version, one.language, one.text) for one in given] == [
        (PURPOSES["bulletin"].version, "fr", PURPOSES["bulletin"].text("fr"))
    ]
    page = visitor.open(f"/bulletin/desabonnement/{stop_token(subscriber)}")
    assert subscriber.is_active, "opening the link changes nothing"
    assert "oubliée" in page.fill("Me désabonner").text
    assert (subscriber.email, subscriber.is_active, has_consent(subscriber, "bulletin")) == (None, False, False)
    assert subscriber.address_digest


def test_a_mail_program_unsubscribes_without_a_session_nor_a_form(program: Program, app: Flask) -> None:
    subscriber, nobody = make_subscriber(program), Visitor(app)
    path = f"/bulletin/desabonnement/{stop_token(subscriber)}"
    answer = nobody.client.post(
        path, data={"List-Unsubscribe": "One-Click"}, base_url=nobody.base, headers={"Origin": "https://mail.example"}
    )
    assert answer.status_code == 303
    assert not subscriber.is_active
    again = nobody.client.post(path, data={"List-Unsubscribe": "One-Click"}, base_url=nobody.base)
    assert again.status_code == 303, "pressed twice, it is as done"


def test_nothing_tells_whether_an_address_is_known(program: Program, visitor: Visitor, letters: Mailbox) -> None:
    make_subscriber(program, EMAIL)
    before = len(letters.to(EMAIL))
    known = visitor.open("/bulletin").fill("M’abonner", email=EMAIL, agreed=True)
    unknown = visitor.open("/bulletin").fill("M’abonner", email="autre@exemple.com", agreed=True)
    assert known.text == unknown.text
    assert len(letters.to(EMAIL)) == before, "it gets nothing more"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"email": "pas une adresse", "agreed": True}, "Écrivez une adresse courriel complète"),
        ({"email": EMAIL, "agreed": None}, "Cochez cette case pour recevoir le bulletin."),
        ({"email": EMAIL, "agreed": True, "version": "99"}, "Ce texte vient de changer"),
        ({"email": EMAIL, "agreed": True, "version": "<b>"}, "Ce texte vient de changer"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(program: Program, visitor: Visitor, typed: dict[str, object], said: str) -> None:
    page = visitor.open("/bulletin").fill("M’abonner", **typed)
    assert page.status in {409, 422}
    assert any(said in error for error in page.errors())
    assert db.session.scalar(select(func.count()).select_from(BulletinSubscriber)) == 0


def test_one_address_gets_three_such_letters_a_day_whoever_asks(program: Program, letters: Mailbox) -> None:
    for _each in range(subscribing.MOST_ASKED):
        ask(program, EMAIL)
    with pytest.raises(Refusal, match="Trop d’essais"):
        ask(program, EMAIL.upper())
    assert len(letters.to(EMAIL)) == subscribing.MOST_ASKED


def test_a_link_confirms_only_what_was_asked_last_for_a_week_and_never_after_a_stop(program: Program, visitor: Visitor) -> None:
    first = confirm_token(ask(program, EMAIL))
    with clock.frozen(clock.now() + dt.timedelta(hours=1)):
        subscriber = ask(program, EMAIL)
    assert visitor.open(f"/bulletin/confirmation/{first}").status == 404
    second = confirm_token(subscriber)
    with clock.frozen(clock.now() + dt.timedelta(days=8)):
        assert visitor.open(f"/bulletin/confirmation/{second}").fill("Confirmer").errors()[0].startswith("Ce lien est échu")
    with unit():
        unsubscribe(subscriber, by=VISITOR)
    assert "désabonnée depuis" in visitor.open(f"/bulletin/confirmation/{second}").text
    with pytest.raises(Refusal, match="échu"), unit():
        confirm_subscription(subscriber, by=VISITOR)
    for forged in ("x", f"{subscriber.ref}-x", second.replace("-", "-A")):
        assert visitor.open(f"/bulletin/confirmation/{forged}").status == 404
        assert visitor.open(f"/bulletin/desabonnement/{forged}").status == 404
    assert visitor.open(f"/bulletin/desabonnement/{second}").status == 404, "one link is not the other"


def test_whoever_unsubscribed_may_subscribe_again_with_a_new_consent(program: Program) -> None:
    subscriber = make_subscriber(program, EMAIL)
    with unit():
        unsubscribe(subscriber, by=VISITOR)
    assert make_subscriber(program, EMAIL).id == subscriber.id
    assert subscriber.is_active
    assert [one.withdrawal is None for one in consents_of(subscriber, "bulletin")] == [False, True]


def test_the_same_address_may_receive_those_of_two_programs_and_stop_one(program: Program) -> None:
    here, there = make_subscriber(program, EMAIL), make_subscriber(make_program(code="03"), EMAIL)
    with unit():
        unsubscribe(here, by=VISITOR)
    assert (here.is_active, there.is_active) == (False, True)


def test_an_address_never_confirmed_is_forgotten_after_a_week_and_the_others_stay(program: Program) -> None:
    waiting, active, back = ask(program, EMAIL), make_subscriber(program), make_subscriber(program, "retour@exemple.com")
    with unit():
        unsubscribe(back, by=VISITOR)
    ask(program, "retour@exemple.com")
    gone, refs = waiting.ref, {waiting.ref, active.ref, back.ref}
    forget_unconfirmed_subscribers()
    assert set(db.session.scalars(select(BulletinSubscriber.ref))) == refs, "not before a week"
    with clock.frozen(clock.now() + dt.timedelta(days=8)):
        forget_unconfirmed_subscribers()
    assert set(db.session.scalars(select(BulletinSubscriber.ref))) == refs - {gone}
    db.session.refresh(back)
    assert back.email is None
    assert active.is_active


def test_an_address_that_refuses_letters_is_taken_out_by_itself(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    here, elsewhere = make_subscriber(program, EMAIL), make_subscriber(make_program(code="03"), EMAIL)
    other = make_subscriber(program)
    letter = db.session.scalars(select(Letter).where(Letter.to_address == EMAIL, Letter.scope == program.ref)).one()
    monkeypatch.setattr(outbox, "_hand_over", lambda _message, _row: "550 no such user")
    outbox.send_letter(letter.ref)
    assert [one.stopped_why for one in (here, elsewhere, other)] == ["refused", "refused", None]
    assert (here.email, has_consent(here, "bulletin")) == (None, False)


def test_a_letter_that_leaves_takes_nobody_out(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    subscriber = make_subscriber(program, EMAIL)
    monkeypatch.setattr(outbox, "_hand_over", lambda _message, _row: None)
    letter = db.session.scalars(select(Letter).where(Letter.to_address == EMAIL)).one()
    outbox.send_letter(letter.ref)
    db.session.refresh(letter)
    assert (letter.to_address, letter.body) == ("", ""), "what was sent is forgotten"
    assert subscriber.is_active


def test_staff_paste_what_came_back_and_only_addresses_of_their_program_are_taken_out(program: Program) -> None:
    here, elsewhere = make_subscriber(program, EMAIL), make_subscriber(make_program(code="03"), "loin@exemple.com")
    agent = make_staff(Role.AGENT, program)
    pasted = f"Undelivered: <{EMAIL.upper()}>: 550; loin@exemple.com, inconnue@exemple.com."
    page = agent.open("/personnel/bulletins/abonnements").fill("Retirer ces adresses", addresses=pasted)
    assert "1 adresse retirée." in page.response.get_data(as_text=True)
    assert (here.stopped_why, elsewhere.is_active) == ("refused", True)
    assert EMAIL not in page.response.get_data(as_text=True), "numbers only"
    with unit():
        assert suppress_addresses(program, [EMAIL], by=SYSTEM) == 0


def test_when_the_text_changes_everyone_is_asked_again(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    from certif.bulletins.sending import may_receive

    subscriber = make_subscriber(program)
    assert may_receive(subscriber)
    reworded = Purpose("bulletin", (*PURPOSES["bulletin"].versions, ("De nouveaux mots.", "New words.")), days=1826)
    monkeypatch.setitem(PURPOSES, "bulletin", reworded)
    assert not may_receive(subscriber)
