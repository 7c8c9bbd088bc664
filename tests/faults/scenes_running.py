"""The forms of whoever runs surveys: questionnaires, surveys, ways in, letters to schools; each filled and ready to be pressed."""

from __future__ import annotations

import datetime as dt
import re

from sqlalchemy import select

from certif.kit import clock
from certif.kit.access import Role
from certif.kit.db import db
from certif.kit.outbox import Letter
from certif.programs import Program
from certif.surveys import DoorKind, Survey, SurveyDoor
from certif.surveys.running_actions import set_quota as aim
from certif.surveys.school_actions import invite_schools as invite
from tests import factories
from tests.factories import Person, unit
from tests.faults.crowds import Press, filled
from tests.faults.scenery import Scenery
from tests.pages import Visitor
from tests.surveys.running import BOSS, file_of, let_answer, make_door, make_questionnaire, make_survey


def at_work() -> tuple[Program, Person]:
    """Give a program, and who manages it."""
    program = factories.make_program(code="14")
    return program, factories.make_staff(Role.MANAGER, program)


def asking() -> tuple[Survey, Person]:
    """Give a survey that nobody has answered, and who runs it."""
    program, manager = at_work()
    return make_survey(program), manager


def handed_out(kind: DoorKind = DoorKind.CLASS, **known: str) -> tuple[SurveyDoor, Person]:
    """Give a way in, and who opened it."""
    survey, manager = asking()
    return make_door(survey, kind, **known), manager


def open_survey(_scenery: Scenery) -> Press:
    program, manager = at_work()
    asked, today = make_questionnaire(program), clock.today()
    told = {"questionnaire": asked.ref, "title_fr": "Automne", "title_en": "Fall", "opens_on": today, "closes_on": today + dt.timedelta(7)}
    return filled(manager, "/personnel/sondages/nouveau", **told)


def move_survey(_scenery: Scenery) -> Press:
    survey, manager = asking()
    return filled(manager, f"/personnel/sondages/{survey.ref}/dates", closes_on=clock.today() + dt.timedelta(30))


def close_survey(_scenery: Scenery) -> Press:
    survey, manager = asking()
    return filled(manager, f"/personnel/sondages/{survey.ref}/fermeture", reason="Tempête de neige.")


def set_quota(_scenery: Scenery) -> Press:
    survey, manager = asking()
    return filled(manager, f"/personnel/sondages/{survey.ref}/cibles", level="secondary", target=100)


def drop_quota(_scenery: Scenery) -> Press:
    survey, manager = asking()
    with unit():
        aim(survey, level="", school_body=None, target=50, by=BOSS)
    return filled(manager, f"/personnel/sondages/{survey.ref}/cibles", "Retirer")


def open_doors(scenery: Scenery) -> Press:
    survey, manager = asking()
    lines = f"École {scenery.next()} ; 31 ; ; 30\nÉcole {scenery.next()} ; 32"
    return filled(manager, f"/personnel/sondages/{survey.ref}/portes/nouvelles", lines=lines)


def copy_doors(_scenery: Scenery) -> Press:
    door, manager = handed_out()
    wave = make_survey(door.survey.program, follows=door.survey)
    return filled(manager, f"/personnel/sondages/{wave.ref}/portes", "Reprendre")


def give_links(_scenery: Scenery) -> Press:
    door, manager = handed_out(DoorKind.INVITATIONS)
    return filled(manager, f"/personnel/portes/{door.ref}/liens", count=3, look="csv")


def shut_door(_scenery: Scenery) -> Press:
    door, manager = handed_out()
    return filled(manager, f"/personnel/portes/{door.ref}", "Fermer cette porte")


def vouch(_scenery: Scenery) -> Press:
    door, manager = handed_out()
    return filled(manager, f"/personnel/portes/{door.ref}/personnes", people=31, reason="Deux groupes ont ce code.")


