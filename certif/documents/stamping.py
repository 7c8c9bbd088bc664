"""Trusted timestamps: somebody else says that these bytes existed at that instant. Asked for and read here; sent by whoever has a network.

Source: IETF, RFC 3161, 2.4 and 3.4.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import secrets
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPException

from certif.kit.errors import Unavailable
from certif.kit.languages import _

_SECONDS = 15
_HEAVIEST = 64 * 1024


@dataclass(frozen=True)
class Stamp:
    """What a token says. `at`: when the bytes existed at the latest; `authority`: the name in the certificate of who says so."""

    at: dt.datetime
    authority: str


def ask_for_stamp(url: str, digest: str, *, roots: Sequence[bytes] = ()) -> bytes:
    """Ask an authority for a token over a SHA-256 (hexadecimal). It sees that digest and nothing else.

    Takes: `roots`, as `read_stamp`.
    Gives: the token, checked. Refuses (`Unavailable`): an authority that does not answer, or answers something else.
    """
    from asn1crypto import tsp  # late, as in sealing

    wanted = {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": bytes.fromhex(digest)}
    nonce = secrets.randbits(63)
    question = tsp.TimeStampReq({"version": "v1", "message_imprint": wanted, "nonce": nonce, "cert_req": True})
    request = urllib.request.Request(url, question.dump(), {"Content-Type": "application/timestamp-query"})  # noqa: S310 — from the settings
    try:
        with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310
            said = tsp.TimeStampResp.load(answer.read(_HEAVIEST))
            token = said["time_stamp_token"].dump() if said["status"]["status"].native in {"granted", "granted_with_mods"} else b""
    except (OSError, HTTPException, ValueError, TypeError, LookupError) as problem:
        raise Unavailable(_("L’autorité d’horodatage ne répond pas.")) from problem
    if read_stamp(token, digest, nonce, roots=roots) is None:
        raise Unavailable(_("L’autorité d’horodatage a répondu autre chose qu’un jeton."))
    return token


def read_stamp(token: bytes, digest: str, nonce: int | None = None, *, roots: Sequence[bytes] = ()) -> Stamp | None:
    """Read a token over a SHA-256 (hexadecimal); None where it is none, of other bytes, not signed as it says, or by nobody we trust.

    Takes: `roots`, certificates (DER) in one of which the chain of whoever signed must end, at the instant of the token. None: the token is
    checked against the certificates that it carries; whose they are, whoever set the authority's address knows.
    """
    from asn1crypto import cms, x509  # late, as in sealing
    from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
    from pyhanko.sign.validation.status import TimestampSignatureStatus
    from pyhanko_certvalidator import ValidationContext

    from certif.documents.pades import UNREADABLE

    try:
        signed = cms.ContentInfo.load(token, strict=True)["content"]
        info = signed["encap_content_info"]["content"].parsed
        known = [one.chosen for one in signed["certificates"]]
        trusted = [x509.Certificate.load(one) for one in roots] or known
        trust = ValidationContext(trust_roots=trusted, other_certs=known, allow_fetching=False, moment=info["gen_time"].native)
        found = asyncio.run(validate_tst_signed_data(signed, trust, lambda _name: bytes.fromhex(digest)))
        is_good = found["intact"] and found["valid"] and (TimestampSignatureStatus(**found).trusted or not roots)
        is_good = is_good and info["message_imprint"]["hash_algorithm"]["algorithm"].native == "sha256"
        if not is_good or (nonce is not None and info["nonce"].native != nonce):
            return None
        return Stamp(found["timestamp"].astimezone(dt.UTC), str(found["signing_cert"].subject.human_friendly))
    except UNREADABLE:
        return None
