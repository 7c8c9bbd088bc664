"""Consents: one purpose at a time, in exact words, given and withdrawn."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from certif import consents
from certif.consents import PURPOSES, Consent, ConsentWithdrawal, Purpose
from certif.kit import audit, clock
from certif.kit.access import SYSTEM
from certif.kit.db import db, transaction
from certif.kit.errors import Refusal
from certif.kit.tokens import digest

NOON = dt.datetime(2026, 11, 3, 17, tzinfo=dt.UTC)


@dataclass
class Photograph:
    """Any row with a public name will do."""

    ref: str = "7KQ"


@pytest.fixture
def someone(app: Flask) -> Photograph:
    return Photograph()


def give(subject: Photograph, purpose: str = "recontact", language: str = "fr") -> Consent:
    with transaction():
        return consents.give_consent(subject, purpose, version=PURPOSES[purpose].version, language=language, by=SYSTEM)


def withdraw(subject: Photograph, purpose: str = "recontact") -> list[Consent]:
    with transaction():
        return consents.withdraw_consent(subject, purpose, by=SYSTEM)


def test_nothing_is_agreed_to_until_it_is_given(someone: Photograph) -> None:
    assert not consents.has_consent(someone, "recontact")
    give(someone)
    assert consents.has_consent(someone, "recontact")


def test_a_consent_to_one_purpose_is_none_to_another_nor_about_someone_else(someone: Photograph) -> None:
    give(someone)
    assert not consents.has_consent(someone, "image")
    assert not consents.has_consent(Photograph("8MX"), "recontact")


def test_what_was_agreed_to_is_kept_to_the_letter(someone: Photograph) -> None:
    with clock.frozen(NOON):
        consent = give(someone, language="en")
    assert consent.text.startswith("I agree to receive news")
    assert (consent.text_version, consent.language, consent.given_at, consent.given_by) == (1, "en", NOON, "system")
    assert consent.text_digest == digest(consent.text)


def test_a_withdrawn_consent_counts_no_more_and_stays_as_proof(someone: Photograph) -> None:
    give(someone)
    with clock.frozen(NOON):
        withdraw(someone)
    assert not consents.has_consent(someone, "recontact")
    [kept] = consents.consents_of(someone)
    assert kept.withdrawal is not None
    assert (kept.withdrawal.withdrawn_at, kept.withdrawal.withdrawn_by) == (NOON, "system")


def test_withdrawing_twice_withdraws_once(someone: Photograph) -> None:
    give(someone)
    assert len(withdraw(someone)) == 1
    assert withdraw(someone) == []


def test_two_withdrawals_at_once_leave_one(someone: Photograph) -> None:
    consent = give(someone)
    withdraw(someone)
    with pytest.raises(IntegrityError), transaction():  # as if the second had read before the first was saved
        db.session.add(ConsentWithdrawal(consent_id=consent.id, withdrawn_at=NOON, withdrawn_by="system"))


def test_giving_twice_gives_once_and_giving_again_after_a_withdrawal_gives_anew(someone: Photograph) -> None:
    assert give(someone) is give(someone)
    withdraw(someone)
    give(someone)
    assert consents.has_consent(someone, "recontact")
    assert len(consents.consents_of(someone)) == 2


def test_a_consent_ends_with_its_time(someone: Photograph) -> None:
    with clock.frozen(NOON):
        consent = give(someone)
    with clock.frozen(consent.valid_until - dt.timedelta(seconds=1)):
        assert consents.has_consent(someone, "recontact")
    with clock.frozen(consent.valid_until):
        assert not consents.has_consent(someone, "recontact")


def test_a_new_wording_is_asked_anew_and_the_old_one_is_refused(someone: Photograph, monkeypatch: pytest.MonkeyPatch) -> None:
    old = give(someone)
    words = old.text
    reworded = Purpose("recontact", (*PURPOSES["recontact"].versions, ("De nouveaux mots.", "New words.")), days=730)
    monkeypatch.setitem(PURPOSES, "recontact", reworded)
    assert not consents.has_consent(someone, "recontact")
    assert old.text == words
    with pytest.raises(Refusal, match="vient de changer"), transaction():
        consents.give_consent(someone, "recontact", version=1, language="fr", by=SYSTEM)
    assert give(someone).text == "De nouveaux mots."


def test_what_happened_to_consents_is_in_the_journal(someone: Photograph) -> None:
    give(someone)
    withdraw(someone)
    assert [entry.sentence for entry in audit.history(someone)] == [
        "Certif a donné un consentement (nouvelles et invitations, version 1).",
        "Certif a retiré un consentement (nouvelles et invitations).",
    ]


@pytest.mark.parametrize("purpose", PURPOSES.values(), ids=lambda purpose: purpose.name)
def test_each_purpose_says_in_both_languages_that_one_may_change_ones_mind(purpose: Purpose) -> None:
    assert "en tout temps" in purpose.text("fr")
    assert "at any time" in purpose.text("en")
    assert "'" not in purpose.text("fr")
