"""What staff do with school passes: make them, many at once, and hand them out on paper."""

from __future__ import annotations

from certif.campaigns import Campaign
from certif.kit import audit, clock, tokens
from certif.kit.access import Actor, Role
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.inserting import insert_new
from certif.kit.languages import _, _l
from certif.nominations.nominate_keys import PASS_LENGTH, new_code
from certif.nominations.pass_model import NominationPass, PassLot
from certif.territory import Partner

audit.declare("passes_made", _l("%(by)s a fait des coupons de nomination pour « %(school)s » : %(count)s."), "school", "count")

MAKERS = (Role.ADMIN, Role.MANAGER, Role.AGENT)
MOST_PASSES = 300
"""How many passes are made at a time: a large school."""


def make_passes(campaign: Campaign, *, school: str, school_body: Partner | None, count: int, by: Actor) -> tuple[PassLot, list[str]]:
    """Make passes that serve once. Only their digests are kept: they are given now, and never again.

    Refuses: someone who has no part in the program; a contest that is not published, or is over; too many at once.
    """
    if not by.holds(campaign.program_id, *MAKERS):
        raise Refusal(_("Dans ce programme, votre rôle ne permet pas de faire des coupons."))
    lock(campaign)
    if not campaign.is_published or campaign.is_over:
        raise Refusal(_("Ce concours n’est pas publié, ou il est terminé : ses coupons ne serviraient pas."))
    if not 0 < count <= MOST_PASSES:
        raise Refusal(_("Faites de 1 à %(most)s coupons à la fois.", most=MOST_PASSES))
    codes = sorted({new_code(PASS_LENGTH) for _each in range(count)})
    assert len(codes) == count
    lot = PassLot(
        campaign_id=campaign.id, school=school, school_body_id=school_body.id if school_body else None, count=count,
        made_at=clock.now(), made_by=by.ref,
    )  # fmt: skip
    db.session.add(lot)
    db.session.flush()
    new = [{"token_digest": tokens.digest(code), "lot_id": lot.id, "used_at": None} for code in codes]
    insert_new(NominationPass, new, NominationPass.token_digest)
    audit.record("passes_made", campaign, by=by, school=school, count=count)
    return lot, codes
