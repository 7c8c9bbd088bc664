"""WHAT A REGION DECIDES OF A CONTEST. Who may nominate a boss and until when, what is won, by which phases laureates are chosen: data, in
immutable published editions."""

from certif.campaigns.actions import copy_campaign, discard_campaign, draft_campaign, edit_campaign, end_campaign, publish_campaign
from certif.campaigns.beside import CampaignTool, PublicLink, offer_beside_campaign, offer_on_contest
from certif.campaigns.checks import faults_of
from certif.campaigns.comparing import differences
from certif.campaigns.files import CampaignFile, CampaignModel, load_model, model_names, read_campaign, write_campaign
from certif.campaigns.model import Campaign, CampaignEnding
from certif.campaigns.queries import (
    CampaignState,
    campaign_at,
    campaign_of,
    campaigns_of,
    campaigns_open,
    open_campaigns,
    shown_campaigns,
    state_of,
    title_of,
)
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
from certif.campaigns.wording import PhaseLine, PrizeLine, phase_lines, prize_lines, who_may

__all__ = [
    "Campaign",
    "CampaignEnding",
    "CampaignFile",
    "CampaignModel",
    "CampaignState",
    "CampaignTool",
    "Category",
    "Criterion",
    "Definition",
    "Eligibility",
    "Phase",
    "PhaseKind",
    "PhaseLine",
    "Prize",
    "PrizeLine",
    "Prompt",
    "PublicLink",
    "Quota",
    "Tie",
    "UnderAge",
    "Unit",
    "Winner",
    "campaign_at",
    "campaign_of",
    "campaigns_of",
    "campaigns_open",
    "copy_campaign",
    "differences",
    "discard_campaign",
    "draft_campaign",
    "edit_campaign",
    "end_campaign",
    "faults_of",
    "load_model",
    "model_names",
    "offer_beside_campaign",
    "offer_on_contest",
    "open_campaigns",
    "phase_lines",
    "prize_lines",
    "publish_campaign",
    "read_campaign",
    "read_definition",
    "shown_campaigns",
    "state_of",
    "title_of",
    "who_may",
    "write_campaign",
    "write_definition",
]
