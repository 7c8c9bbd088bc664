"""The forms in which a program speaks to its public and is asked, and of promises for later, each filled and ready to be pressed."""

from __future__ import annotations

from certif import notices
from certif.kit.access import VISITOR, Role
from certif.programs import Program, Text
from tests import factories
from tests.factories import Person, unit
from tests.faults.crowds import Press, filled
from tests.faults.scenery import Scenery
from tests.milestones.promising import promised

WORDS = notices.Words(Text("Quand payer ?"), Text("Avant le contrat."))


def at_work() -> tuple[Program, Person]:
    """Give a program, and an agent of it."""
    program = factories.make_program()
    return program, factories.make_staff(Role.AGENT, program)


def asked() -> tuple[notices.ProgramQuestion, Person]:
    """Give a question that waits, and an agent who may answer it."""
    program, agent = at_work()
    with unit():
        question = notices.ask_question(program, "Quand faut-il payer ?", email="curieuse@exemple.com", language="fr", by=VISITOR)
    return question, agent


def ask_question(scenery: Scenery) -> Press:
    return filled(scenery.visitor(), f"/programmes/{factories.make_program().slug}/questions/nouvelle", question="Quand ?")


def publish_notice(_scenery: Scenery) -> Press:
    program, agent = at_work()
    return filled(agent, "/personnel/avis/nouveau", program=program.slug, title_fr="Dates", body_fr="Elles changent.")


def withdraw_notice(_scenery: Scenery) -> Press:
    program, agent = at_work()
    with unit():
        notice = notices.publish_notice(program, notices.Kind.DATES, WORDS, by=agent.actor)
    return filled(agent, f"/personnel/avis/{notice.ref}/retrait", reason="Erreur.")


def publish_answer(_scenery: Scenery) -> Press:
    question, agent = asked()
    return filled(agent, f"/personnel/questions/{question.ref}/publication", question_fr="Quand payer ?", answer_fr="Avant.")


def answer_privately(_scenery: Scenery) -> Press:
    question, agent = asked()
    return filled(agent, f"/personnel/questions/{question.ref}/reponse", answer="Avant le contrat.")


def set_aside(_scenery: Scenery) -> Press:
    question, agent = asked()
    return filled(agent, f"/personnel/questions/{question.ref}/mise-de-cote", reason="Pourriel.")


def withdraw_answer(_scenery: Scenery) -> Press:
    question, agent = asked()
    with unit():
        notices.publish_answer(question, WORDS, by=agent.actor)
    return filled(agent, f"/personnel/questions/{question.ref}/retrait", reason="Erreur.")


def declare_done(_scenery: Scenery) -> Press:
    found, milestone = promised()
    return filled(factories.make_person(factories.owner_of(found.employer)), f"/certification/echeances/{milestone.ref}")


RULES = {
    "milestones.declare_done": declare_done,
    **{
        f"notices.{scene.__name__}": scene
        for scene in (ask_question, publish_notice, withdraw_notice, publish_answer, answer_privately, set_aside, withdraw_answer)
    },
}
