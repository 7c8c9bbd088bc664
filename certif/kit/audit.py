"""The journal: what happened, to what, by whom, in a sentence. Append-only, and chained so that nothing can be taken out or slipped in.

Each room declares its vocabulary at the top of its `actions.py`. Entries join the chain at commit, under a lock: the last thing a unit of
work does.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any, Protocol

from flask import Flask
from sqlalchemy import Connection, Index, event, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from certif.kit import clock
from certif.kit.access import VISITOR, Actor
from certif.kit.db import Model, db
from certif.kit.languages import _, _l, filled, format_day

_CHAIN_LOCK = 0x0CE7
_START = "0" * 64
_NOBODY = _l("Visite anonyme")
_LANGUAGES = {"fr": _l("français"), "en": _l("anglais")}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Subject(Protocol):
    """A row the journal can speak of."""

    ref: Any


@dataclass(frozen=True)
class _Declared:
    sentence: object
    facts: frozenset[str]
    words: Words


_vocabulary: dict[str, _Declared] = {}

Words = Mapping[str, Mapping[Any, object]]


class JournalEntry(Model):
    """One thing that happened. Keeps: who did what to which record, as evidence, for as long as the record it speaks of."""

    __tablename__ = "journal_entry"
    __table_args__ = (Index("ix_journal_entry_scope", "scope", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[dt.datetime]
    event: Mapped[str]
    subject: Mapped[str] = mapped_column(index=True)
    scope: Mapped[str | None]
    by_ref: Mapped[str]
    by_name: Mapped[str]
    facts: Mapped[str]
    previous: Mapped[str] = mapped_column(unique=True)
    digest: Mapped[str]

    @property
    def sentence(self) -> str:
        """What happened, in the language being spoken."""
        declared = _vocabulary.get(self.event)
        if declared is None:
            return self.event
        facts = {name: _said(name, value, declared.words.get(name)) for name, value in json.loads(self.facts).items()}
        return filled(str(declared.sentence), {"by": self.said_by, **facts})

    @property
    def said_by(self) -> str:
        """Who did it, in the language being spoken: a name, or somebody who did not say theirs."""
        return str(_NOBODY) if (self.by_ref, self.by_name) == (VISITOR.ref, VISITOR.name) else self.by_name

    def fits(self, previous: str) -> bool:
        """Whether this entry says what it said when it was written, right after `previous`."""
        return self.previous == previous and self.digest == self._computed()

    def _computed(self) -> str:
        said = [self.previous, self.at.isoformat(), self.event, self.subject, self.scope, self.by_ref, self.by_name, self.facts]
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def declare(event: str, sentence: object, *facts: str, words: Words | None = None) -> None:
    """Declare an event of a room.

    Takes: `event`, noun_verbed; `sentence`, a lazy text with `%(by)s` and the facts; `facts`, the names each record must give, neither
    more nor less; `words`, for each fact that is a code (or some, after commas), what each code is called (lazy), so that the reader's
    language has the last word.
    """
    if event in _vocabulary:
        raise RuntimeError(f"{event} is declared twice")
    known = {fact: {getattr(code, "value", code): called for code, called in names.items()} for fact, names in (words or {}).items()}
    if not known.keys() <= set(facts):
        raise RuntimeError(f"{event} has words for facts it does not take")
    _vocabulary[event] = _Declared(sentence, frozenset(facts), known)


def events() -> dict[str, str]:
    """Give every declared event with its sentence in the language being spoken, what is filled in left blank."""
    blank: defaultdict[str, str] = defaultdict(lambda: "…")
    return {name: str(declared.sentence) % blank for name, declared in _vocabulary.items()}


def record(event: str, subject: Subject, *, by: Actor, **facts: object) -> None:
    """Write in the journal, in this unit of work.

    Takes: `subject`, a row with a `ref` and, where staff of one program follow it, a `scope` (the program's ref); `facts`, as declared,
    fit for JSON.
    """
    declared = _vocabulary.get(event)
    if declared is None:
        raise RuntimeError(f"{event} was never declared")
    if declared.facts != facts.keys():
        raise RuntimeError(f"{event} takes {sorted(declared.facts)}, not {sorted(facts)}")
    if subject.ref is None:
        db.session.flush()  # the row's own name is given when it is written
    db.session.connection()  # the unit of work begins here at the latest: what it forgets when undone includes this entry
    db.session().info.setdefault("journal", []).append(
        JournalEntry(
            at=clock.now(),
            event=event,
            subject=_name_of(subject),
            scope=getattr(subject, "scope", None),
            by_ref=by.ref,
            by_name=by.name,
            facts=json.dumps(facts, ensure_ascii=False, sort_keys=True),
        )
    )


def history(*subjects: Subject) -> list[JournalEntry]:
    """Give what happened to these rows, oldest first."""
    names = [_name_of(subject) for subject in subjects]
    return list(db.session.scalars(select(JournalEntry).where(JournalEntry.subject.in_(names)).order_by(JournalEntry.id)))


def first_broken(connection: Connection) -> int | None:
    """Read the whole chain; give the number of the first entry that does not follow from the one before, or None when all is well."""
    previous = _START
    wanted = select(JournalEntry).order_by(JournalEntry.id).execution_options(yield_per=1000)
    with Session(connection) as session, closing(session.scalars(wanted)) as entries:
        for entry in entries:
            if not entry.fits(previous):
                return entry.id
            previous = entry.digest
    return None


def _said(name: str, value: object, words: Mapping[Any, object] | None) -> object:
    """Give a fact as a sentence says it: a day in words, a language by its name, a code as it is called."""
    if words is not None:
        return ", ".join(_called(code, words) for code in str(value).split(", "))
    if name == "language":
        return _called(str(value), _LANGUAGES)
    return format_day(dt.date.fromisoformat(value)) if isinstance(value, str) and _DAY.fullmatch(value) else value


def _called(code: str, words: Mapping[Any, object]) -> str:
    """Give what a code is called. Older entries hold what it was called in French, which is still said to each reader."""
    return str(words[code]) if code in words else _(code) if code else ""


def _name_of(subject: Subject) -> str:
    return f"{type(subject).__name__}:{subject.ref}"


def _join_the_chain(session: Session) -> None:
    entries = session.info.pop("journal", [])
    if not entries:
        return
    session.flush()
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _CHAIN_LOCK})
    previous = session.scalar(select(JournalEntry.digest).order_by(JournalEntry.id.desc()).limit(1)) or _START
    for entry in entries:
        entry.previous, entry.digest = previous, ""
        entry.digest = previous = entry._computed()
        session.add(entry)
        session.flush()


def _forget(session: Session) -> None:
    session.info.pop("journal", None)


def install(app: Flask) -> None:
    """Let every commit carry its entries into the chain, and every roll-back forget them."""
    maker = db.session.session_factory
    if not event.contains(maker, "before_commit", _join_the_chain):
        event.listen(maker, "before_commit", _join_the_chain)
        event.listen(maker, "after_rollback", _forget)
