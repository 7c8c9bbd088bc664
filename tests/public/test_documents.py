"""Anyone drops a document: is it ours, and unchanged? Nothing of it is kept, and no file, however hostile, is more than a sentence."""

from __future__ import annotations

import io
import zlib

import pytest
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from certif import documents
from certif.certification import Certification, Stage
from certif.kit import evidence
from certif.kit.audit import JournalEntry
from certif.kit.db import db
from certif.kit.evidence import Evidence
from certif.kit.settings import settings
from certif.public.documents import judge
from tests.factories import make_certification
from tests.pages import Page, Visitor

PATH = "/verifier-document"


def drop(visitor: Visitor, content: bytes | None, name: str = "document.pdf") -> Page:
    """Drop a file on the page, as a browser would; None: none was chosen."""
    opened = visitor.open(PATH)
    token = opened.soup.main.find("input", attrs={"name": "csrf_token"})["value"]
    data = {"csrf_token": token, "document": FileStorage(io.BytesIO(content or b""), name if content is not None else "")}
    boundary, body = encode_multipart(data)
    answer = visitor.client.post(PATH, data=body, content_type=f'multipart/form-data; boundary="{boundary}"', base_url=visitor.base)
    return Page(visitor, answer, PATH)


def signed_contract(certification: Certification) -> bytes:
    assert certification.signature is not None
    return evidence.fetch(certification.signature.pdf_digest).content


def test_a_signed_contract_is_known_as_it_was_kept(visitor: Visitor) -> None:
    page = drop(visitor, signed_contract(make_certification(Stage.AWAITING_CONTRIBUTION)))
    assert page.status == 200
    assert "Ce document est de nous, et il est intact" in page.text


def test_a_certificate_and_a_receipt_are_known_too(visitor: Visitor) -> None:
    certification = make_certification()
    assert certification.contribution is not None
    digests = [certification.badges[0].certificate_digest, *(one.digest_fr for one in certification.contribution.receipts)]
    for digest in digests:
        assert "il est intact" in drop(visitor, evidence.fetch(digest).content).text


@pytest.mark.parametrize("where", [0.1, 0.5, 0.9])
def test_one_flipped_bit_is_seen(visitor: Visitor, where: float) -> None:
    content = bytearray(signed_contract(make_certification(Stage.AWAITING_CONTRIBUTION)))
    content[int(len(content) * where)] ^= 1
    page = drop(visitor, bytes(content))
    assert "intact" not in page.text
    assert "modifié" in page.text or "ne reconnaissons pas" in page.text


def test_bytes_added_at_the_end_are_seen(visitor: Visitor) -> None:
    page = drop(visitor, signed_contract(make_certification(Stage.AWAITING_CONTRIBUTION)) + b"\n% added")
    assert "Ce document a été modifié" in page.text


def test_our_seal_is_known_even_where_the_document_is_not_kept(app: object) -> None:
    pdf = evidence.fetch(make_certification().badges[0].certificate_digest).content
    key = documents.sealing_key(settings().data_dir, settings().secret_key)
    assert judge(documents.seal(pdf, key)).kind == "sealed"


def test_a_document_of_others_is_not_ours(visitor: Visitor) -> None:
    page = drop(visitor, b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF")
    assert "Nous ne reconnaissons pas ce document" in page.text


HOSTILE = {
    "cut": b"%PDF-1.7\n1 0 obj<</Type/Cat",
    "loop": b"%PDF-1.7\n1 0 obj 1 0 R endobj\ntrailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF",
    "deep": b"%PDF-1.7\n1 0 obj " + b"[" * 50_000 + b"]" * 50_000 + b" endobj\nstartxref\n9\n%%EOF",
    "bomb": b"%PDF-1.7\n1 0 obj<</Filter/FlateDecode/Length 99>>stream\n" + zlib.compress(b"0" * 20_000_000) + b"\nendstream endobj\n%%EOF",
    "nothing": b"%PDF-" + b"\0" * 1000,
    "far": b"%PDF-1.7\nstartxref\n99999999999999999999\n%%EOF",
    "negative": b"%PDF-1.7\nstartxref\n-1\n%%EOF",
    "script": b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>endobj\n%%EOF",
    "big": b"%PDF-1.7\n" + b"0" * (5 * 1024 * 1024 - 9),
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.timeout(20)
def test_a_hostile_file_is_answered_with_a_sentence(visitor: Visitor, name: str) -> None:
    page = drop(visitor, HOSTILE[name])
    assert page.status == 200
    assert "Nous ne reconnaissons pas ce document" in page.text


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "Choisissez le document"),
        (b"", "Choisissez"),
        (b"<html><script>alert(1)</script></html>", "n’est pas un PDF"),
        (b"PK\x03\x04", "n’est pas un PDF"),
        (b"%PDF-1.7\n" + b"0" * (5 * 1024 * 1024), "trop lourd"),
    ],
    ids=["none", "empty", "html", "zip", "heavy"],
)
def test_what_is_no_fit_pdf_is_refused_with_what_to_do(visitor: Visitor, content: bytes | None, said: str) -> None:
    page = drop(visitor, content)
    assert page.status == 422
    assert said in " ".join(page.errors())


def test_what_is_far_too_heavy_is_not_even_read(visitor: Visitor) -> None:
    page = drop(visitor, b"%PDF-1.7\n" + b"0" * (7 * 1024 * 1024))
    assert page.status == 413


def test_nothing_is_kept_of_what_was_dropped(visitor: Visitor) -> None:
    counts = [db.session.scalar(select(func.count()).select_from(table)) for table in (Evidence, JournalEntry)]
    drop(visitor, b"%PDF-1.7\nnothing of yours\n%%EOF")
    assert [db.session.scalar(select(func.count()).select_from(table)) for table in (Evidence, JournalEntry)] == counts


@pytest.mark.parametrize("name", ["../../etc/passwd", "<b>x</b>.pdf", "a" * 300 + ".pdf", "con\x01.pdf"])
def test_the_name_of_the_file_means_nothing(visitor: Visitor, name: str) -> None:
    assert drop(visitor, b"%PDF-1.7\n%%EOF", name).status == 200
