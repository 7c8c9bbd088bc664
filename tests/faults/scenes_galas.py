"""The forms of those who prepare a gala, and of a guest who answers: each filled and ready to be pressed."""

from __future__ import annotations

import re

from sqlalchemy import select

from certif.galas import Gala
from certif.galas.guest_actions import invite_guests as invite
from certif.galas.moment_actions import add_award as name_award
from certif.kit.access import Role
from certif.kit.db import db
from certif.kit.outbox import Letter
from tests import factories
from tests.campaigns.making import make_campaign
from tests.factories import Person, unit
from tests.faults.crowds import Press, filled
from tests.faults.scenery import Scenery
from tests.galas.making import BOSS, make_gala, make_guest, make_moment, make_organiser, make_table
from tests.pages import Visitor
from tests.selections.making import make_laureate


def prepared() -> tuple[Gala, Person, str]:
    """Give a gala that honours one laureate, who decides of it, and the address of its pages."""
    campaign = make_campaign(factories.make_program(code="14"))
    make_laureate(campaign)
    gala = make_gala(campaign.program, campaign)
    return gala, factories.make_staff(Role.MANAGER, campaign.program), f"/mes-galas/{gala.ref}"


def plan_gala(_scenery: Scenery) -> Press:
    program = factories.make_program(code="14")
    said = {"name_fr": "Gala", "held_on": "2040-06-10", "starts_at": "18 h", "place": "Salle", "address": "1, rue", "organiser": "CJE"}
    return filled(factories.make_staff(Role.MANAGER, program), f"/personnel/galas/nouveau/{program.slug}", **said)


def edit_gala(_scenery: Scenery) -> Press:
    _gala, manager, path = prepared()
    return filled(manager, f"{path}/modification", place="Ailleurs")


def choose_contests(_scenery: Scenery) -> Press:
    gala, manager, path = prepared()
    return filled(manager, f"{path}/concours", contests=[make_campaign(gala.program).ref])


def invite_organiser(scenery: Scenery) -> Press:
    _gala, manager, path = prepared()
    return filled(manager, f"{path}/organisation", name="Nadège", email=f"gala{scenery.next()}@exemple.com")


def remove_organiser(_scenery: Scenery) -> Press:
    gala, manager, path = prepared()
    make_organiser(gala)
    return filled(manager, path, "Retirer l’organisation")


def announce_gala(_scenery: Scenery) -> Press:
    _gala, manager, path = prepared()
    return filled(manager, path, "Rendre publics")


def cancel_gala(_scenery: Scenery) -> Press:
    _gala, manager, path = prepared()
    return filled(manager, f"{path}/annulation", reason="Tempête.")


def lift_embargo(_scenery: Scenery) -> Press:
    _gala, manager, path = prepared()
    return filled(manager, f"{path}/embargo", agreed=True)


def list_honours(_scenery: Scenery) -> Press:
    _gala, manager, path = prepared()
    return filled(manager, f"{path}/laureats")


def add_award(_scenery: Scenery) -> Press:
    _gala, manager, path = prepared()
    return filled(manager, f"{path}/prix", name_fr="Prix Tremplin")


def drop_award(_scenery: Scenery) -> Press:
    gala, manager, path = prepared()
    with unit():
        name_award(gala, name_fr="Prix Tremplin", name_en="", sponsor="", by=BOSS)
    return filled(manager, f"{path}/prix", "Retirer")


def word_laureate(_scenery: Scenery) -> Press:
    _gala, manager, path = prepared()
    page = manager.open(f"{path}/laureats")
    link = next(one["href"] for one in page.soup.find_all("a") if "citation" in one.get_text())
    return filled(manager, link, citation="Bravo à vous deux.")


def add_moment(_scenery: Scenery) -> Press:
    _gala, manager, path = prepared()
    return filled(manager, f"{path}/deroulement/nouveau", title="Accueil", minutes=10)


def edit_moment(_scenery: Scenery) -> Press:
    gala, manager, path = prepared()
    return filled(manager, f"{path}/deroulement/{make_moment(gala).ref}", minutes=12)


def move_moment(_scenery: Scenery) -> Press:
    gala, manager, path = prepared()
    make_moment(gala, "un")
    make_moment(gala, "deux")
    return filled(manager, f"{path}/deroulement", "Descendre")


