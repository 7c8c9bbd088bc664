"""Passkeys (WebAuthn): a key held by the person's device, which also checks who holds it. It stands for both factors."""

from __future__ import annotations

import datetime as dt
import hmac
import ipaddress
import json
import secrets
from typing import Any
from urllib.parse import urlsplit

import webauthn
from sqlalchemy import delete, select
from webauthn.helpers import base64url_to_bytes, options_to_json, parse_client_data_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)
from werkzeug.exceptions import NotFound

from certif.accounts import sealing
from certif.accounts.model import User, UserSession
from certif.accounts.proofs import Passkey
from certif.accounts.second_factor import tell
from certif.accounts.sessions import Browser, SignIn, prove_again, require_fresh, start_session
from certif.kit import audit, clock, tokens
from certif.kit.access import Actor
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.languages import _, _l
from certif.kit.settings import settings

audit.declare("passkey_added", _l("%(by)s a ajouté la clé d’accès « %(name)s »."), "name")
audit.declare("passkey_removed", _l("%(by)s a retiré la clé d’accès « %(name)s »."), "name")

CHALLENGE_LIFE = dt.timedelta(minutes=10)
MOST_PASSKEYS = 10
LONGEST_ANSWER = 20_000
_NONCE, _TIME, _MARK = 16, 8, 32
_NOBODY = "nobody yet"


def are_possible() -> bool:
    """Whether browsers allow passkeys on this site: they want a host name, never a bare number (W3C WebAuthn, 5.1.2)."""
    try:
        ipaddress.ip_address(_host())
    except ValueError:
        return True
    return False


def passkeys_of(user: User) -> list[Passkey]:
    """Give a person's passkeys, the oldest first."""
    return list(db.session.scalars(select(Passkey).where(Passkey.user_id == user.id).order_by(Passkey.id)))


def adding_options(user: User) -> str:
    """Give what the browser needs to make a new passkey (JSON). Good for ten minutes, once."""
    options = webauthn.generate_registration_options(
        rp_id=_host(),
        rp_name="Certif",
        user_name=user.email,
        user_display_name=user.shown_name,
        user_id=user.ref.encode(),
        challenge=_challenge("add", user.ref),
        exclude_credentials=_known(user),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
    )
    return options_to_json(options)


