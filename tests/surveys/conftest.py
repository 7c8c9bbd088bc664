"""A survey that runs, and a class that has its code."""

from __future__ import annotations

import pytest
from flask import Flask

from certif.kit.db import transaction
from certif.surveys import Survey, SurveyDoor
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
