"""What can happen to a promise that falls due: it is declared done, and it is recalled."""

from __future__ import annotations

from certif.certification import Milestone, MilestoneCompletion, Stage, granted_after
from certif.kit import audit, clock, outbox
from certif.kit.access import Actor
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.languages import _, _l
from certif.kit.web import absolute_url
from certif.milestones.model import Kind, MilestoneReminder

audit.declare("milestone_done", _l("%(by)s a déclaré tenu l’engagement « %(promise)s »."), "promise", "milestone")
audit.declare(
    "milestone_recalled", _l("L’engagement à tenir d’ici le %(due_on)s a été rappelé à l’employeur."), "due_on", "kind", "milestone"
)

_LETTERS = {Kind.COMING: "milestones/milestone_coming", Kind.PASSED: "milestones/milestone_passed"}


def declare_done(milestone: Milestone, note: str, *, by: Actor) -> MilestoneCompletion:
    """Say that a promise is met. Takes: `note`, how, or nothing.

    Refuses: a promise declared done already; a certification that no longer counts, or that a later cycle follows.
    """
    lock(milestone)
    certification = milestone.certification
    if milestone.completion is not None:
        raise Refusal(_("Cet engagement est déjà déclaré tenu."))
    if certification.stage not in {Stage.CERTIFIED, Stage.SUSPENDED} or granted_after(certification) is not None:
        raise Refusal(_("Cette certification ne compte plus : ses engagements non plus."))
    milestone.completion = completion = MilestoneCompletion(note=note, declared_at=clock.now(), declared_by=by.ref, declarer=by.name)
    db.session.flush()
    audit.record("milestone_done", certification, by=by, promise=milestone.text.fr, milestone=milestone.ref)
    return completion


def remind(milestone: Milestone, kind: Kind, *, by: Actor) -> MilestoneReminder:
    """Write to the contact that a promise falls due, or has fallen due. Sent twice, the database refuses the second."""
    reminder = MilestoneReminder(milestone_id=milestone.id, kind=kind.value, reminded_at=clock.now())
    db.session.add(reminder)
    db.session.flush()
    certification, employer = milestone.certification, milestone.certification.employer
    due_on = milestone.due_on.isoformat()
    audit.record("milestone_recalled", certification, by=by, due_on=due_on, kind=kind.value, milestone=milestone.ref)
    outbox.queue(
        _LETTERS[kind], employer.contact_email, language=employer.language, scope=certification.scope, certification=certification,
        milestone=milestone, promise=milestone.text.said_in(employer.language),
        url=absolute_url("milestones.list_milestones", ref=certification.ref, language=employer.language),
    )  # fmt: skip
    return reminder
