"""Questions about mailings: whose they are, for whom, and how far they are."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import and_, func, select, true
from werkzeug.exceptions import NotFound

from certif.certification import Certification, visible_to
from certif.imports import KEEPERS
from certif.kit.access import Actor
from certif.kit.db import db
from certif.kit.paging import PAGE, Slice, cut, read_cursor
from certif.mailings.model import Mailing, MailingRecipient
from certif.programs import Program

SENDERS = KEEPERS
"""Who writes to many: those who work for the whole program."""


@dataclass(frozen=True)
class Progress:
    """How far a mailing is: letters written, recipients left aside, recipients to come."""

    sent: int
    skipped: int
    waiting: int


def mailing_of(actor: Actor, ref: str) -> Mailing:
    """Give the mailing named `ref` to senders of its program. Refuses (404) any other."""
    found = db.session.scalar(select(Mailing).where(Mailing.ref == ref))
    if found is None or not actor.holds(found.program_id, *SENDERS):
        raise NotFound
    return found


def mailings_of(actor: Actor, after: str | None) -> Slice[Mailing]:
    """Give the mailings of this person's programs, the newest first."""
    held = actor.program_ids(*SENDERS)
    found = select(Mailing, Mailing.drafted_at.label("since"), Mailing.ref).where(
        Mailing.program_id.in_(held) if held is not None else true()
    )
    page = cut(found, Mailing.drafted_at.expression, Mailing.ref.expression, read_cursor(after), newest_first=True)
    return Slice([row.Mailing for row in page.rows], page.next)


def progress_of(mailing: Mailing) -> Progress:
    """Count how far a mailing is, in one statement."""
    settled, skipped = MailingRecipient.settled_at, MailingRecipient.skipped
    conditions = (and_(settled.is_not(None), skipped.is_(None)), skipped.is_not(None), settled.is_(None))
    counted = select(*(func.count().filter(one) for one in conditions)).where(MailingRecipient.mailing_id == mailing.id)
    sent, skipped, waiting = db.session.execute(counted).one()
    return Progress(sent, skipped, waiting)


def recipients_of(mailing: Mailing, after: str | None) -> Slice[MailingRecipient]:
    """Give the recipients in the order of their turn. `after`: the key of the last one of the page before."""
    mine = select(MailingRecipient).where(MailingRecipient.mailing_id == mailing.id, MailingRecipient.key > (after or ""))
    rows = db.session.scalars(mine.order_by(MailingRecipient.key).limit(PAGE + 1)).all()
    return Slice(rows[:PAGE], rows[PAGE - 1].key if len(rows) > PAGE else None)


def chosen_program(actor: Actor, refs: list[str]) -> tuple[Program | None, list[str]]:
    """Give the program of the files that were chosen and that this person may write to, None where they are of several; and those files."""
    rows = db.session.execute(
        select(Certification.ref, Certification.program_id).where(Certification.ref.in_(refs), visible_to(actor))
    ).all()
    mine = [row for row in rows if actor.holds(row.program_id, *SENDERS)]
    programs = {row.program_id for row in mine}
    return (db.session.get(Program, programs.pop()) if len(programs) == 1 else None), [row.ref for row in mine]
