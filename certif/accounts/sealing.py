"""Keys drawn from the application's secret, one for each use: to seal what is read again, to mark what must not be guessed."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from certif.kit.errors import Refusal
from certif.kit.languages import _
from certif.kit.settings import settings

_NONCE = 12


def seal(text: str, *, for_: str) -> bytes:
    """Seal `text` so that only this application opens it, and only for the same use (`for_`, such as `one-time codes of <ref>`)."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(_key("seal")).encrypt(nonce, text.encode(), for_.encode())


def unseal(sealed: bytes, *, for_: str) -> str:
    """Open what `seal` sealed.

    Refuses: what was changed, sealed for another use, or sealed under another secret.
    """
    try:
        return AESGCM(_key("seal")).decrypt(sealed[:_NONCE], sealed[_NONCE:], for_.encode()).decode()
    except (InvalidTag, ValueError):
        raise Refusal(_("Cette page n’est plus valide. Recommencez depuis le début.")) from None


def mark(text: str, *, for_: str) -> bytes:
    """Give 32 bytes that only this application can draw from `text`, for one use: a six-digit code cannot be found from its mark alone."""
    return hmac.digest(_key(for_), text.encode(), hashlib.sha256)


def _key(use: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"certif accounts {use}".encode()).derive(settings().secret_key.encode())
