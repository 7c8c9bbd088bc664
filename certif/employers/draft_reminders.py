"""A registration that was begun and left: its contact is reminded of it, where the address is proven, until it is finished or stopped."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from certif.employers.arrivals import DraftReminder, RegistrationDraft
from certif.employers.drafts import KEPT, resume_url
from certif.kit import clock, outbox
from certif.kit.db import db, lock
from certif.kit.inserting import insert_new

outbox.hide_once_sent("employers/registration_awaited")


def silent_drafts(last: dt.datetime) -> list[int]:
    """Give the ids of the registrations that nobody has touched since an instant, and that are not forgotten yet."""
    silent = RegistrationDraft.saved_at <= last, RegistrationDraft.saved_at > clock.now() - KEPT
    found = select(RegistrationDraft.id).where(RegistrationDraft.employer_id.is_(None), *silent)
    return list(db.session.scalars(found.order_by(RegistrationDraft.id)))


def draft_reminders_of(draft: RegistrationDraft) -> set[str]:
    """Give the kinds of reminders sent about a registration."""
    return set(db.session.scalars(select(DraftReminder.kind).where(DraftReminder.draft_id == draft.id)))


def remind_draft(draft: RegistrationDraft, kind: str, *, scope: str) -> None:
    """Write to the contact that the registration is kept, with the link that finds it again. Asked twice, the database lets one through.

    Takes: `scope`, the ref of the program it would enter.
    """
    row = {"draft_id": draft.id, "kind": kind, "reminded_at": clock.now()}
    if not insert_new(DraftReminder, [row], DraftReminder.id):
        return
    until = (draft.saved_at + KEPT).astimezone(clock.TORONTO).date()
    outbox.queue(
        "employers/registration_awaited", draft.proven_email, language=draft.language, scope=scope, draft=draft, until=until,
        url=resume_url(draft), stop_url=resume_url(draft, "employers.stop_reminders"),
    )  # fmt: skip


def stop_draft_reminders(draft: RegistrationDraft) -> None:
    """Send no more reminders of a registration. It is kept as long as before."""
    lock(draft)
    draft.data = {**draft.data, "no_reminder": True}
