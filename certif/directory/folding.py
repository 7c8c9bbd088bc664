"""The directory follows the journal: each entry names a row, and the listings of that row are made anew.

A job reads on from the last mark every few seconds, so that what is revoked is out of the directory within the minute. The mark moves in
the same transaction as the listings: a kill leaves them both behind, and the next run catches up. Everything can be made from nothing.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, delete, func, insert, select

from certif.certification import Badge, Certification, Verification
from certif.directory.facts import Values, listed
from certif.directory.model import Listing, ListingCount, ListingWord, NearWord
from certif.directory.words import variants_of
from certif.employers import Employer, Establishment
from certif.kit import clock
from certif.kit.db import db, transaction
from certif.kit.following import AT_ONCE, entries_after, hold_mark, last_entry
from certif.kit.inserting import insert_into
from certif.kit.jobs import recurring

EVERY = dt.timedelta(seconds=10)
_CODES = 2000
_MARK = "journal"
_COUNTED = ("mrc", "region", "sector", "level", "hires_students", "level_fr", "level_en")


@recurring("fold_directory", every=EVERY)
def fold() -> None:
    """Bring the directory up to what the journal says, and take out what has expired."""
    while _fold_some():
        pass
    with transaction():
        hold_mark(_MARK)
        gone = list(db.session.scalars(select(Listing.verification_id).where(Listing.expires_on < clock.today()).limit(_CODES)))
        if gone:
            _refold(Verification.id.in_(gone), Listing.verification_id.in_(gone))


def rebuild() -> int:
    """Make the whole directory anew from the rows that say what happened; meanwhile it stays full. Gives: how many codes it shows."""
    with transaction():
        hold_mark(_MARK).entry_id = last_entry()
    for first in range(1, _highest() + 1, _CODES):
        numbers = first, first + _CODES - 1
        with transaction():
            hold_mark(_MARK)
            _refold(Verification.id.between(*numbers), Listing.verification_id.between(*numbers))
    with transaction():
        hold_mark(_MARK)
        _count_anew()
    return db.session.scalar(select(func.count()).select_from(Listing)) or 0


def _fold_some() -> bool:
    """Read some entries of the journal. Gives: whether there may be more."""
    with transaction():
        mark = hold_mark(_MARK)
        entries = entries_after(mark)
        if entries:
            for ids in _batches(_codes_of({entry.subject for entry in entries})):
                _refold(Verification.id.in_(ids), Listing.verification_id.in_(ids))
            mark.entry_id = entries[-1].id
    return len(entries) == AT_ONCE


def _codes_of(subjects: set[str]) -> list[int]:
    """Give the codes that these rows of the journal have a say in."""
    refs: dict[str, list[str]] = {}
    for subject in subjects:
        kind, ref = subject.split(":", 1)
        refs.setdefault(kind, []).append(ref)
    named = (
        select(Employer.id).where(Employer.ref.in_(refs.get("Employer", []))),
        select(Certification.employer_id).where(Certification.ref.in_(refs.get("Certification", []))),
        select(Establishment.employer_id).where(Establishment.ref.in_(refs.get("Establishment", []))),
    )
    employers = {one for query in named for one in db.session.scalars(query)}
    places = select(Verification.id).join(Establishment).where(Establishment.employer_id.in_(employers))
    return sorted(db.session.scalars(places))


def _batches(ids: list[int]) -> Iterator[list[int]]:
    for first in range(0, len(ids), _CODES):
        yield ids[first : first + _CODES]


def _refold(codes: ColumnElement[bool], listings: ColumnElement[bool]) -> None:
    """Make the listings of these codes anew: the same condition, on `Verification` and on `Listing`."""
    counted = [getattr(Listing, name) for name in _COUNTED]
    before = db.session.execute(select(*counted, func.count()).where(listings).group_by(*counted))
    change = Counter({tuple(key): -count for *key, count in before})
    inside = select(Listing.verification_id).where(listings)
    db.session.execute(delete(ListingWord).where(ListingWord.verification_id.in_(inside)))
    db.session.execute(delete(Listing).where(listings))
    found = list(listed(codes))
    for values, _words in found:
        change[tuple(values[name] for name in _COUNTED)] += 1
    if found:
        db.session.execute(insert(Listing), [values for values, _words in found])
        _insert_words(found)
    _count(change)


def _insert_words(found: list[tuple[Values, set[str]]]) -> None:
    rows = [
        {"verification_id": values["verification_id"], "word": word, "name_key": values["name_key"], "mrc": values["mrc"]}
        for values, words in found
        for word in sorted(words)
    ]
    if rows:
        db.session.execute(insert(ListingWord), rows)
    near = [{"variant": variant, "word": word} for word in sorted({row["word"] for row in rows}) for variant in sorted(variants_of(word))]
    if near:
        db.session.execute(insert_into(NearWord).on_conflict_do_nothing(), near)


def _count(change: Counter[tuple[Any, ...]]) -> None:
    rows = [dict(zip((*_COUNTED, "count"), (*key, count), strict=True)) for key, count in sorted(change.items()) if count]
    if rows:
        kept = insert_into(ListingCount)
        keys = [column.name for column in ListingCount.__table__.primary_key]
        db.session.execute(kept.on_conflict_do_update(index_elements=keys, set_={"count": ListingCount.count + kept.excluded.count}), rows)


@recurring("fold_first_days", every=dt.timedelta(hours=1))
def fold_first_days() -> None:
    """Follow the badges that begin today, of which the journal told when they were granted: renewed early, and perhaps at another level."""
    for ids in _batches(sorted(db.session.scalars(select(Badge.verification_id).where(Badge.valid_from == clock.today()).distinct()))):
        with transaction():
            hold_mark(_MARK)
            _refold(Verification.id.in_(ids), Listing.verification_id.in_(ids))


@recurring("count_directory", every=dt.timedelta(hours=1))
def count_directory() -> None:
    """Count the listings anew: those of an import that was taken back are gone without having been counted."""
    with transaction():
        hold_mark(_MARK)
        _count_anew()


def _count_anew() -> None:
    """Count from the listings themselves, whatever was counted before."""
    db.session.execute(delete(ListingCount))
    counted = [getattr(Listing, name) for name in _COUNTED]
    _count(Counter({tuple(key): count for *key, count in db.session.execute(select(*counted, func.count()).group_by(*counted))}))


def _highest() -> int:
    return db.session.scalar(select(func.max(Verification.id))) or 0
