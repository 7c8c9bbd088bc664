"""The kit: what is in it, for whom, and what each sheet says to a machine, to a printer and to whoever scans it."""

from __future__ import annotations

import io
import subprocess
import zipfile
from pathlib import Path

import pytest
import zxingcpp
from flask import Flask
from PIL import Image, ImageChops, ImageStat
from pypdf import PdfReader
from werkzeug.test import TestResponse

from certif.certification import Certification, Stage, verifications_of
from certif.programs import Colours
from certif.visibility import Kit, kit_at
from certif.visibility.sheets import file_of_kit, files_of, preview_of
from tests.factories import make_certification, make_person, make_program, owner_of
from tests.pages import Visitor

HOSTILE = ("#[x] $y$ *z* \\ ` @ref <i>&amp;", "N" * 200, "مقهى ᐃᓄᒃᑎᑐᑦ 🍎")


def kit(certification: Certification) -> Kit:
    return kit_at(verifications_of(certification)[0])


@pytest.fixture
def certified(app: Flask) -> Certification:
    return make_certification(Stage.CERTIFIED, legal_name="Épicerie Desrochers")


def drawn(pdf: bytes, folder: Path, dots: int = 150) -> Image.Image:
    """Draw the first page of a PDF as a foreign reader sees it."""
    (folder / "sheet.pdf").write_bytes(pdf)
    subprocess.run(["pdftoppm", "-q", "-r", str(dots), "-png", "-singlefile", folder / "sheet.pdf", folder / "sheet"], check=True)
    return Image.open(folder / "sheet.png").convert("L")


