"""Where the scenes play: the application in this process, in many threads at once, on a database of its own."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field

from flask import Flask

from certif.payments import Sandbox
from certif.payments.sandbox import acts
from tests.pages import Visitor


@dataclass
class Scenery:
    """The application and the gateway."""

    app: Flask
    till: Sandbox
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def next(self) -> int:
        """Give a number not given before."""
        return next(self._numbers)

    def visitor(self) -> Visitor:
        """Give somebody with a browser, whom nobody knows."""
        return Visitor(self.app, inspects=False)

    def pay_at_till(self, session_ref: str) -> None:
        """Press the gateway's own button."""
        with self.till.store.unit() as unit:
            desk = acts.Desk(unit, {})
            acts.pay_session(desk, acts.current_session(desk, session_ref), is_declined=False)
