"""What stands behind the doors of the network: a body, a committee that met, a distinction, a request, a consultation."""

from __future__ import annotations

from typing import Any

from certif import accounts
from certif.certification import Certification
from certif.kit import clock
from certif.kit.db import db
from certif.network import HelpKind, note_task, offer_help
from certif.network.request_model import Consultation
from certif.programs import Program
from tests.factories import owner_of, unit
from tests.network.making import (
    BOSS,
    make_body,
    make_committee,
    make_contact,
    make_distinction,
    make_meeting,
    make_provision,
    make_request,
    make_seat,
)


def networked(program: Program, certification: Certification, secret: str) -> dict[str, dict[str, Any]]:
    """One row of each kind, with the secret name where names are."""
    body, committee = make_body(program, f"Ville de {secret}", goal=f"Plan {secret}"), make_committee(program, f"Comité {secret}")
    contact, provision, seat = make_contact(body), make_provision(body), make_seat(committee)
    meeting, request = make_meeting(committee, minutes=f"{secret} a parlé."), make_request(program, f"École {secret}")
    distinction, _file = make_distinction(certification)
    with unit():
        task = note_task(meeting, f"Écrire à {secret}", due_on=meeting.held_on, seat=seat, by=BOSS)
        offer_help(certification, [HelpKind.TALKS], f"Demandez {secret}.", by=accounts.actor_of(owner_of(certification.employer)))
    in_register = {"ref": body.ref, "slug": program.slug, "contact": contact.ref, "provision": provision.ref, "form": "csv", "token": "x"}
    of_committees = ("show_committee", "dissolve_committee", "give_seat", "end_seat", "plan_meeting", "download_meetings")
    of_meetings = (
        "show_meeting", "download_meeting", "cancel_meeting", "note_attendance", "write_minutes", "download_minutes", "adopt_minutes",
        "note_decision",
        "note_task", "finish_task", "send_synthesis",
    )  # fmt: skip
    of_requests = ("show_request", "assign_request", "answer_request", "close_request")
    return {
        "network.*": in_register,
        **{f"network.{name}": {"ref": committee.ref, "seat": seat.ref} for name in of_committees},
        **{f"network.{name}": {"ref": meeting.ref, "task": task.ref} for name in of_meetings},
        **{f"network.{name}": {"ref": request.ref} for name in of_requests},
        **{f"network.{name}": {"ref": distinction.ref} for name in ("end_distinction", "answer_distinction")},
        **{f"network.{name}": {"ref": certification.ref} for name in ("offer_distinction", "offer_help")},
        **_consulted(program),
    }


def _consulted(program: Program) -> dict[str, dict[str, Any]]:
    with unit():
        one = Consultation(
            program=program, number=2, title="Brouillon", clauses=[], digest="0" * 64, opens_on=clock.today(), closes_on=clock.today(),
            opened_at=clock.now(), opened_by="x", summary="",
        )  # fmt: skip
        db.session.add(one)
    names = ("show_consultation", "invite_to_consultation", "close_consultation")
    return {f"network.{name}": {"ref": one.ref} for name in names}
