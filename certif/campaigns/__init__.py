"""WHAT A REGION DECIDES OF A CONTEST. Who may nominate a boss and until when, what is won, by which phases laureates are chosen: data, in
immutable published editions."""

from certif.campaigns.model import Campaign, CampaignEnding
from certif.campaigns.reading import read_definition, write_definition
from certif.campaigns.values import (
    Category,
    Criterion,
    Definition,
    Eligibility,
    Phase,
    PhaseKind,
    Prize,
    Prompt,
    Quota,
    Tie,
    UnderAge,
    Unit,
    Winner,
)

__all__ = [
    "Campaign",
    "CampaignEnding",
    "Category",
    "Criterion",
    "Definition",
    "Eligibility",
    "Phase",
    "PhaseKind",
    "Prize",
    "Prompt",
    "Quota",
    "Tie",
    "UnderAge",
    "Unit",
    "Winner",
    "read_definition",
    "write_definition",
]
