"""Questions about questionnaires: those one may use, and what each asks."""

from __future__ import annotations

from functools import lru_cache

from sqlalchemy import or_, select
from werkzeug.exceptions import NotFound

from certif.kit.access import Actor, Role
from certif.kit.db import db
from certif.programs import Program
from certif.surveys.checking import definition_from
from certif.surveys.definitions import Definition
from certif.surveys.model import Questionnaire

_READERS = (Role.ADMIN, Role.MANAGER, Role.AGENT, Role.PARTNER)


def definition_of(questionnaire: Questionnaire) -> Definition:
    """Give what a questionnaire asks."""
    if questionnaire.is_published:
        return definition_at(questionnaire.id, questionnaire.digest)
    return definition_from(questionnaire.definition)


@lru_cache(256)
def definition_at(questionnaire_id: int, digest: str) -> Definition:
    """Give what a published questionnaire asks, read once in each process: it never changes.

    Takes: `digest`, which keeps two databases of one process apart.
    """
    wanted = select(Questionnaire.definition).where(Questionnaire.id == questionnaire_id, Questionnaire.digest == digest)
    return definition_from(db.session.scalars(wanted).one())


def questionnaires_for(program: Program) -> list[Questionnaire]:
    """Give the questionnaires that a program may use, drafts included: its own, then those of the platform; the newest first of each."""
    wanted = select(Questionnaire).where(or_(Questionnaire.program_id == program.id, Questionnaire.program_id.is_(None)))
    found = list(db.session.scalars(wanted))
    return sorted(found, key=lambda one: (one.program_id is None, one.slug, -one.number))


def questionnaire_of(actor: Actor, ref: str) -> Questionnaire:
    """Give the questionnaire named `ref`, to staff of its program; those of the platform, to any staff. Refuses (404) any other."""
    found = db.session.scalar(select(Questionnaire).where(Questionnaire.ref == ref))
    if found is None or (found.program_id is not None and not actor.holds(found.program_id, *_READERS)):
        raise NotFound
    return found
