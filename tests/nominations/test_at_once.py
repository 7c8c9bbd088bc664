"""Forty identical posts at the same instant leave one row and no fault; the same for one code, one pass, one receipt, one place."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from certif.app import create_app
from certif.campaigns import Campaign, Eligibility, UnderAge
from certif.consents import Consent
from certif.kit import schema, tokens
from certif.kit.access import Role
from certif.kit.db import db
from certif.kit.outbox import Letter
from certif.nominations import Boss, BossTally, Nomination, NominationCorrection, NominationWithdrawal
from certif.nominations.nominate_model import NominationDraft, NominatorTally
from certif.nominations.pass_model import NominationPass
from tests.campaigns.making import make_campaign
from tests.conftest import Mailbox, load_reference_data, scratch_database, settings_for
from tests.factories import make_program, make_staff
from tests.nominations.nominating import code_in, passes, receipt_in, say, typed
from tests.pages import Visitor

BASE, MANY = "http://127.0.0.1:8000", 40
TOLD = {200, 303, 404, 409, 410}


@pytest.fixture
def busy(tmp_path: Path) -> Iterator[Flask]:
    """The application on a database of its own, where every request has its own connection and really commits."""
    with scratch_database(tmp_path) as url:
        schema.upgrade(url)
        app = create_app(settings_for(url, tmp_path))
        app.config["RATELIMIT_ENABLED"] = False
        with app.app_context():
            load_reference_data()
        yield app
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def at_once(app: Flask, path: str, forms: list[dict[str, Any]]) -> list[int]:
    """Post all of these at the same instant; give how each was answered."""
    statuses, gate = list[int](), threading.Barrier(len(forms))

    def post(form: dict[str, Any]) -> None:
        gate.wait()
        statuses.append(app.test_client().post(path, data=form, base_url=BASE).status_code)

    people = [threading.Thread(target=post, args=(form,)) for form in forms]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert set(statuses) <= TOLD, statuses
    return statuses


def count(app: Flask, *models: Any) -> list[int]:
    with app.app_context():
        return [db.session.scalar(select(func.count()).select_from(model)) or 0 for model in models]


def contest(app: Flask) -> Campaign:
    with app.app_context():
        campaign = make_campaign(make_program(code="14"))
        assert campaign.program, "it is read here, for nothing is once this context is over"
        return campaign


def waiting(app: Flask, campaign: Campaign, **changes: Any) -> tuple[str, str]:
    """Give where a code is typed, and the code."""
    with app.app_context():
        page = say(Visitor(app), campaign, **changes)
        return page.path, code_in(Mailbox(), changes.get("email", "alexis@exemple.com"))


def test_one_form_pressed_forty_times_is_one_draft_and_one_letter(busy: Flask) -> None:
    campaign = contest(busy)
    at_once(busy, f"/n/{campaign.ref}", [typed()] * MANY)
    assert count(busy, NominationDraft, Letter, Nomination) == [1, 1, 0]


def test_one_code_pressed_forty_times_is_one_nomination(busy: Flask) -> None:
    path, code = waiting(busy, contest(busy))
    statuses = at_once(busy, path, [{"code": code}] * MANY)
    assert statuses.count(200) == 1
    assert count(busy, Nomination, Boss, NominationDraft) == [1, 1, 0]
    with busy.app_context():
        assert db.session.scalars(select(BossTally.count)).one() == 1


def forty_drafts(app: Flask) -> list[int]:
    """Let one student confirm from many tabs at once, each with its own code."""
    campaign = contest(app)
    tabs = [waiting(app, campaign, why_exams=f"Raison {number}.", email=f"alexis+{number % 3}@exemple.com") for number in range(4)]
    statuses, gate = list[int](), threading.Barrier(len(tabs))

    def post(path: str, code: str) -> None:
        gate.wait()
        statuses.append(app.test_client().post(path, data={"code": code}, base_url=BASE).status_code)

    people = [threading.Thread(target=post, args=tab) for tab in tabs]
    for person in people:
        person.start()
    for person in people:
        person.join()
    return statuses


def test_a_student_with_many_tabs_is_one_nominator(busy: Flask) -> None:
    statuses = forty_drafts(busy)
    assert sorted(statuses) == [200, 409, 409, 409]
    assert count(busy, Nomination) == [1]
    with busy.app_context():
        assert db.session.scalars(select(NominatorTally.count)).one() == 1, "what was refused left no count"


def test_without_the_key_many_tabs_are_seen_to_count_twice(busy: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("certif.nominations.nominate_actions.nominator_key", lambda _campaign, _who: tokens.secret())
    assert forty_drafts(busy).count(200) == 4
    assert count(busy, Nomination) == [4]


def pass_pressed(app: Flask) -> list[int]:
    campaign = contest(app)
    with app.app_context():
        [code] = passes(campaign, make_staff(Role.MANAGER, campaign.program).actor)
    forms = [typed(coupon=code, email=None, name=f"Café {number}") for number in range(MANY)]
    return at_once(app, f"/n/{campaign.ref}", forms)


def test_one_pass_serves_one_of_forty(busy: Flask) -> None:
    assert pass_pressed(busy).count(200) == 1
    assert count(busy, Nomination, Boss) == [1, 1]
    with busy.app_context():
        assert db.session.scalars(select(NominationPass.used_at)).one() is not None


def test_forty_students_who_describe_one_place_at_once_name_one_boss(busy: Flask) -> None:
    campaign = contest(busy)
    with busy.app_context():
        codes = passes(campaign, make_staff(Role.MANAGER, campaign.program).actor, count=20)
    statuses = at_once(busy, f"/n/{campaign.ref}", [typed(coupon=code, email=None) for code in codes])
    assert set(statuses) == {200}
    assert count(busy, Nomination, Boss) == [20, 1]
    with busy.app_context():
        assert db.session.scalars(select(BossTally.count)).one() == 20


def receipt_pressed(app: Flask, act: str, **more: str) -> list[int]:
    path, code = waiting(app, contest(app))
    with app.app_context():
        receipt = receipt_in(Visitor(app).send(path, {"code": code}))
    return at_once(app, f"/n/recu/{act}", [{"code": receipt, **more}] * MANY)


def test_a_receipt_withdraws_once(busy: Flask) -> None:
    assert receipt_pressed(busy, "retrait").count(303) == 1
    assert count(busy, NominationWithdrawal) == [1]
    with busy.app_context():
        assert db.session.scalars(select(BossTally.count)).one() == 0


@pytest.mark.parametrize("act", ["correction", "consentements"])
def test_a_correction_and_consents_pressed_forty_times_change_once(busy: Flask, act: str) -> None:
    more = {"first_name": "Alex", "why_exams": "Il est là.", "agrees_nomination_gala": "y"}
    assert set(receipt_pressed(busy, act, **more)) == {303}
    with busy.app_context():
        made = {"correction": NominationCorrection, "consentements": Consent}[act]
        assert db.session.scalar(select(func.count()).select_from(made)) == 1


def test_a_parent_who_presses_forty_times_agrees_once(busy: Flask) -> None:
    with busy.app_context():
        campaign = make_campaign(make_program(code="14"), eligibility=Eligibility(under_age=UnderAge.PARENT))
        say(Visitor(busy), campaign, age="under_14", email=None, parent_email="parent@exemple.com")
        link = next(word for word in Mailbox().last("parent@exemple.com").body.split() if "/parent/" in word)
    assert at_once(busy, link.removeprefix(BASE), [{}] * MANY).count(200) == 1
    assert count(busy, Nomination) == [1]
