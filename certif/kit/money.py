"""Money: a whole number of cents, in Canadian dollars. No float comes near it."""

from __future__ import annotations

from dataclasses import dataclass


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

    @property
    def is_zero(self) -> bool:
        """Whether there is nothing to pay."""
        return self.cents == 0

    def __add__(self, other: Money) -> Money:
        return Money(self.cents + other.cents)

    def __sub__(self, other: Money) -> Money:
        return Money(self.cents - other.cents)
