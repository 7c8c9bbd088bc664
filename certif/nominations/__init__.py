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
from certif.nominations.nominate_counting import MOST_BOSSES, Nominator, count_nomination, find_spot
from certif.nominations.nominate_keys import nominator_key
from certif.nominations.nominate_model import NamedPerson, NominationCorrection
from certif.nominations.nominate_queries import Door, door_at, open_campaign
from certif.nominations.nominate_retention import say_released
from certif.nominations.nominate_said import PURPOSES_ASKED, Said
from certif.nominations.paper_actions import type_nomination
from certif.nominations.pass_actions import make_passes

__all__ = [
    "MOST_BOSSES",
    "PURPOSES_ASKED",
    "Boss",
    "BossTally",
    "Door",
    "NamedPerson",
    "Nomination",
    "NominationCorrection",
    "NominationReading",
    "NominationTrace",
    "NominationWithdrawal",
    "Nominator",
    "NominatorContact",
    "ReadingOutcome",
    "Said",
    "Way",
    "count_nomination",
    "door_at",
    "find_spot",
    "make_passes",
    "nominator_key",
    "open_campaign",
    "say_released",
    "type_nomination",
]
