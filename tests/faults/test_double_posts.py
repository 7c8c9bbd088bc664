"""Every form pressed twenty times at the same instant: what one press leaves is left, and nobody meets a fault of ours.

Two people who decide at once: tests/certification/test_at_once.py. The gateway's notices: tests/contributions/test_notices.py.
"""

from __future__ import annotations

import dataclasses
import secrets
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from certif.app import create_app
from certif.kit.db import db
from tests.conftest import one_transaction, undone
from tests.databases import FILLED, SERVER, scratch_database, settings_for
from tests.faults.carelessness import beginning_late
from tests.faults.crowds import MANY, added, effects, press_at_once, send_here
from tests.faults.scenery import Scenery
from tests.faults.scenes_account import ACCOUNT
from tests.faults.scenes_agreements import AGREEMENTS, ONCE_AGREED
from tests.faults.scenes_bank import BANK, ONCE_CAME
from tests.faults.scenes_bulletins import BULLETINS, ONCE_WRITTEN
from tests.faults.scenes_calendar import CALENDAR, ONCE_PLANNED
from tests.faults.scenes_contests import CONTESTS, ONCE_DECIDED
from tests.faults.scenes_desk import DESK, ONCE_READ
from tests.faults.scenes_field_day import FIELD_DAY, ONCE_TOLD
from tests.faults.scenes_filters import FILTERS, ONCE_KEPT
from tests.faults.scenes_galas import GALAS, ONCE_HELD
from tests.faults.scenes_jury import JURIES, ONCE_JUDGED
from tests.faults.scenes_library import LIBRARY, ONCE_SHELVED
from tests.faults.scenes_lists import LISTS, ONCE_GIVEN
from tests.faults.scenes_network import NETWORK, ONCE_NETWORKED
from tests.faults.scenes_nominations import NOMINATIONS, ONCE_NAMED
from tests.faults.scenes_outreach import OUTREACH
from tests.faults.scenes_path import PATH
from tests.faults.scenes_portraits import PORTRAITS
from tests.faults.scenes_privacy import ONCE_ERASED, PERSONS
from tests.faults.scenes_program import PROGRAM
from tests.faults.scenes_pursuits import ONCE_CHASED, PURSUITS
from tests.faults.scenes_reports import ONCE_ACCOUNTED, REPORTS
from tests.faults.scenes_rules import RULES
from tests.faults.scenes_running import ONCE, RUNNING
from tests.faults.scenes_selections import ONCE_CHOSEN, SELECTIONS
from tests.faults.scenes_sponsors import SPONSORS
from tests.faults.scenes_staff import STAFF
from tests.faults.scenes_visibility import VISIBILITY
from tests.faults.scenes_webhooks import ONCE_TAKEN_BACK, WEBHOOKS
from tests.faults.scenes_words import ONCE_SAID, WORDS
from tests.faults.scenes_years import YEARS
from tests.paying import a_till

