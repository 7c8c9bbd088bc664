"""How what is sent is signed, so that whoever receives it knows that it is ours, and new.

Source: Standard Webhooks, specification 1.0.0: symmetric signatures, `v1`.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import secrets
from collections.abc import Iterable

PREFIX = "whsec_"
_BYTES = 32


def new_secret() -> str:
    """Give a new secret, as receivers type it: 256 bits in base 64."""
    return PREFIX + base64.b64encode(secrets.token_bytes(_BYTES)).decode()


def signed_headers(ref: str, body: bytes, at: dt.datetime, known: Iterable[str]) -> dict[str, str]:
    """Give the headers of a message: its name, the instant of the attempt, and one signature for each secret."""
    moment = str(int(at.timestamp()))
    said = f"{ref}.{moment}.".encode() + body
    signatures = [f"v1,{base64.b64encode(hmac.digest(_key(one), said, hashlib.sha256)).decode()}" for one in known]
    return {"webhook-id": ref, "webhook-timestamp": moment, "webhook-signature": " ".join(signatures)}


def _key(secret: str) -> bytes:
    return base64.b64decode(secret.removeprefix(PREFIX))
