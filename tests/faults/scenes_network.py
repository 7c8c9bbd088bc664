"""The forms of the register, of committees and of those who ask or help: each filled and ready to be pressed."""

from __future__ import annotations

from certif.certification import Stage
from certif.kit import clock
from certif.kit.access import Role
from certif.network import Committee, CommitteeMeeting, NetworkBody, note_task
from certif.network.help_model import DistinctionKind
from certif.programs import Program
from certif.programs import draft_version as start_draft
from tests import factories
from tests.factories import Person, make_certification, make_person, make_staff, owner_of, unit
from tests.faults.crowds import Press, filled
from tests.faults.scenery import Scenery
from tests.network.making import (
    BOSS,
    invited_link,
    make_body,
    make_committee,
    make_consultation,
    make_contact,
    make_distinction,
    make_meeting,
    make_provision,
    make_request,
    make_seat,
)
from tests.pages import Visitor


def at_work() -> tuple[Person, Program]:
    """Give who decides in a program of its own."""
    program = factories.make_program(code="14")
    return make_staff(Role.MANAGER, program), program


def with_body() -> tuple[Person, NetworkBody, str]:
    """Give who decides, a body, and the address of its page."""
    manager, program = at_work()
    body = make_body(program)
    return manager, body, f"/personnel/reseau/organismes/{body.ref}"


def with_committee() -> tuple[Person, Committee, str]:
    """Give who decides, a committee, and the address of its page."""
    manager, program = at_work()
    committee = make_committee(program)
    return manager, committee, f"/personnel/comites/{committee.ref}"


def with_meeting(minutes: str = "", days: int = -10) -> tuple[Person, CommitteeMeeting, str]:
    """Give who decides, a meeting with a seat, and the address of its page."""
    manager, committee, _path = with_committee()
    make_seat(committee)
    meeting = make_meeting(committee, days, minutes=minutes)
    return manager, meeting, f"/personnel/rencontres/{meeting.ref}"


def note_body(_scenery: Scenery) -> Press:
    manager, program = at_work()
    return filled(manager, f"/personnel/reseau/nouveau/{program.slug}", name="CDC", kind="community", mrcs=["joliette"])


def edit_body(_scenery: Scenery) -> Press:
    manager, _body, path = with_body()
    return filled(manager, f"{path}/modification", goal="Plan 2030")


def archive_body(_scenery: Scenery) -> Press:
    manager, _body, path = with_body()
    return filled(manager, path, "Archiver")


def note_contact(_scenery: Scenery) -> Press:
    manager, _body, path = with_body()
    return filled(manager, f"{path}/personnes/nouvelle", name="Lou", role="Direction")


def end_contact(_scenery: Scenery) -> Press:
    manager, body, path = with_body()
    make_contact(body)
    return filled(manager, path, "plus à joindre")


def note_provision(_scenery: Scenery) -> Press:
    manager, _body, path = with_body()
    day = clock.today().isoformat()
    return filled(manager, f"{path}/apports/nouveau", kind="hours", quantity=4, given_on=day, what="Jury")


def strike_provision(_scenery: Scenery) -> Press:
    manager, body, path = with_body()
    make_provision(body)
    return filled(manager, path, "Rayer")


def add_category(_scenery: Scenery) -> Press:
    manager, program = at_work()
    return filled(manager, f"/personnel/reseau/categories/{program.slug}", name="Membre actif")


def form_committee(_scenery: Scenery) -> Press:
    manager, program = at_work()
    return filled(manager, f"/personnel/comites/nouveau/{program.slug}", name="Comité Mobilisation", holder="ours")


def dissolve_committee(_scenery: Scenery) -> Press:
    manager, _committee, path = with_committee()
    return filled(manager, path, "Mettre fin au comité")


def give_seat(_scenery: Scenery) -> Press:
    manager, committee, path = with_committee()
    body = make_body(committee.program)
    return filled(manager, f"{path}/sieges/nouveau", who=f"{body.ref}:")


def end_seat(_scenery: Scenery) -> Press:
    manager, committee, path = with_committee()
    make_seat(committee)
    return filled(manager, path, "Mettre fin au siège")


def plan_meeting(_scenery: Scenery) -> Press:
    manager, _committee, path = with_committee()
    return filled(manager, f"{path}/rencontres/nouvelle", held_on="2040-03-01", starts_at="13 h", place="Joliette")


def cancel_meeting(_scenery: Scenery) -> Press:
    manager, _meeting, path = with_meeting(days=10)
    return filled(manager, path, "Annuler la rencontre")


def note_attendance(_scenery: Scenery) -> Press:
    manager, _meeting, path = with_meeting()
    return filled(manager, f"{path}/presences")


def write_minutes(_scenery: Scenery) -> Press:
    manager, _meeting, path = with_meeting()
    return filled(manager, f"{path}/proces-verbal", words="- Tout va bien")


def adopt_minutes(_scenery: Scenery) -> Press:
    manager, meeting, path = with_meeting("Dit.")
    later = make_meeting(meeting.committee, -1)
    return filled(manager, f"{path}/adoption", later=later.ref)


def note_decision(_scenery: Scenery) -> Press:
    manager, _meeting, path = with_meeting()
    return filled(manager, f"{path}/decisions/nouvelle", words="Adopter le plan.")


