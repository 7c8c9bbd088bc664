"""THE PUBLIC ROLL: who is certified, day after day, signed and chained, for anyone to archive and check."""

from certif.roll.actions import publish_roll
from certif.roll.model import RollDay, RollPage
from certif.roll.queries import first_broken_day

__all__ = ["RollDay", "RollPage", "first_broken_day", "publish_roll"]
