"""A student who names a boss, by the real pages."""

from __future__ import annotations

import re
from typing import Any

from flask import Flask

from certif.campaigns import Campaign
from certif.kit.db import db
from certif.nominations.pass_actions import make_passes
from tests.conftest import Mailbox
from tests.factories import unit
from tests.pages import Page, Visitor

TYPED: dict[str, Any] = {
    "age": "16_17", "name": "Café du Coin", "municipality": "Joliette", "mrc": "joliette", "person": "Julie",
    "why_exams": "Elle me donne congé avant mes examens.", "first_name": "Alexis", "school": "École secondaire de la Rivière",
    "level": "secondary", "email": "alexis@exemple.com",
}  # fmt: skip


def typed(**changes: Any) -> dict[str, Any]:
    """Give what a student types; None leaves a field empty."""
    return {name: value for name, value in (TYPED | changes).items() if value is not None}


def say(visitor: Visitor, campaign: Campaign, **changes: Any) -> Page:
    """Describe a place and say why, as typed; stop before the code."""
    return visitor.open(f"/n/{campaign.ref}?lieu=autre").fill("Nommer mon boss", **typed(**changes))


def code_in(letters: Mailbox, email: str = "alexis@exemple.com") -> str:
    """Give the six digits of the last letter to an address."""
    found = re.search(r"^\d{6}$", letters.last(email).body, re.MULTILINE)
    assert found, letters.last(email).body
    return found.group()


def nominate(visitor: Visitor, campaign: Campaign, letters: Mailbox, **changes: Any) -> Page:
    """Nominate to the end, by an address."""
    email = changes.get("email", TYPED["email"])
    return say(visitor, campaign, **changes).fill("Confirmer", code=code_in(letters, email))


def receipt_in(page: Page) -> str:
    """Give the code of the receipt that a page shows."""
    found = page.soup.select_one(".receipt__code")
    assert found is not None, page.text
    return found.get_text()


def passes(campaign: Campaign, by: Any, count: int = 1, school: str = "École secondaire de la Rivière") -> list[str]:
    """Give passes of a school."""
    with unit():
        return make_passes(db.session.merge(campaign), school=school, school_body=None, count=count, by=by)[1]


def looks(app: Flask) -> Visitor:
    """Give somebody who types hostile things on purpose."""
    return Visitor(app, inspects=False)
