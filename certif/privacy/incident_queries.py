"""Questions about the register of incidents: who keeps it, which incidents they may read, what remains to be done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, false, or_, select, true
from sqlalchemy.orm import selectinload
from werkzeug.exceptions import NotFound

from certif.accounts import Grant, User
from certif.kit.access import Actor, Role
from certif.kit.db import db
from certif.kit.languages import _, format_day
from certif.kit.sheets import Cell
from certif.privacy.incident_model import STAGES, IncidentAccount, IncidentStep, PrivacyIncident, PrivacyOfficer, StepKind
from certif.programs import Program, programs_of

KEEPERS = (Role.ADMIN, Role.MANAGER)
"""Who may open the pages; a manager reads nothing there unless named to keep the register of a program."""


def is_admin(actor: Actor) -> bool:
    """Whether somebody keeps the whole register."""
    return actor.program_ids(Role.ADMIN) is None


def kept_by(actor: Actor) -> list[Program]:
    """Give the programs of which somebody keeps the register."""
    programs = programs_of(actor, *KEEPERS)
    if is_admin(actor):
        return programs
    named = {one.program_id for one in _in_office(PrivacyOfficer.user_id == actor.user_id)}
    return [one for one in programs if one.id in named]


def officers() -> dict[int, PrivacyOfficer]:
    """Give who keeps the register of each program, by its id."""
    return {one.program_id: one for one in _in_office(true())}


def officer_of(program: Program) -> User | None:
    """Give who keeps the register of a program; None while nobody is named, or whoever was is not its manager any more."""
    found = next(iter(_in_office(PrivacyOfficer.program_id == program.id)), None)
    return found.user if found and found.user in managers_of(program) else None


def managers_of(program: Program) -> list[User]:
    """Give who may be named: the managers of a program whose account is open."""
    is_manager = select(Grant.user_id).where(Grant.program_id == program.id, Grant.role == Role.MANAGER, Grant.revoked_at.is_(None))
    found = db.session.scalars(select(User).where(User.id.in_(is_manager), User.disabled_at.is_(None)))
    return sorted(found, key=lambda one: one.shown_name)


def incidents_of(actor: Actor) -> Sequence[PrivacyIncident]:
    """Give the incidents that somebody may read, the newest first."""
    whole = selectinload(PrivacyIncident.accounts), selectinload(PrivacyIncident.steps)
    found = select(PrivacyIncident).where(_readable(actor)).options(*whole)
    return db.session.scalars(found.order_by(PrivacyIncident.known_on.desc(), PrivacyIncident.number.desc())).all()


def incident_of(actor: Actor, ref: str) -> PrivacyIncident:
    """Give an incident. Refuses (404) one that this person may not read."""
    found = db.session.scalar(select(PrivacyIncident).where(PrivacyIncident.ref == ref, _readable(actor)))
    if found is None:
        raise NotFound
    return found


def period_said(account: IncidentAccount) -> str:
    """Say when an incident happened."""
    if account.from_on is None:
        return account.when_words
    if account.until_on is None or account.until_on == account.from_on:
        said = format_day(account.from_on)
    else:
        said = _("du %(first)s au %(last)s", first=format_day(account.from_on), last=format_day(account.until_on))
    return f"{said}. {account.when_words}" if account.when_words else said


def people_said(account: IncidentAccount) -> str:
    """Say how many people an incident concerns."""
    if account.people is None:
        return account.people_words
    return f"{account.people}. {account.people_words}" if account.people_words else str(account.people)


def risk_said(account: IncidentAccount) -> str:
    """Say whether there is a risk of serious injury."""
    if account.is_serious is None:
        return _("Pas encore évalué")
    return _("Risque de préjudice sérieux") if account.is_serious else _("Pas de risque de préjudice sérieux")


def register_heads() -> list[str]:
    """Give the heads of the register, in the order of the regulation."""
    return [
        _("Numéro"), _("Programme"), _("Renseignements visés"), _("Circonstances"), _("Moment de l’incident"), _("Connu le"),
        _("Personnes concernées"), _("Risque"), _("Raisons"), _("Avis à la Commission"), _("Avis aux personnes"),
        _("Avis publics et autres avis"), _("Mesures"), _("État"), _("Conservé jusqu’au"),
    ]  # fmt: skip


def register_rows(incidents: Sequence[PrivacyIncident]) -> Iterator[list[Cell]]:
    """Give the register, one row an incident."""
    for one in incidents:
        told = one.told
        yield [
            one.number, one.program.name if one.program else _("Tout le site"), told.what, told.circumstances, period_said(told),
            one.known_on, people_said(told), risk_said(told), told.reasons, _told(one.steps, StepKind.AUTHORITY),
            _told(one.steps, StepKind.PEOPLE), _told(one.steps, StepKind.PUBLIC, StepKind.OTHERS, StepKind.DEFERRED),
            _told(one.steps, StepKind.MEASURE), str(STAGES[one.stage]), one.kept_until,
        ]  # fmt: skip


def _told(steps: Sequence[IncidentStep], *kinds: StepKind) -> str:
    found = [one for one in steps if one.kind in kinds]
    return "\n".join(f"{one.done_on.isoformat()} : {one.words}" if one.words else one.done_on.isoformat() for one in found)


def _readable(actor: Actor) -> ColumnElement[bool]:
    if is_admin(actor):
        return true()
    kept = [one.id for one in kept_by(actor)]
    return or_(false(), PrivacyIncident.program_id.in_(kept))


def _in_office(wanted: ColumnElement[bool]) -> Sequence[PrivacyOfficer]:
    return db.session.scalars(select(PrivacyOfficer).where(PrivacyOfficer.ended_at.is_(None), wanted)).all()
