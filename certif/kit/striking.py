"""Striking words out: what somebody wrote, word by word, and which words nobody reads any more. Kept nowhere once it is done."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from enum import StrEnum

from certif.kit.errors import Refusal
from certif.kit.languages import _, _l

STRUCK = "[…]"
"""What is read in the place of words that were struck."""


class StrikeKind(StrEnum):
    """Why words are struck: they name somebody, insult, say marks or a state of health."""

    NAME = "name"
    INSULT = "insult"
    MARKS = "marks"
    HEALTH = "health"
    OTHER = "other"


STRIKES = {
    StrikeKind.NAME: _l("Un nom, ou ce qui fait reconnaître quelqu’un"),
    StrikeKind.INSULT: _l("Une insulte"),
    StrikeKind.MARKS: _l("Des notes d’école"),
    StrikeKind.HEALTH: _l("La santé de quelqu’un"),
    StrikeKind.OTHER: _l("Autre chose qui ne regarde personne"),
}


def pieces_of(words: str) -> list[str]:
    """Give words one by one."""
    return words.split(" ")


def digest_of(words: str) -> str:
    """Give what tells that words have not changed since they were on a screen."""
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def let_strike(words: str, digest: str) -> None:
    """Refuse to go on with words that are not those of the screen any more."""
    if digest != digest_of(words):
        raise Refusal(_("Ces mots viennent d’être caviardés par quelqu’un d’autre. Relisez-les avant de continuer."))


def struck(words: str, places: Collection[int]) -> tuple[str, int]:
    """Give words without those at `places`, counted from 0, and how many were struck; those struck before count no more."""
    pieces = pieces_of(words)
    chosen = {place for place in places if 0 <= place < len(pieces) and pieces[place] != STRUCK}
    kept = [STRUCK if place in chosen else piece for place, piece in enumerate(pieces)]
    return " ".join(piece for place, piece in enumerate(kept) if piece != STRUCK or kept[place - 1 : place] != [STRUCK]), len(chosen)
