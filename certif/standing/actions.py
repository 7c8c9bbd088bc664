"""What can happen to a certification that was granted: suspended, reinstated, revoked. Each has a reason and adds a row."""

from __future__ import annotations

from certif.certification import Certification, Reinstatement, Revocation, Stage, Suspension, granted_after
from certif.employers import is_member
from certif.kit import audit, clock, outbox
from certif.kit.access import Actor, Role
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.languages import _, _l
from certif.kit.web import absolute_url

audit.declare("certification_suspended", _l("%(by)s a suspendu la certification : « %(reason)s »"), "reason")
audit.declare("certification_reinstated", _l("%(by)s a levé la suspension de la certification : « %(reason)s »"), "reason")
audit.declare("certification_revoked", _l("%(by)s a révoqué la certification : « %(reason)s »"), "reason")

DECIDERS = (Role.ADMIN, Role.MANAGER)
"""Who decides on what was granted: those who answer for the program, and not everyone who may validate."""

STANDING = (Stage.CERTIFIED, Stage.SUSPENDED)


def suspend(certification: Certification, reason: str, *, by: Actor) -> Suspension:
    """Suspend a certification: from now on it does not count, and everyone can see it.

    Refuses: someone who may not decide; a certification that is not in force.
    """
    lock(certification)
    _let_decide(certification, (Stage.CERTIFIED,), by)
    suspension = Suspension(reason=reason, suspended_at=clock.now(), suspended_by=by.ref)
    certification.suspensions.append(suspension)
    db.session.flush()
    audit.record("certification_suspended", certification, by=by, reason=reason)
    _write("standing/certification_suspended", certification, reason)
    return suspension


def reinstate(certification: Certification, reason: str, *, by: Actor) -> Reinstatement:
    """Lift the suspension of a certification: it counts again, until the day it was granted for.

    Refuses: someone who may not decide; a certification that is not suspended.
    """
    lock(certification)
    _let_decide(certification, (Stage.SUSPENDED,), by)
    reinstatement = Reinstatement(reason=reason, reinstated_at=clock.now(), reinstated_by=by.ref)
    assert certification.suspension is not None
    certification.suspension.reinstatement = reinstatement
    db.session.flush()
    audit.record("certification_reinstated", certification, by=by, reason=reason)
    _write("standing/certification_reinstated", certification, reason)
    return reinstatement


def revoke(certification: Certification, reason: str, *, by: Actor) -> Revocation:
    """Withdraw a certification for good, in force or suspended. The employer may ask for another, from the start.

    Refuses: someone who may not decide; a certification that no longer stands.
    """
    lock(certification)
    _let_decide(certification, STANDING, by)
    certification.revocation = revocation = Revocation(reason=reason, revoked_at=clock.now(), revoked_by=by.ref)
    db.session.flush()
    audit.record("certification_revoked", certification, by=by, reason=reason)
    _write("standing/certification_revoked", certification, reason)
    return revocation


def obstacle(certification: Certification, stages: tuple[Stage, ...], *, by: Actor) -> str | None:
    """Say why this person may not do it now, or nothing.

    Takes: `stages`, those in which it can be done.
    """
    if not by.holds(certification.program_id, *DECIDERS):
        return str(_("Dans ce programme, votre rôle ne permet pas de décider d’une certification délivrée."))
    if is_member(by.user_id, certification.employer):
        return str(_("Vous êtes membre de cette organisation : une autre personne doit décider."))
    if certification.stage not in stages:
        return _misfit(certification, stages)
    if granted_after(certification) is not None:
        return str(_("Un cycle plus récent a été accordé, et c’est lui qui compte : décidez de celui-là."))
    return None


def _let_decide(certification: Certification, stages: tuple[Stage, ...], by: Actor) -> None:
    reason = obstacle(certification, stages, by=by)
    if reason is not None:
        raise Refusal(reason)


def _misfit(certification: Certification, stages: tuple[Stage, ...]) -> str:
    if certification.stage is Stage.REVOKED:
        return str(_("Cette certification est déjà révoquée."))
    if certification.stage is Stage.EXPIRED:
        return str(_("Cette certification est échue."))
    if certification.stage is Stage.SUSPENDED:
        return str(_("Cette certification est déjà suspendue."))
    if stages == (Stage.SUSPENDED,):
        return str(_("Cette certification n’est pas suspendue."))
    return str(_("Cette certification n’a pas encore été délivrée."))


def _write(letter: str, certification: Certification, reason: str) -> None:
    employer = certification.employer
    outbox.queue(
        letter, employer.contact_email, language=employer.language, scope=certification.scope, certification=certification, reason=reason,
        url=absolute_url("certification.show", language=employer.language),
    )  # fmt: skip
