"""Commands run in processes forked from one that knows the house: as a script runs them, without reading everything anew each time."""

from __future__ import annotations

from tests.faults.conftest import nursery

__all__ = ["nursery"]
