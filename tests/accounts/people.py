"""People of these tests, who do what people do: open pages, read their letters, type codes."""

from __future__ import annotations

import re
from collections.abc import Callable

import pyotp
from flask import Flask

from certif.accounts import User, add_staff, open_account
from certif.accounts.identity import cookie_name
from certif.accounts.model import UserSession
from certif.kit import clock, tokens
from certif.kit.access import SYSTEM, Role
from certif.kit.db import db, transaction
from certif.kit.outbox import Letter
from certif.programs import Program, create_program
from certif.territory import PartnerKind, partners, region
from tests.pages import Page, Visitor

ANA, BEN, EVE = "ana@exemple.com", "ben@exemple.com", "eve@exemple.com"


def account(email: str = ANA, *, name: str = "Ana Tremblay") -> User:
    """Open an account."""
    with transaction():
        return open_account(email, name=name, language="fr")


def program(name: str, code: str = "14") -> Program:
    """Make a program in a region; it offers nothing yet."""
    with transaction():
        place = region(code)
        return create_program(name, region=place, body=partners(PartnerKind.IRC, place)[0], by=SYSTEM)


def grant(email: str, role: Role, *programs: Program, name: str = "") -> User:
    """Give a role, as the command line does."""
    with transaction():
        return add_staff(email, role, programs, name=name or email.split("@", maxsplit=1)[0].capitalize())


def code_in(letter: Letter) -> str:
    """Give the six digits of a letter."""
    found = re.search(r"\b\d{6}\b", letter.body)
    assert found, f"no code in {letter.name}"
    return found.group()


def wrong(code: str) -> str:
    """Give another code."""
    return f"{(int(code) + 1) % 1_000_000:06d}"


def path_in(letter: Letter) -> str:
    """Give the path of the link of a letter."""
    found = re.search(r"http://127\.0\.0\.1:8000(/\S+)", letter.body)
    assert found, f"no link in {letter.name}"
    return found.group(1)


def ask(visitor: Visitor, email: str = ANA) -> Page:
    """Ask for a letter; the page where the code is typed."""
    return visitor.open("/connexion").fill(email=email)


def enter(visitor: Visitor, letters: Callable[[], Letter] | object, email: str = ANA) -> Page:
    """Sign in with the code of the letter."""
    page = ask(visitor, email)
    return page.fill(code=code_in(letters.last(email)))  # type: ignore[attr-defined]


def cookie_of(visitor: Visitor) -> str | None:
    """Give the session cookie of a browser."""
    found = visitor.client.get_cookie(cookie_name(), domain="127.0.0.1")
    return found.value if found else None


def put_cookie(visitor: Visitor, token: str) -> None:
    """Plant a session cookie in a browser."""
    visitor.client.set_cookie(cookie_name(), token, domain="127.0.0.1")


def is_in(visitor: Visitor) -> bool:
    """Whether a browser is signed in: its own account opens."""
    return visitor.open("/compte").h1 == "Mon compte"


def session_behind(token: str | None) -> UserSession | None:
    """Give the row behind a cookie."""
    return db.session.query(UserSession).filter_by(token_digest=tokens.digest(token or "")).one_or_none()


def code_of(key: str) -> str:
    """Give what the authenticator application shows now."""
    return pyotp.TOTP(key).at(clock.now())


def install_application(visitor: Visitor) -> str:
    """Install an authenticator application; give its key."""
    page = visitor.open("/compte/second-facteur")
    assert page.soup.main
    key = "".join(page.soup.main.find("code").get_text().split())
    page = page.fill("Installer", code=code_of(key))
    assert page.h1 == "Codes de secours", page.text
    return key


def staff(app: Flask, letters: object, email: str, role: Role, *programs: Program) -> Visitor:
    """Give somebody of the team, signed in, the second factor given."""
    grant(email, role, *programs)
    visitor = Visitor(app)
    enter(visitor, letters, email)
    install_application(visitor)
    return visitor
