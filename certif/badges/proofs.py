"""Proofs inside documents: `eddsa-rdfc-2022`, which anyone checks with the issuer's public key and the software of their choice.

Source: W3C, Data Integrity EdDSA Cryptosuites 1.0, 3.2. Nothing is fetched: the contexts are files of this package.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import base58

from certif.badges.keys import IssuerKey

CONTEXTS = (
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
)
"""What the words of a credential mean. Source: W3C, VC Data Model 2.0; 1EdTech, Open Badges 3.0."""

_FILES = dict(zip(CONTEXTS, ("credentials-v2.jsonld", "open-badges-3.0.3.jsonld", "open-badges-extensions.jsonld"), strict=True))
_FOLDER = Path(__file__).parent / "contexts"

turn = Lock()  # pyld shares caches between threads, and does not guard them


def signed(document: dict[str, Any], key: IssuerKey, did: str, at: dt.datetime) -> dict[str, Any]:
    """Give a document with its proof. The same document, key and instant give the same proof.

    Takes: `document`, JSON-LD whose words are all in its contexts; `did`, the issuer that `key` belongs to.
    """
    proof = {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "verificationMethod": f"{did}#{key.ref}",
        "proofPurpose": "assertionMethod",
    }
    asked = _digest({"@context": document["@context"], **proof}) + _digest(document)
    return {**document, "proof": {**proof, "proofValue": "z" + base58.b58encode(key.private.sign(asked)).decode()}}


def _digest(document: dict[str, Any]) -> bytes:
    """Give the SHA-256 of what a document says, in the canonical form of its meaning."""
    from pyld import jsonld  # late: a quarter of a second, and only who signs needs it

    options = {"algorithm": "URDNA2015", "format": "application/n-quads", **OFFLINE}
    with turn:
        return hashlib.sha256(jsonld.normalize(document, options).encode()).digest()


def _offline(url: str, _options: dict[str, Any]) -> dict[str, Any]:
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": _context(url)}


@cache
def _context(url: str) -> Any:
    return json.loads((_FOLDER / _FILES[url]).read_text(encoding="utf-8"))


OFFLINE: dict[str, Any] = {"documentLoader": _offline}
"""What keeps a reader of JSON-LD from asking anybody for a context."""
