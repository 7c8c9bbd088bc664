"""WHO STUDENTS NAME. A boss as a contest knows it, what each student says of it, and what readers decide of the words."""

from certif.nominations.boss_actions import keep_apart, link_boss, merge_bosses, undo_merge
from certif.nominations.boss_check_actions import check_boss, rule_boss
from certif.nominations.boss_queries import checks_of, fit_bosses, in_category, is_merged, merge_of, seen_mrcs, standing_boss, unfit_bosses
from certif.nominations.boss_tallies import counts_now, retally
from certif.nominations.boss_twins import find_twins
from certif.nominations.desk_model import (
    BossCheck,
    BossLead,
    BossMerge,
    BossRuling,
    BossThanks,
    CheckWay,
    NominationStrike,
    Thanks,
)
from certif.nominations.lead_actions import hush_leads
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
from certif.nominations.nominate_keys import network_digest, nominator_key
from certif.nominations.nominate_model import NamedPerson, NominationCorrection
from certif.nominations.nominate_queries import Door, door_at, open_campaign
from certif.nominations.nominate_retention import say_released
from certif.nominations.nominate_said import PURPOSES_ASKED, Said
from certif.nominations.paper_actions import type_nomination
from certif.nominations.pass_actions import make_passes
from certif.nominations.reading_actions import approve_nomination, set_aside_nomination, strike_nomination
from certif.nominations.reading_queries import approved_of, said_digest, sentence_of
from certif.nominations.signs_finding import Finding, is_throwaway
from certif.nominations.signs_queries import note_signs, watch_signs
from certif.nominations.thanks_actions import thank_after_results
from certif.nominations.thanks_queries import quotes_of

__all__ = [
    "MOST_BOSSES",
    "PURPOSES_ASKED",
    "Boss",
    "BossCheck",
    "BossLead",
    "BossMerge",
    "BossRuling",
    "BossTally",
    "BossThanks",
    "CheckWay",
    "Door",
    "Finding",
    "NamedPerson",
    "Nomination",
    "NominationCorrection",
    "NominationReading",
    "NominationStrike",
    "NominationTrace",
    "NominationWithdrawal",
    "Nominator",
    "NominatorContact",
    "ReadingOutcome",
    "Said",
    "Thanks",
    "Way",
    "approve_nomination",
    "approved_of",
    "check_boss",
    "checks_of",
    "count_nomination",
    "counts_now",
    "door_at",
    "find_spot",
    "find_twins",
    "fit_bosses",
    "hush_leads",
    "in_category",
    "is_merged",
    "is_throwaway",
    "keep_apart",
    "link_boss",
    "make_passes",
    "merge_bosses",
    "merge_of",
    "network_digest",
    "nominator_key",
    "note_signs",
    "open_campaign",
    "quotes_of",
    "retally",
    "rule_boss",
    "said_digest",
    "say_released",
    "seen_mrcs",
    "sentence_of",
    "set_aside_nomination",
    "standing_boss",
    "strike_nomination",
    "thank_after_results",
    "type_nomination",
    "undo_merge",
    "unfit_bosses",
    "watch_signs",
]
