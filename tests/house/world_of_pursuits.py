"""What stands behind the doors of prospects on their way: one that is followed, kept for a walk, and whose ground is covered."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from certif.imports import Prospect
from certif.kit.access import SYSTEM, Role
from certif.kit.db import db
from certif.programs import Program
from certif.visits import ReservedProspect
from certif.visits.pursuit_actions import give_territory
from certif.visits.pursuit_jobs import follow_prospects
from certif.visits.pursuit_queries import territories_of
from tests.factories import make_staff, unit
from tests.visits.chasing import keep, near


def chased(program: Program) -> dict[str, dict[str, Any]]:
    """The prospect that a file brought, kept by somebody of the team."""
    colleague = make_staff(Role.AGENT, program)
    with unit():
        give_territory(program, colleague.user, mrc=near(), by=SYSTEM)
    follow_prospects()
    batch = keep(program, colleague.actor)
    held = select(Prospect.ref).join(ReservedProspect, ReservedProspect.prospect_id == Prospect.id)
    prospect = db.session.scalars(held.where(ReservedProspect.reservation_id == batch.id)).first()
    of_a_prospect = ("show_pursuit", "note_approach", "give_contact", "put_off", "rule_out", "take_up", "stop_approaches")
    of_a_batch = ("show_reservation", "download_walk_list", "release_reservation", "release_prospect")
    of_a_program = ("assign_prospects", "give_territory", "set_cadence")
    return {
        **{f"visits.{name}": {"ref": prospect} for name in of_a_prospect},
        **{f"visits.{name}": {"ref": batch.ref, "prospect": prospect} for name in of_a_batch},
        **{f"visits.{name}": {"slug": program.slug} for name in of_a_program},
        "visits.end_territory": {"ref": territories_of(program)[0].ref},
    }
