"""What stands behind the doors of laureate lists: a gala with a key, and a list that another organiser asked for."""

from __future__ import annotations

from typing import Any

from certif.galas import ListToken
from certif.kit.db import db
from certif.programs import Program
from tests.campaigns.making import make_campaign
from tests.galas.listed import honour, key_of, make_asked, make_listed
from tests.nominations.making import make_boss


def listed(program: Program, secret: str) -> dict[str, dict[str, Any]]:
    """A gala whose one laureate bears the secret name, its key, and a request."""
    campaign = make_campaign(program)
    honour(make_boss(campaign, secret), "employer", "student", category="")
    gala = make_listed(program, campaign)
    key_of(gala)
    request = make_asked(program, organisation=secret)
    key = db.session.query(ListToken).filter_by(gala_id=gala.id).one()
    of_the_request = ("show_list", "take_list", "answer_list", "decline_list")
    return {
        "api.*": {"ref": gala.ref, "form": "csv"},
        **{f"galas.{name}": {"ref": gala.ref, "form": "csv"} for name in ("show_laureate_list", "take_laureate_list", "issue_token")},
        **{f"galas.{name}": {"ref": request.ref, "form": "csv"} for name in of_the_request},
        "galas.ask_for_list": {"slug": program.slug},
        "galas.revoke_token": {"ref": key.ref},
    }
