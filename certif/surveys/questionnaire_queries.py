"""Questions about questionnaires: which ones this person may see, what they ask, in words, and what changed from one to another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select, true
from sqlalchemy.orm import joinedload

from certif.kit.access import Actor
from certif.kit.db import db
from certif.kit.languages import _, _l, language
from certif.surveys.definitions import LEVELS, Definition, Kind, Question
from certif.surveys.levels import level_label
from certif.surveys.model import Audience, Questionnaire
from certif.surveys.running_queries import READERS

AUDIENCE_LABELS = {Audience.STUDENTS: _l("Élèves"), Audience.PARENTS: _l("Parents"), Audience.TEACHERS: _l("Personnel enseignant")}
KIND_WORDS = {
    Kind.CHOICE: _l("Une réponse"),
    Kind.SEVERAL: _l("Plusieurs réponses"),
    Kind.HOURS: _l("Un nombre d’heures"),
    Kind.SCALE: _l("Une échelle"),
}


@dataclass(frozen=True)
class QuestionLine:
    """A question as it is looked over: what is asked, how, of whom, and what can be answered."""

    name: str
    ask: str
    how: str
    when: str
    options: Sequence[str]


def questionnaires_of(actor: Actor) -> list[Questionnaire]:
    """Give the questionnaires that come with the platform, and those of this person's programs; by name, the newest version first."""
    held = actor.program_ids(*READERS)
    mine = or_(Questionnaire.program_id.is_(None), Questionnaire.program_id.in_(held)) if held is not None else true()
    found = select(Questionnaire).options(joinedload(Questionnaire.program)).where(mine)
    order = Questionnaire.program_id.is_not(None), Questionnaire.slug, Questionnaire.number.desc()
    return list(db.session.scalars(found.order_by(*order).limit(500)))


def published_of(actor: Actor) -> list[Questionnaire]:
    """Give those that a survey may ask."""
    return [one for one in questionnaires_of(actor) if one.is_published]


def name_of(questionnaire: Questionnaire) -> str:
    """Give a questionnaire's title and version, in the reader's language."""
    title = str(questionnaire.definition["title"]["en" if language() == "en" else "fr"])
    return str(_("%(title)s, version %(number)s", title=title, number=questionnaire.number))


def audience_label(questionnaire: Questionnaire) -> str:
    """Give whom it is for, in the reader's language."""
    return str(AUDIENCE_LABELS[Audience(questionnaire.audience)])


def levels_of(questionnaire: Questionnaire) -> tuple[str, ...]:
    """Give the levels that a way in of its surveys may say: its own, where it is made for one."""
    own = questionnaire.definition.get("level")
    return (own,) if own else LEVELS


def lines_of(definition: Definition) -> list[QuestionLine]:
    """Give each question, in the reader's words."""
    return [
        QuestionLine(one.id, str(one.ask), _how(one), _when(one, definition), [str(option.label) for option in one.options])
        for one in definition.questions
    ]


def level_of(definition: Definition) -> str:
    """Give the level it is made for, in the reader's words; empty for all."""
    return level_label(definition.level)


def _how(question: Question) -> str:
    words = str(KIND_WORDS[question.kind])
    return _("%(kind)s, facultative", kind=words) if question.is_optional else words


def _when(question: Question, definition: Definition) -> str:
    said = []
    for name, wanted in question.only_if:
        other = definition.question(name)
        labels = ", ".join(other.label(option) for option in wanted) if other else ", ".join(wanted)
        said.append(_("« %(ask)s » : %(labels)s", ask=str(other.ask) if other else name, labels=labels))
    return " ; ".join(said)
