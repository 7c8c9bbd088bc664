"""A program, and someone who works for it."""

from __future__ import annotations

import pytest
from flask import Flask

from certif.kit.access import Role
from certif.programs import Program
from tests.factories import Person, make_program, make_staff


@pytest.fixture
def program(app: Flask) -> Program:
    """A program of region 14."""
    return make_program(code="14")


@pytest.fixture
def agent(program: Program) -> Person:
    """Someone who works for it."""
    return make_staff(Role.AGENT, program)
