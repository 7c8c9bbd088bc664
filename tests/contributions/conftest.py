"""A contribution to be given, and a gateway to give it by card."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from certif import accounts, contributions
from certif.contributions import Contribution
from certif.kit.access import Actor, Role
from certif.kit.db import transaction
from certif.payments import Sandbox
from certif.programs import Program, version_in_force
from tests import paying
from tests.factories import make_employer, make_program, make_staff, owner_of

BACK = "http://127.0.0.1:8000/certification/contribution"


@pytest.fixture
def program(app: Flask) -> Program:
    return make_program()


@pytest.fixture
def dues(program: Program) -> Contribution:
    """Fifty dollars asked of an employer."""
    return ask(program)


@pytest.fixture
def manager(program: Program) -> Actor:
    return make_staff(Role.MANAGER, program).actor


@pytest.fixture
def till(app: Flask) -> Iterator[Sandbox]:
    with paying.a_till(app) as sandbox:
        yield sandbox


def ask(program: Program, **answers: object) -> Contribution:
    """Ask another employer for its contribution."""
    employer = make_employer(**answers)
    version = version_in_force(program)
    assert version is not None
    with transaction():
        return contributions.open_contribution(employer, version, by=accounts.actor_of(owner_of(employer)))


def owner(dues: Contribution) -> Actor:
    """Who registered the employer."""
    return accounts.actor_of(owner_of(dues.employer))
