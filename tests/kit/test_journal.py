"""The journal: declared words, one chain, and whoever touches it leaves a trace."""

from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from certif.kit import audit
from certif.kit.access import SYSTEM, VISITOR
from certif.kit.db import db, transaction
from certif.kit.languages import _l, speaking
from tests.conftest import SERVER


@dataclass
class Thing:
    ref: str = "T1"


audit.declare("thing_tested", _l("%(by)s a éprouvé une chose, %(times)s fois."), "times")
audit.declare(
    "thing_named",
    _l("%(by)s a nommé une chose : %(role)s."),
    "role",
    words={"role": {"partner": _l("Partenaire"), "agent": _l("Agente ou agent régional")}},
)


def write(count: int = 1) -> None:
    with transaction():
        for number in range(count):
            audit.record("thing_tested", Thing(), by=SYSTEM, times=number)


def first_broken() -> int | None:
    return audit.first_broken(db.session.connection())


def test_what_happened_is_told_in_a_sentence(app: Flask) -> None:
    write(2)
    assert [entry.sentence for entry in audit.history(Thing())] == [
        "Certif a éprouvé une chose, 0 fois.",
        "Certif a éprouvé une chose, 1 fois.",
    ]


def test_codes_are_said_in_the_language_of_the_reader_and_so_is_what_older_entries_hold(app: Flask) -> None:
    with transaction():
        audit.record("thing_named", Thing(), by=SYSTEM, role="agent, partner")
        audit.record("thing_named", Thing(), by=VISITOR, role="Partenaire")
    with speaking("en"):
        told = [entry.sentence.partition(": ")[2] for entry in audit.history(Thing())]
        assert told == ["Regional agent, Partner.", "Partner."]
        assert audit.history(Thing())[1].said_by == "Anonymous visitor"
    assert audit.history(Thing())[0].sentence.endswith("Agente ou agent régional, Partenaire.")


def test_an_unknown_word_or_another_fact_is_refused(app: Flask) -> None:
    with transaction():
        for event, facts in (("never_declared", {}), ("thing_tested", {}), ("thing_tested", {"times": 1, "more": 2})):
            with pytest.raises(RuntimeError):
                audit.record(event, Thing(), by=SYSTEM, **facts)


def test_what_is_rolled_back_was_never_written(app: Flask) -> None:
    with pytest.raises(ZeroDivisionError), transaction():
        audit.record("thing_tested", Thing(), by=SYSTEM, times=1)
        raise ZeroDivisionError
    write()
    assert len(audit.history(Thing())) == 1


def test_the_database_refuses_to_change_or_remove_an_entry(app: Flask) -> None:
    write()
    for statement in ("UPDATE journal_entry SET by_name = 'x'", "DELETE FROM journal_entry"):
        with pytest.raises(DBAPIError, match="append-only"), transaction():
            db.session.execute(text(statement))


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE journal_entry SET facts = '{\"times\": 9}' WHERE id = :second",
        "UPDATE journal_entry SET by_name = 'Quelqu’un' WHERE id = :second",
        "DELETE FROM journal_entry WHERE id = :second",
    ],
)
def test_whoever_holds_the_database_leaves_a_trace(app: Flask, tampering: str) -> None:
    write(4)
    assert first_broken() is None, "the twin: untouched, the chain holds"
    second = db.session.scalars(select(audit.JournalEntry.id).order_by(audit.JournalEntry.id)).all()[1]
    with transaction():
        names = ["journal_entry_unchanged ON journal_entry"] if SERVER else ["journal_entry_no_update", "journal_entry_no_delete"]
        for name in names:
            db.session.execute(text(f"DROP TRIGGER {name}"))
        db.session.execute(text(tampering), {"second": second} if ":second" in tampering else {})
    assert first_broken() is not None
