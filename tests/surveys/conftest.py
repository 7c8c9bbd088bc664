"""A survey that runs, a class that has its code; a program, and somebody who works for it."""

from __future__ import annotations

import pytest
from flask import Flask

from certif.kit.access import Role
from certif.kit.db import transaction
from certif.programs import Program
from certif.surveys import Survey, SurveyDoor
from tests.factories import Person, make_program, make_staff
from tests.surveys.asking import ask, load_shipped, open_door


@pytest.fixture
def survey(app: Flask) -> Survey:
    """A survey that runs."""
    load_shipped()
    with transaction():
        return ask()


@pytest.fixture
def door(survey: Survey) -> SurveyDoor:
    """A class that has its code."""
    with transaction():
        return open_door(survey)


@pytest.fixture
def program(app: Flask) -> Program:
    """A program of region 14."""
    return make_program(code="14")


@pytest.fixture
def agent(program: Program) -> Person:
    """Someone who works for it."""
    return make_staff(Role.AGENT, program)
