"""The forms of imports, prospects and bulk letters, and an employer's public profile, each filled and ready to be pressed."""

from __future__ import annotations

import datetime as dt
import re

from sqlalchemy import select

from certif.certification import Certification, Stage
from certif.imports import Intake, Kind, Prospect, confirm_intake, reading, writing
from certif.imports import invite_prospect as invite
from certif.imports import upload_file as upload
from certif.kit import clock
from certif.kit.access import Role
from certif.kit.db import db
from certif.kit.outbox import Letter
from certif.mailings import Audience, Mailing, model
from certif.mailings import confirm_mailing as confirm
from certif.mailings import draft_mailing as draft
from certif.programs import Program
from tests import factories
from tests.factories import Person, unit
from tests.faults.crowds import Press, filled, filled_on
from tests.faults.scenery import Scenery
from tests.imports.files import PAST_HEADS, csv_file, past_line, row
from tests.pages import Visitor


def edit_profile(_scenery: Scenery) -> Press:
    found = factories.make_certification(Stage.CERTIFIED, factories.make_program())
    owner = factories.make_person(factories.owner_of(found.employer))
    return filled(owner, f"/mon-espace/fiche/{found.employer.ref}", description_fr="Une librairie de quartier.")


def at_work() -> tuple[Program, Person]:
    """Give a program, and an agent of it."""
    program = factories.make_program("ocet-al", code="14")
    return program, factories.make_staff(Role.AGENT, program)


def looked_at(scenery: Scenery, kind: Kind = Kind.PROSPECTS) -> tuple[Intake, Person]:
    """Give a file whose lines were read, and who brought it in."""
    program, agent = at_work()
    number = scenery.next()
    lines, heads = [row(f"Dépanneur {number}", email=f"depanneur{number}@exemple.com")], None
    if kind is Kind.CERTIFIED:
        lines, heads = [past_line(f"Fromagerie {number}", f"A-{number}")], PAST_HEADS
    with unit():
        intake = upload(program, kind, "liste.csv", csv_file(*lines, heads=heads) if heads else csv_file(*lines), by=agent.actor)
    reading.read_intake(intake.ref)
    return intake, agent


def written(scenery: Scenery, kind: Kind = Kind.PROSPECTS) -> tuple[Intake, Person]:
    """Give a file whose lines are in, and who brought it in."""
    intake, agent = looked_at(scenery, kind)
    with unit():
        confirm_intake(intake, by=agent.actor)
    writing.write_intake(intake.ref)
    return intake, agent


def prospect_of(scenery: Scenery) -> tuple[Prospect, Person]:
    """Give a prospect that may be invited, and who may invite it."""
    _intake, agent = written(scenery)
    return db.session.scalars(select(Prospect).order_by(Prospect.id.desc()).limit(1)).one(), agent


def upload_file(scenery: Scenery) -> Press:
    program, agent = at_work()
    press = filled(agent, "/personnel/importations/nouvelle", program=program.slug, kind="prospects")
    press.files["file"] = (csv_file(row(f"Dépanneur {scenery.next()}")), "liste.csv")
    return press


def confirm_intake_(scenery: Scenery) -> Press:
    intake, agent = looked_at(scenery)
    return filled(agent, f"/personnel/importations/{intake.ref}")


def undo_intake(scenery: Scenery) -> Press:
    intake, agent = written(scenery)
    return filled(agent, f"/personnel/importations/{intake.ref}/annulation")


def invite_contacts(scenery: Scenery) -> Press:
    intake, agent = written(scenery, Kind.CERTIFIED)
    return filled(agent, f"/personnel/importations/{intake.ref}", "Inviter les personnes-ressources")


def invite_contact(scenery: Scenery) -> Press:
    written(scenery, Kind.CERTIFIED)
    found = db.session.scalars(select(Certification).order_by(Certification.id.desc()).limit(1)).one()
    manager = factories.make_staff(Role.MANAGER, found.program)
    return filled(manager, f"/personnel/dossiers/{found.ref}", "Inviter la personne-ressource")


def invite_prospect(scenery: Scenery) -> Press:
    prospect, agent = prospect_of(scenery)
    return filled(agent, f"/personnel/prospects/{prospect.ref}/invitation", "Envoyer")


def invitation(scenery: Scenery) -> str:
    """Give the address of an invitation, as its letter says it."""
    prospect, agent = prospect_of(scenery)
    with unit():
        invite(prospect, note="", by=agent.actor)
    letter = db.session.scalars(select(Letter).where(Letter.to_address == prospect.contact_email)).one()
    found = re.search(r"/inscription/invitation/[^\s/]+", letter.body)
    assert found
    return found.group()


def answer_invitation(scenery: Scenery) -> Press:
    return filled(Visitor(scenery.app), invitation(scenery))


def stop_letters(scenery: Scenery) -> Press:
    return filled(Visitor(scenery.app), f"{invitation(scenery)}/arret")


def late() -> tuple[Certification, Person]:
    """Give a file that has waited for its contract for days, and an agent of its program."""
    days_ago = clock.now() - dt.timedelta(days=10)
    with clock.frozen(days_ago):
        program = factories.make_program()
        found = factories.make_certification(Stage.AWAITING_CONTRACT, program)
    return found, factories.make_staff(Role.AGENT, program)


def drafted(*, is_large: bool = False) -> tuple[Mailing, Person]:
    """Give a letter to those who are late, seen by who drafted it. `is_large`: as if two people had to confirm it."""
    found, agent = late()
    with unit():
        mailing = draft(found.program, Audience.AWAITING_CONTRACT, note="", by=agent.actor)
        if is_large:
            mailing.size = model.FOUR_EYES_ABOVE + 1
    return mailing, agent


def draft_mailing(_scenery: Scenery) -> Press:
    found, agent = late()
    return filled(agent, "/personnel/envois/nouveau", program=found.program.slug, audience=Audience.AWAITING_CONTRACT.value)


def select_files(_scenery: Scenery) -> Press:
    found, agent = late()
    return filled(agent, "/personnel/employeurs", "Préparer un rappel", refs=[found.ref])


def confirm_mailing(_scenery: Scenery) -> Press:
    mailing, agent = drafted()
    return filled_on(agent.open(f"/personnel/envois/{mailing.ref}"))


def second_mailing(_scenery: Scenery) -> Press:
    mailing, agent = drafted(is_large=True)
    with unit():
        confirm(mailing, by=agent.actor)
    return filled(factories.make_staff(Role.MANAGER, mailing.program), f"/personnel/envois/{mailing.ref}")


def stop_mailing(_scenery: Scenery) -> Press:
    mailing, agent = drafted()
    with unit():
        confirm(mailing, by=agent.actor)
    return filled(agent, f"/personnel/envois/{mailing.ref}", "Arrêter")


OUTREACH = {
    "directory.edit_profile": edit_profile,
    "imports.confirm_intake": confirm_intake_,
    **{
        f"imports.{scene.__name__}": scene
        for scene in (upload_file, undo_intake, invite_contacts, invite_contact, invite_prospect, answer_invitation, stop_letters)
    },
    **{f"mailings.{scene.__name__}": scene for scene in (draft_mailing, select_files, confirm_mailing, second_mailing, stop_mailing)},
}
