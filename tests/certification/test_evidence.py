"""What proves that someone signed: every fact, on the page and in a sealed PDF that no later change can touch."""

from __future__ import annotations

import datetime as dt
import hashlib
import json

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from certif import documents
from certif.certification import Certification, Stage
from certif.kit import audit, clock, evidence
from certif.kit.access import Role
from certif.kit.outbox import Letter
from certif.kit.settings import settings
from certif.programs import ContractText, Program, Text, load_model, version_in_force
from tests.certification.signing import (
    READ,
    SIGN,
    TYPED,
    ask_code,
    colleague_of,
    contract_of,
    fetch,
    is_signed,
    owner_actor,
    pdf_of,
    sign,
    to_the_form,
    words_of,
)
from tests.conftest import Mailbox
from tests.factories import (
    Person,
    code_in_letter,
    make_certification,
    make_employer,
    make_person,
    make_program,
    make_staff,
    make_user,
    owner_of,
    publish,
)
from tests.pages import Visitor


def download(certification: Certification, visitor: Visitor) -> TestResponse:
    """Ask for the sealed contract; give the whole answer."""
    return fetch(visitor, f"/certification/{certification.ref}/contrat.pdf")


def test_a_signature_made_through_pages_keeps_every_fact(certification: Certification, owner: Person) -> None:
    shown, signed = clock.now(), clock.now() + dt.timedelta(minutes=7)
    with clock.frozen(shown):
        form = to_the_form(owner)
    contract = contract_of(certification)
    with clock.frozen(signed):
        owner.client.environ_base |= {"REMOTE_ADDR": "203.0.113.9", "HTTP_USER_AGENT": "Navigateur d’essai/1.0"}
        form.fill("Signer", **TYPED, commitments=[contract.optional[0].id], code=code_in_letter(owner.user.email))
    assert is_signed(certification)
    kept = certification.signature
    assert kept is not None
    assert (kept.contract_id, kept.french_digest, kept.english_digest) == (contract.id, contract.digest_fr, contract.digest_en)
    assert (kept.french_shown_at, kept.signed_at) == (shown, signed)
    assert (kept.language, kept.language_chosen_at) == ("fr", None)
    assert (kept.signatory, kept.signatory_role, kept.commitments) == ("Aïcha Tremblay", "Propriétaire", [contract.optional[0].id])
    assert (kept.email, kept.signed_by) == (owner.user.email, owner.user.ref)
    assert kept.network_address == "203.0.113.9"
    assert kept.agent.startswith("Navigateur")
    assert kept.pdf_digest == hashlib.sha256(pdf_of(certification)).hexdigest()


def facts_said(certification: Certification) -> list[str]:
    """Give what a judge would look for, in words."""
    signature = certification.signature
    assert signature is not None
    return [
        certification.employer.legal_name, signature.signatory, signature.signatory_role, signature.email, signature.network_address,
        signature.agent, signature.french_digest, signature.english_digest, str(signature.contract.version.number),
    ]  # fmt: skip


def test_the_pdf_and_the_file_of_staff_say_every_fact(certification: Certification, owner: Person) -> None:
    sign(certification, ask_code(certification))
    signature = certification.signature
    assert signature is not None
    said, together = words_of(pdf_of(certification)), words_of(pdf_of(certification)).replace(" ", "")
    for fact in facts_said(certification):
        assert fact.replace(" ", "") in together, fact
    assert signature.signed_at.strftime("%Y-%m-%d %H:%M:%S") in said, "the instant, in UTC"
    page = make_staff(Role.AGENT, certification.program).open(f"/personnel/dossiers/{certification.ref}")
    for fact in [*facts_said(certification), signature.pdf_digest]:
        assert fact in page.text, fact


def test_the_text_of_the_pdf_is_the_text_whose_digest_was_signed(certification: Certification) -> None:
    sign(certification, ask_code(certification))
    said = words_of(pdf_of(certification))
    parts = contract_of(certification).parts("fr")
    for words in [parts.title, *parts.preamble, parts.required_intro, *(one.text.fr for one in parts.required), *parts.closing]:
        assert " ".join(words.replace("\u00a0", " ").split()) in said, words


