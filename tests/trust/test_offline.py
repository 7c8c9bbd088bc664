"""The second code of a printed certificate: read from rough paper, checked with Python alone, and true to what is printed."""

from __future__ import annotations

import datetime as dt
import io
import subprocess
import sys
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from certif import certification
from certif.badges import OfflineCertificate, draw_qr, offline_code
from certif.kit import evidence
from certif.kit.access import SYSTEM
from tests.badges.test_pictures import roughly_handled
from tests.credentials.verifying import read
from tests.factories import make_certification, unit
from tests.pages import Visitor
from tests.public.codes import code_of

LONG = OfflineCertificate(
    "7K3M9PQR2T5VWXYZ34ABCD", "14-2027-000004", "Coopérative de solidarité de l’Érablière des Hautes-Terres et de ses familles " * 2,
    "Saint-Charles-Borromée-de-la-Rivière-du-Nord", "Niveau Émeraude", dt.date(2028, 5, 3),
)  # fmt: skip


def address_of(said: OfflineCertificate) -> str:
    return f"https://certif.example/verifier-hors-ligne#{offline_code(said, certification.issuer_keys()[-1])}"


def checked(folder: Path, code: str, *words: str) -> tuple[int, str]:
    """Run the downloaded program, with nothing but the standard library in reach."""
    command = [sys.executable, "-I", "-S", str(folder / "verifier-attestation.py"), code, "--keys", str(folder / "did.json"), *words]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, timeout=60, env={"PYTHONIOENCODING": "utf-8"})
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def folder(visitor: Visitor, tmp_path: Path) -> Path:
    """The program and the keys, as somebody outside has downloaded them."""
    (tmp_path / "verifier-attestation.py").write_bytes(read(visitor, "/verifier-hors-ligne/verifier-attestation.py"))
    (tmp_path / "did.json").write_bytes(read(visitor, "/.well-known/did.json"))
    return tmp_path


def test_the_code_on_the_paper_says_what_is_printed_and_is_checked_without_us(visitor: Visitor, folder: Path) -> None:
    one = make_certification(legal_name="Épicerie Desrochers", municipality="Joliette")
    (folder / "paper.pdf").write_bytes(evidence.fetch(one.badges[0].certificate_digest).content)
    subprocess.run(["pdftoppm", "-r", "300", "-gray", "-singlefile", "-png", folder / "paper.pdf", folder / "paper"], check=True)
    found = {code.text for code in zxingcpp.read_barcodes(roughly_handled((folder / "paper.png").read_bytes()))}
    assert f"{visitor.base}/v/{code_of(one)}" in found, "the first code opens the page"
    [second] = [text for text in found if text.startswith(f"{visitor.base}/verifier-hors-ligne#")]
    status, said = checked(folder, second)
    assert status == 0, said
    for words in ("Épicerie Desrochers", "Joliette", one.badges[0].number, one.badges[0].valid_until.isoformat(), code_of(one)):
        assert words in said
    assert checked(folder, second, "--lang", "en")[1].startswith("The signature is good.")
    with unit():
        certification.rotate_issuer_key(by=SYSTEM)
    (folder / "did.json").write_bytes(read(visitor, "/.well-known/did.json"))
    assert checked(folder, second)[0] == 0, "an older key still verifies"


def test_a_changed_a_foreign_and_an_ended_code_are_told_apart(app: object, folder: Path) -> None:
    code = address_of(LONG)
    assert checked(folder, code)[0] == 0
    other = "B" if code[-40] != "B" else "C"
    for wrong, words in (
        (f"{code[:-40]}{other}{code[-39:]}", "n’a pas été signé par ces clés"),
        (code[:-8], "n’est pas le code"),
        ("https://certif.example/verifier-hors-ligne", "n’est pas le code"),
        (address_of(OfflineCertificate("C", "N", "Nom", "Ville", "", dt.date(2020, 1, 31))), "échue depuis le 2020-01-31"),
    ):
        status, said = checked(folder, wrong)
        assert status == 1
        assert words in said, wrong
    (folder / "did.json").write_text("{}")
    assert "aucune clé" in checked(folder, code)[1]


def test_the_longest_code_is_read_after_rough_handling(app: object) -> None:
    address = address_of(LONG)
    [found] = zxingcpp.read_barcodes(roughly_handled(draw_qr(address)))
    assert found.text == address
    assert "…" not in found.text
    assert len(address) < 520


def test_the_twin_a_code_too_small_for_its_paper_is_not_read(app: object) -> None:
    picture = Image.new("L", (1400, 1400), 255)
    small = draw_qr(address_of(LONG))
    with Image.open(io.BytesIO(small)) as drawn:
        picture.paste(drawn.convert("L").resize((200, 200)), (600, 600))
    out = io.BytesIO()
    picture.save(out, "PNG")
    assert zxingcpp.read_barcodes(roughly_handled(out.getvalue())) == []


def test_what_is_signed_for_a_certificate_cannot_be_taken_for_anything_else(app: object) -> None:
    from certif.badges.offline_code import PURPOSE

    assert PURPOSE.startswith(b"certif-"), "no digest and no JSON begins so"
    assert len(PURPOSE) != 64


def test_the_page_is_the_same_for_everyone_and_its_worker_keeps_that_page_alone(visitor: Visitor) -> None:
    for language in ("", "/en"):
        answer = visitor.client.get(f"{language}/verifier-hors-ligne", base_url=visitor.base)
        assert "Set-Cookie" not in answer.headers
        keys = [key.private.public_key().public_bytes_raw().hex() for key in reversed(certification.issuer_keys())]
        assert f'data-keys="{" ".join(keys)}"' in answer.get_data(as_text=True)
        worker = visitor.client.get(f"{language}/verifier-hors-ligne/service.js", base_url=visitor.base)
        assert worker.headers["Service-Worker-Allowed"] == f"{language}/verifier-hors-ligne"
        assert worker.mimetype == "text/javascript"
        manifest = visitor.client.get(f"{language}/verifier-hors-ligne/app.webmanifest", base_url=visitor.base).get_json(force=True)
        assert manifest["scope"] == manifest["start_url"] == f"{language}/verifier-hors-ligne"


def test_without_scripts_the_page_explains_and_leads_online(visitor: Visitor) -> None:
    code = code_of(make_certification())
    page = visitor.open("/verifier-hors-ligne")
    assert "n’exécute pas de script" in page.text
    assert page.fill("Ouvrir la page du jour", code=code).path == f"/v/{code}"
