"""The people and organisations of these tests, made through the room's own acts."""

from __future__ import annotations

import itertools
from typing import Any

from flask import Flask

from certif import accounts, employers
from certif.accounts.identity import cookie_name
from certif.employers import Employer, RegistrationDraft
from certif.kit import tokens
from certif.kit.access import SYSTEM, Actor
from certif.kit.db import transaction
from tests.pages import Page, Visitor

_number = itertools.count(1)

FIRST = {"legal_name": "Épicerie du Coin inc.", "neq": "1160000001", "postal_code": "G1R 4S9"}
DESCRIPTION = {
    "trade_name": "", "banner": "", "kind": "company", "sector": "44-45", "size": "5-19", "hires": "students", "federally_regulated": "no",
}  # fmt: skip
PLACE = {"name": "", "address": "12, rue Saint-Jean", "municipality": "Québec", "postal_code": "G1R 4S9", "mrc": "quebec"}
CONTACT = {
    "contact_name": "Aïcha Tremblay", "contact_role": "Propriétaire", "contact_email": "aicha@exemple.com", "contact_phone": "418 555-1234",
    "language": "fr",
}  # fmt: skip


def answers(**changed: Any) -> dict[str, Any]:
    """Give everything a draft holds before its establishments."""
    return {**FIRST, **DESCRIPTION, "federally_regulated": False, **CONTACT, **changed}


def draft(*places: dict[str, str], **changed: Any) -> RegistrationDraft:
    """Make a draft that lacks nothing, in the unit of work under way."""
    found = employers.keep_first_answers(tokens.secret(), answers(**changed))
    for place in places or (PLACE,):
        employers.keep_establishment(found, {**PLACE, **place})
    return found


def person(email: str, name: str = "", language: str = "fr") -> Actor:
    """Give somebody who has an account, in the unit of work under way."""
    name = name or email.split("@", maxsplit=1)[0]
    return accounts.actor_of(accounts.user_for(email) or accounts.open_account(email, name=name, language=language, by=SYSTEM))


def register(*places: dict[str, str], **changed: Any) -> Employer:
    """Register an employer, as its contact would, in the unit of work under way."""
    number = next(_number)
    said = {"neq": f"22{number:08d}", "legal_name": f"Boulangerie {number}", **changed}
    return employers.register_employer(draft(*places, **said), by=person(said.get("contact_email", CONTACT["contact_email"])))


def signed_in(app: Flask, email: str, *, inspects: bool = True) -> Visitor:
    """Give the browser of somebody signed in."""
    with transaction():
        person(email)
        user = accounts.user_for(email)
        assert user is not None
        token = accounts.start_session(user, browser=accounts.Browser(agent="tests")).token
    visitor = Visitor(app, inspects=inspects)
    visitor.client.set_cookie(cookie_name(), token, domain="127.0.0.1")
    return visitor


def filled_in(visitor: Visitor, **changed: Any) -> Page:
    """Go through every page of the registration; give the summary."""
    first = {**FIRST, **{name: changed[name] for name in FIRST if name in changed}}
    if first["neq"] == "":
        first["has_no_neq"] = True
    page = visitor.open("/inscription").fill("Continuer", **first)
    page = page.fill("Continuer", **{**DESCRIPTION, **{name: changed[name] for name in DESCRIPTION if name in changed}})
    page = page.fill("Ajouter l’établissement", **{**PLACE, **changed.get("place", {})})
    page = page.fill("Continuer")
    return page.fill("Continuer", **{**CONTACT, **{name: changed[name] for name in CONTACT if name in changed}})
