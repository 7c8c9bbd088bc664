"""Who is in an audience, as things are now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, exists, func, literal, not_, or_, select
from sqlalchemy.orm import aliased

from certif.certification import Badge, Certification, Stage, at
from certif.employers import Employer
from certif.imports import LetterStop, Prospect, address_digest, is_invited, is_registered
from certif.kit import clock
from certif.kit.db import db
from certif.mailings.model import Audience, MailingRecipient
from certif.programs import Program
from certif.standing import Reminder

PATIENCE = dt.timedelta(days=7)
"""How long a step may wait before one reminds of it, and how long between two reminders of a file."""
APART = dt.timedelta(days=2)
"""How long after a reminder that left by itself: what staff have to say may be said sooner, but not on its heels."""
AHEAD = dt.timedelta(days=90)
MOST = 5_000

Person = tuple[str, str, str]
"""Key, name, address."""


def members_of(program: Program, audience: Audience, refs: Sequence[str] = ()) -> list[Person]:
    """Give the members of an audience, by name; one more than allowed is enough to know.

    Takes: `refs`, the files that were chosen, for `SELECTED`.
    """
    return _prospects(program) if audience is Audience.NEVER_INVITED else _files(program, audience, refs)


def is_in(audience: Audience) -> ColumnElement[bool]:
    """Give the condition that a `Certification` is still where a letter of this audience makes sense."""
    today = clock.today()
    last = select(func.max(Badge.valid_until)).where(Badge.certification_id == Certification.id).correlate(Certification).scalar_subquery()
    later = aliased(Certification)
    follows = exists().where(
        later.employer_id == Certification.employer_id, later.program_id == Certification.program_id, later.cycle > Certification.cycle
    )
    return {
        Audience.AWAITING_CONTRACT: at(Stage.AWAITING_CONTRACT),
        Audience.AWAITING_CONTRIBUTION: at(Stage.AWAITING_CONTRIBUTION),
        Audience.EXPIRING: and_(at(Stage.CERTIFIED), last >= today, last <= today + AHEAD, not_(follows.correlate(Certification))),
        Audience.SELECTED: or_(at(Stage.AWAITING_CONTRACT), at(Stage.AWAITING_CONTRIBUTION)),
    }[audience]


def was_reminded() -> ColumnElement[bool]:
    """Give the condition that a `Certification` was written to lately, by any mailing or by an automatic reminder."""
    mine = MailingRecipient.key == literal("file:").concat(Certification.ref)
    lately = MailingRecipient.skipped.is_(None), MailingRecipient.settled_at > clock.now() - PATIENCE
    by_itself = Reminder.certification_id == Certification.id, Reminder.reminded_at > clock.now() - APART
    return or_(exists().where(mine, *lately).correlate(Certification), exists().where(*by_itself).correlate(Certification))


def _files(program: Program, audience: Audience, refs: Sequence[str]) -> list[Person]:
    chosen = Certification.ref.in_(refs) if audience is Audience.SELECTED else Certification.opened_at < clock.now() - PATIENCE
    found = (
        select(Certification.ref, Employer.trade_name, Employer.legal_name, Employer.contact_email)
        .join(Employer, Employer.id == Certification.employer_id)
        .where(Certification.program_id == program.id, is_in(audience), chosen, not_(was_reminded()))
        .order_by(Employer.name_key, Certification.ref)
    )
    return [(f"file:{row.ref}", row.trade_name or row.legal_name, row.contact_email) for row in db.session.execute(found.limit(MOST + 1))]


def _prospects(program: Program) -> list[Person]:
    found = (
        select(Prospect.ref, Prospect.name, Prospect.contact_email)
        .where(Prospect.program_id == program.id, Prospect.contact_email.is_not(None), not_(is_invited()), not_(is_registered()))
        .order_by(Prospect.name_key, Prospect.ref)
    )
    stopped = set(db.session.scalars(select(LetterStop.address_digest)))
    rows = db.session.execute(found.limit(MOST + 1))
    return [(f"prospect:{row.ref}", row.name, row.contact_email) for row in rows if address_digest(row.contact_email) not in stopped]
