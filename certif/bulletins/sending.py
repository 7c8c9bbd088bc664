"""How a bulletin leaves: a mailing writes it, once to each of those who asked for it, in their own language."""

from __future__ import annotations

from typing import Any

from sqlalchemy import exists, select

from certif.bulletins.model import Bulletin, BulletinPublication, BulletinSubscriber
from certif.bulletins.parts import parts_of
from certif.bulletins.subscribing import PURPOSE, stop_url
from certif.consents import has_consent
from certif.imports import LetterStop
from certif.kit import audit, clock, outbox
from certif.kit.access import Actor
from certif.kit.db import db
from certif.kit.inserting import insert_new
from certif.kit.languages import _, _l
from certif.kit.web import absolute_url
from certif.mailings import Audience, Mailing, MailingRecipient, Subject, Writer, Written, write_with
from certif.programs import Program

audit.declare("bulletin_published", _l("%(by)s a publié le bulletin « %(title)s »."), "title")

outbox.forget_once_sent("bulletins/bulletin_published")


def letter_of(bulletin: Bulletin, language: str, stop: str) -> dict[str, Any]:
    """Give what the letter says. Takes: `stop`, the address where one press unsubscribes."""
    return {
        "bulletin": bulletin, "subscriber": bulletin, "title": bulletin.title.said_in(language), "lead": bulletin.lead.said_in(language),
        "parts": parts_of(bulletin, language), "url": absolute_url("bulletins.show_published", ref=bulletin.ref, language=language),
        "stop_url": stop,
    }  # fmt: skip


def seen_letters(bulletin: Bulletin) -> list[Written]:
    """Give the letter in both languages, as it would leave now; the link that unsubscribes is made for each reader."""
    return [_seen(bulletin, language) for language in ("fr", "en")]


def may_receive(subscriber: BulletinSubscriber) -> bool:
    """Whether bulletins may be sent to this address now: what was agreed to counts, and no other stop was said since."""
    stopped = exists().where(
        LetterStop.address_digest == subscriber.address_digest, LetterStop.stopped_at > (subscriber.confirmed_at or clock.now())
    )
    return subscriber.is_active and has_consent(subscriber, PURPOSE) and not db.session.scalar(select(stopped))


def _seen(bulletin: Bulletin, language: str) -> Written:
    told = letter_of(bulletin, language, absolute_url("bulletins.unsubscribe", token="apercu", language=language))  # noqa: S106
    return Written(language, *outbox.written("bulletins/bulletin_published", language=language, **told))


def _seen_of(mailing: Mailing, language: str) -> Written:
    return _seen(_bulletin_of(mailing), language)


def _settle(recipient: MailingRecipient, mailing: Mailing, _sender: Actor) -> str | None:
    subscriber = db.session.scalar(select(BulletinSubscriber).where(BulletinSubscriber.ref == recipient.ref).with_for_update())
    if subscriber is None:
        return "gone"
    if subscriber.email is None or not may_receive(subscriber):
        return "unsubscribed"
    told = letter_of(_bulletin_of(mailing), subscriber.language, stop_url(subscriber))
    outbox.queue("bulletins/bulletin_published", subscriber.email, language=subscriber.language, scope=mailing.scope, **told)
    return None


def _agreed(mailing: Mailing, by: Actor) -> None:
    bulletin = _bulletin_of(mailing)
    row = {
        "bulletin_id": bulletin.id, "program_id": bulletin.program_id, "published_at": clock.now(), "published_by": by.ref,
    }  # fmt: skip
    if insert_new(BulletinPublication, [row], BulletinPublication.id):
        audit.record("bulletin_published", bulletin, by=by, title=bulletin.title_fr)


def _about(mailing: Mailing) -> Subject:
    bulletin = _bulletin_of(mailing)
    return Subject(_("Le bulletin « %(title)s »", title=bulletin.title), "bulletins.show_bulletin", bulletin.ref)


def _bulletin_of(mailing: Mailing) -> Bulletin:
    return db.session.scalars(select(Bulletin).where(Bulletin.mailing_id == mailing.id)).one()


def recipients_of(program: Program) -> list[tuple[str, str, str]]:
    """Give who receives the bulletins of a program now, as a mailing takes them; addresses are read when their turn comes."""
    mine = BulletinSubscriber.program_id == program.id, *_is_active()
    refs = db.session.scalars(select(BulletinSubscriber.ref).where(*mine).order_by(BulletinSubscriber.id))
    return [(f"subscriber:{ref}", _("Abonnement %(number)s", number=ref[:6]), "") for ref in refs]


def _is_active() -> tuple[Any, ...]:
    return BulletinSubscriber.email.is_not(None), BulletinSubscriber.confirmed_at.is_not(None), BulletinSubscriber.stopped_at.is_(None)


write_with(Audience.BULLETIN, Writer(_settle, _seen_of, _agreed, _about))