def hold_answers(_scenery: Scenery) -> Press:
    door, manager = handed_out()
    return filled(manager, f"/personnel/portes/{door.ref}/mise-de-cote", reason="La classe n’a pas commencé.")


def let_count(_scenery: Scenery) -> Press:
    door, manager = handed_out()
    manager.open(f"/personnel/portes/{door.ref}/mise-de-cote").fill("Mettre de côté", reason="La classe n’a pas commencé.")
    return filled(manager, f"/personnel/portes/{door.ref}", "Laisser compter")


def erase_answers(_scenery: Scenery) -> Press:
    door, manager = handed_out()
    let_answer(door, boxed=3)
    manager.open(f"/personnel/portes/{door.ref}").fill("Fermer cette porte")
    return filled(manager, f"/personnel/portes/{door.ref}/reponses/retrait", reason="Le code a circulé.")


def replace_door(_scenery: Scenery) -> Press:
    door, manager = handed_out()
    return filled(manager, f"/personnel/portes/{door.ref}", "Remplacer la porte")


def invite_schools(scenery: Scenery) -> Press:
    door, manager = handed_out(contact_email=f"ecole{scenery.next()}@exemple.com")
    return filled(manager, f"/personnel/sondages/{door.survey.ref}/courriels", "Envoyer")


def stop_school_letters(scenery: Scenery) -> Press:
    email = f"ecole{scenery.next()}@exemple.com"
    door, _manager = handed_out(contact_email=email)
    with unit():
        invite(door.survey, by=BOSS)
    letter = db.session.scalars(select(Letter).where(Letter.to_address == email)).one()
    found = re.search(r"/sondages/ecole/[^\s/]+/arret", letter.body)
    assert found
    return filled(Visitor(scenery.app), found.group())


def import_questionnaire(scenery: Scenery) -> Press:
    _program, manager = at_work()
    return filled(manager, "/personnel/questionnaires/importation", content=file_of(f"essai-{scenery.next()}"))


def copy_questionnaire(_scenery: Scenery) -> Press:
    program, manager = at_work()
    return filled(manager, f"/personnel/questionnaires/{make_questionnaire(program).ref}/copie")


def edit_questionnaire(_scenery: Scenery) -> Press:
    program, manager = at_work()
    draft = make_questionnaire(program, published=False)
    content = file_of(draft.slug).replace("travaille-t-il", "travaille-t-il souvent")
    return filled(manager, f"/personnel/questionnaires/{draft.ref}/modification", content=content)


def publish_questionnaire(_scenery: Scenery) -> Press:
    program, manager = at_work()
    return filled(manager, f"/personnel/questionnaires/{make_questionnaire(program, published=False).ref}", "Publier")


def discard_questionnaire(_scenery: Scenery) -> Press:
    program, manager = at_work()
    return filled(manager, f"/personnel/questionnaires/{make_questionnaire(program, published=False).ref}", "Jeter ce brouillon")


RUNNING = {
    f"surveys.{scene.__name__}": scene
    for scene in (
        open_survey, move_survey, close_survey, set_quota, drop_quota, open_doors, copy_doors, give_links, shut_door, replace_door,
        vouch, hold_answers, let_count, erase_answers, invite_schools, stop_school_letters, import_questionnaire, copy_questionnaire,
        edit_questionnaire, publish_questionnaire, discard_questionnaire,
    )
}  # fmt: skip
ONCE = (
    "surveys.close_survey", "surveys.drop_quota", "surveys.open_doors", "surveys.copy_doors", "surveys.shut_door", "surveys.replace_door",
    "surveys.vouch", "surveys.hold_answers", "surveys.let_count", "surveys.erase_answers", "surveys.invite_schools",
    "surveys.stop_school_letters", "surveys.import_questionnaire", "surveys.copy_questionnaire", "surveys.publish_questionnaire",
    "surveys.discard_questionnaire",
)  # fmt: skip
"""What happens once by its nature."""
