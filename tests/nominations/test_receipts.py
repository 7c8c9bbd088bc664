"""Coming back with a receipt: words are corrected and held again, consents change one by one, and all can be taken back."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import func, select

from certif.campaigns import Campaign
from certif.consents import has_consent
from certif.kit import clock
from certif.kit.db import db
from certif.nominations import (
    BossTally,
    Nomination,
    NominationCorrection,
    NominationReading,
    NominationTrace,
    NominatorContact,
    ReadingOutcome,
)
from tests.campaigns.making import make_campaign
from tests.conftest import Mailbox
from tests.factories import make_program, unit
from tests.nominations.nominating import nominate, receipt_in
from tests.pages import Page, Visitor


@pytest.fixture
def campaign(app: object) -> Campaign:
    return make_campaign(make_program(code="14"))


@pytest.fixture
def code(visitor: Visitor, campaign: Campaign, letters: Mailbox) -> str:
    return receipt_in(nominate(visitor, campaign, letters, agrees_nomination_words=True))


def come_back(visitor: Visitor, code: str) -> Page:
    return visitor.open("/n/recu").fill("Voir ma nomination", code=code)


def the_nomination() -> Nomination:
    return db.session.scalars(select(Nomination)).one()


def tally() -> int:
    return db.session.scalars(select(BossTally.count)).one()


def read(outcome: ReadingOutcome, change: int = 0) -> None:
    """Let somebody decide of the words, as the desk does."""
    with unit():
        nomination = the_nomination()
        reading = NominationReading(number=1, outcome=outcome.value, reason="", read_at=clock.now(), read_by="system")
        nomination.readings = [*nomination.readings, reading]
        db.session.get_one(BossTally, nomination.boss_id).count += change


@pytest.mark.parametrize("change", [str.lower, lambda code: code.replace(" ", "-"), lambda code: f" {code.replace(' ', '')} "])
def test_a_receipt_is_read_however_it_is_typed(visitor: Visitor, code: str, change: object) -> None:
    page = come_back(visitor, change(code))  # type: ignore[operator]
    assert page.h1 == "Votre nomination"
    assert "Set-Cookie" not in page.response.headers


def test_a_code_of_nothing_is_said_to_be_one(visitor: Visitor, code: str) -> None:
    page = come_back(visitor, "ABCD EFGH JKMN PQRS")
    assert page.status == 422
    assert "Aucune nomination" in page.errors()[0]
    for act in ("correction", "consentements", "retrait"):
        assert visitor.send(f"/n/recu/{act}", {"code": "ABCD"}).status == 422


def test_a_corrected_nomination_is_held_again(visitor: Visitor, code: str) -> None:
    read(ReadingOutcome.APPROVED)
    page = come_back(visitor, code).fill("Corriger", why_exams="Il est flexible.", first_name="Alex")
    assert "corrigés" in page.text
    nomination = the_nomination()
    assert (nomination.answers, nomination.first_name, nomination.reading) == ({"exams": "Il est flexible."}, "Alex", None)
    assert db.session.scalars(select(NominationCorrection.number)).all() == [1]
    assert tally() == 1


def test_what_was_set_aside_counts_again_once_it_is_corrected(visitor: Visitor, code: str) -> None:
    read(ReadingOutcome.SET_ASIDE, change=-1)
    come_back(visitor, code).fill("Corriger", why_exams="Sans gros mots.")
    assert tally() == 1


def test_the_same_words_sent_again_are_no_correction(visitor: Visitor, code: str) -> None:
    read(ReadingOutcome.APPROVED)
    come_back(visitor, code).fill("Corriger")
    assert the_nomination().reading is not None


def test_words_may_not_be_emptied(visitor: Visitor, code: str) -> None:
    page = come_back(visitor, code).fill("Corriger", why_exams="")
    assert page.status == 422
    assert the_nomination().answers != {}


def test_nothing_is_corrected_once_the_contest_is_over(visitor: Visitor, campaign: Campaign, code: str) -> None:
    page = come_back(visitor, code)
    with clock.frozen(clock.now() + dt.timedelta(days=40)):
        assert page.fill("Corriger", why_exams="Trop tard.").status == 409
        assert come_back(visitor, code).soup.find("textarea") is None
        assert come_back(visitor, code).fill("Retirer ma nomination").text.count("est retirée") == 1


def test_consents_change_one_by_one(visitor: Visitor, code: str) -> None:
    page = come_back(visitor, code)
    ticked = [box["name"] for box in page.soup.select("input[checked]")]
    assert ticked == ["agrees_nomination_words"]
    page = page.fill("Garder ces choix", agrees_nomination_words=False, agrees_nomination_gala=True)
    assert "C’est noté" in page.text
    assert [has_consent(the_nomination(), name) for name in ("nomination_words", "nomination_gala")] == [False, True]


def test_what_is_taken_back_is_erased_at_once_and_counts_no_more(visitor: Visitor, code: str) -> None:
    page = come_back(visitor, code).fill("Retirer ma nomination")
    assert "retirée" in page.text
    nomination = the_nomination()
    assert nomination.withdrawal is not None
    assert (nomination.first_name, nomination.school, nomination.answers, tally()) == ("", "", {}, 0)
    for model in (NominatorContact, NominationTrace):
        assert db.session.scalar(select(func.count()).select_from(model)) == 0
    assert not has_consent(nomination, "nomination_words")
    assert come_back(visitor, code).h1 == "Nomination retirée"
    assert visitor.send("/n/recu/retrait", {"code": code}).status == 409
    assert visitor.send("/n/recu/consentements", {"code": code, "agrees_nomination_gala": "y"}).status == 409


def test_what_was_set_aside_is_not_uncounted_twice(visitor: Visitor, code: str) -> None:
    read(ReadingOutcome.SET_ASIDE, change=-1)
    come_back(visitor, code).fill("Retirer ma nomination")
    assert tally() == 0


def test_who_took_it_back_may_name_that_boss_again(visitor: Visitor, campaign: Campaign, letters: Mailbox, code: str) -> None:
    come_back(visitor, code).fill("Retirer ma nomination")
    assert nominate(visitor, campaign, letters, why_exams="Finalement, oui.").status == 200
    assert tally() == 1
