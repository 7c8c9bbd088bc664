"""The pages of selections. Each thing has its own: `phase_views`, `vote_views`, `laureate_views`, `jury_views`.

Each contest's own page for staff leads to those that are about it.
"""

from __future__ import annotations

from collections.abc import Iterator

from certif.campaigns import Campaign, CampaignTool, PhaseKind, offer_beside_campaign
from certif.kit.access import Actor
from certif.kit.languages import _
from certif.kit.web import Pages
from certif.selections.jury_queries import KEEPERS
from certif.selections.phase_queries import may_open, said

pages = Pages("selections", __name__)


@offer_beside_campaign
def pages_beside(campaign: Campaign, actor: Actor) -> Iterator[CampaignTool]:
    """Give what of the choice of a contest's laureates this person may open: its phases, and each jury."""
    if may_open(actor, campaign):
        yield CampaignTool(_("Choix des lauréates et lauréats"), "selections.show_choosing", values={"ref": campaign.ref})
    if actor.holds(campaign.program_id, *KEEPERS):
        for phase in campaign.definition.phases:
            if phase.kind is PhaseKind.JURY:
                where = {"ref": campaign.ref, "phase": phase.id}
                yield CampaignTool(_("Jury : %(name)s", name=said(phase.name)), "selections.manage_jury", values=where)
