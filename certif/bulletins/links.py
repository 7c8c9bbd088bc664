"""The links of letters to subscribers: one confirms what was asked, another stops it all. Nothing of them is kept."""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode

from sqlalchemy import select
from werkzeug.exceptions import NotFound

from certif.bulletins.model import BulletinSubscriber
from certif.kit.db import db
from certif.kit.settings import settings


def confirm_token(subscriber: BulletinSubscriber) -> str:
    """Give the token that confirms what was asked last; asked again, it changes."""
    return _token(subscriber, f"confirm {subscriber.asked_at.isoformat()}")


def stop_token(subscriber: BulletinSubscriber) -> str:
    """Give the token that unsubscribes; it stays the same, so that the oldest letter still stops the next one."""
    return _token(subscriber, "stop")


def subscriber_to_confirm(token: str) -> BulletinSubscriber:
    """Give who asked for the link that confirms. Refuses (404) any other."""
    found = _subscriber(token)
    if not hmac.compare_digest(confirm_token(found).encode(), token.encode()):
        raise NotFound
    return found


def subscriber_to_stop(token: str) -> BulletinSubscriber:
    """Give whom the link of a letter unsubscribes. Refuses (404) any other."""
    found = _subscriber(token)
    if not hmac.compare_digest(stop_token(found).encode(), token.encode()):
        raise NotFound
    return found


def _subscriber(token: str) -> BulletinSubscriber:
    found = db.session.scalar(select(BulletinSubscriber).where(BulletinSubscriber.ref == token.partition("-")[0]))
    if found is None:
        raise NotFound
    return found


def _token(subscriber: BulletinSubscriber, purpose: str) -> str:
    mac = hmac.digest(settings().secret_key.encode(), f"bulletin {purpose} {subscriber.ref}".encode(), "sha256")
    return f"{subscriber.ref}-{urlsafe_b64encode(mac).decode().rstrip('=')}"
