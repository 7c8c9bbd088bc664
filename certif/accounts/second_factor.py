"""The second factor: one-time codes of an authenticator application, and recovery codes for the day the telephone is lost."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import hmac
import re
import secrets
from dataclasses import dataclass
from functools import cache
from threading import BoundedSemaphore

import pyotp
import qrcode
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from markupsafe import Markup
from sqlalchemy import delete, func, select

from certif.accounts import sealing
from certif.accounts.model import User, UserSession
from certif.accounts.proofs import OneTimeSecret, Passkey, RecoveryCode
from certif.accounts.sessions import is_staff, prove_again, require_fresh
from certif.kit import audit, clock, outbox, tokens
from certif.kit.access import Actor
from certif.kit.db import checkpoint, db, lock
from certif.kit.errors import Refusal
from certif.kit.languages import _, _l
from certif.kit.settings import settings

audit.declare("one_time_codes_enrolled", _l("%(by)s a installé une application de codes comme second facteur."))
audit.declare("recovery_codes_made", _l("%(by)s a fait de nouveaux codes de secours (%(count)s)."), "count")
audit.declare("recovery_code_used", _l("%(by)s s’est servi d’un code de secours."))

STEP_SECONDS = 30
RECOVERY_CODES = 10
MOST_TRIES, TRIES_WITHIN = 5, dt.timedelta(minutes=15)

_SELECTOR = 4
_CODE_LENGTH = 14  # 4 signs find the code, 10 (49 bits) prove it
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_two_at_once = BoundedSemaphore(2)
"""A hash costs 19 MiB and 30 ms of a core: two at once leave the other pages their share. Source: OWASP, argon2id minimum."""


@dataclass(frozen=True)
class Offer:
    """A secret not yet shared: `sealed`, sent back with the first code; `manual_key`, to be typed; `picture`, the same as a QR (SVG)."""

    sealed: str
    manual_key: str
    picture: Markup


@dataclass(frozen=True)
class Factors:
    """What a person can give as a second factor."""

    one_time_codes: bool
    passkeys: int
    recovery_codes: int

    @property
    def ready(self) -> bool:
        """Whether there is one at all."""
        return self.one_time_codes or self.passkeys > 0


def factors_of(user: User) -> Factors:
    """Give what this person can give as a second factor."""
    left = select(func.count()).select_from(RecoveryCode).where(RecoveryCode.user_id == user.id, RecoveryCode.used_at.is_(None))
    keys = select(func.count()).select_from(Passkey).where(Passkey.user_id == user.id)
    return Factors(_secret_of(user) is not None, db.session.scalar(keys) or 0, db.session.scalar(left) or 0)


def offer_one_time_codes(user: User, sealed: str | None = None) -> Offer:
    """Give a secret for an authenticator application; the same again when `sealed` comes back. Kept only once its first code is right."""
    key = _opened(user, sealed) if sealed else pyotp.random_base32()
    kept = sealed or base64.urlsafe_b64encode(sealing.seal(key, for_=_offer_to(user))).decode()
    address = pyotp.TOTP(key).provisioning_uri(name=user.email, issuer_name="Certif")
    return Offer(kept, " ".join(re.findall(".{1,4}", key)), _picture(address))


def shown_code(user: User, sealed: str | None = None) -> str | None:
    """Give the code that the person's application shows now, for the secret on offer or the one installed.

    Only a demonstration may say it, so that it can be tried without a telephone; anywhere else: None.
    """
    found = _secret_of(user)
    if not settings().is_demo or not (sealed or found):
        return None
    key = _opened(user, sealed) if sealed else sealing.unseal(found.sealed, for_=_codes_of(user)) if found else ""
    return pyotp.TOTP(key).generate_otp(int(clock.now().timestamp()) // STEP_SECONDS)


def enrol_one_time_codes(session: UserSession, *, sealed: str, code: str, by: Actor) -> str:
    """Take the application as second factor once its first code is right; a former one no longer works.

    Gives: the session's new token; the second factor is given.
    Refuses: an identity confirmed too long ago; a person without a role, whom nothing would ask for it; a wrong code.
    """
    require_fresh(session)
    user = session.user
    if not is_staff(user):
        raise Refusal(_("Le second facteur est demandé au personnel seulement. Ajoutez plutôt une clé d’accès."))
    key = _opened(user, sealed)
    _count_try(user)
    counter = _counter_of(key, code)
    if counter is None:
        raise Refusal(_wrong())
    row = _secret_of(user) or OneTimeSecret(user_id=user.id)
    row.sealed, row.confirmed_at, row.last_counter = sealing.seal(key, for_=_codes_of(user)), clock.now(), counter
    db.session.add(row)
    tell(user, _l("Une application de codes a été installée comme second facteur de votre compte."))
    audit.record("one_time_codes_enrolled", user, by=by)
    return prove_again(session, second_factor=True)


def give_second_factor(session: UserSession, answer: str, *, by: Actor) -> str:
    """Take a one-time code or a recovery code as second factor.

    Gives: the session's new token.
    Refuses: a wrong code, one already used, the sixth try within 15 minutes.
    """
    typed = re.sub(r"[\s-]", "", answer).upper()
    _count_try(session.user)
    is_right = _use_one_time_code(session.user, typed) if re.fullmatch(r"[0-9]{6}", typed) else _use_recovery_code(session.user, typed, by)
    if not is_right:
        raise Refusal(_wrong())
    tokens.forget_attempts(_tries_of(session.user))
    return prove_again(session, second_factor=True)


def make_recovery_codes(session: UserSession, *, by: Actor) -> list[str]:
    """Make new recovery codes; the former ones no longer work. They are given this once: only their hashes are kept.

    Refuses: an identity confirmed too long ago; a person without a second factor to recover.
    """
    require_fresh(session)
    if not factors_of(session.user).ready:
        raise Refusal(_("Installez d’abord un second facteur."))
    codes: dict[str, str] = {}
    while len(codes) < RECOVERY_CODES:
        code = "".join(secrets.choice(tokens.ALPHABET) for _sign in range(_CODE_LENGTH))
        codes[code[:_SELECTOR]] = code
    checkpoint()  # hashing takes its time, and nobody waits for it
    hashes = {selector: _hashed(code) for selector, code in codes.items()}
    lock(session.user)
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == session.user_id))
    for selector, hashed in hashes.items():
        db.session.add(RecoveryCode(user_id=session.user_id, selector=selector, hashed=hashed, made_at=clock.now()))
    audit.record("recovery_codes_made", session.user, by=by, count=len(codes))
    return [f"{code[:4]}-{code[4:9]}-{code[9:]}" for code in codes.values()]


def forget_second_factor(user: User) -> None:
    """Forget everything a person could give as second factor: they will install another at the next sign-in."""
    for kind in (OneTimeSecret, RecoveryCode, Passkey):
        db.session.execute(delete(kind).where(kind.user_id == user.id))


def tell(user: User, sentence: object) -> None:
    """Tell a person by letter that what protects their account has changed."""
    outbox.queue("accounts/protection_changed", user.email, language=user.language, sentence=sentence)


def _use_one_time_code(user: User, code: str) -> bool:
    found = _secret_of(user)
    if found is None:
        return False
    row = lock(found)
    counter = _counter_of(sealing.unseal(row.sealed, for_=_codes_of(user)), code)
    if counter is None or counter <= row.last_counter:
        return False
    row.last_counter = counter
    return True


def _use_recovery_code(user: User, typed: str, by: Actor) -> bool:
    wanted = select(RecoveryCode).where(
        RecoveryCode.user_id == user.id, RecoveryCode.selector == typed[:_SELECTOR], RecoveryCode.used_at.is_(None)
    )
    row = db.session.scalar(wanted)
    if not _fits(row.hashed if row else _hash_of_nothing(), typed) or row is None or lock(row).used_at is not None:
        return False
    row.used_at = clock.now()
    tell(user, _l("Un code de secours vient de servir à ouvrir une session de votre compte."))
    audit.record("recovery_code_used", user, by=by)
    return True


def _counter_of(key: str, code: str) -> int | None:
    """Give which 30 seconds a code belongs to: this one, the one before or the one after; None when it is none of them."""
    current, totp = int(clock.now().timestamp()) // STEP_SECONDS, pyotp.TOTP(key)
    fitting = [counter for counter in (current - 1, current, current + 1) if hmac.compare_digest(totp.generate_otp(counter), code)]
    return fitting[-1] if fitting else None


def _count_try(user: User) -> None:
    tokens.count_attempt(_tries_of(user), limit=MOST_TRIES, within=TRIES_WITHIN)


def _secret_of(user: User) -> OneTimeSecret | None:
    return db.session.scalar(select(OneTimeSecret).where(OneTimeSecret.user_id == user.id))


def _hashed(code: str) -> str:
    with _two_at_once:
        return _hasher.hash(code)


def _fits(hashed: str, code: str) -> bool:
    with _two_at_once:
        try:
            return _hasher.verify(hashed, code)
        except VerifyMismatchError:
            return False


@cache
def _hash_of_nothing() -> str:
    return _hasher.hash(secrets.token_hex(16))


def _opened(user: User, sealed: str) -> str:
    try:
        content = base64.urlsafe_b64decode(sealed.encode())
    except (binascii.Error, ValueError):
        content = b""
    return sealing.unseal(content, for_=_offer_to(user))


def _picture(address: str) -> Markup:
    maker = qrcode.QRCode(border=4, error_correction=qrcode.constants.ERROR_CORRECT_M)
    maker.add_data(address)
    rows = maker.get_matrix()
    squares = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    side, label = len(rows), Markup.escape(_("Code QR à balayer avec l’application de codes"))
    return Markup(
        '<svg class="qr" role="img" aria-label="{}" viewBox="0 0 {} {}" width="240" height="240" shape-rendering="crispEdges">'
        '<path fill="#fff" d="M0 0h{}v{}H0z"/><path fill="#000" d="{}"/></svg>'
    ).format(label, side, side, side, side, squares)


def _offer_to(user: User) -> str:
    return f"offer of one-time codes to {user.ref}"


def _codes_of(user: User) -> str:
    return f"one-time codes of {user.ref}"


def _tries_of(user: User) -> str:
    return f"second factor of {user.ref}"


def _wrong() -> str:
    return str(_("Ce code n’est pas le bon, ou il a déjà servi. Attendez le suivant, puis recommencez."))
