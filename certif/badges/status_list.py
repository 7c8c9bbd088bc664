"""Lists that say of many credentials at once which are withdrawn: who asks does not tell which one they look at.

Source: W3C, Bitstring Status List 1.0, 2.2 and 3.1.
"""

from __future__ import annotations

import base64
import datetime as dt
import gzip
from collections.abc import Iterable
from typing import Any

from certif.badges.credential import issuer_profile
from certif.badges.proofs import CONTEXTS

ENTRIES = 131_072
"""How many credentials share a list: the least that the specification allows, so that one among them cannot be told."""

_KEPT = dt.timedelta(days=2)


def status_list(
    address: str, purpose: str, indexes: Iterable[int], *, did: str, issuer: str, base_url: str, day: dt.datetime
) -> dict[str, Any]:
    """Write a list, not signed yet.

    Takes: `indexes`, the places of those that are revoked, or suspended; `day`, when it begins to be true. An old copy ends by itself.
    """
    return {
        "@context": [CONTEXTS[0]],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer_profile(did, issuer, base_url)["id"],
        "validFrom": day.isoformat(timespec="seconds"),
        "validUntil": (day + _KEPT).isoformat(timespec="seconds"),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": purpose,
            "encodedList": encoded(indexes),
        },
    }


def encoded(indexes: Iterable[int]) -> str:
    """Give the bits, compressed, as base64url after `u`. The same places give the same text."""
    bits = bytearray(ENTRIES // 8)
    for index in indexes:
        bits[index // 8] |= 0x80 >> index % 8  # the first place is the leftmost bit
    return "u" + base64.urlsafe_b64encode(gzip.compress(bytes(bits), mtime=0)).decode().rstrip("=")
