"""The forms of the years that follow a badge, each filled and ready to be pressed."""

from __future__ import annotations

import datetime as dt

from certif import accounts, sampling, standing
from certif.certification import Certification, Stage, validate_automatically
from certif.kit import clock
from certif.kit.access import Role
from certif.kit.db import transaction
from certif.programs import Automatic, Check
from certif.sampling import Examination, Outcome, SampleDraw
from certif.standing import silence
from tests import factories
from tests.factories import Person
from tests.faults.crowds import Press, filled
from tests.faults.scenery import Scenery

TICKS = {f"{name}_right": True for name in ("employer_is", "places_are", "contact_is", "commitments_are")}


def ago(**time: float) -> dt.datetime:
    """Give an instant of the past."""
    return clock.now() - dt.timedelta(**time)


def certified(days: int, model: str = "provincial") -> tuple[Certification, Person, Person]:
    """Give what was certified some days ago, its owner, and a manager of its program, which examines everyone."""
    with clock.frozen(ago(days=days)):
        found = factories.make_certification(program=factories.make_program(model, sample_percent=100, validity_months=24))
    return found, factories.make_person(factories.owner_of(found.employer)), factories.make_staff(Role.MANAGER, found.program)


def renew(_scenery: Scenery) -> Press:
    found, owner, _manager = certified(700)
    return filled(owner, f"/certification/{found.ref}/renouvellement", "Tout est exact", **TICKS)


def ask_for_level(_scenery: Scenery) -> Press:
    found, owner, _manager = certified(30, "oser-jeunes")
    return filled(owner, f"/certification/{found.ref}/niveau", "Demander ce niveau", words_0="Oui, partout.", words_1="Oui, deux.")


def decide_on_level(scenery: Scenery) -> Press:
    press = ask_for_level(scenery)
    press.send(scenery.app)
    manager = factories.make_staff(Role.ADMIN)
    newest = manager.open("/personnel/niveaux").soup.main.select("th a")[-1]["href"]
    return filled(manager, newest, "Décider", met_0="yes", met_1="yes")


def by_a_machine() -> Certification:
    """Give what was granted by checks alone."""
    program = factories.make_program("oser-jeunes", automatic=Automatic((Check.SIGNED,)))
    found = factories.make_certification(Stage.AWAITING_VALIDATION, program)
    validate_automatically()
    return found


def ask_for_review(_scenery: Scenery) -> Press:
    found = by_a_machine()
    owner = factories.make_person(factories.owner_of(found.employer))
    return filled(owner, f"/certification/{found.ref}/revision", "Demander la révision", words="Nous méritons mieux.")


def answer_review(_scenery: Scenery) -> Press:
    found = by_a_machine()
    with transaction():
        owner = accounts.actor_of(factories.owner_of(found.employer))
        asked = standing.ask_for_review(found, "Nous méritons mieux.", by=owner)
    manager = factories.make_staff(Role.MANAGER, found.program)
    return filled(manager, f"/personnel/revisions/{asked.ref}", "Répondre", outcome="kept", answer="Tout est exact.")


def show_reminders(_scenery: Scenery) -> Press:
    found = factories.make_certification(Stage.AWAITING_CONTRACT, factories.make_program())
    return filled(factories.make_staff(Role.AGENT, found.program), f"/personnel/dossiers/{found.ref}/rappels", "Arrêter")


def stop_reminders(scenery: Scenery) -> Press:
    found = factories.make_certification(Stage.AWAITING_CONTRACT, factories.make_program())
    return filled(scenery.visitor(), f"/rappels/{silence.stop_token(found)}/arret", "Ne plus recevoir")


def announce_draw(_scenery: Scenery) -> Press:
    _found, _owner, manager = certified(30)
    return filled(manager, "/personnel/tirages", "Annoncer")


def announced() -> tuple[SampleDraw, Certification, Person, Person]:
    """Give a draw announced yesterday, and who is concerned."""
    found, owner, manager = certified(30)
    with clock.frozen(ago(days=1)), transaction():
        draw = sampling.announce_draw(found.program, by=factories.make_staff(Role.MANAGER, found.program).actor)
    return draw, found, owner, manager


def draw_sample(_scenery: Scenery) -> Press:
    draw, _found, _owner, manager = announced()
    return filled(manager, f"/personnel/tirages/{draw.ref}", "Tirer")


def examined() -> tuple[Examination, Person, Person]:
    """Give an examination that the employer has answered, its owner, and a manager."""
    draw, found, owner, manager = announced()
    with transaction():
        [examination] = sampling.draw_sample(draw, by=manager.actor)
        sampling.answer(examination, "Voici.", None, by=accounts.actor_of(factories.owner_of(found.employer)))
    return examination, owner, manager


def answer(_scenery: Scenery) -> Press:
    examination, owner, _manager = examined()
    return filled(owner, f"/mon-espace/examens/{examination.ref}", "Envoyer", words="Nos horaires suivent l’école.")


def note_finding(_scenery: Scenery) -> Press:
    examination, _owner, manager = examined()
    return filled(manager, f"/personnel/examens/{examination.ref}/constat", outcome="advice", reason="Affichez l’horaire.")


def found_of() -> tuple[Examination, Person, Person]:
    """Give an examination in which a finding was noted."""
    examination, owner, manager = examined()
    with transaction():
        sampling.note_finding(examination, Outcome.ADVICE, "Affichez l’horaire.", by=manager.actor)
    return examination, owner, manager


def reply(_scenery: Scenery) -> Press:
    examination, owner, _manager = found_of()
    return filled(owner, f"/mon-espace/examens/{examination.ref}/reponse", words="C’est fait.")


def conclude(_scenery: Scenery) -> Press:
    examination, owner, manager = found_of()
    with transaction():
        sampling.reply(examination, "C’est fait.", by=owner.actor)
    return filled(manager, f"/personnel/examens/{examination.ref}/conclusion", outcome="advice", reason="Merci.")


YEARS = {
    f"standing.{scene.__name__}": scene
    for scene in (renew, ask_for_level, decide_on_level, ask_for_review, answer_review, show_reminders, stop_reminders)
} | {f"sampling.{scene.__name__}": scene for scene in (announce_draw, draw_sample, answer, note_finding, reply, conclude)}
