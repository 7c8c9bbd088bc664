"""What a hostile hand types is kept as typed, shown as text, and never in a letter to whom nobody has shown to be theirs."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select

from certif.campaigns import Campaign
from certif.kit import tokens
from certif.kit.db import db
from certif.nominations import Boss, Nomination
from certif.nominations.nominate_model import NominationDraft
from tests.campaigns.making import make_campaign
from tests.conftest import Mailbox
from tests.factories import make_program
from tests.nominations.nominating import code_in, looks, receipt_in, say

PAYLOADS = (
    "=cmd|' /C calc'!A0", "+418 555-1234", "@SUM(1+1)", "-2+3", "\t=1+1", "a\r\nBcc: x@exemple.org", "<a href=\"http://evil.example\">ici</a>",
    "www.evil.example gagnez", "{{7*7}}", "{event.__init__}", "%(x)s", "${7*7}", "[ici](http://evil.example)", "a\u202egnp.exe",
    "<script>alert(1)</script>", "'; DROP TABLE nomination; --",
)  # fmt: skip


@pytest.fixture
def campaign(app: Flask) -> Campaign:
    return make_campaign(make_program(code="14"))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_is_typed_is_text_and_in_no_letter(app: Flask, campaign: Campaign, letters: Mailbox, payload: str) -> None:
    hostile = looks(app)
    texts = dict.fromkeys(("name", "municipality", "person", "why_exams", "first_name", "school"), f"Zz {payload}")
    page = say(hostile, campaign, **texts)
    assert page.status == 200
    page = page.fill("Confirmer", code=code_in(letters))
    assert page.h1.startswith("Merci")
    for letter in letters.all():
        assert letter.to_address == "alexis@exemple.com"
        assert "Zz" not in letter.body + letter.subject
        assert "evil" not in letter.body and "Bcc" not in letter.body
    nomination = db.session.scalars(select(Nomination)).one()
    assert nomination.first_name == " ".join(f"Zz {payload}".replace("\u202e", "").split())
    shown = hostile.open("/n/recu").fill("Voir ma nomination", code=receipt_in(page))
    assert "<script>alert" not in shown.response.get_data(as_text=True)
    assert not shown.soup.select("a[href*=evil]")


@pytest.mark.parametrize("name", ["name", "person", "why_exams", "first_name", "school", "municipality", "coupon"])
def test_ten_thousand_signs_are_too_many(app: Flask, campaign: Campaign, letters: Mailbox, name: str) -> None:
    page = say(looks(app), campaign, **{name: "a" * 10_000})
    assert page.status == 422
    assert "Raccourcissez" in page.errors()[0]
    assert [db.session.scalar(select(func.count()).select_from(model)) for model in (NominationDraft, Nomination, Boss)] == [0, 0, 0]
    assert letters.all() == []


@pytest.mark.parametrize("email", ["x", "a@b\r\nBcc: c@exemple.org", "a@exemple.com, b@exemple.com", "=1+1@"])
def test_what_is_no_address_is_written_to_by_nobody(app: Flask, campaign: Campaign, letters: Mailbox, email: str) -> None:
    assert say(looks(app), campaign, email=email).status == 422
    assert letters.all() == []


def bombed(app: Flask, campaign: Campaign, times: int) -> list[int]:
    """Ask for letters to one mailbox, under many spellings, each time with other words."""
    return [say(looks(app), campaign, email=f"victime+{number}@exemple.com", why_exams=f"{number} fois.").status for number in range(times)]


def test_one_mailbox_is_written_to_five_times_in_ten_minutes(app: Flask, campaign: Campaign, letters: Mailbox) -> None:
    assert bombed(app, campaign, 8) == [200] * 5 + [409] * 3
    assert len(letters.all()) == 5


def test_without_the_bound_a_mailbox_is_seen_to_be_bombed(
    app: Flask, campaign: Campaign, letters: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tokens, "count_attempt", lambda *_args, **_kwargs: None)
    bombed(app, campaign, 8)
    assert len(letters.all()) == 8


def test_a_code_of_another_contest_or_of_nothing_opens_nothing(app: Flask, campaign: Campaign, letters: Mailbox) -> None:
    visitor, other = looks(app), make_campaign(make_program(code="14"))
    page = say(visitor, campaign)
    elsewhere = page.path.replace(campaign.ref, other.ref)
    assert visitor.send(elsewhere, {"code": code_in(letters)}).status == 410
    assert visitor.open(f"/n/{campaign.ref}/code/INCONNU").status == 410
    assert visitor.open(f"/n/{campaign.ref}/parent/{tokens.secret()}").status == 410
    assert db.session.scalar(select(func.count()).select_from(Nomination)) == 0


def test_a_post_that_comes_from_elsewhere_is_refused(app: Flask, campaign: Campaign) -> None:
    answer = app.test_client().post(
        f"/n/{campaign.ref}", data={"age": "16_17"}, base_url="http://127.0.0.1:8000", headers={"Origin": "https://evil.example"}
    )
    assert answer.status_code == 400
