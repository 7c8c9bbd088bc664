"""Credentials put before a verifier that is not ours, with the pages that it would fetch."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.pages import Visitor, _let_go

SCRIPT = Path(__file__).parents[1] / "browser" / "verifier.mjs"
SCHEMA = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"
ENDORSEMENT_SCHEMA = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_endorsementcredential_schema.json"
TEXT, LIST = {"type": "string", "minLength": 1}, {"type": "array", "minItems": 1}
REQUIRED = {
    "$id": SCHEMA,
    "$schema": "https://json-schema.org/draft/2019-09/schema",
    "type": "object",
    "required": ["@context", "id", "type", "issuer", "validFrom", "validUntil", "credentialSubject", "credentialStatus", "proof"],
    "properties": {
        "id": {"type": "string", "format": "uri"},
        "validFrom": {"type": "string", "format": "date-time"},
        "validUntil": {"type": "string", "format": "date-time"},
        "issuer": {"type": "object", "required": ["id", "type", "name"]},
        "credentialSubject": {
            "type": "object",
            "required": ["id", "type", "identifier", "achievement"],
            "properties": {
                "identifier": {
                    **LIST,
                    "items": {
                        "type": "object",
                        "required": ["type", "hashed", "identityHash", "identityType"],
                        "properties": {"type": {"const": "IdentityObject"}},
                    },
                },
                "achievement": {
                    "type": "object",
                    "required": ["id", "type", "name", "description", "criteria"],
                    "properties": {
                        "type": {**LIST, "contains": {"const": "Achievement"}},
                        "name": TEXT,
                        "description": TEXT,
                        "criteria": {"type": "object", "properties": {"narrative": TEXT}},
                        "image": {"type": "object", "required": ["id", "type"], "properties": {"type": {"const": "Image"}}},
                        "achievementType": {"type": "string", "pattern": "^(Certification|ext:[A-Za-z0-9._-]+)$"},
                    },
                },
            },
        },
    },
}
"""What Open Badges 3.0 requires of a credential, as far as ours says it: written from the specification, B.1."""

ENDORSEMENT = {
    "$id": ENDORSEMENT_SCHEMA,
    "$schema": "https://json-schema.org/draft/2019-09/schema",
    "type": "object",
    "required": ["@context", "id", "type", "issuer", "validFrom", "name", "credentialSubject", "proof"],
    "properties": {
        "type": {**LIST, "contains": {"const": "EndorsementCredential"}},
        "credentialSubject": {
            "type": "object",
            "required": ["id", "type"],
            "properties": {"type": {**LIST, "contains": {"const": "EndorsementSubject"}}, "endorsementComment": TEXT},
        },
    },
}


@dataclass
class Case:
    """A credential to verify, with the pages of its world."""

    name: str
    credential: dict[str, Any]
    pages: dict[str, str]


@dataclass
class Verdict:
    """What the verifier says. `log`: each step and whether it holds; `errors`: what could not be checked, or is wrong."""

    name: str
    log: dict[str, bool | None]
    errors: list[str]
    asked: list[str]
    schemas: list[Any] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        """Whether signature, dates and status all hold."""
        return not self.errors and all(self.log.get(step) for step in ("valid_signature", "expiration", "revocation_status"))


def verdicts(cases: list[Case]) -> dict[str, Verdict]:
    """Put every case before the verifier, in one process: it is slow to start."""
    assert (SCRIPT.parent / "node_modules").is_dir(), "The verifier is missing: run make tools"
    sent = json.dumps({"cases": [one.__dict__ for one in cases]})
    done = subprocess.run(["node", str(SCRIPT)], input=sent, capture_output=True, text=True, timeout=110)
    assert done.returncode == 0, done.stderr[-2000:]
    return {one["name"]: Verdict(**one) for one in json.loads(done.stdout)}


def read(visitor: Visitor, path: str) -> bytes:
    """Read a page as a program does."""
    _let_go()
    answer = visitor.client.get(path, base_url=visitor.base, buffered=True)
    assert answer.status_code == 200, f"{path} answers {answer.status_code}"
    return answer.data


def pages_of(visitor: Visitor) -> dict[str, str]:
    """Give the pages that a verifier fetches, as they are now."""
    lists = {f"{visitor.base}{path}": read(visitor, path).decode() for path in ("/statuts/revocation-1", "/statuts/suspension-1")}
    keys = {f"https://{urlsplit(visitor.base).netloc}/.well-known/did.json": read(visitor, "/.well-known/did.json").decode()}
    return {**lists, **keys, SCHEMA: json.dumps(REQUIRED), ENDORSEMENT_SCHEMA: json.dumps(ENDORSEMENT)}
