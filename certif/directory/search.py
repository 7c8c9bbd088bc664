"""Who is in the directory, as it is asked: words (prefixes, typing faults forgiven) and filters, a page at a time.

Every page reads about as many rows as it shows, whatever the number of employers. It walks an index in its order and stops: that of the
rarest word, or, where the filters leave few, that of the filters; the other conditions are asked of each row on the way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, literal, or_, select, tuple_, union_all
from sqlalchemy.orm import aliased

from certif.directory.cursors import Cursor, read_cursor
from certif.directory.facets import Asked, total_of
from certif.directory.model import Listing, ListingWord, NearWord
from certif.directory.profiles import EmployerProfile, said
from certif.directory.words import is_near, terms_of, variants_of
from certif.kit import clock
from certif.kit.db import db
from certif.programs import Program, is_paused_clause
from certif.standing import Status

PAGE = 24
FEW = 5
"""A word that begins fewer listings than this may have been mistyped."""

_PLENTY = 400
_MOST_NEAR = 3
_LAST = "\U0010ffff"
_Other = aliased(ListingWord)


@dataclass(frozen=True)
class Entry:
    """One line of the directory: the listing, what it is worth today, and what its employer says of itself."""

    listing: Listing
    status: Status
    program: str
    about: str = ""

    @property
    def place(self) -> str:
        """The establishment and its municipality, the name left out where it only repeats the employer's."""
        one = self.listing
        return one.municipality if one.place == one.name else f"{one.place}, {one.municipality}"


@dataclass(frozen=True)
class Found:
    """A page of the directory. `next`: the cursor of the following page, None at the end; `near`: what was read besides what was typed."""

    rows: Sequence[Entry]
    next: str | None
    near: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Span:
    """Words that count as one that was typed: those it begins, or one that is near."""

    word: str
    is_whole: bool = False

    def follows(self, after: Cursor, column: Any, *order: Any) -> ColumnElement[bool]:
        """Give the condition that a word of this span comes after a place in the walk: one range of the index."""
        here = literal(after.name_key), _number_of(after)
        if self.is_whole:
            return and_(column == self.word, tuple_(*order) > tuple_(*here))
        return and_(tuple_(column, *order) > tuple_(literal(max(after.word, self.word)), *here), column <= self.word + _LAST)

    def holds(self, column: Any) -> ColumnElement[bool]:
        found: ColumnElement[bool] = column == self.word if self.is_whole else column.between(self.word, self.word + _LAST)
        return found


@dataclass
class _Term:
    spans: list[_Span]
    count: int = 0

    def holds(self, column: Any) -> ColumnElement[bool]:
        return or_(*(span.holds(column) for span in self.spans))


@dataclass(frozen=True)
class _Plan:
    """How a question is read. `lead`: the number of the term whose index is walked, None for that of the filters."""

    terms: list[_Term] = field(default_factory=list)
    lead: int | None = None
    near: tuple[str, ...] = ()


def page_of(asked: Asked, after: str | None = None, size: int = PAGE) -> Found:
    """Give a page of the directory, in the order of names; where words were asked, in that of the words they begin, then of names."""
    plan, cursor = _plan(asked), read_cursor(after)
    if cursor is not None and (cursor.lead is None or cursor.lead < len(plan.terms)):
        plan = _Plan(plan.terms, cursor.lead, plan.near)
    else:
        cursor = None
    rows = _walk_words(asked, plan, cursor, size + 1) if plan.lead is not None else _walk_names(asked, plan, cursor, size + 1)
    last = rows[size - 1] if len(rows) > size else None
    following = str(Cursor(plan.lead, last.span, last.word, last.Listing.name_key, last.Listing.code)) if last is not None else None
    return Found([_entry(row) for row in rows[:size]], following, plan.near)


def _entry(row: Row[Any]) -> Entry:
    status = row.Listing.shown_status(paused=row.is_paused)
    about = said(row.description_fr or "", row.description_en or "") if status.is_held else ""
    return Entry(row.Listing, status, row.program, about)


