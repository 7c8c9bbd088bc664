"""A security key made of software: what a telephone does when a site asks for a passkey."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass, field

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


@dataclass
class Authenticator:
    """One device and the keys it holds. What it says of itself can be bent, to see that lies are refused."""

    origin: str
    flags: int = PRESENT | VERIFIED
    counts: bool = True
    keys: dict[bytes, ec.EllipticCurvePrivateKey] = field(default_factory=dict)
    count: int = 0

    def make(self, options: str) -> str:
        """Make a passkey; give what the browser would post."""
        asked = json.loads(options)
        number, key = secrets.token_bytes(16), ec.generate_private_key(ec.SECP256R1())
        self.keys[number] = key
        point = key.public_key().public_numbers()
        cose = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32), -3: point.y.to_bytes(32)})
        said = self._data(asked["rp"]["id"], ATTESTED) + b"\x00" * 16 + len(number).to_bytes(2) + number + cose
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": said})
        client = self._client("webauthn.create", asked["challenge"])
        return _posted(number, {"clientDataJSON": client, "attestationObject": attestation})

    def use(self, options: str, number: bytes | None = None) -> str:
        """Answer with a passkey; give what the browser would post."""
        asked = json.loads(options)
        number = number or next(iter(self.keys))
        said, client = self._data(asked["rpId"]), self._client("webauthn.get", asked["challenge"])
        signature = self.keys[number].sign(said + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        return _posted(number, {"clientDataJSON": client, "authenticatorData": said, "signature": signature})

    def _data(self, host: str, more: int = 0) -> bytes:
        self.count += self.counts
        return hashlib.sha256(host.encode()).digest() + bytes([self.flags | more]) + self.count.to_bytes(4)

    def _client(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}).encode()


def bent(posted: str, part: str) -> str:
    """Give the same answer with one bit of one part changed."""
    answer = json.loads(posted)
    content = bytearray(base64url_to_bytes(answer["response"][part]))
    content[-1] ^= 1
    answer["response"][part] = bytes_to_base64url(bytes(content))
    return json.dumps(answer)


def _posted(number: bytes, response: dict[str, bytes]) -> str:
    name = bytes_to_base64url(number)
    coded = {part: bytes_to_base64url(content) for part, content in response.items()}
    return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": coded})