def drop_moment(_scenery: Scenery) -> Press:
    gala, manager, path = prepared()
    make_moment(gala, "un")
    return filled(manager, f"{path}/deroulement", "Retirer")


def stage_laureates(_scenery: Scenery) -> Press:
    _gala, manager, path = prepared()
    return filled(manager, f"{path}/deroulement", "Inscrire les lauréats")


def add_guest(_scenery: Scenery) -> Press:
    _gala, manager, path = prepared()
    return filled(manager, f"{path}/convives/nouveau", name="Mireille")


def edit_guest(_scenery: Scenery) -> Press:
    gala, manager, path = prepared()
    return filled(manager, f"{path}/convives/{make_guest(gala).ref}", "Enregistrer", name="Mireille C.")


def drop_guest(_scenery: Scenery) -> Press:
    gala, manager, path = prepared()
    return filled(manager, f"{path}/convives/{make_guest(gala).ref}", "Retirer")


def resend_invitation(scenery: Scenery) -> Press:
    gala, manager, path = prepared()
    guest = make_guest(gala, email=f"convive{scenery.next()}@exemple.com")
    return filled(manager, f"{path}/convives/{guest.ref}", "Renvoyer l’invitation")


def ask_for_invitation(scenery: Scenery) -> Press:
    gala, _manager, _path = prepared()
    email = f"convive{scenery.next()}@exemple.com"
    make_guest(gala, email=email)
    with scenery.app.test_request_context(), unit():
        invite(gala, by=BOSS)
    return filled(Visitor(scenery.app), "/galas/invitation-perdue", email=email)


def note_reply(_scenery: Scenery) -> Press:
    gala, manager, path = prepared()
    return filled(manager, f"{path}/convives/{make_guest(gala).ref}/reponse", coming="yes", seats="1")


def invite_guests(scenery: Scenery) -> Press:
    gala, manager, path = prepared()
    make_guest(gala, email=f"convive{scenery.next()}@exemple.com")
    return filled(manager, f"{path}/convives", "Envoyer les invitations")


def add_table(_scenery: Scenery) -> Press:
    _gala, manager, path = prepared()
    return filled(manager, f"{path}/salle/nouvelle")


def edit_table(_scenery: Scenery) -> Press:
    gala, manager, path = prepared()
    return filled(manager, f"{path}/salle/{make_table(gala).ref}", "Enregistrer", seats=10)


def drop_table(_scenery: Scenery) -> Press:
    gala, manager, path = prepared()
    return filled(manager, f"{path}/salle/{make_table(gala).ref}", "Retirer")


def seat_guest(_scenery: Scenery) -> Press:
    gala, manager, path = prepared()
    return filled(manager, f"{path}/convives/{make_guest(gala).ref}/table", table=make_table(gala).ref)


def answer_invitation(scenery: Scenery) -> Press:
    gala, _manager, _path = prepared()
    email = f"convive{scenery.next()}@exemple.com"
    make_guest(gala, email=email)
    with unit():
        invite(gala, by=BOSS)
    letter = db.session.scalars(select(Letter).where(Letter.to_address == email)).one()
    found = re.search(r"/galas/invitation/\S+", letter.body)
    assert found
    return filled(Visitor(scenery.app), found.group(), coming="yes", seats="1")


GALAS = {
    f"galas.{scene.__name__}": scene
    for scene in (
        plan_gala, edit_gala, choose_contests, invite_organiser, remove_organiser, announce_gala, cancel_gala, lift_embargo, list_honours,
        add_award, drop_award, word_laureate, add_moment, edit_moment, move_moment, drop_moment, stage_laureates, add_guest, edit_guest,
        resend_invitation, ask_for_invitation, drop_guest, note_reply, invite_guests,
        add_table, edit_table, drop_table, seat_guest, answer_invitation,
    )
}  # fmt: skip
ONCE_HELD = tuple(
    f"galas.{name}"
    for name in (
        "invite_organiser", "remove_organiser", "announce_gala", "cancel_gala", "lift_embargo", "add_award", "drop_award", "drop_moment",
        "stage_laureates", "drop_guest", "invite_guests", "add_table", "drop_table",
    )
)  # fmt: skip
"""What happens once by its nature."""
