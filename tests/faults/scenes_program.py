"""The forms in which a region says what it decides, each filled and ready to be pressed."""

from __future__ import annotations

import io

from PIL import Image

from certif.kit.access import Role
from certif.territory import PartnerKind, partners, region
from tests import factories
from tests.factories import Person
from tests.faults.crowds import Press, filled
from tests.faults.scenery import Scenery


def at_home() -> tuple[Person, str]:
    """Give a manager, and the address of the program's page."""
    program = factories.make_program("oser-jeunes")
    return factories.make_staff(Role.MANAGER, program), f"/personnel/programmes/{program.slug}"


def drafting() -> tuple[Person, str]:
    """Give a manager, and the address of the draft of the next version."""
    manager, home = at_home()
    assert manager.open(home).fill("Préparer la version suivante").status == 200
    return manager, f"{home}/brouillon"


def create_program(scenery: Scenery) -> Press:
    body = partners(PartnerKind.IRC, region("15"))[0].ref
    typed = {"name": f"Scène {scenery.next()}", "region": "15", "body": body, "model": "generation-c4"}
    return filled(factories.make_staff(Role.ADMIN), "/personnel/programmes/nouveau", "Créer", **typed)


def start_draft(_scenery: Scenery) -> Press:
    manager, home = at_home()
    return filled(manager, home, "Préparer la version suivante")


def discard_draft(_scenery: Scenery) -> Press:
    manager, draft = drafting()
    return filled(manager, draft, "Jeter le brouillon")


def publish_version(_scenery: Scenery) -> Press:
    manager, draft = drafting()
    return filled(manager, draft.replace("/brouillon", "/publication"), "Publier")


def pause_program(_scenery: Scenery) -> Press:
    manager, home = at_home()
    return filled(manager, f"{home}/pause", "Mettre en pause", reason="Fin du financement")


def resume_program(scenery: Scenery) -> Press:
    press = pause_program(scenery)
    press.send(scenery.app)
    return filled(press.visitor, press.path.removesuffix("/pause"), "Rouvrir")


def limit_program(_scenery: Scenery) -> Press:
    manager, home = at_home()
    return filled(manager, f"{home}/territoire", "Enregistrer", mrcs=["joliette"])


def give_coordinates(scenery: Scenery) -> Press:
    manager, home = at_home()
    return filled(manager, f"{home}/coordonnees", "Enregistrer", postal_address=f"{scenery.next()}, rue du Test", email="nous@exemple.com")


def edit_terms(_scenery: Scenery) -> Press:
    return edited("modalites", price="25")


def edit_automatic(_scenery: Scenery) -> Press:
    return edited("automatisme", is_automatic=True, checks=["signed"], hand_percent="10")


def edit_hours(_scenery: Scenery) -> Press:
    return edited("heures", everyone_week_hours="15")


def edit_texts(_scenery: Scenery) -> Press:
    return edited("textes", card_fr="Payez en ligne.", card_en="Pay online.")


def edit_contract(_scenery: Scenery) -> Press:
    return edited("contrat", title_fr="Notre contrat")


def add_level(_scenery: Scenery) -> Press:
    return edited("niveaux/nouveau", name_fr="Platine", name_en="Platinum", colour="#334455", position="1")


def edit_level(_scenery: Scenery) -> Press:
    return edited("niveaux/bronze", name_fr="Bronze clair")


def remove_level(_scenery: Scenery) -> Press:
    manager, draft = drafting()
    return filled(manager, f"{draft}/niveaux", "Retirer Bronze")


def add_commitment(_scenery: Scenery) -> Press:
    return edited("engagements/nouveau", promise_fr="dire merci", promise_en="say thank you", position="1")


def edit_commitment(_scenery: Scenery) -> Press:
    manager, draft = drafting()
    page = manager.open(f"{draft}/engagements").follow("Modifier")
    return filled(manager, page.path, "Enregistrer", promise_fr="dire un grand merci")


def remove_commitment(_scenery: Scenery) -> Press:
    manager, draft = drafting()
    return filled(manager, f"{draft}/engagements", "Retirer l’engagement 2")


def edited(part: str, **answers: object) -> Press:
    """Give a part of the draft, filled."""
    manager, draft = drafting()
    return filled(manager, f"{draft}/{part}", "Enregistrer", **answers)


def set_logo(scenery: Scenery) -> Press:
    manager, draft = drafting()
    press, drawn = filled(manager, f"{draft}/logo"), io.BytesIO()
    Image.new("RGB", (400, 200), (15, 74, scenery.next())).save(drawn, "PNG")
    press.files["picture"] = (drawn.getvalue(), "logo.png")
    return press


def remove_logo(scenery: Scenery) -> Press:
    press = set_logo(scenery)
    press.send(scenery.app)
    return filled(press.visitor, press.path, "Retirer")


PROGRAM = {
    f"programs.{scene.__name__}": scene
    for scene in (
        create_program, start_draft, discard_draft, publish_version, pause_program, resume_program, limit_program, give_coordinates,
        edit_terms, edit_automatic, edit_hours, edit_texts, edit_contract, add_level, edit_level, remove_level, add_commitment,
        edit_commitment, remove_commitment, set_logo, remove_logo,
    )
}  # fmt: skip
