"""The pages of nominations: the student's are in `nominate_views` and `receipt_views`, the staff's beside them.

Each contest's own page for staff leads to those that are about it.
"""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import format_decimal

from certif.campaigns import Campaign, CampaignTool, offer_beside_campaign
from certif.kit.access import STAFF, Actor
from certif.kit.languages import _
from certif.kit.web import Pages
from certif.nominations.paper_actions import TYPISTS
from certif.nominations.pass_actions import MAKERS
from certif.nominations.reading_queries import MOST_COUNTED, Pile, count_of

pages = Pages("nominations", __name__)


@offer_beside_campaign
def pages_beside(campaign: Campaign, actor: Actor) -> Iterator[CampaignTool]:
    """Give what of a contest's nominations this person may open; the first says how many wait to be read."""
    here = {"ref": campaign.ref}
    if actor.holds(campaign.program_id, *STAFF):
        yield CampaignTool(_("Nominations"), "nominations.list_nominations", _to_read(count_of(campaign, actor, Pile.HELD)), here)
        yield CampaignTool(_("Boss"), "nominations.list_bosses", values=here)
        yield CampaignTool(_("Signes"), "nominations.list_signs", values=here)
        yield CampaignTool(_("Remerciements"), "nominations.list_thanks", values=here)
    if not campaign.is_over and actor.holds(campaign.program_id, *MAKERS):
        yield CampaignTool(_("Coupons de nomination"), "nominations.give_passes", values=here)
    if actor.holds(campaign.program_id, *TYPISTS):
        yield CampaignTool(_("Taper une nomination sur papier"), "nominations.type_paper", values=here)


def _to_read(count: int) -> str:
    if count > MOST_COUNTED:
        return _("plus de %(count)s à lire", count=format_decimal(MOST_COUNTED))
    return _("%(count)s à lire", count=format_decimal(count)) if count else ""