def _plan(asked: Asked) -> _Plan:
    terms = [_Term([_Span(word)]) for word in terms_of(asked.text)]
    if not terms:
        return _Plan()
    _count(terms)
    rare = [term for term in terms if term.count < FEW]
    near = _near([term.spans[0].word for term in rare])
    for term in rare:
        term.spans += [_Span(word, is_whole=True) for word in near[term.spans[0].word]]
    if any(near.values()):
        _count([term for term in rare if len(term.spans) > 1])
    lead = min(range(len(terms)), key=lambda number: terms[number].count)
    if terms[lead].count >= FEW and asked.narrows and total_of(asked) < terms[lead].count:
        return _Plan(terms, None, tuple(word for words in near.values() for word in words))
    return _Plan(terms, lead, tuple(word for words in near.values() for word in words))


def _count(terms: list[_Term]) -> None:
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
    words = sorted(set(db.session.scalars(select(NearWord.word).where(NearWord.variant.in_(sorted(wanted)))))) if wanted else []
    near = {one: [word for word in words if not word.startswith(one) and variants_of(one) and is_near(one, word)] for one in typed}
    return {
        one: sorted(found, key=lambda word: (word[0] != one[0], abs(len(word) - len(one)), word))[:_MOST_NEAR]
        for one, found in near.items()
    }


def _walk_names(asked: Asked, plan: _Plan, after: Cursor | None, size: int) -> list[Any]:
    order = Listing.name_key, Listing.verification_id
    found = _shown(asked, literal("").label("word"), literal(0).label("span")).select_from(Listing)
    for term in plan.terms:
        found = found.where(_has(term))
    if after is not None:
        found = found.where(tuple_(*order) > tuple_(literal(after.name_key), _number_of(after)))
    return list(db.session.execute(_joined(found).order_by(*order).limit(size)))


def _walk_words(asked: Asked, plan: _Plan, after: Cursor | None, size: int) -> list[Any]:
    """Walk the words of the leading term, one of its spans after the other."""
    assert plan.lead is not None
    rows: list[Any] = []
    lead, others = plan.terms[plan.lead], [term for number, term in enumerate(plan.terms) if number != plan.lead]
    for number in range(len(lead.spans)):
        if len(rows) < size and (after is None or number >= after.span):
            start = after if after is not None and number == after.span else None
            found = _span_of(asked, lead, number, start).where(*(_has(term) for term in others))
            rows += db.session.execute(found.limit(size - len(rows))).all()
    return rows


def _span_of(asked: Asked, lead: _Term, number: int, after: Cursor | None) -> Select[Any]:
    """Give the listings that a span of the leading term holds, each under the first of its words that fits, and under one span only."""
    span, order = lead.spans[number], (ListingWord.word, ListingWord.name_key, ListingWord.verification_id)
    mine = _Other.verification_id == ListingWord.verification_id
    first = select(func.min(_Other.word)).where(mine, span.holds(_Other.word)).scalar_subquery()
    found = _shown(asked, ListingWord.word.label("word"), literal(number).label("span")).select_from(ListingWord)
    inside = span.holds(order[0]) if after is None else span.follows(after, *order)
    found = found.join(Listing, Listing.verification_id == ListingWord.verification_id).where(inside, first == ListingWord.word)
    for earlier in lead.spans[:number]:
        found = found.where(select(func.min(_Other.word)).where(mine, earlier.holds(_Other.word)).scalar_subquery().is_(None))
    return _joined(found).order_by(*order)


def _number_of(after: Cursor) -> ColumnElement[int]:
    """Give the number of the last listing of the page before; one that is gone since counts as the first of its name."""
    return func.coalesce(select(Listing.verification_id).where(Listing.code == after.code).scalar_subquery(), 0)


def _has(term: _Term) -> ColumnElement[bool]:
    """Give the condition that a listing has a word of a term. As a value and not as EXISTS, which PostgreSQL would turn into a join and
    lose the order of the walk."""
    return (
        select(func.min(_Other.word))
        .where(_Other.verification_id == Listing.verification_id, term.holds(_Other.word))
        .scalar_subquery()
        .is_not(None)
    )


def _shown(asked: Asked, *more: Any) -> Select[Any]:
    columns = (Listing, Program.name.label("program"), is_paused_clause().label("is_paused"))
    profile = EmployerProfile.description_fr, EmployerProfile.description_en
    return select(*columns, *profile, *more).where(*asked.conditions(Listing), Listing.expires_on >= clock.today())


def _joined(found: Select[Any]) -> Select[Any]:
    return found.join(Program, Program.id == Listing.program_id).outerjoin(
        EmployerProfile, EmployerProfile.employer_id == Listing.employer_id
    )
