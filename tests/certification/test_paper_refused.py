"""What is wrong with a signed page is refused with a sentence: a file that is none, a day to come, an answer that is missing."""

from __future__ import annotations

import struct
import zlib

import pytest
from PIL import Image

from certif import documents
from certif.certification import Certification
from certif.kit import clock
from certif.kit.access import Role
from certif.kit.errors import Refusal
from tests.certification.paper import a_pdf, a_picture, press, record, sent
from tests.certification.signing import is_signed
from tests.factories import Person, make_staff


@pytest.fixture
def agent(certification: Certification) -> Person:
    return make_staff(Role.AGENT, certification.program)


def bomb(side: int) -> bytes:
    """Give a PNG of a few kilobytes that asks for `side`² pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1 + side))) + chunk(b"IEND", b"")


def with_script(pdf: bytes) -> bytes:
    """Give the same PDF, which runs a program when it is opened."""
    return pdf.replace(b"/Type/Catalog", b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>/Type/Catalog", 1)


HOSTILE = {
    "a huge image": (bomb(30_000), "trop grande"),
    "a text": (b"Je signe. " * 40, "n’est pas une image lisible"),
    "an SVG": (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "n’est pas une image lisible"),
    "a page that calls itself a PDF": (b"%PDF-1.7\n<script>alert(1)</script>", "ne s’ouvre pas"),
    "a PDF cut short": (b"%PDF-1.7\n1 0 obj\n<</Type/Catalog", "ne s’ouvre pas"),
    "an animated picture": (a_picture("WEBP", (8, 8), save_all=True, append_images=[Image.new("RGB", (8, 8))]), "animée"),
}


def test_a_hostile_scan_is_refused_with_a_sentence_and_what_was_typed_is_kept(certification: Certification, agent: Person) -> None:
    hostile = {**HOSTILE, "a PDF that runs a program": (with_script(a_pdf()), "ne s’ouvre pas")}
    for name, (content, sentence) in hostile.items():
        answer = sent(agent, press(agent, certification, (content, "page.pdf")))
        assert answer.status in {409, 422}, name
        assert sentence in answer.body, name
        assert "Rosalie Gagnon" in answer.body, name
    assert not is_signed(certification)
    assert documents.pages_in(a_pdf()) == 1, "an honest one is read"


def test_a_file_that_is_too_heavy_is_refused_on_the_page_and_by_the_act(
    certification: Certification, agent: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Refusal, match="trop lourd"):
        record(certification, by=agent.actor, scan=b"%PDF-1.7" + bytes(5 * 1024 * 1024))
    monkeypatch.setattr("certif.certification.paper_forms.HEAVIEST_SCAN", 1000)
    assert "Ce fichier est trop lourd." in sent(agent, press(agent, certification)).body


BAD = {
    "signatory": ("", "Remplissez « Nom complet du ou de la signataire »."),
    "role": ("x" * 301, "Raccourcissez ce texte"),
    "signed_on": ("2199-01-01", "Ce jour est à venir."),
    "reason": ("", "Remplissez « Pourquoi sur papier »."),
    "original_at": ("", "Remplissez « Où l’original est conservé »."),
    "is_same_text": (False, "Comparez le papier avec le texte"),
    "mandate": ("proxy", "Dites d’où vient le mandat."),
    "language": ("en", "L’anglais n’engage que s’il a été choisi expressément"),
}


@pytest.mark.parametrize("name", BAD)
def test_each_answer_that_is_wrong_is_said_beside_its_field(certification: Certification, agent: Person, name: str) -> None:
    value, sentence = BAD[name]
    answer = sent(agent, press(agent, certification, **{name: value}))
    assert answer.status == 422
    assert sentence in answer.body
    assert not is_signed(certification)


def test_without_a_file_or_with_a_day_that_is_none_nothing_is_recorded(certification: Certification, agent: Person) -> None:
    pressed = press(agent, certification)
    pressed.files.clear()
    assert "Choisissez le fichier de la page signée." in sent(agent, pressed).body
    pressed = press(agent, certification)
    pressed.typed["signed_on"] = "le trois mars"
    assert "Écrivez une date comme 2026-11-03." in sent(agent, pressed).body
    pressed.typed["signed_on"], pressed.typed["mandate"], pressed.typed["language"] = clock.today().isoformat(), "roi", "la"
    assert sent(agent, pressed).status == 422
    assert not is_signed(certification)
