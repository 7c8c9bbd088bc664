"""WHO STUDENTS NAME. A boss as a contest knows it, what each student says of it, and what readers decide of the words."""

from certif.nominations.model import (
    Boss,
    BossTally,
    Nomination,
    NominationReading,
    NominationTrace,
    NominationWithdrawal,
    NominatorContact,
    ReadingOutcome,
    Way,
)

__all__ = [
    "Boss",
    "BossTally",
    "Nomination",
    "NominationReading",
    "NominationTrace",
    "NominationWithdrawal",
    "NominatorContact",
    "ReadingOutcome",
    "Way",
]