def words(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def fetched(visitor: Visitor, path: str) -> TestResponse:
    return visitor.client.get(path, base_url=visitor.base)


def roughly_handled(picture: Image.Image, scale: float = 0.4) -> Image.Image:
    small, out = picture.resize((int(picture.width * scale), int(picture.height * scale)), Image.Resampling.BILINEAR), io.BytesIO()
    small.save(out, "JPEG", quality=40)
    return Image.open(out)


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_an_employer_takes_its_whole_kit_away(app: Flask, certified: Certification, prefix: str) -> None:
    owner, code = make_person(owner_of(certified.employer)), kit(certified).code
    page = owner.open(f"{prefix}/mon-espace").follow("Visibility kit of" if prefix else "Trousse de visibilité d")
    assert page.language == (prefix[1:] or "fr")
    assert {image["src"] for image in page.soup.select(".kit-previews img")} >= {
        f"/mon-espace/trousse/{code}/apercu/affiche-{page.language}.png"
    }
    archive = zipfile.ZipFile(io.BytesIO(fetched(owner, f"/mon-espace/trousse/{code}.zip").get_data()))
    assert archive.testzip() is None
    names = set(archive.namelist())
    assert len(names) == 22
    assert {
        "vignette-lettre.pdf",
        "affiche-a4-bilingue.pdf",
        "badge.png",
        "carte-sociale.png",
        "signature.html",
        "paragraphe-presse-en.txt",
    } <= names
    for name in names:
        answer = fetched(owner, f"/mon-espace/trousse/{code}/fichiers/{name}")
        assert answer.get_data() == archive.read(name)
        assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_every_sheet_leads_to_the_page_of_its_establishment_even_when_roughly_handled(certified: Certification, tmp_path: Path) -> None:
    found = kit(certified)
    address = f"http://127.0.0.1:8000/v/{found.code}"
    for name in (
        "vignette-lettre.pdf",
        "affiche-a4-bilingue.pdf",
        *(one.name for one in files_of(found) if one.name.startswith("attestation")),
    ):
        pdf = file_of_kit(found, name).make()
        sheet = drawn(pdf, tmp_path)
        place = {"vignette": "?de=vitrine", "affiche": "?de=affiche"}.get(name.split("-")[0], "")
        told = [one.text for one in zxingcpp.read_barcodes(roughly_handled(sheet)) if "#" not in one.text]
        assert told == [f"{address}{place}"], name
        assert not zxingcpp.read_barcodes(roughly_handled(sheet, 0.08)), "so rough that nothing is read: the test can fail"
        printed = words(pdf).replace(" ", "")
        assert address.removeprefix("http://") in printed, "the address is printed, for who has no camera"


def test_a_printer_finds_trim_marks_bleed_and_every_font(certified: Certification) -> None:
    for name, (wide, tall) in {"affiche-lettre.pdf": (612, 792), "affiche-a4.pdf": (595, 842)}.items():
        sheet = PdfReader(io.BytesIO(file_of_kit(kit(certified), name).make()))
        page = sheet.pages[0]
        assert (round(page.trimbox.width), round(page.trimbox.height)) == (wide, tall)
        assert page.mediabox.width - page.trimbox.width >= 2 * 3 * 72 / 25.4
        assert sheet.trailer["/Root"]["/MarkInfo"]["/Marked"]
        assert sheet.trailer["/Root"]["/Lang"] == "fr-CA"
        for font in page["/Resources"]["/Font"].values():
            inner = font["/DescendantFonts"][0] if "/DescendantFonts" in font else font
            assert {"/FontFile2", "/FontFile3"} & set(inner["/FontDescriptor"]), "not embedded"


def test_french_stands_alone_or_comes_first(certified: Certification) -> None:
    alone = words(file_of_kit(kit(certified), "vignette-a4.pdf").make())
    with_english = words(file_of_kit(kit(certified), "vignette-a4-bilingue.pdf").make())
    assert "Employeur certifié" in alone
    assert "Certified employer" not in alone
    assert with_english.index("certifié") < with_english.index("Certified employer")


def test_a_certificate_exists_for_both_papers_and_in_both_languages(certified: Certification) -> None:
    for name, width, said in (("a4", 842, "atteste que"), ("a4-en", 842, "certifies that"), ("lettre-en", 792, "certifies that")):
        pdf = file_of_kit(kit(certified), f"attestation-{name}.pdf").make()
        assert round(PdfReader(io.BytesIO(pdf)).pages[0].mediabox.width) == width
        assert said in words(pdf)


def test_a_path_under_way_has_a_sticker_where_the_program_shows_it_and_nothing_elsewhere(app: Flask) -> None:
    shown = make_certification(Stage.AWAITING_CONTRACT, make_program(shows_in_progress=True))
    hidden = make_certification(Stage.AWAITING_CONTRACT, make_program(shows_in_progress=False))
    names = {one.name for one in files_of(kit(shown))}
    assert "vignette-lettre.pdf" in names
    assert not any(name.startswith(("affiche", "attestation", "badge")) for name in names)
    assert kit(hidden).status is None
    owner, code = make_person(owner_of(hidden.employer)), kit(hidden).code
    assert "Rien à afficher" in owner.open(f"/mon-espace/trousse/{code}").text
    assert owner.open(f"/mon-espace/trousse/{code}.zip").status == 404
    assert owner.open(f"/mon-espace/trousse/{code}/apercu/vignette-fr.png").status == 404


@pytest.mark.parametrize("stage", [Stage.SUSPENDED, Stage.REVOKED, Stage.EXPIRED])
def test_what_no_longer_counts_has_no_kit(app: Flask, stage: Stage) -> None:
    found = make_certification(stage)
    owner, code = make_person(owner_of(found.employer)), kit(found).code
    assert kit(found).status is None
    assert "Rien à afficher" in owner.open(f"/mon-espace/trousse/{code}").text
    assert owner.open(f"/mon-espace/trousse/{code}/fichiers/vignette-lettre.pdf").status == 404


def test_certified_and_in_progress_differ_without_colour_whatever_the_colours(app: Flask) -> None:
    same = make_program(shows_in_progress=True, colours=Colours("#6b6b6b", "#6b6b6b"))
    first, second = make_certification(Stage.CERTIFIED, same), make_certification(Stage.AWAITING_CONTRACT, same)
    grey = [Image.open(io.BytesIO(preview_of(kit(one), "vignette", is_bilingual=False))).convert("L") for one in (first, second)]
    assert ImageStat.Stat(ImageChops.difference(*grey)).mean[0] > 25
    assert ImageStat.Stat(ImageChops.difference(grey[0], grey[0])).mean[0] == 0


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_breaks_a_sheet(app: Flask, name: str) -> None:
    found = kit(make_certification(Stage.CERTIFIED, make_program("equi-t-e"), legal_name=name, establishment=name, municipality=name))
    for one in files_of(found):
        content = one.make()
        assert content
        if one.name.endswith(".pdf") and one.name.startswith(("vignette", "affiche", "attestation-lettre", "attestation-a4")):
            assert len(PdfReader(io.BytesIO(content)).pages) == 1


def test_the_texts_speak_each_language_and_promise_only_what_was_signed(app: Flask, certified: Certification) -> None:
    page = make_person(owner_of(certified.employer)).open(f"/mon-espace/trousse/{kit(certified).code}")
    paragraph = page.soup.select_one("#presse").text
    assert "est maintenant un employeur certifié" in paragraph
    assert "contrat moral" in paragraph
    unsigned = kit(make_certification(Stage.CERTIFIED, make_program(requires_signature=False)))
    assert "contrat moral" not in file_of_kit(unsigned, "paragraphe-presse.txt").make().decode()
    assert "certified employer" in file_of_kit(unsigned, "paragraphe-presse-en.txt").make().decode()


def test_a_signature_escapes_what_people_typed(app: Flask) -> None:
    found = kit(make_certification(Stage.CERTIFIED, make_program("equi-t-e", name="Études <script>x</script> & travail")))
    html = file_of_kit(found, "signature.html").make().decode()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_a_stranger_finds_no_kit(app: Flask, certified: Certification) -> None:
    code = kit(certified).code
    assert make_person().open(f"/mon-espace/trousse/{code}").status == 404
    assert "connexion" in Visitor(app).open(f"/mon-espace/trousse/{code}").path
