"""What can happen to a question, in story order: asked, then published with its answer, answered to the person alone, or set aside."""

from __future__ import annotations

from sqlalchemy import exists, func, select

from certif.kit import audit, clock, outbox
from certif.kit.access import VISITOR, Actor
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.languages import _, _l
from certif.kit.web import absolute_url
from certif.notices.actions import Words, let_speak, whole
from certif.notices.model import AnswerWithdrawal, Outcome, ProgramQuestion, Settlement
from certif.programs import Program, french

MOST_WAITING = 200
"""How many questions may await an answer in one program: whoever floods it fills no more than that."""

audit.declare("question_asked", _l("Une question sur le programme a été reçue."))
audit.declare("answer_published", _l("%(by)s a publié une réponse à la question « %(question)s »"), "question")
audit.declare("question_answered", _l("%(by)s a répondu à une question, à la personne seulement."))
audit.declare("question_set_aside", _l("%(by)s a mis une question de côté. Motif : %(reason)s"), "reason")
audit.declare("answer_withdrawn", _l("%(by)s a retiré la réponse à la question « %(question)s » Motif : %(reason)s"), "question", "reason")

outbox.forget_once_sent("notices/answer_published")
outbox.forget_once_sent("notices/question_answered")


def ask_question(program: Program, words: str, *, email: str | None, language: str, by: Actor) -> ProgramQuestion:
    """Ask something about a program. Who asks is not noted, even signed in.

    Takes: `email`, where to send the answer, or None; `language` of the reader.
    Refuses: a program where too many questions await an answer.
    """
    lock(program)
    if _waiting(program) >= MOST_WAITING:
        raise Refusal(_("Beaucoup de questions attendent déjà une réponse. Revenez dans quelques jours, ou écrivez à l’organisme."))
    question = ProgramQuestion(program=program, words=words, email=email or None, language=language, asked_at=clock.now())
    db.session.add(question)
    db.session.flush()
    audit.record("question_asked", question, by=VISITOR)
    return question


def publish_answer(question: ProgramQuestion, words: Words, *, by: Actor) -> Settlement:
    """Publish a question, reworded so that nobody is known by it, and its answer. Whoever left an address is told, and it is forgotten.

    Refuses: someone who does not work for the program; a question settled already; what is missing in French; half a translation.
    """
    said = whole(words)
    email = _settle(question, Outcome.PUBLISHED, by, question_fr=said.head.fr, question_en=said.head.en,
                    answer_fr=said.body.fr, answer_en=said.body.en)  # fmt: skip
    settlement = question.settlement
    assert settlement is not None
    audit.record("answer_published", question, by=by, question=said.head.fr)
    if email:
        outbox.queue(
            "notices/answer_published", email, language=question.language, scope=question.scope, question=question,
            asked=said.head.said_in(question.language), answer=said.body.said_in(question.language),
            url=absolute_url("notices.list_answers", slug=question.program.slug, language=question.language),
        )  # fmt: skip
    return settlement


def answer_privately(question: ProgramQuestion, answer: str, *, by: Actor) -> Settlement:
    """Answer the person alone, by letter; the address is forgotten once it has left.

    Refuses: someone who does not work for the program; a question settled already; one that left no address.
    """
    _let_settle(question, by)
    if not question.email:
        raise Refusal(_("Cette personne n’a pas laissé d’adresse : publiez une réponse, ou mettez la question de côté."))
    said = french(answer)
    email = _settle(question, Outcome.ANSWERED, by, answer_fr=said)
    settlement = question.settlement
    assert settlement is not None
    assert email is not None
    audit.record("question_answered", question, by=by)
    outbox.queue(
        "notices/question_answered", email, language=question.language, scope=question.scope, question=question, answer=said,
    )  # fmt: skip
    return settlement


def set_aside(question: ProgramQuestion, reason: str, *, by: Actor) -> Settlement:
    """Leave a question unanswered, and say why, to colleagues. Nobody is written to; an address is forgotten at once.

    Refuses: someone who does not work for the program; a question settled already.
    """
    _settle(question, Outcome.SET_ASIDE, by, reason=reason)
    audit.record("question_set_aside", question, by=by, reason=reason)
    assert question.settlement is not None
    return question.settlement


def withdraw_answer(settlement: Settlement, reason: str, *, by: Actor) -> AnswerWithdrawal:
    """Show a published answer no longer.

    Refuses: someone who does not work for the program; an answer that is not published, or withdrawn already.
    """
    lock(settlement)
    let_speak(settlement.question.program, by)
    if settlement.outcome != Outcome.PUBLISHED or settlement.withdrawal is not None:
        raise Refusal(_("Cette réponse n’est pas publiée, ou ne l’est plus."))
    settlement.withdrawal = withdrawal = AnswerWithdrawal(reason=reason, withdrawn_at=clock.now(), withdrawn_by=by.ref)
    db.session.flush()
    audit.record("answer_withdrawn", settlement.question, by=by, question=settlement.question_fr, reason=reason)
    return withdrawal


def _settle(question: ProgramQuestion, outcome: Outcome, by: Actor, **said: str) -> str | None:
    """Settle a question, and forget the address that was left: it is given one last time."""
    _let_settle(question, by)
    blank = {"question_fr": "", "question_en": "", "answer_fr": "", "answer_en": "", "reason": ""}
    question.settlement = Settlement(
        outcome=outcome.value, settled_at=clock.now(), settled_by=by.ref, settler=by.name, **{**blank, **said}
    )  # fmt: skip
    email, question.email = question.email, None
    db.session.flush()
    return email


def _let_settle(question: ProgramQuestion, by: Actor) -> None:
    lock(question)
    let_speak(question.program, by)
    if question.settlement is not None:
        raise Refusal(_("%(name)s a déjà réglé cette question.", name=question.settlement.settler))


def _waiting(program: Program) -> int:
    is_settled = exists().where(Settlement.question_id == ProgramQuestion.id)
    waiting = select(func.count()).select_from(ProgramQuestion).where(ProgramQuestion.program_id == program.id, ~is_settled)
    return db.session.scalar(waiting) or 0
