"""A job writes the letters of a mailing, some at a time: each recipient once, as things are when its turn comes; stopped, it goes on."""

from __future__ import annotations

from sqlalchemy import select

from certif.certification import Certification
from certif.imports import invite_prospect, obstacle
from certif.kit import audit, clock, outbox
from certif.kit.access import SYSTEM, Actor
from certif.kit.db import db, lock, transaction
from certif.kit.inserting import insert_new
from certif.kit.jobs import enqueue, job
from certif.kit.languages import _l
from certif.mailings.audiences import is_in, was_reminded
from certif.mailings.model import Audience, Mailing, MailingRecipient, MailingStep, Step
from certif.mailings.writers import writer_of
from certif.mailings.writing import file_of, prospect_of, reminder

audit.declare("file_reminded", _l("%(by)s a fait envoyer un rappel à la personne-ressource."))

BATCH = 25
BATCHES_A_JOB = 20


@job("send_mailing")
def send_mailing(mailing: str, turn: int = 0) -> None:
    """Write the letters that are not written, up to a number of batches; then ask for the rest."""
    for _each in range(BATCHES_A_JOB):
        with transaction():
            found = lock(db.session.scalars(select(Mailing).where(Mailing.ref == mailing)).one())
            db.session.expire(found, ["steps"])
            if not found.is_agreed or found.step(Step.STOPPED) is not None:
                return
            waiting = _waiting(found)
            if not waiting:
                take_step(found, Step.DONE, by=SYSTEM)
                return
            for recipient in waiting:
                _settle(recipient, found)
    with transaction():
        enqueue("send_mailing", once=f"send_mailing {mailing} {turn + 1}", mailing=mailing, turn=turn + 1)


def take_step(mailing: Mailing, kind: Step, *, by: Actor) -> None:
    """Note that something was decided; the unique constraint has the last word."""
    values = {"mailing_id": mailing.id, "kind": kind, "taken_at": clock.now(), "taken_by": by.ref, "taker": by.name}
    insert_new(MailingStep, [values], MailingStep.id)
    db.session.expire(mailing, ["steps"])


def _waiting(mailing: Mailing) -> list[MailingRecipient]:
    mine = MailingRecipient.mailing_id == mailing.id, MailingRecipient.settled_at.is_(None)
    return list(db.session.scalars(select(MailingRecipient).where(*mine).order_by(MailingRecipient.key).limit(BATCH)))


def _settle(recipient: MailingRecipient, mailing: Mailing) -> None:
    """Write one letter, or note why there is none. The sender is whoever confirmed."""
    agreed = mailing.step(Step.CONFIRMED)
    assert agreed is not None
    sender = Actor(ref=agreed.taken_by, name=agreed.taker)
    writer = writer_of(mailing)
    settle = writer.settle if writer else _invite if recipient.is_prospect else _remind
    recipient.skipped = settle(recipient, mailing, sender)
    recipient.settled_at = clock.now()
    db.session.flush()


def _invite(recipient: MailingRecipient, mailing: Mailing, sender: Actor) -> str | None:
    prospect = prospect_of(recipient)
    if prospect is None:
        return "gone"
    if obstacle(prospect) is not None:
        return "refused"
    invite_prospect(prospect, note=mailing.note, by=sender)
    return None


def _remind(recipient: MailingRecipient, mailing: Mailing, sender: Actor) -> str | None:
    certification = file_of(recipient)
    if certification is None:
        return "gone"
    asked = select(is_in(Audience(mailing.audience)), was_reminded()).where(Certification.id == certification.id)
    still_there, reminded = db.session.execute(asked).one()
    if not still_there:
        return "changed"
    if reminded:
        return "recent"
    employer = certification.employer
    name, told = reminder(certification, mailing, employer.language)
    outbox.queue(name, employer.contact_email, language=employer.language, scope=certification.scope, **told)
    audit.record("file_reminded", certification, by=sender)
    return None
