"""What happens with confidentiality incidents, in story order: noted, told anew, acted upon, recalled, forgotten."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import delete, func, or_, select, update

from certif.accounts import User
from certif.kit import audit, clock, outbox
from certif.kit.access import Actor
from certif.kit.db import db, lock, transaction
from certif.kit.errors import Refusal
from certif.kit.jobs import recurring
from certif.kit.languages import _, _l
from certif.kit.settings import settings
from certif.kit.web import absolute_url
from certif.privacy.incident_model import (
    TIME_BETWEEN,
    YEARS_KEPT,
    IncidentAccount,
    IncidentStage,
    IncidentStep,
    PrivacyIncident,
    PrivacyOfficer,
    StepKind,
)
from certif.privacy.incident_queries import is_admin, kept_by, managers_of, officer_of
from certif.programs import Program

audit.declare("privacy_officer_named", _l("%(by)s a nommé qui tient le registre des incidents : %(to)s (%(program)s)."), "to", "program")
audit.declare(
    "incident_noted", _l("%(by)s a inscrit l’incident de confidentialité %(number)s, connu le %(known_on)s."), "number", "known_on"
)
audit.declare("incident_told_anew", _l("%(by)s a mis à jour l’incident de confidentialité %(number)s."), "number")
audit.declare(
    "incident_step_noted", _l("%(by)s a noté, à l’incident de confidentialité %(number)s : %(what)s (%(done_on)s)."),
    "number", "what", "done_on",
)  # fmt: skip
audit.declare("incidents_exported", _l("%(by)s a pris une copie du registre des incidents de confidentialité."))


@dataclass(frozen=True)
class Account:
    """What is known of an incident: what the regulation asks of the register."""

    what: str
    circumstances: str
    from_on: dt.date | None
    until_on: dt.date | None
    when_words: str
    people: int | None
    people_words: str
    is_serious: bool | None
    reasons: str


def name_officer(program: Program, user: User, *, by: Actor) -> PrivacyOfficer:
    """Name who keeps the register of a program, in the place of whoever did.

    Refuses: anyone but an administrator; somebody who is not a manager of the program; whoever keeps it already.
    """
    if not is_admin(by):
        raise Refusal(_("Seule l’administration nomme qui tient le registre."))
    lock(program)
    if user not in managers_of(program):
        raise Refusal(_("Choisissez une personne qui gère ce programme."))
    now = clock.now()
    before = db.session.scalar(select(PrivacyOfficer).where(PrivacyOfficer.program_id == program.id, PrivacyOfficer.ended_at.is_(None)))
    if before is not None and before.user_id == user.id:
        raise Refusal(_("Cette personne tient déjà le registre."))
    if before is not None:
        before.ended_at = now
        db.session.flush()
    named = PrivacyOfficer(program=program, user=user, named_at=now, named_by=by.ref)
    db.session.add(named)
    db.session.flush()
    audit.record("privacy_officer_named", named, by=by, to=user.shown_name, program=program.name)
    return named


def note_incident(program: Program | None, known_on: dt.date, account: Account, *, by: Actor) -> PrivacyIncident:
    """Write an incident in the register, however small.

    Takes: `program`, None when it concerns the whole site; `known_on`, the day we became aware of it, which never changes afterwards.
    Refuses: whoever does not keep this register; a day that is to come, or before the incident began.
    """
    _let_keep(by, program)
    _check(known_on, account)
    number = (db.session.scalar(select(func.max(PrivacyIncident.number))) or 0) + 1
    incident = PrivacyIncident(number=number, program=program, known_on=known_on, noted_at=clock.now(), noted_by=by.ref)
    db.session.add(incident)
    _write(incident, account, by)
    audit.record("incident_noted", incident, by=by, number=number, known_on=known_on.isoformat())
    return incident


def tell_anew(incident: PrivacyIncident, account: Account, *, seen: int, by: Actor) -> None:
    """Write what is known of an incident by now; what was written before stays.

    Takes: `seen`, the number of the account that was read before writing this one.
    Refuses: whoever does not keep this register; an account that somebody else replaced in the meantime.
    """
    _let_keep(by, incident.program)
    lock(incident)
    if incident.told.number != seen:
        raise Refusal(_("Quelqu’un vient de mettre à jour cet incident. Relisez-le avant d’enregistrer."))
    _check(incident.known_on, account)
    _write(incident, account, by)
    audit.record("incident_told_anew", incident, by=by, number=incident.number)


def note_step(incident: PrivacyIncident, kind: StepKind, done_on: dt.date, words: str, *, by: Actor) -> None:
    """Note what was done: a measure, a notice, or that nothing remains to be done.

    Refuses: whoever does not keep this register; a day to come, or before the incident was known; closing what is closed, or an incident
    whose risk is not weighed, whose notices are not given or of which no measure is noted.
    """
    _let_keep(by, incident.program)
    lock(incident)
    if not incident.known_on <= done_on <= clock.today():
        raise Refusal(_("Choisissez un jour depuis celui où l’incident a été connu, et pas après aujourd’hui."))
    if kind is StepKind.CLOSED and incident.stage is not IncidentStage.TO_CLOSE:
        raise Refusal(_why_open(incident.stage))
    number = len(incident.steps) + 1
    step = IncidentStep(
        number=number, account=incident.told.number, kind=kind.value, done_on=done_on, words=words, noted_at=clock.now(),
        noted_by=by.ref, writer=by.name,
    )  # fmt: skip
    incident.steps.append(step)
    db.session.flush()
    what = step.label
    audit.record("incident_step_noted", incident, by=by, number=incident.number, what=what, done_on=done_on.isoformat())


def note_export(*, by: Actor) -> None:
    """Note that the register was taken away."""
    audit.record("incidents_exported", db.session.get_one(User, by.user_id), by=by)


@recurring("recall_incidents", every=dt.timedelta(hours=6))
def recall_incidents() -> None:
    """Write to whoever keeps the register, from the last day to give a notice and each week after, while an incident is not closed."""
    today = clock.today()
    waits = or_(PrivacyIncident.recalled_on.is_(None), PrivacyIncident.recalled_on <= today - TIME_BETWEEN)
    for incident in db.session.scalars(select(PrivacyIncident).where(waits).order_by(PrivacyIncident.id)).all():
        if incident.stage is not IncidentStage.CLOSED and incident.notify_by <= today:
            with transaction():
                _recall(incident.id, today)


@recurring("forget_incidents", every=dt.timedelta(days=1), retention=True)
def forget_incidents() -> None:
    """Take out of the register what was known more than five years ago."""
    with transaction():
        old = select(PrivacyIncident).where(PrivacyIncident.known_on < clock.today() - dt.timedelta(days=365 * YEARS_KEPT))
        gone = [one.id for one in db.session.scalars(old) if one.kept_until < clock.today()]
        for table, column in ((IncidentStep, IncidentStep.incident_id), (IncidentAccount, IncidentAccount.incident_id)):
            db.session.execute(delete(table).where(column.in_(gone)))
        db.session.execute(delete(PrivacyIncident).where(PrivacyIncident.id.in_(gone)))


def _recall(incident_id: int, today: dt.date) -> None:
    is_first = or_(PrivacyIncident.recalled_on.is_(None), PrivacyIncident.recalled_on <= today - TIME_BETWEEN)
    claim = update(PrivacyIncident).where(PrivacyIncident.id == incident_id, is_first).values(recalled_on=today)
    if not db.session.execute(claim).rowcount:  # type: ignore[attr-defined]
        return  # somebody else wrote in the meantime
    incident = db.session.get_one(PrivacyIncident, incident_id)
    officer = officer_of(incident.program) if incident.program else None
    outbox.queue(
        "privacy/incident_waits", officer.email if officer else settings().privacy_email, language=officer.language if officer else "fr",
        incident=incident, url=absolute_url("privacy.show_incident", ref=incident.ref, language=officer.language if officer else "fr"),
    )  # fmt: skip


def _let_keep(by: Actor, program: Program | None) -> None:
    if not is_admin(by) and (program is None or program not in kept_by(by)):
        raise Refusal(_("Vous ne tenez pas le registre de ce programme."))


def _check(known_on: dt.date, account: Account) -> None:
    if known_on > clock.today():
        raise Refusal(_("L’incident ne peut pas être connu après aujourd’hui."))
    if account.from_on is not None and account.from_on > known_on:
        raise Refusal(_("L’incident ne peut pas avoir commencé après le jour où il a été connu."))


def _write(incident: PrivacyIncident, account: Account, by: Actor) -> None:
    number = len(incident.accounts) + 1
    incident.accounts.append(IncidentAccount(number=number, written_at=clock.now(), written_by=by.ref, writer=by.name, **vars(account)))
    db.session.flush()


def _why_open(stage: IncidentStage) -> str:
    return {
        IncidentStage.CLOSED: _("Cet incident est déjà clos."),
        IncidentStage.TO_ASSESS: _("Évaluez d’abord le risque de préjudice sérieux."),
        IncidentStage.TO_NOTIFY: _(
            "Le risque est sérieux : avisez d’abord la Commission d’accès à l’information et les personnes concernées."
        ),
    }.get(stage, _("Notez d’abord au moins une mesure prise pour réduire le risque."))
