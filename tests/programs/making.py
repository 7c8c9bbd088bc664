"""Programs and their staff, made by the real acts."""

from __future__ import annotations

import dataclasses
from typing import Any

from flask import Flask

from certif import accounts
from certif.accounts.identity import cookie_name
from certif.kit.access import SYSTEM, Role
from certif.kit.db import transaction
from certif.law import HourRule
from certif.programs import Program, ProgramVersion, create_program, draft_version, edit_draft, publish_version
from certif.territory import mrc, partners, region
from tests.pages import Visitor


def make_program(name: str = "Programme d’essai", code: str = "14", only: tuple[str, ...] = ()) -> Program:
    """Make a program that offers nothing yet."""
    place = region(code)
    return create_program(name, region=place, body=partners(region=place)[0], only=[mrc(slug) for slug in only], by=SYSTEM)


def publish(program: Program, model: str = "provincial", **facts: Any) -> ProgramVersion:
    """Publish a version copied from a model."""
    return publish_version(draft_version(program, model=model, by=SYSTEM), by=SYSTEM, **facts)


def with_hours(draft: ProgramVersion, *hours: HourRule) -> ProgramVersion:
    """Give a draft these hours and no other."""
    edit_draft(draft, rules=dataclasses.replace(draft.rules, hours=hours), by=SYSTEM)
    return draft


def staff(app: Flask, role: Role, *programs: Program) -> Visitor:
    """Sign in somebody who holds a role, the second factor given."""
    visitor = Visitor(app)
    with transaction():
        partner = partners(region=programs[0].region)[0] if role is Role.PARTNER else None
        address, name = f"{role.value}{id(visitor)}@exemple.com", f"Camille {role.value.title()}"
        user = accounts.add_staff(address, role, programs, partner=partner, name=name)
        started = accounts.start_session(user, browser=accounts.Browser(agent="tests"), second_factor=True)
        token = started.token
    visitor.client.set_cookie(cookie_name(), token, domain="127.0.0.1")
    return visitor