def test_the_pdf_is_sealed_and_one_changed_bit_breaks_the_seal(certification: Certification) -> None:
    sign(certification, ask_code(certification))
    key, pdf = documents.sealing_key(settings().data_dir, settings().secret_key), pdf_of(certification)
    assert documents.check(pdf, key).is_ours
    changed = bytearray(pdf)
    changed[len(pdf) // 3] ^= 1
    assert not documents.check(bytes(changed), key).is_ours
    assert not documents.check(pdf + b"\n", key).is_ours


def test_the_very_bytes_are_kept_mailed_and_downloaded(certification: Certification, owner: Person, letters: Mailbox) -> None:
    sign(certification, ask_code(certification))
    [copy] = [letter for letter in letters.to(owner.user.email) if letter.name == "certification/contract_signed"]
    [(file_name, digest)] = json.loads(copy.attachments)
    answer = download(certification, owner)
    assert answer.data == pdf_of(certification) == evidence.fetch(digest).content
    assert answer.mimetype == "application/pdf"
    assert file_name == "contrat-moral-marche-du-fjord-inc.pdf"
    assert file_name in answer.headers["Content-Disposition"]
    assert digest in copy.body, "so that whoever receives it can compare"


def test_the_signatory_and_the_contact_each_receive_it_once(program: Program, letters: Mailbox) -> None:
    owner = make_user("direction@exemple.com")
    alone = make_certification(Stage.AWAITING_CONTRACT, program, employer=make_employer(owner, contact_email="Direction@exemple.com"))
    sign(alone, ask_code(alone))
    assert [letter.to_address.casefold() for letter in copies(letters)] == [owner.email], "capitals make no other address"
    another = make_certification(Stage.AWAITING_CONTRACT, program)
    colleague = colleague_of(another)
    sign(another, ask_code(another, by=colleague.actor), by=colleague.actor)
    assert {letter.to_address for letter in copies(letters)[1:]} == {colleague.user.email, another.employer.contact_email}
    assert len(copies(letters)) == 3


def copies(letters: Mailbox) -> list[Letter]:
    """Give the letters that carry a signed contract."""
    return [letter for letter in letters.all() if letter.name == "certification/contract_signed"]


def test_its_people_and_the_staff_who_follow_it_download_it_and_nobody_else(
    certification: Certification, owner: Person, app: Flask
) -> None:
    sign(certification, ask_code(certification))
    inside = [owner, *(make_staff(role, certification.program) for role in (Role.AGENT, Role.MANAGER)), make_staff(Role.ADMIN)]
    outside = [make_person(), make_staff(Role.MANAGER, make_program(code="03"))]
    outside.append(make_person(owner_of(make_certification(Stage.AWAITING_CONTRACT, certification.program).employer)))
    assert [download(certification, one).status_code for one in inside] == [200] * 4
    assert [download(certification, one).status_code for one in outside] == [404] * 3
    assert download(certification, Visitor(app)).status_code == 303, "a visitor is asked to sign in"
    unsigned = make_certification(Stage.AWAITING_CONTRACT, certification.program)
    assert download(unsigned, inside[1]).status_code == 404
    half = make_staff(Role.AGENT, certification.program, user=make_user(), second_factor=False)
    assert download(certification, half).status_code == 404, "staff count only once their second factor is given"


def test_a_later_version_leaves_what_was_signed_byte_for_byte(certification: Certification, owner: Person) -> None:
    sign(certification, ask_code(certification))
    before, digest, shown = pdf_of(certification), contract_of(certification).digest_fr, owner.open(READ).text
    publish(certification.program, contract=other_words())
    assert contract_of(certification).digest_fr != digest
    assert pdf_of(certification) == before == download(certification, owner).data
    assert owner.open(READ).text == shown, "and its page says what was signed, not what is signed today"
    assert certification.version.number == 1


def other_words() -> ContractText:
    """Give a contract that begins otherwise."""
    import dataclasses

    found = load_model("provincial").rules.contract
    return dataclasses.replace(found, title=Text("Un tout autre titre", "Quite another title"))


def test_a_text_changed_between_reading_and_signing_must_be_read_again(certification: Certification, owner: Person) -> None:
    form, read = to_the_form(owner), contract_of(certification).digest_fr
    publish(certification.program, contract=other_words())
    page = form.fill("Signer", **TYPED, code=code_in_letter(owner.user.email))
    assert page.path.startswith(READ), "it leads back to the text"
    assert "Ouvrir le contrat moral" in page.text
    assert not is_signed(certification)
    page.fill("Ouvrir le contrat moral")
    page = owner.open(SIGN).fill("Signer", **TYPED, digest=read, code=code_in_letter(owner.user.email))
    assert page.status == 409
    assert "Le contrat moral vient de changer. Relisez-le avant de signer." in " ".join(page.errors())
    assert page.soup.find(id="signatory")["value"] == "Aïcha Tremblay"
    page = owner.open(SIGN).fill("Signer", **TYPED, code=code_in_letter(owner.user.email))
    assert page.h1 == "Mon espace"
    assert is_signed(certification)
    assert certification.signature is not None
    assert certification.signature.contract.version.number == certification.version.number == 2
    assert len(certification.deliveries) == 2


def test_a_program_that_signs_nothing_any_more_leaves_nobody_at_the_door(certification: Certification, owner: Person) -> None:
    publish(certification.program, requires_signature=False)
    form = to_the_form(owner)
    form.fill("Signer", **TYPED, code=code_in_letter(owner.user.email))
    assert is_signed(certification), "what was asked when the path was opened is still offered"
    assert certification.version.number == 1


def test_the_journal_names_the_pdf(certification: Certification) -> None:
    sign(certification, ask_code(certification))
    events = [entry.event for entry in audit.history(certification)]
    assert events == ["certification_opened", "contract_delivered", "signing_code_sent", "contract_signed"]
    signed = audit.history(certification)[-1]
    assert certification.signature is not None
    assert certification.signature.pdf_digest in str(signed.facts)
    assert owner_actor(certification).name in signed.sentence
    assert version_in_force(certification.program) is not None


@pytest.mark.parametrize("language", ["fr", "en"])
def test_it_can_be_checked_by_anyone(certification: Certification, visitor: Visitor, language: str) -> None:
    from certif.public.documents import judge

    sign(certification, ask_code(certification))
    assert judge(pdf_of(certification)).kind == "kept"
