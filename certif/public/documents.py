"""Is a document ours, and unchanged? Answered from its bytes; nothing of it is kept."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass

from certif import documents
from certif.certification import ContractStamp, is_stamp_good, stamp_of
from certif.kit import evidence
from certif.kit.settings import settings

_KINDS = {documents.Verdict.OURS: "sealed", documents.Verdict.CHANGED: "broken", documents.Verdict.FOREIGN: "foreign"}


@dataclass(frozen=True)
class Verdict:
    """What is known of a document.

    `kind`: `kept` (these very bytes are ours), `sealed` (our seal, unbroken), `broken` (our seal, but changed since), `foreign`.
    `stamp`: what somebody else says of when it existed, where it holds.
    """

    kind: str
    kept_at: dt.datetime | None = None
    stamp: ContractStamp | None = None


def judge(content: bytes) -> Verdict:
    """Say what is known of a document.

    Takes: `content`, the bytes of what claims to be a PDF, however hostile.
    """
    digest = hashlib.sha256(content).hexdigest()
    if evidence.is_kept(digest):
        return Verdict("kept", evidence.fetch(digest).kept_at, _good_stamp(digest))
    sealed = documents.check(content, documents.sealing_key(settings().data_dir, settings().secret_key))
    return Verdict(_KINDS[sealed])


def _good_stamp(digest: str) -> ContractStamp | None:
    found = stamp_of(digest)
    return found if found is not None and is_stamp_good(found) else None
