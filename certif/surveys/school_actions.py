"""Letters to the contact of each school: the code, then reminders where few have answered; each once, and stopped by one press."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import delete, select, update

from certif.kit import audit, clock, outbox, tokens
from certif.kit.access import SYSTEM, Actor
from certif.kit.db import db, lock, transaction
from certif.kit.errors import Refusal
from certif.kit.inserting import insert_new
from certif.kit.jobs import recurring
from certif.kit.languages import _, _l
from certif.kit.web import absolute_url
from certif.surveys.door_actions import shown_code
from certif.surveys.model import DoorKind, Survey, SurveyClosing, SurveyDoor
from certif.surveys.running_model import SchoolLetter, SchoolLetterKind, SchoolLetterStop
from certif.surveys.running_queries import RUNNERS, SurveyState, last_day_of, plan_of, state_of, title_of
from certif.surveys.school_queries import QUIET_DAYS, Contact, address_digest, contacts_of, door_address, due_kind, invited_before, lags

audit.declare("schools_invited", _l("%(by)s a envoyé aux écoles leurs codes du sondage : courriels, %(count)s."), "count")
audit.declare("school_reminded", _l("Un rappel a été envoyé à une école où peu de réponses sont arrivées."), "kind")
audit.declare("school_letters_stopped", _l("La personne-ressource d’une école ne veut plus recevoir de rappels."))

MOST_LETTERS = 200
"""How many letters one press writes: those that remain take another."""
KEPT = dt.timedelta(days=365)
"""How long after a survey's last day the addresses of schools are kept."""


def invite_schools(survey: Survey, *, by: Actor) -> int:
    """Write to the contacts that were not written yet: the codes, the days, and a link to their own figures.

    Gives: how many letters were written.
    Refuses: someone who has no part in the program; a survey that is over; nobody left to write to.
    """
    if not by.holds(survey.program_id, *RUNNERS):
        raise Refusal(_("Dans ce programme, votre rôle ne permet pas de tenir des sondages."))
    lock(survey)
    if state_of(survey) is SurveyState.OVER:
        raise Refusal(_("Ce sondage est terminé : il n’y a plus d’invitation à envoyer."))
    waiting = [contact for contact in contacts_of(survey) if contact.is_waiting][:MOST_LETTERS]
    count = sum(_write(survey, contact, SchoolLetterKind.INVITATION, by) for contact in waiting)
    if not count:
        raise Refusal(_("Toutes les écoles dont une adresse est connue ont déjà reçu leur code."))
    audit.record("schools_invited", survey, by=by, count=count)
    return count


@recurring("remind_schools", every=dt.timedelta(hours=1))
def remind_schools() -> None:
    """Remind the schools where few have answered, at half of the days and three days before the last; each in a unit of work of its own."""
    for survey in db.session.scalars(select(Survey).where(Survey.opens_on <= clock.today(), Survey.closes_on >= clock.today())).all():
        kind, plan = due_kind(survey), plan_of(survey)
        if kind is None or plan is None:
            continue
        for email in invited_before(survey, clock.today() - dt.timedelta(days=QUIET_DAYS)):
            if lags(survey, email, plan.remind_under):
                with transaction():
                    remind_school(survey, email, kind, by=SYSTEM)


def remind_school(survey: Survey, email: str, kind: SchoolLetterKind, *, by: Actor) -> bool:
    """Write one reminder, unless it was written, or the contact said stop or has no way in any more. Gives: whether it was."""
    contact = next((one for one in contacts_of(survey) if one.email == email), None)
    if contact is None or contact.has_stopped or not _write(survey, contact, kind, by):
        return False
    audit.record("school_reminded", survey, by=by, kind=kind.value)
    return True


def stop_school_letters(letter: SchoolLetter, *, by: Actor) -> None:
    """Send no more reminders of surveys to the address of this letter. Said again, it changes nothing."""
    stop = {"address_digest": address_digest(letter.email), "stopped_at": clock.now()}
    if insert_new(SchoolLetterStop, [stop], SchoolLetterStop.id):
        audit.record("school_letters_stopped", letter.survey, by=by)


def letter_of(survey: Survey, contact: Contact, token: str, language: str) -> dict[str, Any]:
    """Give what a letter to a school says, in a language."""
    return {
        "title": title_of(survey, language),
        "body_name": survey.program.body.name,
        "school": contact.school,
        "opens_on": survey.opens_on,
        "closes_on": last_day_of(survey),
        "doors": [(door.label, door.expected, *_way(door)) for door in contact.doors],
        "board_url": absolute_url("surveys.show_school_board", token=token, language=language),
        "stop_url": absolute_url("surveys.stop_school_letters", token=token, language=language),
    }


def seen_letters(survey: Survey, contact: Contact) -> list[tuple[str, str, str]]:
    """Give the invitation of a contact as it would leave, in both languages: language, subject, body. Its links are made when it leaves."""
    return [
        (spoken, *outbox.written("surveys/school_invited", language=spoken, **letter_of(survey, contact, "apercu", spoken)))
        for spoken in ("fr", "en")
    ]


@recurring("forget_school_addresses", every=dt.timedelta(days=1), retention=True)
def forget_school_addresses() -> None:
    """Apply the retention of the addresses of schools, as their models say."""
    oldest = clock.today() - KEPT
    closed = select(SurveyClosing.survey_id).where(SurveyClosing.closed_at < clock.midnight(oldest))
    over = select(Survey.id).where((Survey.closes_on < oldest) | Survey.id.in_(closed))
    with transaction():
        old_doors = SurveyDoor.survey_id.in_(over), SurveyDoor.contact_email.is_not(None)
        db.session.execute(update(SurveyDoor).where(*old_doors).values(contact_email=None))
        db.session.execute(delete(SchoolLetter).where(SchoolLetter.survey_id.in_(over)))


def _way(door: SurveyDoor) -> tuple[str, str]:
    """Give the code and the address of a way in, as they are read; nothing where slips are handed out."""
    return ("", "") if door.kind == DoorKind.INVITATIONS else (shown_code(door.code), door_address(door.code))


def _write(survey: Survey, contact: Contact, kind: SchoolLetterKind, by: Actor) -> bool:
    token = tokens.secret()
    row = {
        "survey_id": survey.id, "email": contact.email, "kind": kind.value, "language": contact.language,
        "token_digest": tokens.digest(token), "written_at": clock.now(), "written_by": by.ref,
    }  # fmt: skip
    if not insert_new(SchoolLetter, [row], SchoolLetter.id):
        return False
    told = letter_of(survey, contact, token, contact.language)
    name = "surveys/school_invited" if kind is SchoolLetterKind.INVITATION else "surveys/school_reminded"
    outbox.queue(name, contact.email, language=contact.language, scope=survey.scope, **told)
    return True
