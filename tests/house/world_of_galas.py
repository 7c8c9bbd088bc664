"""What stands behind the doors of galas: an evening under embargo, with all that is prepared of it."""

from __future__ import annotations

from typing import Any

from certif.galas.moment_actions import add_award
from certif.galas.queries import organisers_of
from certif.programs import Program
from tests.campaigns.making import make_campaign
from tests.factories import unit
from tests.galas.making import BOSS, make_gala, make_guest, make_moment, make_organiser, make_table
from tests.selections.making import make_laureate


def honoured(program: Program, secret: str) -> dict[str, dict[str, Any]]:
    """An evening that honours the employer, a moment, a guest, a table."""
    campaign = make_campaign(program)
    laureate, gala = make_laureate(campaign, f"{secret} inc."), make_gala(program, campaign)
    make_organiser(gala)
    moment, guest, table = make_moment(gala, f"Mot de {secret}"), make_guest(gala, f"Tante {secret}"), make_table(gala, secret)
    with unit():
        award = add_award(gala, name_fr=f"Prix {secret}", name_en="", sponsor="", by=BOSS)
    return {
        "galas.*": {
            "ref": gala.ref, "slug": program.slug, "token": "x", "organiser": organisers_of(gala)[0].ref, "award": award.ref,
            "laureate": laureate.ref, "moment": moment.ref, "guest": guest.ref, "table": table.ref, "paper": "presse",
        },
    }  # fmt: skip
