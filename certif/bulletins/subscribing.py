"""Who receives bulletins: an address is asked for, confirmed from its own letter, stopped by one press, or because it refuses letters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from sqlalchemy import delete, select, update

from certif.bulletins.links import confirm_token, stop_token
from certif.bulletins.model import BulletinSubscriber, StopReason
from certif.consents import PURPOSES, give_consent, withdraw_consent
from certif.imports import address_digest
from certif.kit import audit, clock, outbox, tokens
from certif.kit.access import SYSTEM, Actor
from certif.kit.db import db, lock, transaction
from certif.kit.errors import Refusal
from certif.kit.inserting import insert_new
from certif.kit.jobs import recurring
from certif.kit.languages import _, _l
from certif.kit.web import absolute_url
from certif.programs import Program

PURPOSE = "bulletin"
PATIENCE = dt.timedelta(days=7)
"""How long a link that confirms is good."""
MOST_ASKED = 3
"""How many such letters one address may get in a day, whoever asks."""

audit.declare("bulletin_addresses_suppressed", _l("%(by)s a retiré du bulletin %(count)s adresses qui refusent les courriels."), "count")

outbox.hide_once_sent("bulletins/subscription_asked")
outbox.forget_once_sent("bulletins/subscription_asked")


def ask_for_bulletin(program: Program, email: str, *, language: str, version: int, by: Actor) -> None:
    """Ask for the bulletins of a program, for an address. They are sent once whoever reads what is sent there has confirmed.

    Takes: `language`, that of the bulletins; `version`, of the text of consent on the screen.
    Refuses: a text no longer in force; an address for which it was asked too often today.
    An address that receives them already gets nothing, and nobody is told.
    """
    if version != PURPOSES[PURPOSE].version:
        raise Refusal(_("Ce texte vient de changer. Relisez-le avant d’accepter."))
    tokens.count_attempt(f"bulletin {program.ref} {address_digest(email)}", limit=MOST_ASKED, within=dt.timedelta(days=1))
    subscriber = _row_of(program, email, language)
    if subscriber.is_active:
        return
    subscriber.email, subscriber.language, subscriber.text_version, subscriber.asked_at = email, language, version, clock.now()
    outbox.queue(
        "bulletins/subscription_asked", email, language=language, scope=subscriber.scope, subscriber=subscriber, days=PATIENCE.days,
        url=absolute_url("bulletins.confirm_subscription", token=confirm_token(subscriber), language=language),
    )  # fmt: skip


def confirm_subscription(subscriber: BulletinSubscriber, *, by: Actor) -> None:
    """Confirm, from the letter: what was agreed to is kept in the consents. Said again, it changes nothing.

    Refuses: what was asked too long ago, or was stopped since; a text that has changed since.
    """
    lock(subscriber)
    if subscriber.is_active:
        return
    if subscriber.email is None or subscriber.asked_at < clock.now() - PATIENCE:
        raise Refusal(_("Ce lien est échu. Abonnez-vous de nouveau : un autre lien vous sera envoyé."))
    give_consent(subscriber, PURPOSE, version=subscriber.text_version, language=subscriber.language, by=by)
    subscriber.confirmed_at, subscriber.stopped_at, subscriber.stopped_why = clock.now(), None, None


def unsubscribe(subscriber: BulletinSubscriber, *, by: Actor) -> None:
    """Send nothing more, and forget the address. Said again, it changes nothing."""
    lock(subscriber)
    if subscriber.stopped_at is not None and subscriber.email is None:
        return
    _stop(subscriber, StopReason.UNSUBSCRIBED, by)


def suppress_addresses(program: Program, emails: Iterable[str], *, by: Actor) -> int:
    """Send nothing more of a program to addresses that refuse letters. Gives: how many received its bulletins, or had asked for them."""
    digests = {address_digest(one) for one in emails}
    wanted = BulletinSubscriber.program_id == program.id, BulletinSubscriber.email.is_not(None)
    found = db.session.scalars(select(BulletinSubscriber).where(*wanted).order_by(BulletinSubscriber.id).with_for_update())
    refused = [one for one in found.all() if one.address_digest in digests]
    for subscriber in refused:
        _stop(subscriber, StopReason.REFUSED, by)
    if refused:
        audit.record("bulletin_addresses_suppressed", program, by=by, count=len(refused))
    return len(refused)


def stop_url(subscriber: BulletinSubscriber) -> str:
    """Give the address where one press unsubscribes, also from the reader's own mail program."""
    return absolute_url("bulletins.unsubscribe", token=stop_token(subscriber), language=subscriber.language)


@recurring("forget_unconfirmed_subscribers", every=dt.timedelta(days=1), retention=True)
def forget_unconfirmed_subscribers() -> None:
    """Apply the retention of addresses that were never confirmed, as their model says."""
    is_old = BulletinSubscriber.asked_at < clock.now() - PATIENCE
    stopped = BulletinSubscriber.stopped_at.is_not(None), BulletinSubscriber.email.is_not(None)
    with transaction():
        never = BulletinSubscriber.confirmed_at.is_(None), BulletinSubscriber.stopped_at.is_(None)
        db.session.execute(delete(BulletinSubscriber).where(is_old, *never))
        db.session.execute(update(BulletinSubscriber).where(is_old, *stopped).values(email=None))


def _refuse_everywhere(address: str) -> None:
    mine = BulletinSubscriber.address_digest == address_digest(address), BulletinSubscriber.email.is_not(None)
    for subscriber in db.session.scalars(select(BulletinSubscriber).where(*mine).order_by(BulletinSubscriber.id).with_for_update()).all():
        _stop(subscriber, StopReason.REFUSED, SYSTEM)


outbox.when_refused(_refuse_everywhere)


def _stop(subscriber: BulletinSubscriber, why: StopReason, by: Actor) -> None:
    subscriber.email, subscriber.stopped_at, subscriber.stopped_why = None, clock.now(), why.value
    withdraw_consent(subscriber, PURPOSE, by=by)


def _row_of(program: Program, email: str, language: str) -> BulletinSubscriber:
    """Give the row of an address in a program, held; made where there is none."""
    digest = address_digest(email)
    row = {
        "ref": tokens.ref(), "program_id": program.id, "address_digest": digest, "email": email, "language": language, "text_version": 0,
        "asked_at": clock.now(),
    }  # fmt: skip
    insert_new(BulletinSubscriber, [row], BulletinSubscriber.id)
    mine = BulletinSubscriber.program_id == program.id, BulletinSubscriber.address_digest == digest
    return lock(db.session.scalars(select(BulletinSubscriber).where(*mine)).one())
