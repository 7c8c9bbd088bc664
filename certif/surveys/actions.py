"""What someone does who answers a survey: one thing, of which the journal says nothing, because an instant there would tell who it was."""

from __future__ import annotations

from sqlalchemy import exists, select, update

from certif.kit import clock
from certif.kit.access import Actor
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.kit.inserting import insert_new
from certif.kit.languages import _, language
from certif.surveys.definitions import Answers
from certif.surveys.model import BoxedResponse, SurveyInvitation
from certif.surveys.ways import Way, WayState


def answer(way: Way, answers: Answers, *, sheet_id: str, by: Actor) -> bool:
    """Put an answer in the box. The link that brought it, if any, has served from now on; nothing says which answer it brought.

    Takes: `answers`, as `read_answers` gave them, without a fault; `sheet_id`, that of the sheet, drawn at random.
    Gives: whether it is a new one; the same sheet sent again changes nothing.
    Refuses: a way in where nobody may answer today; a link that has served.
    """
    assert not by.is_signed_in, "who answers is nobody that we know"
    if way.state is not WayState.OPEN and not (way.state is WayState.USED and _is_boxed(sheet_id)):
        raise Refusal(_("On ne peut pas répondre ici pour le moment."))
    if way.invitation is not None and not _use(way.invitation):
        if _is_boxed(sheet_id):
            return False
        raise Refusal(_("Ce lien a déjà servi : votre réponse est arrivée, et rien ne dit que c’est la vôtre. Merci !"))
    boxed = {
        "id": sheet_id, "survey_id": way.survey_id, "door_id": way.door_id, "establishment_id": way.establishment_id,
        "language": language(), "answers": answers, "is_flagged": way.definition.is_implausible(answers),
    }  # fmt: skip
    return bool(insert_new(BoxedResponse, [boxed], BoxedResponse.id))


def _use(link: str) -> bool:
    """Note the day on which a link served; whether it had not served yet. The database has the last word between two at once."""
    unused = update(SurveyInvitation).where(SurveyInvitation.token_digest == link, SurveyInvitation.used_on.is_(None))
    return bool(db.session.execute(unused.values(used_on=clock.today())).rowcount)  # type: ignore[attr-defined]


def _is_boxed(sheet_id: str) -> bool:
    return bool(db.session.scalar(select(exists().where(BoxedResponse.id == sheet_id))))
