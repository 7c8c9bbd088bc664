"""What is printed: tagged, titled, in its language, the same for the same data; and whatever was typed is only ever read."""

from __future__ import annotations

import io
import subprocess
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from certif.badges import qr_svg
from certif.documents import typeset

ADDRESS = "https://certif.example/v/7K3M9PQR2T5VWXYZ34ABCD"
NAMES = (
    "Épicerie & fils <i>", "#[x] $y$ *gras* _italique_ @ref `code`", "\\#import \"x\"", "ᐃᓄᒃᑎᑐᑦ ᓄᓇᕕᒃ", "Pomme 🍎", "Nom " * 70, "Œuf d’Or",
    "<img src=http://evil.tld>", "{{ 7*7 }} ${7*7} %(x)s", "e\u0301te\u0301",
)  # fmt: skip


def certificate(name: str = "Épicerie Desrochers", **more: Any) -> dict[str, Any]:
    return {
        "paper": "us-letter", "title": "Attestation", "attests": "L’organisme atteste que", "employer": name, "place": "Joliette",
        "sentence": "tient ses engagements.",
        "level": "Niveau Or", "program": "Programme", "validity": "Du 3 mai 2026 au 3 mai 2028", "number_label": "Certification no",
        "number": "14-2026-000001", "qr": qr_svg(ADDRESS, ADDRESS), "qr_alt": "Code QR", "address": ADDRESS.split("://")[1],
        "signed_by": "Établi le 3 mai 2026", "colour": "#0f4a3c", "offline_qr": qr_svg(f"{ADDRESS}#{'A' * 240}", ADDRESS, is_long=True),
        "offline_alt": "Second code QR", "offline_label": "Vérifier sans réseau", **more,
    }  # fmt: skip


def words(pdf: bytes, folder: Path) -> str:
    (folder / "read.pdf").write_bytes(pdf)
    return subprocess.run(["pdftotext", "-layout", folder / "read.pdf", "-"], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_document_can_be_read_by_a_machine(language: str) -> None:
    reader = PdfReader(io.BytesIO(typeset("certificate", certificate(), language)))
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).lower().startswith(language)
    assert reader.metadata is not None
    assert reader.metadata.title == "Attestation"
    for font in reader.pages[0]["/Resources"]["/Font"].values():  # type: ignore[index]
        (inside,) = font.get_object()["/DescendantFonts"]
        assert any(name.startswith("/FontFile") for name in inside.get_object()["/FontDescriptor"])


def test_the_same_data_make_the_same_bytes() -> None:
    assert typeset("certificate", certificate(), "fr") == typeset("certificate", certificate(), "fr")


@pytest.mark.parametrize("name", NAMES)
def test_what_was_typed_is_given_back_as_it_was(name: str, tmp_path: Path) -> None:
    said = "".join(words(typeset("certificate", certificate(name), "fr"), tmp_path).split())
    wanted = "".join(name.split())
    assert unicodedata.normalize("NFC", wanted).rstrip("🍎") in unicodedata.normalize("NFC", said)