SCENES = {
    **PATH, **ACCOUNT, **STAFF, **PROGRAM, **YEARS, **VISIBILITY, **OUTREACH, **SPONSORS, **RULES, **RUNNING, **WORDS, **PORTRAITS,
    **LISTS, **CONTESTS, **JURIES, **FILTERS, **PERSONS, **BANK, **GALAS, **NOMINATIONS, **DESK, **SELECTIONS,
    **CALENDAR,
    **FIELD_DAY,
    **AGREEMENTS,
    **BULLETINS,
    **REPORTS,
    **NETWORK,
    **PURSUITS,
    **LIBRARY,
    **WEBHOOKS,
}  # fmt: skip
ELSEWHERE = {
    "agreements.check_schedule": "tests/agreements/test_schedule.py",
    **dict.fromkeys(("galas.take_list", "galas.take_laureate_list"), "tests/galas/test_lists.py"),
    "staff.take_contracts": "tests/staff/test_queue.py",
    **dict.fromkeys(("privacy.take_mine", "privacy.take_copy"), "tests/privacy/test_what_is_known.py"),
    "privacy.take_register": "tests/privacy/test_incidents.py",
    **dict.fromkeys(("surveys.answer", "surveys.answer_at_work"), "tests/surveys/test_at_once.py"),
    **dict.fromkeys(("surveys.leave_words", "surveys.leave_words_at_work"), "tests/surveys/test_vox_pop.py"),
    **dict.fromkeys(
        (
            f"nominations.{name}"
            for name in (
                "nominate", "confirm_nomination", "confirm_as_parent", "use_receipt", "correct_nomination", "change_consents",
                "withdraw_nomination",
            )
        ),
        "tests/nominations/test_at_once.py",
    ),
    "contributions.take_notice": "tests/contributions/test_notices.py",
    "accounts.use_passkey": "tests/accounts/test_passkeys_refused.py",
    "accounts.give_passkey": "tests/accounts/test_passkeys_refused.py",
    "accounts.add_passkey": "tests/accounts/test_passkeys_refused.py",
    "accounts.remove_passkey": "tests/accounts/test_passkeys_refused.py",
    **dict.fromkeys(
        (
            f"employers.{name}"
            for name in (
                "start", "describe", "add_place", "remove_place", "save_for_later", "ask_to_join", "answer_request", "invite_member",
                "withdraw_invitation", "accept_invitation", "end_membership", "add_establishment", "close_establishment",
            )
        ),
        "tests/employers/test_races.py",
    ),
}  # fmt: skip
TOLD = {200, 303, 404, 409, 410, 422}
STEPS = (
    "certification.read_contract", "certification.choose_language", "certification.sign_contract", "certification.validate",
    "certification.send_back", "certification.resubmit", "certification.enter_program", "certification.complete_registration",
    "contributions.record_payment", "contributions.waive", "contributions.refund", "contributions.confirm_payment", "standing.suspend",
    "standing.reinstate", "standing.revoke", "accounts.enter_code", "accounts.confirm_link", "accounts.invite_staff",
    "accounts.withdraw_invitation", "accounts.enter_invitation_code", "accounts.show_member", "accounts.revoke_grant",
    "accounts.disable_user", "accounts.second_factor", "accounts.confirm_email", "programs.start_draft", "programs.publish_version",
    "programs.pause_program", "programs.resume_program", "programs.create_program", "standing.renew", "standing.ask_for_level",
    "standing.decide_on_level", "standing.ask_for_review", "standing.answer_review",
    "sampling.announce_draw", "sampling.draw_sample", "sampling.note_finding", "sampling.reply",
    "sampling.conclude", "visibility.assign_sticker", "visibility.retire_sticker", "imports.confirm_intake", "imports.undo_intake",
    "imports.invite_contacts", "imports.invite_contact", "imports.invite_prospect", "imports.stop_letters", "mailings.confirm_mailing",
    "mailings.second_mailing", "mailings.stop_mailing", "certification.record_paper_signature", "certification.set_aside_signature",
    "certification.contest_signature", "standing.show_reminders", "standing.stop_reminders", "employers.stop_reminders",
    "sponsorships.use_code", "sponsorships.apply_code",
    "sponsorships.stop_sponsorship", "sponsorships.return_seat", "notices.withdraw_notice",
    "notices.publish_answer", "milestones.declare_done", "trust.trust_issuer", *ONCE, *ONCE_SAID, *ONCE_GIVEN, *ONCE_DECIDED, *ONCE_READ,
    *ONCE_JUDGED, *ONCE_HELD, *ONCE_NAMED, *ONCE_CHOSEN, *ONCE_KEPT, *ONCE_ERASED, *ONCE_CAME,
    *ONCE_PLANNED,
    *ONCE_TOLD,
    *ONCE_AGREED,
    *ONCE_WRITTEN,
    *ONCE_ACCOUNTED,
    *ONCE_NETWORKED,
    *ONCE_CHASED,
    *ONCE_SHELVED,
    *ONCE_TAKEN_BACK,
)  # fmt: skip
"""What happens once by its nature, whoever asks and from however many pages."""


