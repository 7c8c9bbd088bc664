"""Names as people really write them, and as others try to: from the form, through the seal, to the page and the letter, unharmed."""

from __future__ import annotations

import io
import unicodedata

import pytest
from flask import Flask
from pypdf import PdfReader

from certif import certification as paths
from certif.certification import Certification, Stage, verifications_of
from certif.kit import evidence
from certif.kit.access import Role
from tests.certification.signing import is_signed, pdf_of, to_the_form, words_of
from tests.conftest import Mailbox
from tests.factories import Person, code_in_letter, decide, make_certification, make_person, make_program, make_staff, owner_of
from tests.pages import Page, Visitor

NAMES = {
    "markup": "Épicerie & fils <i>",
    "script": "<script>alert('x')</script> \"Chez\" {{ 7*7 }} %(name)s ${x} #{x}",
    "typst": "#panic() $x^2$ *gras* _ital_ `code` <étiquette> @ref \\ = titre - liste // rien /* rien */ ~ ---",
    "inuktitut": "ᐃᓄᒃᑎᑐᑦ ᓂᐅᕕᕐᕕᒃ",
    "emoji": "Chez Zoé 🎉🍎",
    "long": "Boulangerie artisanale du Haut-Richelieu et de la Vallée-du-Richelieu, coopérative de solidarité " * 3,
    "one long word": "W" * 300,
    "composed": "E\u0301picerie de l’E\u0301rable",
}


def read_as(name: str) -> str:
    """Give a name as it is kept: composed, on one line, 300 signs at most."""
    return " ".join(unicodedata.normalize("NFC", name[:300]).split())


def close(text: str) -> str:
    """Give the signs of a text, whatever the spaces and the ends of lines."""
    return "".join(sign for sign in text if not sign.isspace() and sign not in "\u2060\u200d\u00ad")


def go_through(name: str) -> tuple[Certification, Person]:
    """Register under a name, sign under the same, be validated."""
    certification = make_certification(
        Stage.AWAITING_CONTRACT, make_program(price_cents=0, requires_contribution=False), legal_name=name, trade_name=name,
        establishment=name, municipality=name, contact_name=name, contact_role=name,
    )  # fmt: skip
    owner = make_person(owner_of(certification.employer))
    owner.inspects = False
    form = to_the_form(owner)
    page = form.fill("Signer", signatory=name, role=name, agrees=True, code=code_in_letter(owner.user.email))
    assert page.status == 200, page.errors()
    assert is_signed(certification)
    decide(certification, Stage.CERTIFIED)
    return certification, owner


def opened_pages(app: Flask, certification: Certification, owner: Person) -> list[Page]:
    """Open every page where the name is read."""
    staff, anyone = make_staff(Role.MANAGER, certification.program), Visitor(app, inspects=False)
    staff.inspects = False
    code = verifications_of(certification)[0].code
    paths_of_staff = (f"/personnel/dossiers/{certification.ref}", "/personnel/employeurs", "/personnel/journal")
    return [owner.open("/mon-espace"), anyone.open(f"/v/{code}"), anyone.open(f"/en/v/{code}"), *map(staff.open, paths_of_staff)]


@pytest.mark.parametrize("kind", NAMES)
def test_a_name_goes_through_signature_seal_page_and_letter_unharmed(app: Flask, letters: Mailbox, kind: str) -> None:
    name = read_as(NAMES[kind])
    certification, owner = go_through(name)
    assert certification.signature is not None
    assert certification.signature.signatory == certification.signature.signatory_role == name
    contract = close(words_of(pdf_of(certification)))
    assert contract.count(close(name)) >= 3, "the employer, the signatory, the role"
    certificate = evidence.fetch(certification.badges[0].certificate_digest).content
    assert close(name) in close(words_of(certificate))
    assert len(PdfReader(io.BytesIO(certificate)).pages) == 1, "it hangs on a wall"
    for page in opened_pages(app, certification, owner):
        assert page.status == 200
        assert close(name) in close(page.soup.get_text()), page.path
        assert page.soup.main and not page.soup.main.find(["i", "script"])
    for letter in letters.to(certification.employer.contact_email):
        if letter.name.startswith("certification/") and "code" not in letter.name:
            assert close(name) in close(letter.body), letter.name
            assert "\n" not in letter.subject


@pytest.mark.parametrize("name", ["Épi\x00cerie", "\u202eEirecipé"])
def test_signs_that_nobody_sees_are_taken_out_before_anything_is_signed(app: Flask, name: str) -> None:
    certification = make_certification(Stage.AWAITING_CONTRACT, make_program(price_cents=0, requires_contribution=False))
    owner = make_person(owner_of(certification.employer))
    form = to_the_form(owner)
    form.fill("Signer", signatory=name, role="\x00", agrees=True, code=code_in_letter(owner.user.email))
    assert not is_signed(certification), "a role made of nothing is no role"
    form.fill("Signer", signatory=name, role="Chef\x00fe", agrees=True, code=code_in_letter(owner.user.email))
    assert is_signed(certification)
    signature = certification.signature
    assert signature is not None
    assert (signature.signatory, signature.signatory_role) == (name.replace("\x00", "").replace("\u202e", ""), "Cheffe")
    assert signature.signatory in words_of(pdf_of(certification))


def test_a_browser_that_says_anything_of_itself_is_kept_within_bounds(app: Flask) -> None:
    certification = make_certification(Stage.AWAITING_CONTRACT, make_program(price_cents=0, requires_contribution=False))
    owner = make_person(owner_of(certification.employer))
    owner.client.environ_base |= {"HTTP_USER_AGENT": "<b>#x</b> \u00e9\u00ff\t" + "a" * 5000}
    form = to_the_form(owner)
    form.fill("Signer", signatory="Aïcha", role="Propriétaire", agrees=True, code=code_in_letter(owner.user.email))
    assert is_signed(certification)
    assert certification.signature is not None
    assert len(certification.signature.agent) == 300
    page = make_staff(Role.AGENT, certification.program).open(f"/personnel/dossiers/{certification.ref}")
    assert "<b>#x</b>" in page.text


@pytest.mark.parametrize("field", ["signatory", "role"])
def test_a_text_without_end_is_refused_and_kept(app: Flask, field: str) -> None:
    certification = make_certification(Stage.AWAITING_CONTRACT, make_program(price_cents=0, requires_contribution=False))
    owner = make_person(owner_of(certification.employer))
    typed = {"signatory": "Aïcha", "role": "Propriétaire", field: "a" * 10_000}
    page = to_the_form(owner).fill("Signer", **typed, agrees=True, code=code_in_letter(owner.user.email))
    assert page.status == 422
    assert page.soup.find(id=field)["value"] == "a" * 10_000
    assert certification.stage is Stage.AWAITING_CONTRACT
    assert paths.certification_of(owner.actor).ref == certification.ref
