"""One nursery for all the tests of faults: the house is imported once, and forked as often as it is killed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from certif.kit.limits import limiter
from tests.faults.nursery import Nursery


@pytest.fixture(scope="session")
def nursery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    """Where servers, workers and commands are born."""
    found = Nursery(tmp_path_factory.mktemp("nursery"))
    yield found
    found.close()


@pytest.fixture(autouse=True)
def unlimited() -> Iterator[None]:
    """Let many posts through from one address: it is not the limit that is tested here."""
    before, limiter.enabled = limiter.enabled, False
    yield
    limiter.enabled = before