def using_options(user: User | None = None) -> str:
    """Give what the browser needs to use a passkey (JSON): this person's, or any while nobody is known. Good for ten minutes, once."""
    options = webauthn.generate_authentication_options(
        rp_id=_host(),
        challenge=_challenge("use", user.ref if user else _NOBODY),
        allow_credentials=_known(user) if user else None,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return options_to_json(options)


def add_passkey(session: UserSession, answer: str, *, name: str, by: Actor) -> str:
    """Add the passkey that the device has just made. It counts as second factor from now on.

    Takes: `answer`, what the browser gave (JSON); `name`, what the person calls the device.
    Gives: the session's new token; the second factor is given.
    Refuses: an identity confirmed too long ago; an answer that is not to our question, of another site, or used; an eleventh passkey.
    """
    require_fresh(session)
    user = session.user
    if len(passkeys_of(user)) >= MOST_PASSKEYS:
        raise Refusal(_("Retirez d’abord une clé d’accès : dix au plus."))
    content = _read(answer)
    challenge = _answered(content, "add", user.ref)
    try:
        made = webauthn.verify_registration_response(
            credential=content,
            expected_challenge=challenge,
            expected_rp_id=_host(),
            expected_origin=_origin(),
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, TypeError, KeyError) as fault:
        raise _refused() from fault
    if db.session.scalar(select(Passkey.id).where(Passkey.credential_id == made.credential_id)):
        raise _refused()
    passkey = Passkey(
        user=user,
        credential_id=made.credential_id,
        public_key=made.credential_public_key,
        sign_count=made.sign_count,
        name=name,
        added_at=clock.now(),
    )
    db.session.add(passkey)
    tell(user, _l("Une clé d’accès a été ajoutée à votre compte."))
    audit.record("passkey_added", user, by=by, name=name)
    return prove_again(session, second_factor=True)


def remove_passkey(session: UserSession, ref: str, *, by: Actor) -> None:
    """Remove one of my passkeys: it opens nothing from now on.

    Refuses: an identity confirmed too long ago.
    """
    passkey = db.session.scalar(select(Passkey).where(Passkey.ref == ref, Passkey.user_id == session.user_id))
    if passkey is None:
        raise NotFound
    require_fresh(session)
    db.session.execute(delete(Passkey).where(Passkey.id == passkey.id))
    tell(session.user, _l("Une clé d’accès a été retirée de votre compte."))
    audit.record("passkey_removed", session.user, by=by, name=passkey.name)


def sign_in_with_passkey(answer: str, *, browser: Browser) -> SignIn:
    """Sign in with a passkey alone: the device has it and has checked who holds it, so both factors are given.

    Refuses: an answer that is not to our question, of another site, already used, or of a key we do not know; a closed account.
    """
    passkey = _verified(answer, _NOBODY, None)
    if passkey.user.disabled_at is not None:
        raise _refused()
    return start_session(passkey.user, browser=browser, second_factor=True)


def give_passkey(session: UserSession, answer: str) -> str:
    """Take a passkey as second factor of this session; give the session's new token.

    Refuses: an answer that is not to our question, of another site, already used, or of someone else's key.
    """
    _verified(answer, session.user.ref, session.user)
    return prove_again(session, second_factor=True)


def _verified(answer: str, subject: str, user: User | None) -> Passkey:
    content = _read(answer)
    challenge = _answered(content, "use", subject)
    passkey = db.session.scalar(select(Passkey).where(Passkey.credential_id == _credential_id(content)))
    if passkey is None or (user is not None and passkey.user_id != user.id):
        raise _refused()
    lock(passkey)
    try:
        used = webauthn.verify_authentication_response(
            credential=content, expected_challenge=challenge, expected_rp_id=_host(), expected_origin=_origin(),
            credential_public_key=passkey.public_key, credential_current_sign_count=passkey.sign_count, require_user_verification=True,
        )  # fmt: skip
    except (WebAuthnException, ValueError, TypeError, KeyError) as fault:
        raise _refused() from fault
    passkey.sign_count, passkey.last_used_at = used.new_sign_count, clock.now()
    return passkey


def _challenge(use: str, subject: str) -> bytes:
    """Give a question that proves itself: a random part, the instant, and our mark over both, the use and the person. Nothing is kept."""
    said = secrets.token_bytes(_NONCE) + int(clock.now().timestamp()).to_bytes(_TIME)
    return said + _marked(said, use, subject)


def _answered(content: dict[str, Any], use: str, subject: str) -> bytes:
    """Give the question that was answered, once it is ours, recent, for this use and this person, and answered for the first time."""
    try:
        challenge = parse_client_data_json(base64url_to_bytes(content["response"]["clientDataJSON"])).challenge
    except (WebAuthnException, ValueError, TypeError, KeyError) as fault:
        raise _refused() from fault
    said, mark = challenge[:-_MARK], challenge[-_MARK:]
    is_ours = len(said) == _NONCE + _TIME and hmac.compare_digest(mark, _marked(said, use, subject))
    if not is_ours or clock.now().timestamp() - int.from_bytes(said[_NONCE:]) > CHALLENGE_LIFE.total_seconds():
        raise _refused()
    tokens.count_attempt(f"passkey {challenge.hex()}", limit=1, within=2 * CHALLENGE_LIFE)
    return challenge


def _marked(said: bytes, use: str, subject: str) -> bytes:
    return sealing.mark(f"{use} {subject} {said.hex()}", for_="passkey questions")


def _read(answer: str) -> dict[str, Any]:
    try:
        content = json.loads(answer) if len(answer) <= LONGEST_ANSWER else None
    except (ValueError, RecursionError):
        content = None
    if not isinstance(content, dict) or not isinstance(content.get("response"), dict):
        raise _refused()
    return content


def _credential_id(content: dict[str, Any]) -> bytes:
    try:
        return base64url_to_bytes(content["rawId"])
    except (ValueError, TypeError, KeyError, AttributeError) as fault:
        raise _refused() from fault


def _known(user: User) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=passkey.credential_id) for passkey in passkeys_of(user)]


def _host() -> str:
    return urlsplit(settings().public_base_url).hostname or ""


def _origin() -> str:
    return settings().public_base_url


def _refused() -> Refusal:
    return Refusal(_("Cette clé d’accès n’a pas pu être vérifiée. Recommencez, ou choisissez un autre moyen."))
