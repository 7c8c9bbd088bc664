"""Whoever holds the database and changes what must never change is found out: the first broken record is named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from certif.certification import Certification, Stage
from certif.cli import evidence_check
from certif.kit.audit import JournalEntry
from certif.kit.db import db
from certif.programs import Contract
from tests import factories
from tests.cli.stock import do, unguarded
from tests.conftest import one_transaction, undone
from tests.faults.nursery import Ground, Nursery, ground


@pytest.fixture(scope="module")
def kept(nursery: Nursery, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    """A house with two certified employers."""
    with ground(nursery, tmp_path_factory.mktemp("kept")) as found:
        with found.looking():
            program = factories.make_program()
            for _each in range(2):
                factories.make_certification(Stage.CERTIFIED, program)
        yield found


@pytest.fixture
def house(kept: Ground) -> Iterator[Connection]:
    """That house, through a connection on which whatever is changed is undone at the end."""
    with kept.looking(), one_transaction() as connection, undone(connection):
        yield connection


def tamper(house: Connection, *statements: str) -> None:
    """Change the database behind the application's back, past what guards it."""
    db.session.remove()
    with unguarded(house):
        for statement in statements:
            house.execute(text(statement))


def verdict(_house: Connection) -> str | None:
    """Give what the check of evidence says."""
    return evidence_check.first_fault()


def entries(_house: Connection) -> list[int]:
    """Give the numbers of the entries of the journal."""
    return [number for (number,) in db.session.query(JournalEntry.id).order_by(JournalEntry.id)]


_FIELDS = "at, event, subject, scope, by_ref, by_name, facts, previous, digest"


@pytest.mark.parametrize("position", [0, 7, -1])
@pytest.mark.parametrize("field", ["by_name", "facts", "event", "subject", "at"])
def test_an_entry_rewritten_is_named(house: Connection, field: str, position: int) -> None:
    number = entries(house)[position]
    value = "'2026-01-01 00:00:00.000000+00:00'" if field == "at" else "'[]'"
    tamper(house, f"UPDATE journal_entry SET {field} = {value} WHERE id = {number}")
    assert verdict(house) == f"journal entry {number} does not follow from the one before it"


def test_an_entry_taken_out_is_seen_at_the_one_after_it(house: Connection) -> None:
    numbers = entries(house)
    tamper(house, f"DELETE FROM journal_entry WHERE id = {numbers[4]}")
    assert f"journal entry {numbers[5]} " in str(verdict(house))


def test_two_entries_that_changed_places_are_seen_at_the_first(house: Connection) -> None:
    first, second = entries(house)[3:5]
    tamper(house, *(f"UPDATE journal_entry SET id = {new} WHERE id = {old}" for old, new in ((first, -1), (second, first), (-1, second))))
    assert f"journal entry {first} " in str(verdict(house))


def test_an_entry_slipped_in_is_named(house: Connection) -> None:
    last = entries(house)[-1]
    copied = _FIELDS.replace("previous", "digest").replace("by_name", "'Personne'")
    tamper(house, f"INSERT INTO journal_entry (id, {_FIELDS}) SELECT id + 1, {copied} FROM journal_entry WHERE id = {last}")
    assert f"journal entry {last + 1} " in str(verdict(house))


def test_an_entry_taken_out_and_put_back_at_the_end_is_named(house: Connection) -> None:
    numbers = entries(house)
    tamper(house, f"UPDATE journal_entry SET id = {numbers[-1] + 1} WHERE id = {numbers[2]}")
    assert f"journal entry {numbers[3]} " in str(verdict(house))


def test_a_document_that_changed_is_named(house: Connection) -> None:
    digest = signature_of(house)[1]
    tamper(house, f"UPDATE evidence SET content = {as_bytes(house, b'%PDF-1.7 autre')} WHERE digest = '{digest}'")
    assert verdict(house) == f"document {digest} is not what it was"


def test_a_contract_whose_text_changed_is_named(house: Connection) -> None:
    contract = db.session.query(Contract).order_by(Contract.id).first()
    assert contract is not None
    ref = contract.ref
    tamper(house, "UPDATE contract SET text_fr = 'Autre texte'")
    assert f"contract {ref} does not say (fr) what was digested" in str(verdict(house))


def test_a_signature_moved_to_another_text_is_named(house: Connection) -> None:
    ref, _digest = signature_of(house)
    tamper(house, f"UPDATE contract_signature SET french_digest = '{'0' * 64}'")
    assert f"certification {ref} " in str(verdict(house))


def test_a_signature_moved_to_another_paper_is_named(house: Connection) -> None:
    ref, _digest = signature_of(house)
    tamper(house, "UPDATE contract_signature SET pdf_digest = (SELECT certificate_digest FROM badge ORDER BY id LIMIT 1)")
    assert f"certification {ref} " in str(verdict(house))


def test_what_was_changed_fails_the_command_in_one_line_and_a_copy_of_it_is_not_restored(kept: Ground, tmp_path: Path) -> None:
    with kept.looking():
        number = db.session.query(JournalEntry).order_by(JournalEntry.id).all()[6].id
    assert kept.command("verify-evidence")[0] == 0
    do(kept, f"UPDATE journal_entry SET by_name = 'Personne' WHERE id = {number}", unasked=True)
    assert kept.command("verify-evidence") == (1, f"Error: journal entry {number} does not follow from the one before it\n")
    copy = tmp_path / "copy.sqlite3"
    assert kept.command("backup", str(copy))[0] == 0
    status, said = kept.command("restore", str(copy))
    assert status == 1
    assert f"from entry {number}." in said


def signature_of(_house: Connection) -> tuple[str, str]:
    """Give the name of the first certification, and the digest of its sealed contract."""
    found = db.session.query(Certification).order_by(Certification.id).first()
    assert found is not None
    assert found.signature is not None
    return found.ref, found.signature.pdf_digest


def as_bytes(house: Connection, content: bytes) -> str:
    """Write bytes as the engine reads them."""
    return f"x'{content.hex()}'" if house.dialect.name == "sqlite" else f"'\\x{content.hex()}'"
