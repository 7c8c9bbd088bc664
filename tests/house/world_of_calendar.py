"""What stands behind the doors of the calendar: a meeting and who is invited, hours that are offered, a tour, a workshop asked for."""

from __future__ import annotations

from typing import Any

from certif.certification import Certification
from certif.programs import Program
from certif.visits.plan_terms import About
from tests.visits.making import make_a_tour, make_invitation, make_offer, make_request, make_visit, soon

MEETING = ("show_visit", "edit_visit", "move_visit", "cancel_visit", "invite_person", "withdraw_invitation", "step_in_day")
LINKS = ("answer_invitation", "download_invitation", "choose_slot", "stop_offers", "read_feed")
PROGRAMS = ("plan_visit", "open_slots", "make_tour")


def planned(program: Program, certification: Certification, secret: str) -> dict[str, dict[str, Any]]:
    """One row of each kind, all of the employer or named like it."""
    visit = make_visit(program, title=f"Visite chez {secret}", employer=certification.employer, place=f"{secret} inc.")
    invitation = make_invitation(visit, name=f"Tante {secret}")
    offer = make_offer(program, contact_name=f"Oncle {secret}", about=About(employer=certification.employer))
    tour, request = make_a_tour(program, f"Tournée {secret}", stops=1), make_request(program, f"École {secret}")
    return {
        **{f"visits.{name}": {"ref": visit.ref, "invited": invitation.ref} for name in MEETING},
        **{f"visits.{name}": {"token": "x"} for name in LINKS},
        **{f"visits.{name}": {"slug": program.slug} for name in PROGRAMS},
        **{f"visits.{name}": {"ref": tour.ref} for name in ("show_tour", "show_tour_map")},
        "visits.close_slots": {"ref": offer.ref},
        "visits.decline_workshop": {"ref": request.ref},
        "visits.show_day": {"le": soon().isoformat()},
    }
