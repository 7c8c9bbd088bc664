"""What the tests of territory stand on."""

from __future__ import annotations

import pytest
from flask import Flask

from certif import territory


@pytest.fixture
def places(app: Flask) -> None:
    """The reference data, loaded."""
    territory.load_reference_data()
