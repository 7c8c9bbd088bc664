"""A moral contract to sign, and the person who may."""

from __future__ import annotations

import pytest
from flask import Flask

from certif.certification import Certification, Stage
from certif.programs import Program
from tests.factories import Person, make_certification, make_person, make_program, owner_of


@pytest.fixture
def program(app: Flask) -> Program:
    return make_program(price_cents=0, requires_contribution=False)


@pytest.fixture
def certification(program: Program) -> Certification:
    return make_certification(Stage.AWAITING_CONTRACT, program, legal_name="Marché du Fjord inc.", contact_name="Aïcha Tremblay")


@pytest.fixture
def owner(certification: Certification) -> Person:
    """Who registered the employer, signed in."""
    return make_person(owner_of(certification.employer))
