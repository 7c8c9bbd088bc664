"""French joins small words to the name that follows: «l’équipe d’Épicerie», «ce qu’Anne dit», «un employeur des Etchemins»."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

_MEETS = re.compile(r"\b(de|que|à)([ \u00a0\n])(«\s)?%\((\w+)\)s", re.IGNORECASE)
_PLACES = frozenset({"body", "employer", "mrc", "municipality", "place", "region", "school", "territory"})
"""What may begin with an article that melts into `de` and `à`. The name of a person never does: Mme Le Thi stays whole."""

_MELTED = {("de", "le"): "du", ("de", "les"): "des", ("à", "le"): "au", ("à", "les"): "aux"}
_ARTICLE = re.compile(r"(les?)[ \u00a0](?=\S)", re.IGNORECASE)
_DRESS = re.compile(r"(?:<[^>]*>|[\s«“\"])*")
_VOWEL = re.compile(
    r"""(?!onze\b|ou[aàâeéèêiîï]|\S*@|https?:)   # «de onze», «de Ouellet»; an address stays as it is
    (?:[aàâäæeéèêëiîïoôöœuùûü]
    |y(?![aàâeéèêiîoôuû])                        # «d’Yves», and «de Yasmine»
    |h(?:[ôèê]|ab|arm|éb|él|ém[ao]|én|érit|elen|enri|erb|erv|ist|iv       # those that are silent
        |omm|onn|oriz|orl|ort|osp|ote|ubert|uil|uiss|um|y(?!u))
    )""",
    re.VERBOSE | re.IGNORECASE,
)


def joined(sentence: str, said: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    """Join `de`, `que` and `à` to the names they meet, as French does.

    Takes: `sentence`, with `%(name)s` in it; one of another language holds none of these words, and comes back as it is; `said`, what each
    name stands for. Gives: the sentence, and what to fill it with.
    """
    if not _may_meet(sentence):
        return sentence, said
    known = dict(said)
    return _MEETS.sub(lambda found: _join(found, known), sentence), known


@cache
def _may_meet(sentence: str) -> bool:
    return _MEETS.search(sentence) is not None


def _join(found: re.Match[str], known: dict[str, Any]) -> str:
    """Give a small word and its name, joined; an article that melted away is left out of what the name stands for."""
    word, space, quote, name = found.groups()
    shown = known.get(name, "")
    article = _ARTICLE.match(str(shown)) if name in _PLACES and not quote else None
    melted = article and _MELTED.get((word.lower(), article[1].lower()))
    if article and melted:
        known[f"{name} melted"] = shown[article.end() :]  # safe HTML stays so
        return f"{melted.capitalize() if word[0].isupper() else melted}{space}%({name} melted)s"
    dress = _DRESS.match(str(shown))
    if word.lower() != "à" and _VOWEL.match(str(shown), dress.end() if dress else 0):
        return f"{word[:-1]}’{quote or ''}%({name})s"
    return found.group()
