"""The forms that an employer meets from registration to the badge, each filled and ready to be pressed."""

from __future__ import annotations

from certif import certification as paths
from certif import contributions
from certif.certification import Certification, Stage
from certif.employers import Employer, establishments_of, members_of
from certif.kit.access import Role
from certif.kit.db import db, transaction
from tests import factories
from tests.employers.people import CONTACT, DESCRIPTION, FIRST, PLACE
from tests.factories import Person
from tests.faults.crowds import Press, filled, filled_on, read
from tests.faults.scenery import Scenery
from tests.pages import Visitor


def a_file(stage: Stage) -> tuple[Certification, Person]:
    """Give a file at a stage, and its owner in front of a browser."""
    found = factories.make_certification(stage, factories.make_program())
    return found, factories.make_person(factories.owner_of(found.employer))


def delivered() -> tuple[Certification, Person]:
    """Give a file whose contract was opened."""
    found, owner = a_file(Stage.AWAITING_CONTRACT)
    with transaction():
        paths.deliver_contract(found, by=owner.actor)
    return found, owner


def registering(scenery: Scenery) -> tuple[Visitor, str]:
    """Give somebody who has answered everything, and their address."""
    number = scenery.next()
    visitor, address = scenery.visitor(), f"inscription{number}@exemple.com"
    visitor.open("/inscription").fill("Continuer", **{**FIRST, "neq": f"33{number:08d}", "legal_name": f"Scène {number}"})
    visitor.open("/inscription/organisation").fill(**DESCRIPTION)
    visitor.open("/inscription/etablissements/ajout").fill(**{**PLACE, "mrc": "joliette", "municipality": "Joliette"})
    visitor.open("/inscription/personne-ressource").fill(**{**CONTACT, "contact_email": address})
    return visitor, address


def give_contact(scenery: Scenery) -> Press:
    visitor, _address = registering(scenery)
    return filled(visitor, "/inscription/personne-ressource", contact_role="Direction")


def list_places(scenery: Scenery) -> Press:
    return filled(registering(scenery)[0], "/inscription/etablissements")


def edit_place(scenery: Scenery) -> Press:
    visitor, _address = registering(scenery)
    return filled_on(visitor.open("/inscription/etablissements").follow("Corriger"), municipality="Rawdon")


def show_similar(scenery: Scenery) -> Press:
    known = factories.make_employer(legal_name=f"Semblable {scenery.next()}", neq=None)
    visitor = scenery.visitor()
    page = visitor.open("/inscription").fill("Continuer", legal_name=known.legal_name, postal_code="J6E 3Z9", has_no_neq=True, neq="")
    return filled_on(page)


def resume(scenery: Scenery) -> Press:
    visitor, address = registering(scenery)
    visitor.open("/inscription/plus-tard").fill(email=address)
    return filled(scenery.visitor(), read(visitor, address)[1])


def stop_reminders(scenery: Scenery) -> Press:
    visitor, address = registering(scenery)
    visitor.open("/inscription/plus-tard").fill(email=address)
    return filled(scenery.visitor(), f"{read(visitor, address)[1]}/arret", "Ne plus recevoir")


def confirm_registration(scenery: Scenery) -> Press:
    return filled(registering(scenery)[0], "/inscription/verification")


def complete_registration(scenery: Scenery) -> Press:
    factories.make_program()
    visitor, address = registering(scenery)
    page = visitor.open("/inscription/verification").fill()
    choice = page.soup.find("input", attrs={"name": "program"})
    return filled_on(page, code=read(visitor, address)[0], **({"program": choice["value"]} if choice else {}))


def enter_program(_scenery: Scenery) -> Press:
    program = factories.make_program()
    employer = factories.make_employer()
    owner = factories.make_person(factories.owner_of(employer))
    return filled(owner, "/mon-espace", f"Demander la certification {program.name}")


def edit_employer(_scenery: Scenery) -> Press:
    employer, owner = my_employer()
    return filled(owner, f"/mon-espace/employeur/{employer.ref}", trade_name="Autre nom")


