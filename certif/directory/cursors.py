"""Where a page of the directory begins, as an address holds it: by what the last line says, never by counting."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass


@dataclass(frozen=True)
class Cursor:
    """The last line of the page before. `lead`: which of the words asked is walked; `stage`, `word`: how far."""

    lead: int
    stage: int
    word: str
    name_key: str
    code: str

    def __str__(self) -> str:
        said = json.dumps([self.lead, self.stage, self.word, self.name_key, self.code], ensure_ascii=False)
        return base64.urlsafe_b64encode(said.encode()).decode().rstrip("=")


def read_cursor(text: str | None) -> Cursor | None:
    """Read the cursor of an address; what is no cursor is the first page."""
    try:
        lead, stage, *texts = json.loads(base64.urlsafe_b64decode(f"{text or ''}==="))
        word, name_key, code = texts
    except (ValueError, binascii.Error, TypeError, RecursionError):
        return None
    is_whole = all(type(one) is int and 0 <= one < 10 for one in (lead, stage))
    if not is_whole or any(not isinstance(one, str) or "\0" in one or not one.isprintable() for one in texts):
        return None
    return Cursor(lead, stage, word, name_key, code)
