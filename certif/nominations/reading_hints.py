"""What may have to be struck in the words of a student: pointed out to whoever reads, and never decided here. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from certif.kit.languages import folded
from certif.kit.striking import STRUCK, StrikeKind, pieces_of

_MARK = re.compile(r"\d{1,3}(?:[.,]\d+)?\s?%|\d{1,3}\s?/\s?(?:10|20|100)\b")
_ADDRESS = re.compile(r"\S+@\S+|https?://|www\.|\d{3}[\s.-]?\d{3}[\s.-]?\d{4}")
_SENTENCE_END = (".", "!", "?", "…", ":", "»", STRUCK)


def hints_in(words: str, known: Iterable[str] = ()) -> dict[int, StrikeKind]:
    """Give which words, by their place from 0, may have to be struck, and why.

    Takes: `known`, the names that may be said: of the boss, of the place.
    """
    said = {word for name in known for word in folded(name).split()}
    pieces, found = pieces_of(words), dict[int, StrikeKind]()
    for place, piece in enumerate(pieces):
        kind = _kind_of(piece, pieces[place + 1 : place + 2], pieces[place - 1] if place else ".", said)
        if kind is not None:
            found[place] = kind
        elif piece.startswith("%") and found.get(place - 1) is StrikeKind.MARKS:
            found[place] = StrikeKind.MARKS
    return found


def _kind_of(piece: str, following: list[str], before: str, said: set[str]) -> StrikeKind | None:
    whole = " ".join([piece, *(one for one in following if one.startswith(("%", "/")))])
    keys = [_bare(key) for key in folded(piece.replace("’", " ").replace("'", " ")).split()]
    if _MARK.search(whole.replace("\xa0", " ").replace("\u202f", " ")):
        return StrikeKind.MARKS
    if _ADDRESS.search(piece):
        return StrikeKind.NAME
    for kind in (StrikeKind.INSULT, StrikeKind.HEALTH):
        if any(key in _words(kind) or key.rstrip("s") in _words(kind) for key in keys):
            return kind
    return StrikeKind.NAME if _looks_like_a_name(piece, before, keys, said) else None


def _looks_like_a_name(piece: str, before: str, keys: list[str], said: set[str]) -> bool:
    word = piece.replace("'", "’").rsplit("’", 1)[-1].strip('«»()"“”.,;:!?…\xa0\u202f')
    if not word[:1].isupper() or word.isupper() or not keys or keys[-1] in said:
        return False
    starts = before.rstrip("\xa0\u202f").endswith(_SENTENCE_END)
    return folded(word) in _words(StrikeKind.NAME) or (not starts and len(word) > 2 and "’" not in piece)


def _bare(key: str) -> str:
    return key.strip("«»().,;:!?…")


@cache
def _words(kind: StrikeKind) -> frozenset[str]:
    """Give the words that point to something: one a line, as they are compared."""
    lines = (Path(__file__).parent / "hints" / f"{kind.value}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(folded(word) for line in lines if line and not line.startswith("#") for word in line.split())
