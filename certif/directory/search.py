"""Who is in the directory, as it is asked: words (prefixes, typing faults forgiven) and filters, a page at a time.

Every page reads about as many rows as it shows, whatever the number of employers: it walks an index in its order and stops. Without words,
that of names. With words, first the names that begin as was typed, then the rarest word; the rest is asked of each row on the way. Of
several words the walk follows the order in which codes were given, because that of names says too much about words: all that is called
«pharmacie Tremblay» would stand together, at its end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, literal, not_, select, tuple_
from sqlalchemy.orm import aliased

from certif.directory.cursors import Cursor, read_cursor
from certif.directory.facets import Asked
from certif.directory.model import Listing, ListingWord
from certif.directory.plans import LAST, Plan, Span, Term, between, plan_of
from certif.directory.profiles import EmployerProfile, said
from certif.kit import clock
from certif.kit.db import db
from certif.kit.languages import folded
from certif.programs import Program, is_paused_clause
from certif.standing import Status

PAGE = 24
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


def page_of(asked: Asked, after: str | None = None, size: int = PAGE) -> Found:
    """Give a page of the directory: by name, or, where words were asked, what begins as typed and then what has the words."""
    plan, cursor = plan_of(asked.text), read_cursor(after)
    lead = plan.rarest
    if cursor is not None and cursor.lead < max(len(plan.terms), 1):
        lead = cursor.lead
    else:
        cursor = None
    rows = _walk(asked, plan, lead, cursor, size + 1)
    last = rows[size - 1] if len(rows) > size else None
    following = str(Cursor(lead, last.stage, last.word, last.Listing.name_key, last.Listing.code)) if last is not None else None
    return Found([_entry(row) for row in rows[:size]], following, plan.near)


def _entry(row: Row[Any]) -> Entry:
    status = row.Listing.shown_status(paused=row.is_paused)
    about = said(row.description_fr or "", row.description_en or "") if status.is_held else ""
    return Entry(row.Listing, status, row.program, about)


def _walk(asked: Asked, plan: Plan, lead: int, after: Cursor | None, size: int) -> list[Any]:
    """Walk the stages of a question, one after the other, until the page is full: names, then each span of the leading term."""
    first, last = int(len(plan.terms) == 1), len(plan.terms[lead].spans) if plan.terms else 0
    rows: list[Any] = []
    for stage in range(max(first, after.stage if after else 0), last + 1):
        here = after if after is not None and after.stage == stage else None
        for found in [_names(asked, _start(asked, plan), here)] if stage == 0 else _words(asked, plan, lead, stage - 1, here):
            if len(rows) < size:
                rows += db.session.execute(found.limit(size - len(rows))).all()
    return rows


def _start(asked: Asked, plan: Plan) -> str:
    """Give how the names of the first stage begin: as was typed; one word alone is walked as a word, and needs no such stage."""
    return folded(asked.text) if len(plan.terms) > 1 else ""


def _names(asked: Asked, start: str, after: Cursor | None) -> Select[Any]:
    """Give the listings whose name begins so, by name: the index of each filter has this order."""
    order = Listing.name_key, Listing.verification_id
    found = _shown(0, literal("")).select_from(Listing).where(*asked.conditions(Listing))
    if start:
        found = found.where(Listing.name_key <= start + LAST)
    if after is not None:
        found = found.where(tuple_(*order) > tuple_(literal(max(after.name_key, start)), _number_of(after)))
    elif start:
        found = found.where(Listing.name_key >= start)
    return _joined(found).order_by(*order)


def _words(asked: Asked, plan: Plan, lead: int, number: int, after: Cursor | None) -> list[Select[Any]]:
    """Give the listings that a span of the leading term holds: each under the first of its words that fits, and in one stage only.

    Conditions are written as inequalities, of which PostgreSQL expects many rows: it then walks the index rather than sort what it finds.
    """
    spans, others, start = plan.terms[lead].spans, [*plan.terms[:lead], *plan.terms[lead + 1 :]], _start(asked, plan)
    span, mine = spans[number], _Other.verification_id == ListingWord.verification_id
    is_by_name = not others or bool(asked.mrc)
    order = (ListingWord.name_key, ListingWord.verification_id) if is_by_name else (ListingWord.verification_id,)
    first = select(func.min(_Other.word)).where(mine, span.holds(_Other.word)).scalar_subquery()
    found = _shown(number + 1, ListingWord.word).select_from(ListingWord)
    found = found.join(Listing, Listing.verification_id == ListingWord.verification_id)
    found = found.where(first >= ListingWord.word, *_bare(asked), *(_has(term) for term in others))
    if start:
        found = found.where(not_(between(ListingWord.name_key, start)))
    for earlier in spans[:number]:
        found = found.where(not_(_has(Term([earlier]))))
    return [_joined(found.where(inside)).order_by(ListingWord.word, *order) for inside in _inside(span, order, after)]


def _inside(span: Span, order: tuple[Any, ...], after: Cursor | None) -> list[ColumnElement[bool]]:
    """Give the conditions that a word is of this span, and after a place in the walk: the rest of the word of that place, then the words
    that follow. As one condition, PostgreSQL would expect almost nothing after a common word, and sort what it finds."""
    if after is None:
        return [span.holds(ListingWord.word)]
    here: list[Any] = [literal(after.name_key), _number_of(after)][-len(order) :]
    word = span.word if span.is_whole else max(after.word, span.word)
    rest = and_(ListingWord.word == word, tuple_(*order) > tuple_(*here))
    return [rest] if span.is_whole else [rest, and_(ListingWord.word > word, ListingWord.word <= span.word + LAST)]


def _number_of(after: Cursor) -> ColumnElement[int]:
    """Give the number of the last listing of the page before; one that is gone since counts as the first of its name."""
    return func.coalesce(select(Listing.verification_id).where(Listing.code == after.code).scalar_subquery(), 0)


def _has(term: Term) -> ColumnElement[bool]:
    """Give the condition that a listing has a word of a term. As a value and not as EXISTS, which PostgreSQL would turn into a join and
    lose the order of the walk."""
    found = select(func.count()).where(_Other.verification_id == ListingWord.verification_id, term.holds(_Other.word))
    return found.scalar_subquery() > 0


def _bare(asked: Asked) -> list[ColumnElement[bool]]:
    """Give the conditions of the filters where words are walked: that of the MRC by the index, the others in a form that no index has, so
    that the walk is never left for one."""
    names = ("sector", "level", "hires_students") if asked.mrc else ("region", "sector", "level", "hires_students")
    bare = [case((getattr(Listing, name) == getattr(asked, name), 1), else_=0) > 0 for name in names if getattr(asked, name)]
    return [*([ListingWord.mrc == asked.mrc] if asked.mrc else []), *bare]


def _shown(stage: int, word: Any) -> Select[Any]:
    columns = Listing, Program.name.label("program"), is_paused_clause().label("is_paused"), word.label("word")
    profile = EmployerProfile.description_fr, EmployerProfile.description_en
    return select(*columns, *profile, literal(stage).label("stage"))


def _joined(found: Select[Any]) -> Select[Any]:
    found = found.join(Program, Program.id == Listing.program_id)
    found = found.outerjoin(EmployerProfile, EmployerProfile.employer_id == Listing.employer_id)
    return found.where(Listing.expires_on >= clock.today())
