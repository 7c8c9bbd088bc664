"""The proofs that W3C and 1EdTech publish with their keys: from the same document, key and instant, the same signature, to the letter.

Source: W3C, Data Integrity EdDSA Cryptosuites 1.0, B.1; 1EdTech, Open Badges 3.0 Implementation Guide, linked data proof test vector.
Their vocabularies are said here for the words that the documents use; the one of W3C that the house ships is read as it is shipped.
"""

from __future__ import annotations

import copy
import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import base58
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from certif import badges
from certif.badges import checking, proofs
from certif.badges.keys import IssuerKey, multikey

W3C_V1, W3C_V2 = "https://www.w3.org/2018/credentials/v1", "https://www.w3.org/ns/credentials/v2"
W3C_EXAMPLES, SECURITY = "https://www.w3.org/ns/credentials/examples/v2", "https://w3id.org/security/data-integrity/v1"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context/ob_v3p0.jsonld"
_CREDENTIALS, _SECURITY, _WORDS = (
    "https://www.w3.org/2018/credentials#",
    "https://w3id.org/security#",
    "https://purl.imsglobal.org/spec/vc/ob/vocab.html#",
)
_INSTANT, _TEXT, _ADDRESS = (
    f"http{s}://www.w3.org/2001/XMLSchema#{kind}" for s, kind in (("", "dateTime"), ("s", "string"), ("s", "anyURI"))
)


def _typed(word: str, kind: str) -> dict[str, str]:
    return {"@id": word, "@type": kind}


VOCABULARIES: dict[str, dict[str, Any]] = {
    W3C_EXAMPLES: {"@vocab": "https://www.w3.org/ns/credentials/examples#"},
    W3C_V1: {
        "id": "@id", "type": "@type", "VerifiableCredential": f"{_CREDENTIALS}VerifiableCredential",
        "credentialSubject": _typed(f"{_CREDENTIALS}credentialSubject", "@id"), "issuer": _typed(f"{_CREDENTIALS}issuer", "@id"),
        "issuanceDate": _typed(f"{_CREDENTIALS}issuanceDate", _INSTANT),
    },
    OPEN_BADGES: {
        **{name: f"{_WORDS}{name}" for name in ("OpenBadgeCredential", "Profile", "AchievementSubject", "Achievement")},
        "achievement": _typed(f"{_WORDS}Achievement", "@id"), "criteria": _typed(f"{_WORDS}Criteria", "@id"),
        "narrative": _typed(f"{_WORDS}narrative", _TEXT), "name": _typed("https://schema.org/name", _TEXT),
        "description": _typed("https://schema.org/description", _TEXT), "url": _typed("https://schema.org/url", _ADDRESS),
    },
    SECURITY: {
        "DataIntegrityProof": f"{_SECURITY}DataIntegrityProof", "created": _typed("http://purl.org/dc/terms/created", _INSTANT),
        "cryptosuite": f"{_SECURITY}cryptosuite", "assertionMethod": _typed(f"{_SECURITY}assertionMethod", "@id"),
        "proofPurpose": _typed(f"{_SECURITY}proofPurpose", "@vocab"), "verificationMethod": _typed(f"{_SECURITY}verificationMethod", "@id"),
    },
}  # fmt: skip


@dataclass(frozen=True)
class Published:
    """What was published: the document, the private key (multikey of W3C, or hexadecimal), when it was signed, and the signature."""

    document: dict[str, Any]
    private: bytes
    public: str
    at: dt.datetime
    proof_value: str


ALUMNI = Published(
    {
        "@context": [W3C_V2, W3C_EXAMPLES],
        "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
        "type": ["VerifiableCredential", "AlumniCredential"],
        "name": "Alumni Credential",
        "description": "A minimum viable example of an Alumni Credential.",
        "issuer": "https://vc.example/issuers/5678",
        "validFrom": "2023-01-01T00:00:00Z",
        "credentialSubject": {"id": "did:example:abcdefgh", "alumniOf": "The School of Examples"},
    },
    base58.b58decode("3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq")[2:],
    "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2",
    dt.datetime(2023, 2, 24, 23, 36, 38, tzinfo=dt.UTC),
    "z21EVs3eXERqTn4acNHT9viboqgzUaQ3kTmhPT3eA8qrVPE7CrQq78WkzctnMX5W4CrzcKnHw8V6dvy5pgWYCU5e9",
)
TEAMWORK = Published(
    {
        "@context": [W3C_V1, OPEN_BADGES, SECURITY],
        "id": "http://example.com/credentials/3527",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {
            "id": "https://example.edu/issuers/565049",
            "type": ["Profile"],
            "url": "https://www.imsglobal.org",
            "name": "Example Corp",
        },
        "issuanceDate": "2010-01-01T00:00:00Z",
        "name": "Teamwork Badge",
        "credentialSubject": {
            "id": "did:example:ebfeb1f712ebc6f1c276e12ec21",
            "type": ["AchievementSubject"],
            "achievement": {
                "id": "https://example.com/achievements/21st-century-skills/teamwork",
                "type": ["Achievement"],
                "criteria": {
                    "narrative": "Team members are nominated for this badge by their peers and recognized upon review by "
                    "Example Corp management."
                },
                "description": "This badge recognizes the development of the capacity to collaborate within a group environment.",
                "name": "Teamwork",
            },
        },
    },
    bytes.fromhex("6241a409e6707bb640a0140a8a32bc3d193c33a661747284d6adfa4ed4180be4"),
    "z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi",
    dt.datetime(2010, 1, 1, 19, 23, 24, tzinfo=dt.UTC),
    "zUSD5bjo6mYV1n9i9E6ZwUiHuj4JyZDjCDfDqoJcPi9XJrc9LYstik9mdBvutdwBdquWXjWrwJDVGJrAarvRs8uD",
)


@pytest.fixture
def _vocabularies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the house read the vocabularies of the published documents, for the time of a test."""
    for number, (address, words) in enumerate(VOCABULARIES.items()):
        file = tmp_path / f"{number}.jsonld"
        file.write_text(json.dumps({"@context": words}))
        monkeypatch.setitem(proofs._FILES, address, str(file))
    monkeypatch.setattr(checking, "CONTEXTS", (*proofs.CONTEXTS, *VOCABULARIES))


@pytest.mark.usefixtures("_vocabularies")
@pytest.mark.parametrize("published", [ALUMNI, TEAMWORK], ids=["W3C", "1EdTech"])
def test_a_published_document_is_signed_and_checked_as_it_was_published(published: Published) -> None:
    private = Ed25519PrivateKey.from_private_bytes(published.private)
    assert multikey(private) == published.public
    issuer = published.document["issuer"]
    whole = badges.signed(
        published.document, IssuerKey(1, private, published.public), issuer if isinstance(issuer, str) else issuer["id"], published.at
    )
    assert whole["proof"]["proofValue"] == published.proof_value
    key = badges.public_key(published.public)
    assert key is not None
    assert checking.is_signed_with(whole, [key])
    for name in ("name", "id"):
        changed = copy.deepcopy(whole)
        changed[name] += "x"
        assert not checking.is_signed_with(changed, [key]), f"one letter more in {name}"