def noted_task() -> tuple[Person, str]:
    """Give who decides, and the page of a meeting with something to do."""
    manager, meeting, path = with_meeting()
    with unit():
        note_task(meeting, "Écrire aux écoles", due_on=clock.today(), user=manager.user, by=BOSS)
    return manager, path


def note_a_task(_scenery: Scenery) -> Press:
    manager, _meeting, path = with_meeting()
    return filled(manager, f"{path}/suivis/nouveau", what="Écrire", who=f"u{manager.user.ref}", due_on="2040-01-01")


def finish_task(_scenery: Scenery) -> Press:
    manager, path = noted_task()
    return filled(manager, path, "C’est fait")


def send_synthesis(_scenery: Scenery) -> Press:
    manager, _meeting, path = with_meeting()
    return filled(manager, f"{path}/synthese", words="Merci à toutes et à tous.")


def offer_distinction(_scenery: Scenery) -> Press:
    manager, program = at_work()
    certification = make_certification(Stage.CERTIFIED, program)
    return filled(manager, f"/personnel/dossiers/{certification.ref}/distinction", kind=DistinctionKind.FOUNDER.value)


def end_distinction(_scenery: Scenery) -> Press:
    _distinction, certification = make_distinction()
    return filled(make_staff(Role.MANAGER, certification.program), "/personnel/distinctions", "Retirer la distinction")


def answer_distinction(_scenery: Scenery) -> Press:
    distinction, certification = make_distinction()
    return filled(make_person(owner_of(certification.employer)), f"/mon-espace/distinctions/{distinction.ref}", answer="yes")


def offer_help(_scenery: Scenery) -> Press:
    certification = make_certification(Stage.CERTIFIED, factories.make_program(code="14"))
    owner = make_person(owner_of(certification.employer))
    return filled(owner, f"/mon-espace/coups-de-main/{certification.ref}", kinds=["talks", "tours"])


def ask_for_support(scenery: Scenery) -> Press:
    program = factories.make_program(code="14")
    said = {"asker": "school", "organisation": "École", "name": "Lou", "email": "lou@exemple.com", "words": "Un atelier."}
    return filled(Visitor(scenery.app), f"/soutien?programme={program.slug}", program=program.slug, **said)


def asked() -> tuple[Person, str]:
    """Give who decides, and the page of a request."""
    manager, program = at_work()
    return manager, f"/personnel/soutien/{make_request(program).ref}"


def assign_request(_scenery: Scenery) -> Press:
    manager, path = asked()
    return filled(manager, f"{path}/suivi", who=f"u{manager.user.ref}")


def answer_request(_scenery: Scenery) -> Press:
    manager, path = asked()
    return filled(manager, f"{path}/reponse", answer="Volontiers.")


def close_request(_scenery: Scenery) -> Press:
    manager, path = asked()
    return filled(manager, f"{path}/fermeture", note="Réglé au téléphone.")


def open_consultation(_scenery: Scenery) -> Press:
    manager, program = at_work()
    with unit():
        start_draft(program, by=BOSS)
    said = {"title": "Avis", "opens_on": "2040-01-01", "closes_on": "2040-01-31"}
    return filled(manager, f"/personnel/consultations/nouvelle/{program.slug}", **said)


def consulted() -> tuple[Person, str, str]:
    """Give who decides, the page of a consultation, and the link of who was invited."""
    manager, program = at_work()
    make_certification(Stage.CERTIFIED, program)
    consultation = make_consultation(program)
    return manager, f"/personnel/consultations/{consultation.ref}", invited_link(consultation)


def invite_to_consultation(_scenery: Scenery) -> Press:
    manager, program = at_work()
    make_certification(Stage.CERTIFIED, program)
    return filled(manager, f"/personnel/consultations/{make_consultation(program).ref}/invitations", group="all")


def close_consultation(_scenery: Scenery) -> Press:
    manager, path, _link = consulted()
    return filled(manager, f"{path}/fermeture", summary="Merci.", agreed=True)


def comment_on_draft(scenery: Scenery) -> Press:
    _manager, _path, link = consulted()
    return filled(Visitor(scenery.app), link, clause_0="Clair.")


NETWORK = {
    f"network.{scene.__name__}": scene
    for scene in (
        note_body, edit_body, archive_body, note_contact, end_contact, note_provision, strike_provision, add_category,
        form_committee, dissolve_committee, give_seat, end_seat, plan_meeting, cancel_meeting, note_attendance, write_minutes,
        adopt_minutes, note_decision, finish_task, send_synthesis, offer_distinction, end_distinction, answer_distinction, offer_help,
        ask_for_support, assign_request, answer_request, close_request, open_consultation, invite_to_consultation, close_consultation,
        comment_on_draft,
    )
} | {"network.note_task": note_a_task}  # fmt: skip
ONCE_NETWORKED = tuple(
    f"network.{name}"
    for name in (
        "note_body", "archive_body", "end_contact", "strike_provision", "add_category", "form_committee", "dissolve_committee",
        "give_seat", "end_seat", "plan_meeting", "cancel_meeting", "adopt_minutes", "finish_task", "send_synthesis",
        "offer_distinction", "end_distinction", "answer_distinction", "answer_request", "close_request", "open_consultation",
        "invite_to_consultation", "close_consultation",
    )
)  # fmt: skip
"""What happens once by its nature."""
