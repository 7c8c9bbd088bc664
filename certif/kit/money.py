"""Money: a whole number of cents, in Canadian dollars. No float comes near it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TYPED = re.compile(r"([0-9]{1,6})(?:[.,]([0-9]{2}))?")


@dataclass(frozen=True, order=True)
class Money:
    """An amount in Canadian dollars.

    Takes: `cents`, any whole number; negative where something is taken away.
    """

    cents: int

    def __post_init__(self) -> None:
        if not isinstance(self.cents, int) or isinstance(self.cents, bool):
            raise TypeError(f"Money counts whole cents, not {self.cents!r}")

    @classmethod
    def dollars(cls, amount: int) -> Money:
        """Give the amount that is a whole number of dollars."""
        return cls(amount * 100)

    @classmethod
    def typed(cls, text: str | None) -> Money | None:
        """Give the amount that a person typed, like `20`, `20,00` or `1 250,75 $`; None for what is no amount."""
        found = _TYPED.fullmatch(re.sub(r"[\s$]", "", text or ""))
        return cls(int(found[1]) * 100 + int(found[2] or 0)) if found else None

    @property
    def is_zero(self) -> bool:
        """Whether there is nothing to pay."""
        return self.cents == 0

    def __add__(self, other: Money) -> Money:
        return Money(self.cents + other.cents)

    def __sub__(self, other: Money) -> Money:
        return Money(self.cents - other.cents)
