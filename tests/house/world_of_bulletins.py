"""What stands behind the doors of bulletins and of job offers: one that was published, an address that receives it; an offer, a report."""

from __future__ import annotations

from typing import Any

from certif.bulletins.links import stop_token
from certif.certification import Certification
from certif.kit.access import SYSTEM, VISITOR
from certif.mailings import confirm_mailing
from certif.offers import ReportReason, close_offer, report_offer
from certif.programs import Program, Text
from certif.territory import PartnerKind, partners
from tests.bulletins.making import make_bulletin, make_ready, make_subscriber
from tests.factories import unit
from tests.offers.making import make_offer, owner


def written(program: Program, certification: Certification, secret: str) -> dict[str, dict[str, Any]]:
    """A bulletin that is being written, an offer that its employer closed, a report."""
    subscriber, bulletin = make_subscriber(program), make_bulletin(program, f"Mot de {secret}", by=SYSTEM)
    told = make_bulletin(program, "Paru")
    with unit():
        confirm_mailing(make_ready(told, SYSTEM), by=SYSTEM)
    offer = make_offer(certification, title=Text(f"Commis chez {secret}"))
    with unit():
        report = report_offer(offer, ReportReason.OTHER, f"{secret} exagère.", by=VISITOR)
        close_offer(offer, by=owner(certification))
    own = {"ref": certification.employer.ref, "offer": offer.ref}
    return {
        "bulletins.*": {"ref": bulletin.ref, "block": bulletin.blocks[0].ref, "kind": "texte", "token": stop_token(subscriber)},
        "bulletins.show_published": {"ref": told.ref},
        "bulletins.confirm_subscription": {"token": "x"},
        "offers.*": {"ref": offer.ref, "offer": offer.ref, "slug": program.slug},
        **{f"offers.{name}": own for name in ("list_mine", "post_offer", "edit_offer", "close_offer")},
        "offers.settle_report": {"ref": report.ref},
        "offers.download_sheet": {"slug": offer.mrc.slug},
        "offers.download_body_sheet": {"ref": partners(PartnerKind.SCHOOL_BODY)[0].ref},
    }
