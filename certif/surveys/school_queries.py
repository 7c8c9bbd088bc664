"""Questions about the contacts of schools: who they are in a survey, what they were written, and what is due to them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from werkzeug.exceptions import NotFound

from certif.kit import clock, tokens
from certif.kit.db import db
from certif.kit.settings import settings
from certif.surveys.boards import DoorCount, board_for, share_of
from certif.surveys.model import Survey, SurveyDoor
from certif.surveys.running_model import SchoolLetter, SchoolLetterKind, SchoolLetterStop
from certif.surveys.running_queries import SurveyState, last_day_of, plan_of, state_of

LAST_DAYS = 3
"""How many days before the last one the second reminder leaves."""
QUIET_DAYS = 2
"""Nobody is reminded so soon after the invitation."""


@dataclass(frozen=True)
class Contact:
    """Someone of a school in one survey: the ways in they were handed, and the kinds of letters they were written."""

    email: str
    language: str
    doors: Sequence[SurveyDoor]
    written: frozenset[str]
    has_stopped: bool

    @property
    def school(self) -> str:
        """The names of the schools, each once."""
        return ", ".join(dict.fromkeys(door.school or door.label for door in self.doors))

    @property
    def is_waiting(self) -> bool:
        """Whether the invitation is still to be sent."""
        return SchoolLetterKind.INVITATION not in self.written and not self.has_stopped


def door_address(code: str) -> str:
    """Give the short address of a way in, or of a link that serves once."""
    return f"{settings().public_base_url}/s/{code}"


def address_digest(email: str) -> str:
    """Give what is kept of an address that said stop."""
    return tokens.digest(email.strip().casefold())


def contacts_of(survey: Survey) -> list[Contact]:
    """Give the contacts of the ways in that are open, by school: three statements, whatever their number."""
    mine = SurveyDoor.survey_id == survey.id, SurveyDoor.shut_at.is_(None), SurveyDoor.contact_email.is_not(None)
    by_email: dict[str, list[SurveyDoor]] = {}
    for door in db.session.scalars(select(SurveyDoor).where(*mine).order_by(SurveyDoor.school, SurveyDoor.label, SurveyDoor.id)):
        by_email.setdefault(str(door.contact_email), []).append(door)
    written: dict[str, set[str]] = {}
    for email, kind in db.session.execute(select(SchoolLetter.email, SchoolLetter.kind).where(SchoolLetter.survey_id == survey.id)):
        written.setdefault(email, set()).add(kind)
    digests = {address_digest(email): email for email in by_email}
    stops = select(SchoolLetterStop.address_digest).where(SchoolLetterStop.address_digest.in_(digests))
    stopped = {digests[one] for one in db.session.scalars(stops)}
    return [
        Contact(email, _language_of(doors), doors, frozenset(written.get(email, set())), email in stopped)
        for email, doors in by_email.items()
    ]


def letter_with(token: str) -> SchoolLetter:
    """Give the letter that a link came by. Refuses (404) any other link, and one whose address is forgotten."""
    found = db.session.scalar(select(SchoolLetter).where(SchoolLetter.token_digest == tokens.digest(token)))
    if found is None:
        raise NotFound
    return found


def has_stopped(email: str) -> bool:
    """Whether this address wants no more reminders."""
    found = select(SchoolLetterStop.id).where(SchoolLetterStop.address_digest == address_digest(email))
    return db.session.scalar(found) is not None


def due_kind(survey: Survey) -> SchoolLetterKind | None:
    """Give the newest reminder whose day has come; None where there is none, or reminders are not wanted."""
    plan, today = plan_of(survey), clock.today()
    if state_of(survey) is not SurveyState.OPEN or plan is None or plan.remind_under == 0:
        return None
    last = last_day_of(survey)
    if today >= last - dt.timedelta(days=LAST_DAYS):
        return SchoolLetterKind.LAST_DAYS
    return SchoolLetterKind.HALFWAY if today >= survey.opens_on + (last - survey.opens_on) / 2 else None


def lags(survey: Survey, email: str, under: int) -> bool:
    """Whether fewer answers than wanted came by the ways in of a contact; where no number is expected, whether none came."""
    counts: list[DoorCount] = [one for school in board_for(survey, email) for one in school.doors if one.door.shut_at is None]
    expected = sum(one.door.expected or 0 for one in counts)
    share = share_of(sum(one.count for one in counts), expected or None)
    return share < under if share is not None else not any(one.count for one in counts)


def invited_before(survey: Survey, day: dt.date) -> list[str]:
    """Give the addresses that were invited before a day."""
    invitations = SchoolLetter.survey_id == survey.id, SchoolLetter.kind == SchoolLetterKind.INVITATION
    early = SchoolLetter.written_at < clock.midnight(day)
    return list(db.session.scalars(select(SchoolLetter.email).where(*invitations, early).order_by(SchoolLetter.id)))


def _language_of(doors: Sequence[SurveyDoor]) -> str:
    bodies = [door.school_body for door in doors if door.school_body is not None]
    return "en" if bodies and all(body.language == "en" for body in bodies) else "fr"
