"""The letter of each recipient: the same that is seen before and sent after."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from certif.certification import Certification, Stage
from certif.imports import Prospect, letter_of
from certif.kit import outbox
from certif.kit.db import db
from certif.kit.web import absolute_url
from certif.mailings.model import Mailing, MailingRecipient
from certif.mailings.writers import Subject, Written, writer_of

_LETTERS = {
    Stage.AWAITING_CONTRACT: ("mailings/contract_awaited", "certification.read_contract"),
    Stage.AWAITING_CONTRIBUTION: ("mailings/contribution_awaited", "certification.contribute"),
    Stage.CERTIFIED: ("mailings/certification_expiring", "certification.show"),
}


def file_of(recipient: MailingRecipient) -> Certification | None:
    """Give the file that a recipient is about."""
    return db.session.scalar(select(Certification).where(Certification.ref == recipient.ref))


def prospect_of(recipient: MailingRecipient) -> Prospect | None:
    """Give the prospect that a recipient is about, while it is there."""
    return db.session.scalar(select(Prospect).where(Prospect.ref == recipient.ref))


def reminder(certification: Certification, mailing: Mailing, language: str) -> tuple[str, dict[str, Any]]:
    """Give the name of the letter that fits where a file stands, and what it says. The file is of one of the three stages written to."""
    name, endpoint = _LETTERS[certification.stage]
    dossier = {} if endpoint == "certification.show" else {"dossier": certification.ref}
    told = {"certification": certification, "note": mailing.note, "url": absolute_url(endpoint, language=language, **dossier)}
    if certification.stage is Stage.CERTIFIED:
        told["until"] = max(badge.valid_until for badge in certification.badges)
    return name, told


def seen_letters(mailing: Mailing) -> list[Written]:
    """Give the letter of the first recipient in both languages, the links of a prospect aside, which are made when it leaves."""
    writer = writer_of(mailing)
    if writer is not None:
        return [writer.seen(mailing, language) for language in ("fr", "en")]
    first = db.session.scalar(
        select(MailingRecipient).where(MailingRecipient.mailing_id == mailing.id).order_by(MailingRecipient.key).limit(1)
    )
    found = (prospect_of(first) if first.is_prospect else file_of(first)) if first is not None else None
    if found is None:
        return []
    return [written for language in ("fr", "en") if (written := _seen(found, mailing, language)) is not None]


def subject_of(mailing: Mailing) -> Subject | None:
    """Give what a mailing is about, where another room writes it; None for the letters of this one."""
    writer = writer_of(mailing)
    return writer.about(mailing) if writer is not None else None


def _seen(found: Certification | Prospect, mailing: Mailing, language: str) -> Written | None:
    if isinstance(found, Prospect):
        told = letter_of(found, "apercu", note=mailing.note, inviter=mailing.drafter, language=language)
        return Written(language, *outbox.written("imports/prospect_invited", language=language, **told))
    if found.stage not in _LETTERS:
        return None
    name, told = reminder(found, mailing, language)
    return Written(language, *outbox.written(name, language=language, **told))
