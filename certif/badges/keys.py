"""The issuer's keys (Ed25519): the newest signs, and all of them stay known, so that what an older one signed still verifies."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import base58
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from certif.kit.keyfiles import keep_once, key_folder, password_for

_FILE = re.compile(r"issuer-(\d{4})\.pem")
_ED25519 = b"\xed\x01"
"""What says in a multikey that an Ed25519 public key follows. Source: Controlled Identifiers 1.0, 2.2.2."""


@dataclass
class IssuerKey:
    """A key of the issuer. `number`: 1 for the first one ever made; `ref`: the public half as a multikey, which names it, `z6Mk…`."""

    number: int
    private: Ed25519PrivateKey
    ref: str


def multikey(private: Ed25519PrivateKey) -> str:
    """Write the public half of a key as a multikey: base 58, after two bytes that say what it is."""
    public = private.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return "z" + base58.b58encode(_ED25519 + public).decode()


def issuer_keys(data_dir: Path, secret: str) -> list[IssuerKey]:
    """Give every key of the issuer, the oldest first; the last one signs. The first is made when there is none.

    They are kept in `data_dir/keys`, encrypted with a password derived from `secret`.
    """
    folder = key_folder(data_dir)
    if not _numbers(folder):
        _make(folder, 1, secret)
    return [_load(_path(folder, number), secret) for number in _numbers(folder)]


def add_issuer_key(data_dir: Path, secret: str) -> IssuerKey | None:
    """Make the next key, which signs from now on. Gives: None when another process has just made it."""
    number = issuer_keys(data_dir, secret)[-1].number + 1
    folder = key_folder(data_dir)
    return _load(_path(folder, number), secret) if _make(folder, number, secret) else None


def issuer_did(base_url: str) -> str:
    """Give the issuer's name, which leads to its keys: `did:web:certif.example`. A port is written `%3A`, as did:web asks."""
    return f"did:web:{quote(urlsplit(base_url).netloc, safe='')}"


def did_document(base_url: str, keys: list[IssuerKey]) -> dict[str, Any]:
    """Give what `/.well-known/did.json` says: every key that this issuer has signed with."""
    did = issuer_did(base_url)
    methods = [{"id": f"{did}#{key.ref}", "type": "Multikey", "controller": did, "publicKeyMultibase": key.ref} for key in reversed(keys)]
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": did,
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }


def _numbers(folder: Path) -> list[int]:
    return sorted(int(found[1]) for file in folder.iterdir() if (found := _FILE.fullmatch(file.name)))


def _path(folder: Path, number: int) -> Path:
    return folder / f"issuer-{number:04d}.pem"


def _make(folder: Path, number: int, secret: str) -> bool:
    encrypted = serialization.BestAvailableEncryption(password_for("issuer", secret))
    content = Ed25519PrivateKey.generate().private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, encrypted)
    return keep_once(content, _path(folder, number))


@lru_cache(maxsize=64)
def _load(path: Path, secret: str) -> IssuerKey:
    found = _FILE.fullmatch(path.name)
    private = serialization.load_pem_private_key(path.read_bytes(), password_for("issuer", secret))
    assert found is not None and isinstance(private, Ed25519PrivateKey)
    return IssuerKey(int(found[1]), private, multikey(private))
