"""How a question in words is read: which words of the index each one stands for, and which of them is the rarest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, func, literal, or_, select, union_all

from certif.directory.model import ListingWord, NearWord
from certif.directory.words import is_near, terms_of, variants_of
from certif.kit.db import db

FEW = 5
"""A word that begins fewer listings than this may have been mistyped."""

LAST = "\U0010ffff"
"""After every sign that a folded word may hold: the end of a range."""

_PLENTY = 2000
_MOST_NEAR = 3


def between(column: Any, start: str) -> ColumnElement[bool]:
    """Give the condition that a text begins so: a range of its index."""
    return and_(column >= start, column <= start + LAST)


@dataclass(frozen=True)
class Span:
    """Words that count as one that was typed: those it begins, or one that is near it."""

    word: str
    is_whole: bool = False

    def holds(self, column: Any) -> ColumnElement[bool]:
        """Give the condition that a word is one of these."""
        found: ColumnElement[bool] = column == self.word if self.is_whole else between(column, self.word)
        return found


@dataclass
class Term:
    """A word that was typed. `count`: how often the index holds it, up to plenty."""

    spans: list[Span]
    count: int = 0

    def holds(self, column: Any) -> ColumnElement[bool]:
        """Give the condition that a word counts as this one."""
        return or_(*(span.holds(column) for span in self.spans))


@dataclass(frozen=True)
class Plan:
    """What was typed, in terms of the index. `rarest`: the number of the term to walk; `near`: what is read besides what was typed."""

    terms: list[Term]
    rarest: int = 0
    near: tuple[str, ...] = ()


def plan_of(text: str) -> Plan:
    """Read a question in words: three statements at most, whatever it says."""
    terms = [Term([Span(word)]) for word in terms_of(text)]
    if not terms:
        return Plan([])
    _count(terms)
    rare = [term for term in terms if term.count < FEW]
    near = _near([term.spans[0].word for term in rare])
    for term in rare:
        term.spans += [Span(word, is_whole=True) for word in near[term.spans[0].word]]
    if any(near.values()):
        _count([term for term in rare if len(term.spans) > 1])
    rarest = min(range(len(terms)), key=lambda number: terms[number].count)
    return Plan(terms, rarest, tuple(word for words in near.values() for word in words))


def _count(terms: list[Term]) -> None:
    """Count the words of each term, up to plenty: one statement."""
    counts = []
    for term in terms:
        parts = [select(literal(1).label("one")).where(span.holds(ListingWord.word)).limit(_PLENTY).subquery() for span in term.spans]
        whole = union_all(*(select(part) for part in parts)).subquery()
        counts.append(select(func.count()).select_from(whole).scalar_subquery())
    for term, count in zip(terms, db.session.execute(select(*counts)).one(), strict=True):
        term.count = count


def _near(typed: list[str]) -> dict[str, list[str]]:
    """Give, for each word typed, the words near it that it does not begin: one statement, none where there is nothing to look for."""
    wanted = {variant for word in typed for variant in variants_of(word)}
    words = set(db.session.scalars(select(NearWord.word).where(NearWord.variant.in_(sorted(wanted))))) if wanted else set()
    return {one: _nearest(one, words) for one in typed}


def _nearest(typed: str, words: set[str]) -> list[str]:
    if not variants_of(typed):
        return []
    found = [word for word in words if not word.startswith(typed) and is_near(typed, word)]
    return sorted(found, key=lambda word: (word[0] != typed[0], abs(len(word) - len(typed)), word))[:_MOST_NEAR]
