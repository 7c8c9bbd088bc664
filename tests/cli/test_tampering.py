"""Whoever holds the database and changes what must never change is found out: the first broken record is named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from certif.certification import Certification, Stage
from certif.kit.audit import JournalEntry
from certif.kit.db import db
from certif.programs import Contract
from tests import factories
from tests.cli.stock import do, unguarded
from tests.faults.nursery import Ground, Nursery, ground


@pytest.fixture(scope="module")
def kept(nursery: Nursery, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    """A house with two certified employers, and a copy of it."""
    with ground(nursery, tmp_path_factory.mktemp("kept")) as found:
        with found.looking():
            program = factories.make_program()
            for _each in range(2):
                factories.make_certification(Stage.CERTIFIED, program)
        assert found.command("backup", str(found.folder / "copy.sqlite3"))[0] == 0
        yield found


@pytest.fixture
def house(kept: Ground) -> Iterator[Ground]:
    """That house, put back as it was after the test."""
    yield kept
    status, said = kept.command("restore", str(kept.folder / "copy.sqlite3"))
    assert status == 0, said


def verdict(house: Ground) -> str:
    """Give the one line that the check of evidence fails with."""
    status, said = house.command("verify-evidence")
    assert status == 1, said
    [line] = said.splitlines()
    return line


def entries(house: Ground) -> list[int]:
    """Give the numbers of the entries of the journal."""
    with house.looking():
        return [number for (number,) in db.session.query(JournalEntry.id).order_by(JournalEntry.id)]


_FIELDS = "at, event, subject, scope, by_ref, by_name, facts, previous, digest"


@pytest.mark.parametrize("position", [0, 7, -1])
@pytest.mark.parametrize("field", ["by_name", "facts", "event", "subject", "at"])
def test_an_entry_rewritten_is_named(house: Ground, field: str, position: int) -> None:
    number = entries(house)[position]
    value = "'2026-01-01 00:00:00.000000+00:00'" if field == "at" else "'[]'"
    with unguarded(house):
        do(house, f"UPDATE journal_entry SET {field} = {value} WHERE id = {number}")
    assert verdict(house) == f"Error: journal entry {number} does not follow from the one before it"


def test_an_entry_taken_out_is_seen_at_the_one_after_it(house: Ground) -> None:
    numbers = entries(house)
    with unguarded(house):
        do(house, f"DELETE FROM journal_entry WHERE id = {numbers[4]}")
    assert f"journal entry {numbers[5]} " in verdict(house)


def test_two_entries_that_changed_places_are_seen_at_the_first(house: Ground) -> None:
    first, second = entries(house)[3:5]
    with unguarded(house):
        do(house, *(f"UPDATE journal_entry SET id = {new} WHERE id = {old}" for old, new in ((first, -1), (second, first), (-1, second))))
    assert f"journal entry {first} " in verdict(house)


def test_an_entry_slipped_in_is_named(house: Ground) -> None:
    last = entries(house)[-1]
    copied = _FIELDS.replace("previous", "digest").replace("by_name", "'Personne'")
    with unguarded(house):
        do(house, f"INSERT INTO journal_entry (id, {_FIELDS}) SELECT id + 1, {copied} FROM journal_entry WHERE id = {last}")
    assert f"journal entry {last + 1} " in verdict(house)


def test_an_entry_taken_out_and_put_back_at_the_end_is_named(house: Ground) -> None:
    numbers = entries(house)
    with unguarded(house):
        do(house, f"UPDATE journal_entry SET id = {numbers[-1] + 1} WHERE id = {numbers[2]}")
    assert f"journal entry {numbers[3]} " in verdict(house)


def test_a_document_that_changed_is_named(house: Ground) -> None:
    digest = signature_of(house)[1]
    with unguarded(house):
        do(house, f"UPDATE evidence SET content = {as_bytes(house, b'%PDF-1.7 autre')} WHERE digest = '{digest}'")
    assert verdict(house) == f"Error: document {digest} is not what it was"


def test_a_contract_whose_text_changed_is_named(house: Ground) -> None:
    with house.looking():
        contract = db.session.query(Contract).order_by(Contract.id).first()
        assert contract is not None
        ref = contract.ref
    with unguarded(house):
        do(house, "UPDATE contract SET text_fr = 'Autre texte'")
    assert f"contract {ref} does not say (fr) what was digested" in verdict(house)


def test_a_signature_moved_to_another_text_is_named(house: Ground) -> None:
    ref, _digest = signature_of(house)
    with unguarded(house):
        do(house, f"UPDATE contract_signature SET french_digest = '{'0' * 64}'")
    assert f"certification {ref} " in verdict(house)


def test_a_signature_moved_to_another_paper_is_named(house: Ground) -> None:
    ref, _digest = signature_of(house)
    with unguarded(house):
        do(house, "UPDATE contract_signature SET pdf_digest = (SELECT certificate_digest FROM badge ORDER BY id LIMIT 1)")
    assert f"certification {ref} " in verdict(house)


def test_a_copy_of_a_journal_that_was_changed_is_not_restored(house: Ground, tmp_path: Path) -> None:
    number, copy = entries(house)[6], tmp_path / "copy.sqlite3"
    with unguarded(house):
        do(house, f"UPDATE journal_entry SET by_name = 'Personne' WHERE id = {number}")
    assert house.command("backup", str(copy))[0] == 0
    status, said = house.command("restore", str(copy))
    assert status == 1
    assert f"from entry {number}." in said


def signature_of(house: Ground) -> tuple[str, str]:
    """Give the name of the first certification, and the digest of its sealed contract."""
    with house.looking():
        found = db.session.query(Certification).order_by(Certification.id).first()
        assert found is not None
        assert found.signature is not None
        return found.ref, found.signature.pdf_digest


def as_bytes(house: Ground, content: bytes) -> str:
    """Write bytes as the engine reads them."""
    return f"x'{content.hex()}'" if house.database.startswith("sqlite") else f"'\\x{content.hex()}'"
