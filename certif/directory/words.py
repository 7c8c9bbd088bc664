"""Words as they are looked for: no case, no accents; and which words are near one another in spite of a typing fault. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable

from certif.kit.languages import folded

MOST_WORDS = 6
FEWEST_LETTERS = 2
_LONGEST = 40
_FUZZY_FROM, _LONG_FROM = 4, 8
_COMPARED = 7
"""Only the first letters are compared for faults: enough to find a long word before its end is typed."""


def terms_of(text: str) -> list[str]:
    """Give the words of a question, each once, in order; a letter alone asks nothing."""
    found = dict.fromkeys(word[:_LONGEST] for word in folded(text).split() if len(word) >= FEWEST_LETTERS)
    return list(found)[:MOST_WORDS]


def words_of(texts: Iterable[str | None]) -> set[str]:
    """Give the words under which something of these names is found."""
    return {word[:_LONGEST] for text in texts if text for word in folded(text).split()}


def variants_of(word: str) -> set[str]:
    """Give the beginning of a word, whole and with each letter left out: two words that share one are near. Numbers are never guessed."""
    start = word[:_COMPARED]
    if len(word) < _FUZZY_FROM or not start.isalpha():
        return set()
    return {start, *(start[:at] + start[at + 1 :] for at in range(len(start)))}


def is_near(typed: str, word: str) -> bool:
    """Whether `typed` is `word`, or its beginning, but for a typing fault: one letter too many, missing, wrong, or two swapped; two faults
    in long words."""
    allowed = 2 if len(typed) >= _LONG_FROM else 1
    ends = {len(word)} if len(typed) < _COMPARED else {len(word), *range(len(typed) - allowed, len(typed) + allowed + 1)}
    return any(_faults(typed, word[:end]) <= allowed for end in ends if abs(min(end, len(word)) - len(typed)) <= allowed)


def _faults(one: str, other: str) -> int:
    """Count the faults between two words (Damerau–Levenshtein, no letter touched twice)."""
    before: list[int] = []
    line = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        before, above, line = line, before, [row]
        for column, wanted in enumerate(other, 1):
            best = min(before[column] + 1, line[-1] + 1, before[column - 1] + (letter != wanted))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == wanted:
                best = min(best, above[column - 2] + 1)
            line.append(best)
    return line[-1]
