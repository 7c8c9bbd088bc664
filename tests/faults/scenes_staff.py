"""The forms that staff meet while they follow files and one another, each filled and ready to be pressed."""

from __future__ import annotations

from certif.accounts import User
from certif.certification import Certification, Stage, issuer_keys
from certif.contributions import Payment
from certif.kit import clock
from certif.kit.access import Role
from certif.kit.db import db
from certif.kit.outbox import Letter
from tests import factories
from tests.certification import paper
from tests.factories import Person
from tests.faults.crowds import Press, filled, filled_on, read
from tests.faults.scenery import Scenery

REASON = "Une vérification est en cours."


def on_desk(stage: Stage) -> tuple[Certification, Person]:
    """Give a file at a stage, and a manager of its program."""
    found = factories.make_certification(stage, factories.make_program())
    return found, factories.make_staff(Role.MANAGER, found.program)


def validate(_scenery: Scenery) -> Press:
    found, manager = on_desk(Stage.AWAITING_VALIDATION)
    return filled(manager, f"/personnel/dossiers/{found.ref}/validation", level="certified")


def send_back(_scenery: Scenery) -> Press:
    found, manager = on_desk(Stage.AWAITING_VALIDATION)
    return filled(manager, f"/personnel/dossiers/{found.ref}/renvoi", reason=REASON)


def record_paper_signature(_scenery: Scenery) -> Press:
    found, manager = on_desk(Stage.AWAITING_CONTRACT)
    return paper.press(manager, found)


def recorded() -> tuple[Certification, Person]:
    """Give a file whose contract was signed on paper, and who recorded it."""
    found, manager = on_desk(Stage.AWAITING_CONTRACT)
    paper.record(found, by=manager.actor)
    return found, manager


def set_aside_signature(_scenery: Scenery) -> Press:
    found, manager = recorded()
    return filled(manager, f"/personnel/dossiers/{found.ref}/signature-mise-de-cote", reason=REASON)


def contest_signature(_scenery: Scenery) -> Press:
    found, _manager = recorded()
    owner = factories.make_person(factories.owner_of(found.employer))
    return filled(owner, f"/certification/contrat/contestation?dossier={found.ref}", reason="Ce n’est pas nous.")


def suspend(_scenery: Scenery) -> Press:
    found, manager = on_desk(Stage.CERTIFIED)
    return filled(manager, f"/personnel/dossiers/{found.ref}/suspension", reason=REASON)


def reinstate(_scenery: Scenery) -> Press:
    found, manager = on_desk(Stage.SUSPENDED)
    return filled(manager, f"/personnel/dossiers/{found.ref}/levee", reason=REASON)


def revoke(_scenery: Scenery) -> Press:
    found, manager = on_desk(Stage.CERTIFIED)
    return filled(manager, f"/personnel/dossiers/{found.ref}/revocation", reason=REASON, understood=True)


def record_payment(_scenery: Scenery) -> Press:
    found, manager = on_desk(Stage.AWAITING_CONTRIBUTION)
    received = {"method": "cheque", "reference": "1001", "received_on": clock.today().isoformat()}
    return filled(manager, f"/personnel/contributions/{asked_of(found)}/encaissement", **received)


def waive(_scenery: Scenery) -> Press:
    found, manager = on_desk(Stage.AWAITING_CONTRIBUTION)
    return filled(manager, f"/personnel/contributions/{asked_of(found)}/dispense", reason="Petit organisme.")


def refund(_scenery: Scenery) -> Press:
    found, manager = on_desk(Stage.AWAITING_VALIDATION)
    payment = db.session.query(Payment).filter_by(contribution_id=found.contribution_id).one()
    return filled(manager, f"/personnel/paiements/{payment.ref}/remboursement", amount="20", reason="Trop perçu.")


def resend_receipt(_scenery: Scenery) -> Press:
    found, manager = on_desk(Stage.AWAITING_VALIDATION)
    return filled(manager, f"/personnel/contributions/{asked_of(found)}", "Renvoyer le reçu")


def asked_of(found: Certification) -> str:
    """Give the name of what a file is asked to give."""
    assert found.contribution is not None
    return found.contribution.ref


