"""A badge as a credential that others can verify: Open Badges 3.0, given to an organisation.

Source: 1EdTech, Open Badges 3.0, B.1; W3C, Verifiable Credentials Data Model 2.0.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from certif.badges.proofs import CONTEXTS

MEDIA_TYPE = "application/vc+ld+json"
REVOCATION, SUSPENSION = "revocation", "suspension"
PURPOSES = (REVOCATION, SUSPENSION)
"""What the lists say, in the order of a credential's entries: some verifiers look only at the first, and withdrawal must not escape."""


@dataclass(frozen=True)
class Recipient:
    """The organisation that a credential is about.

    Takes: `id`, the address where anyone reads of it; `identifiers`, kind → value (`name`, `ext:neq`).
    """

    id: str
    name: str
    identifiers: dict[str, str]
    locality: str
    region: str


@dataclass(frozen=True)
class Achievement:
    """What is recognised, and by which body.

    Takes: `kind`, of the specification, or `ext:…`; `levels`, lowest first, `level` among them.
    """

    id: str
    kind: str
    name: str
    description: str
    criteria: str
    criteria_url: str
    image: str
    body: str
    body_id: str
    level: str = ""
    levels: tuple[str, ...] = ()


@dataclass(frozen=True)
class Claim:
    """All that a credential says.

    Takes: `status_lists`, the addresses of the lists in the order of PURPOSES; `index`, its place in each; `refresh`, where the newest
    credential of the same place is read; `endorsement`, signed already, or None.
    """

    id: str
    recipient: Recipient
    achievement: Achievement
    valid_from: dt.datetime
    valid_until: dt.datetime
    status_lists: tuple[str, ...]
    index: int
    refresh: str
    endorsement: dict[str, Any] | None = None


def open_badge(claim: Claim, *, did: str, issuer: str, base_url: str) -> dict[str, Any]:
    """Write a credential, not signed yet. Takes: `issuer`, the name of who signs; `base_url`, the site it signs for."""
    return {
        "@context": list(CONTEXTS),
        "id": claim.id,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": issuer_profile(did, issuer, base_url),
        "validFrom": _instant(claim.valid_from),
        "validUntil": _instant(claim.valid_until),
        "name": claim.achievement.name,
        "credentialSubject": _subject(claim),
        "credentialStatus": [
            {
                "id": f"{address}#{claim.index}",
                "type": "BitstringStatusListEntry",
                "statusPurpose": purpose,
                "statusListIndex": str(claim.index),
                "statusListCredential": address,
            }
            for purpose, address in zip(PURPOSES, claim.status_lists, strict=True)
        ],
        "refreshService": {"id": claim.refresh, "type": "1EdTechCredentialRefresh"},
        **({"endorsement": [claim.endorsement]} if claim.endorsement else {}),
    }


def endorsement(claim_id: str, comment: str, valid_from: dt.datetime, *, did: str, endorser: str, base_url: str) -> dict[str, Any]:
    """Write what a body says in favour of a credential, not signed yet. Takes: `endorser`, its name; this site signs for it."""
    return {
        "@context": list(CONTEXTS),
        "id": f"{claim_id}-appui",
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "issuer": issuer_profile(did, endorser, base_url),
        "validFrom": _instant(valid_from),
        "name": endorser,
        "credentialSubject": {"id": claim_id, "type": ["EndorsementSubject"], "endorsementComment": comment},
    }


def issuer_profile(did: str, name: str, base_url: str) -> dict[str, Any]:
    """Give who signs, as a credential says it."""
    return {"id": did, "type": ["Profile"], "name": name, "url": base_url}


def as_text(document: dict[str, Any]) -> str:
    """Write a document as it is kept and given: UTF-8, readable by a person."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _subject(claim: Claim) -> dict[str, Any]:
    recipient, achievement = claim.recipient, claim.achievement
    result = {"result": [{"type": ["Result"], "resultDescription": f"{achievement.id}-niveau", "value": achievement.level}]}
    return {
        "id": recipient.id,
        "type": ["AchievementSubject", "Profile"],
        "name": recipient.name,
        "identifier": [
            {"type": "IdentityObject", "hashed": False, "identityHash": value, "identityType": kind}
            for kind, value in recipient.identifiers.items()
        ],
        "address": {
            "type": ["Address"],
            "addressLocality": recipient.locality,
            "addressRegion": recipient.region,
            "addressCountryCode": "CA",
        },
        "achievement": _achievement(achievement),
        **(result if achievement.level else {}),
    }


def _achievement(achievement: Achievement) -> dict[str, Any]:
    scale = {
        "id": f"{achievement.id}-niveau",
        "type": ["ResultDescription"],
        "name": "Niveau",
        "resultType": "PerformanceLevel",
        "allowedValue": list(achievement.levels),
    }
    return {
        "id": achievement.id,
        "type": ["Achievement"],
        "achievementType": achievement.kind,
        "inLanguage": "fr-CA",
        "name": achievement.name,
        "description": achievement.description,
        "criteria": {"id": achievement.criteria_url, "narrative": achievement.criteria},
        "image": {"id": achievement.image, "type": "Image", "caption": achievement.name},
        "creator": {"id": achievement.body_id, "type": ["Profile"], "name": achievement.body},
        **({"resultDescription": [scale]} if achievement.level else {}),
    }


def _instant(at: dt.datetime) -> str:
    """Write an instant with its own offset, so that the day read is the day meant."""
    return at.isoformat(timespec="seconds")
