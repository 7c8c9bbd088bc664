"""The seal: one bit changed is seen, a foreign reader agrees, and nothing hostile does more than be refused."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask

from certif import documents
from certif.documents import Verdict, check, seal, sealing_key
from certif.kit import evidence
from certif.kit.db import transaction
from certif.public.documents import judge

SECRET = "a secret of at least thirty-two signs"
DATA = {
    "title": "Reçu", "issuer": "Organisme", "issuer_reached": [], "facts": [],
    "amount_label": "Montant", "amount": "50,00 $", "not_official": "Non officiel",
    "why_not": "Symbolique", "test": "",
}  # fmt: skip


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> documents.SealingKey:
    return sealing_key(tmp_path_factory.mktemp("keys"), SECRET)


@pytest.fixture(scope="module")
def plain() -> bytes:
    return documents.typeset("receipt", DATA, "fr")


@pytest.fixture(scope="module")
def sealed(plain: bytes, key: documents.SealingKey) -> bytes:
    return seal(plain, key)


def flipped(content: bytes, source: random.Random) -> bytes:
    changed = bytearray(content)
    changed[source.randrange(len(changed))] ^= 1 << source.randrange(8)
    return bytes(changed)


def test_what_we_sealed_is_ours_and_what_we_did_not_is_not(sealed: bytes, plain: bytes, key: documents.SealingKey) -> None:
    assert check(sealed, key) is Verdict.OURS
    assert check(plain, key) is Verdict.FOREIGN


def test_a_foreign_reader_agrees_with_the_seal(sealed: bytes, tmp_path: Path) -> None:
    (tmp_path / "sealed.pdf").write_bytes(sealed)
    said = subprocess.run(["pdfsig", tmp_path / "sealed.pdf"], capture_output=True, text=True).stdout
    assert "Signature is Valid" in said
    assert "Total document signed" in said


def test_a_thousand_single_bits_changed_are_a_thousand_documents_that_are_not_ours(app: Flask, sealed: bytes) -> None:
    with transaction():
        evidence.keep(sealed, "application/pdf")
    assert judge(sealed).kind == "kept", "the twin: untouched, it is ours"
    source = random.Random(7)
    assert {judge(flipped(sealed, source)).kind for _each in range(1000)} <= {"broken", "foreign"}


def test_the_seal_alone_sees_changes_in_what_is_read(sealed: bytes, key: documents.SealingKey) -> None:
    source, body = random.Random(3), sealed.index(b"/ByteRange")
    for _each in range(100):
        changed = bytearray(sealed)
        changed[source.randrange(100, body)] ^= 1 << source.randrange(8)
        assert not check(bytes(changed), key).is_ours


def test_something_added_after_the_seal_is_refused(sealed: bytes, key: documents.SealingKey) -> None:
    assert check(sealed + b"\n% a word more\n", key) is not Verdict.OURS
    assert check(sealed + sealed[-200:], key) is not Verdict.OURS


HOSTILE = {
    "empty": b"",
    "head only": b"%PDF-1.7",
    "zeros": b"\x00" * 100,
    "nested": b"%PDF-1.7\n" + b"[" * 20_000,
    "noise": os.urandom(200_000),
    "html": b"<html>",
    "circle": b"%PDF-1.4\n1 0 obj<</A 1 0 R>>endobj\ntrailer<</Root 1 0 R>>",
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_hostile_bytes_get_a_verdict_and_nothing_else(content: bytes, key: documents.SealingKey) -> None:
    assert check(content, key) is Verdict.FOREIGN


def page_with(more: bytes = b"", besides: bytes = b"null", root: bytes = b"") -> bytes:
    """Give a PDF of one page, which holds more than a page."""
    objects = (
        b"<</Type/Catalog/Pages 2 0 R" + root + b">>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]" + more + b">>", besides,
    )  # fmt: skip
    out, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 5\n0000000000 65535 f \n%strailer\n<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (rows, len(out))


_LINK = b"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<<%s>>>>"
CARRIERS = {
    "a program when a page opens": page_with(b"/AA<</O 4 0 R>>", b"<</S/JavaScript/JS(app.alert\\(1\\))>>"),
    "a program behind a link": page_with(b"/Annots[4 0 R]", _LINK % b"/S/JavaScript/JS(1)"),
    "a program of the computer": page_with(b"/Annots[4 0 R]", _LINK % b"/S/Launch/F(cmd.exe)"),
    "a form that is sent": page_with(b"/Annots[4 0 R]", _LINK % b"/S/SubmitForm/F(https://exemple.com)"),
    "a file pinned to a page": page_with(b"/Annots[4 0 R]", b"<</Type/Annot/Subtype/FileAttachment/FS<</F(a.exe)/EF<</F 2 0 R>>>>>>"),
    "a form that runs": page_with(root=b"/AcroForm<</XFA(x)>>"),
}


@pytest.mark.parametrize("content", CARRIERS.values(), ids=CARRIERS)
def test_a_pdf_that_holds_more_than_pages_is_refused_wherever_it_hides_it(content: bytes) -> None:
    assert documents.pages_in(content) is None


def test_a_pdf_of_pages_and_links_is_read() -> None:
    assert documents.pages_in(page_with(b"/Annots[4 0 R]", _LINK % b"/S/URI/URI(https://exemple.com)")) == 1
    assert documents.pages_in(page_with(root=b"/OpenAction[3 0 R/Fit]")) == 1


def test_a_document_cut_short_is_not_ours(sealed: bytes, key: documents.SealingKey) -> None:
    for length in (len(sealed) // 3, len(sealed) - 10, len(sealed) - 1):
        assert not check(sealed[:length], key).is_ours


def test_the_key_is_made_once_by_two_who_start_together_and_kept_to_us(tmp_path: Path) -> None:
    made = f"sealing_key(Path({str(tmp_path)!r}), {SECRET!r}).certificate"
    code = f"from pathlib import Path; from certif.documents import sealing_key; print({made})"
    started = [subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]) for _each in range(2)]
    said = {process.communicate()[0] for process in started}
    assert len(said) == 1
    assert said != {b""}
    (kept,) = (tmp_path / "keys").glob("*")
    assert kept.stat().st_mode & 0o777 == 0o600
    assert b"ENCRYPTED" in kept.read_bytes()
    with pytest.raises(ValueError, match=r"password|decrypt"):
        sealing_key(tmp_path, "another secret")


def test_looking_at_the_head_alone_lets_them_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("certif.documents.pades._acts", lambda _one: False)
    assert {documents.pages_in(content) for content in CARRIERS.values()} == {1}