def show_letter(_scenery: Scenery) -> Press:
    found, manager = on_desk(Stage.AWAITING_VALIDATION)
    letter = db.session.query(Letter).filter_by(name="contributions/contribution_received", scope=found.scope).one()
    return filled(manager, f"/personnel/lettres/{letter.ref}")


def check_document(scenery: Scenery) -> Press:
    press = filled(scenery.visitor(), "/verifier-document")
    press.files["file"] = (b"%PDF-1.7", "contrat.pdf")
    return press


def a_team() -> tuple[Person, User]:
    """Give an administrator, and somebody who holds a role in a program."""
    return factories.make_staff(Role.ADMIN), factories.make_staff(Role.AGENT, factories.make_program()).user


def invite_staff(scenery: Scenery) -> Press:
    program = factories.make_program()
    manager, address = factories.make_staff(Role.MANAGER, program), f"agent{scenery.next()}@exemple.com"
    typed = {"email": address, "name": "Noa", "language": "fr", "role": "agent", "program": program.ref}
    return filled(manager, "/personnel/equipe/invitation", **typed)


def withdraw_invitation(scenery: Scenery) -> Press:
    press = invite_staff(scenery)
    press.send(scenery.app)
    return filled(press.visitor, "/personnel/equipe", "Retirer l’invitation")


def accept_invitation(scenery: Scenery) -> Press:
    press = invite_staff(scenery)
    press.send(scenery.app)
    visitor = scenery.visitor()
    return filled_on(visitor.open(read(visitor, press.typed["email"])[1]))


def enter_invitation_code(scenery: Scenery) -> Press:
    press = invite_staff(scenery)
    press.send(scenery.app)
    visitor, address = scenery.visitor(), press.typed["email"]
    page = visitor.open(read(visitor, address)[1]).fill()
    return filled_on(page, code=read(visitor, address)[0])


def show_member(_scenery: Scenery) -> Press:
    admin, user = a_team()
    other = factories.make_program()
    return filled(admin, f"/personnel/equipe/{user.ref}", "Donner", role="manager", program=other.ref)


def revoke_grant(_scenery: Scenery) -> Press:
    admin, user = a_team()
    return filled(admin, f"/personnel/equipe/{user.ref}", "Retirer ce rôle")


def reset_second_factor(_scenery: Scenery) -> Press:
    admin, user = a_team()
    return filled(admin, f"/personnel/equipe/{user.ref}", "Effacer le second facteur")


def disable_user(_scenery: Scenery) -> Press:
    admin, user = a_team()
    return filled(admin, f"/personnel/equipe/{user.ref}", "Fermer le compte")


def enable_user(scenery: Scenery) -> Press:
    press = disable_user(scenery)
    press.send(scenery.app)
    return filled(press.visitor, press.path.removesuffix("/fermeture"), "Rouvrir le compte")


def check_credential(scenery: Scenery) -> Press:
    return filled(scenery.visitor(), "/verifier-attestation", "Vérifier", text="{}")


def trust_issuer(scenery: Scenery) -> Press:
    typed = {"did": f"did:web:voisin-{scenery.next()}.exemple.org", "name": "Voisin", "territory": "Ontario", "since": "2026-01-05"}
    return filled(factories.make_staff(Role.ADMIN), "/personnel/emetteurs/nouveau", "Reconnaître", **typed, keys=issuer_keys()[-1].ref)


def edit_issuer(scenery: Scenery) -> Press:
    press = trust_issuer(scenery)
    press.send(scenery.app)
    page = press.visitor.open("/personnel/emetteurs").follow("Voisin")
    return filled(press.visitor, page.path, "Enregistrer", name="Voisine")


STAFF = {
    f"{room}.{scene.__name__}": scene
    for room, scenes in {
        "certification": (validate, send_back, record_paper_signature, set_aside_signature, contest_signature),
        "standing": (suspend, reinstate, revoke),
        "contributions": (record_payment, waive, refund, resend_receipt),
        "staff": (show_letter,),
        "public": (check_document,),
        "trust": (check_credential, trust_issuer, edit_issuer),
        "accounts": (
            invite_staff, withdraw_invitation, accept_invitation, enter_invitation_code, show_member, revoke_grant, reset_second_factor,
            disable_user, enable_user,
        ),
    }.items()
    for scene in scenes
}  # fmt: skip