@pytest.fixture(scope="module")
def scenery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scenery]:
    folder = tmp_path_factory.mktemp("scenery")
    with scratch_database(folder, FILLED) as url:
        app = create_app(settings_for(url, folder))
        with app.app_context():
            event.listen(db.engine, "connect", wait_for_the_rest)
            with a_till(app) as till:
                yield Scenery(app, till)
            db.session.remove()
            db.engine.dispose()


def wait_for_the_rest(connection: Any, _record: object) -> None:
    """Wait long enough for nineteen others on a slow machine: what is asked here is what is left, not how soon."""
    cursor = connection.cursor()
    for words in ("SET lock_timeout = '60s'", "SET statement_timeout = '60s'") if SERVER else ("PRAGMA busy_timeout = 60000",):
        cursor.execute(words)
    cursor.close()
    connection.commit()


def forms(app: Flask) -> set[str]:
    """Give every endpoint that takes a post of ours."""
    return {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in (rule.methods or set())}


def test_no_form_is_forgotten(scenery: Scenery) -> None:
    assert forms(scenery.app) == set(SCENES) | set(ELSEWHERE)
    assert all(Path(file).is_file() for file in ELSEWHERE.values())


@dataclass
class Pressed:
    """What came of a form pressed many times: how each was answered, what all of them left, and what the first alone had left."""

    told: set[int]
    often: Counter[str]
    once: Counter[str]


def pressed(scenery: Scenery, name: str, *, marks: str = "one") -> Pressed:
    """Press a form once and undo it, then twenty times at once for good.

    Takes: `marks`: `one`, the same page each time; `own`, as many pages of the same form; `none`, forms without a mark.
    """
    press = SCENES[name](scenery)
    assert "once" in press.typed
    before = effects()
    db.session.remove()  # what is read next is read through the connection that is undone
    with one_transaction() as connection, undone(connection):
        send_here(scenery.app, press)
        once = added(before)
    presses = [dataclasses.replace(press, typed=press.typed.copy()) for _each in range(MANY)]
    for one in presses if marks != "one" else []:
        one.typed["once"] = secrets.token_urlsafe(16) if marks == "own" else ""
    answers = press_at_once(scenery.app, *presses)
    often = added(before)
    for left in (once, often):
        left.pop("answered_post", None)
    return Pressed({answer.status for answer in answers}, often, once)


@pytest.mark.parametrize("name", [name for name in SCENES if name not in STEPS])
def test_twenty_presses_leave_what_one_leaves(scenery: Scenery, name: str) -> None:
    found = pressed(scenery, name)
    assert found.told <= TOLD
    assert found.often == found.once


@pytest.mark.parametrize("name", STEPS)
def test_a_step_is_taken_once_although_twenty_pages_of_it_are_open(scenery: Scenery, name: str) -> None:
    """What is taken once from twenty pages is taken once from one: the mark of the form, which it carries too, is not needed."""
    found = pressed(scenery, name, marks="own")
    assert found.told <= TOLD
    assert found.often == found.once


@pytest.mark.parametrize("name", ["certification.decline_contract", "contributions.resend_receipt", "programs.add_level"])
def test_without_the_mark_of_the_form_twenty_presses_are_seen_to_do_more(scenery: Scenery, name: str) -> None:
    found = pressed(scenery, name, marks="none")
    assert found.often != found.once


def test_without_the_lock_twenty_suspensions_are_seen_to_go_wrong(scenery: Scenery, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("certif.standing.actions.lock", lambda row: row)
    with beginning_late(db.engine):
        found = pressed(scenery, "standing.suspend", marks="own")
    assert found.often != found.once or not found.told <= TOLD
