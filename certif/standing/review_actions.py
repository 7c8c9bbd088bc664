"""What a machine alone decided, reviewed by a person: asked for by the employer, answered by staff with reasons.

Source: Act respecting the protection of personal information in the private sector, s. 12.1.
"""

from __future__ import annotations

from certif.accounts import staff_of
from certif.certification import Certification, may_decide, review_of
from certif.kit import audit, clock, outbox
from certif.kit.access import Actor, Role
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.languages import _, _l
from certif.kit.web import absolute_url
from certif.standing.review_model import HumanReview, Outcome
from certif.standing.review_queries import human_review_of

audit.declare("review_asked", _l("%(by)s a demandé qu’une personne revoie la décision automatique."))
audit.declare("review_kept", _l("%(by)s a revu la décision automatique, qui demeure : « %(answer)s »"), "answer")
audit.declare("review_changed", _l("%(by)s a revu la décision automatique, qui change : « %(answer)s »"), "answer")


def was_automatic(certification: Certification) -> bool:
    """Whether a machine alone decided on a file: only then is there something to review."""
    found = review_of(certification)
    return found is not None and found.allows


def ask_for_review(certification: Certification, words: str, *, by: Actor) -> HumanReview:
    """Ask that a person review the decision that a machine took. Whoever may decide in the program is told by letter.

    Takes: `words`, what the employer thinks of the decision, or would have corrected.
    Refuses: a decision that a person took; a second time.
    """
    lock(certification)
    if not was_automatic(certification):
        raise Refusal(_("Une personne a décidé de ce dossier : il n’y a pas de décision automatique à revoir."))
    if human_review_of(certification) is not None:
        raise Refusal(_("Vous avez déjà demandé cette révision."))
    asked = HumanReview(certification=certification, words=words, asked_at=clock.now(), asked_by=by.ref)
    db.session.add(asked)
    db.session.flush()
    audit.record("review_asked", certification, by=by)
    for person in staff_of(certification.program, (Role.MANAGER, Role.AGENT)):
        outbox.queue(
            "standing/review_asked", person.email, language=person.language, scope=certification.scope, asked=asked,
            url=absolute_url("standing.answer_review", ref=asked.ref, language=person.language),
        )  # fmt: skip
    return asked


def answer_review(asked: HumanReview, outcome: Outcome, answer: str, *, by: Actor) -> None:
    """Answer, having looked at the file: the decision stays or changes, and why. What changes is done by its own act, before or after.

    Refuses: someone who may not decide on the file; a review that has its answer.
    """
    certification = lock(lock(asked).certification)
    if not may_decide(certification, by=by):
        raise Refusal(_("Vous ne décidez pas de ce dossier : votre rôle ne le permet pas, ou vous êtes membre de cette organisation."))
    if asked.answered_at is not None:
        raise Refusal(_("%(name)s a déjà répondu à cette demande.", name=asked.answerer))
    asked.outcome, asked.answer, asked.answered_at = outcome.value, answer, clock.now()
    asked.answered_by, asked.answerer = by.ref, by.name
    audit.record("review_kept" if outcome is Outcome.KEPT else "review_changed", certification, by=by, answer=answer)
    employer = certification.employer
    outbox.queue(
        "standing/review_answered", employer.contact_email, language=employer.language, scope=certification.scope, asked=asked,
        url=absolute_url("standing.ask_for_review", ref=certification.ref, language=employer.language),
    )  # fmt: skip