def edit_contact(_scenery: Scenery) -> Press:
    employer, owner = my_employer()
    return filled(owner, f"/mon-espace/personne-ressource/{employer.ref}", contact_role="Direction générale")


def edit_establishment(_scenery: Scenery) -> Press:
    employer, owner = my_employer()
    return filled(owner, f"/mon-espace/etablissement/{establishments_of(employer)[0].ref}", municipality="Rawdon")


def prove_invitation(scenery: Scenery) -> Press:
    employer, owner = my_employer()
    address = f"invitee{scenery.next()}@exemple.com"
    owner.open(f"/mon-espace/personnes/{employer.ref}/invitation").fill(name="Noémie", email=address, role="member", language="fr")
    visitor = scenery.visitor()
    page = visitor.open(read(visitor, address)[1]).fill()
    return filled_on(page, code=read(visitor, address)[0])


def my_employer() -> tuple[Employer, Person]:
    """Give an employer, and who registered it in front of a browser."""
    employer = factories.make_employer()
    return employer, factories.make_person(members_of(employer)[0].user)


def read_contract(_scenery: Scenery) -> Press:
    found, owner = a_file(Stage.AWAITING_CONTRACT)
    return filled(owner, f"/certification/contrat?dossier={found.ref}")


def choose_language(_scenery: Scenery) -> Press:
    found, owner = delivered()
    return filled(owner, f"/certification/contrat?dossier={found.ref}", "English", chosen="en")


def name_signatory(scenery: Scenery) -> Press:
    found, owner = delivered()
    address = f"signataire{scenery.next()}@exemple.com"
    return filled(owner, f"/certification/contrat/signataire?dossier={found.ref}", name="Ana", email=address, spoken="fr")


def decline_contract(_scenery: Scenery) -> Press:
    found, owner = delivered()
    factories.make_staff(Role.AGENT, found.program)
    return filled(owner, f"/certification/contrat/refus?dossier={found.ref}", reason="Nous y pensons encore.")


def send_signing_code(_scenery: Scenery) -> Press:
    found, owner = delivered()
    return filled(owner, f"/certification/contrat/signature?dossier={found.ref}", "Recevoir mon code")


def sign_contract(_scenery: Scenery) -> Press:
    found, owner = delivered()
    with transaction():
        paths.send_signing_code(found, by=owner.actor)
    typed = {"signatory": "Ana Roy", "role": "Propriétaire", "agrees": True, "code": factories.code_in_letter(owner.actor.email)}
    return filled(owner, f"/certification/contrat/signature?dossier={found.ref}", "Signer", **typed)


def contribute(_scenery: Scenery) -> Press:
    found, owner = a_file(Stage.AWAITING_CONTRIBUTION)
    return filled(owner, f"/certification/contribution?dossier={found.ref}")


def confirm_payment(scenery: Scenery) -> Press:
    found, owner = a_file(Stage.AWAITING_CONTRIBUTION)
    asked = found.contribution
    assert asked is not None
    with transaction():
        contributions.start_checkout(asked, language="fr", back_url=owner.base, by=owner.actor)
    session_ref = db.session.get_one(contributions.Contribution, asked.id).attempts[0].session_ref
    scenery.pay_at_till(str(session_ref))
    return filled(owner, f"/paiements/retour?session={session_ref}")


def resubmit(_scenery: Scenery) -> Press:
    found, owner = a_file(Stage.SENT_BACK)
    return filled(owner, f"/certification/reponse?dossier={found.ref}", note="Voici ce qui manquait.")


PATH = {
    f"{room}.{scene.__name__}": scene
    for room, scenes in {
        "employers": (
            give_contact, list_places, edit_place, show_similar, resume, stop_reminders, edit_employer, edit_contact, edit_establishment,
            prove_invitation,
        ),
        "certification": (
            confirm_registration, complete_registration, enter_program, read_contract, choose_language, name_signatory, decline_contract,
            send_signing_code, sign_contract, contribute, resubmit,
        ),
        "contributions": (confirm_payment,),
    }.items()
    for scene in scenes
}  # fmt: skip
