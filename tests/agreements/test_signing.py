"""Each party signs from its own link; any of them ends it; whoever is under 14 is unknown until a parent consents."""

from __future__ import annotations

import datetime as dt
import json
from email import message_from_bytes, policy

import pytest
from flask import Flask
from sqlalchemy import func, select

from certif import documents
from certif.agreements import AgeBand, AgreementKind, AgreementParty, AgreementState, Side, Signer, end_agreement, signing, state_column
from certif.agreements.model import Agreement, AgreementEnd
from certif.agreements.retention import KEPT, SCHOOL_KEPT, UNSIGNED_KEPT, forget_agreements
from certif.kit import clock, sent_files
from certif.kit.access import VISITOR
from certif.kit.audit import JournalEntry
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.kit.outbox import Letter, send_letter
from certif.kit.sent_files import SentFile
from certif.kit.settings import settings
from tests.agreements.making import link_to, make_agreement, make_signed, party, terms
from tests.factories import code_in_letter, make_certification, make_person, make_program, owner_of, unit
from tests.pages import Visitor

CHILD = {
    "band": AgeBand.FROM_12, "exception": "farm", "tasks": "Cueillir des fraises", "week_hours": 8, "weekday_hours": 4,
    "shifts": [[5, "09:00", "12:00"]], "student": None, "parent": Signer("", "parent@exemple.com"),
}  # fmt: skip


def test_each_party_signs_from_its_own_link_and_receives_a_sealed_copy(app: Flask, visitor: Visitor) -> None:
    agreement = make_agreement()
    owner = owner_of(agreement.certification.employer)
    for address, name in (("zoe@exemple.com", "Zoé"), (owner.email, owner.shown_name)):
        page = visitor.open(link_to(address))
        assert "15 heures par semaine" in page.text
        page = page.fill("Recevoir mon code")
        assert page.fill("Signer l’entente", signatory=name, agrees=True, code="000000").status == 409
        page = visitor.open(link_to(address)).fill("Signer l’entente", signatory=name, agrees=True, code=code_in_letter(address))
        assert page.status == 200
    db.session.refresh(agreement)
    assert agreement.state is AgreementState.IN_FORCE
    found = visitor.client.get(f"{link_to('zoe@exemple.com')}/entente.pdf", base_url=visitor.base)
    assert found.mimetype == "application/pdf"
    verdict = documents.check(found.data, documents.sealing_key(settings().data_dir, settings().secret_key))
    assert verdict.is_ours


def test_each_party_receives_the_sealed_copy_in_its_letter_which_then_forgets_it(app: Flask) -> None:
    agreement = make_signed(make_agreement())
    assert agreement.seal is not None
    told = db.session.scalars(select(Letter).where(Letter.name == "agreements/agreement_sealed")).all()
    assert len(told) == len(agreement.parties)
    for letter in told:
        [(file_name, digest)] = json.loads(letter.attachments)
        assert (file_name, digest) == (f"entente-{agreement.ref[:8].lower()}.pdf", agreement.seal.pdf_digest)
    for letter in db.session.scalars(select(Letter).order_by(Letter.id)).all():
        send_letter(letter.ref)
    sent = sorted((settings().data_dir / "letters").glob("*agreement_sealed*.eml"), key=lambda one: one.stat().st_mtime)[-len(told) :]
    for one in sent:
        message = message_from_bytes(one.read_bytes(), policy=policy.default)
        [file] = list(message.iter_attachments())  # type: ignore[attr-defined]
        verdict = documents.check(file.get_content(), documents.sealing_key(settings().data_dir, settings().secret_key))
        assert (file.get_content_type(), verdict.is_ours) == ("application/pdf", True)
    assert {one.attachments for one in told} == {"[]"}, "and what was sent leaves no trace of whose copy it was"


def test_a_link_signs_for_its_own_side_only_and_once(app: Flask, visitor: Visitor) -> None:
    agreement = make_signed(make_agreement(), Side.STUDENT)
    page = visitor.open(link_to("zoe@exemple.com"))
    assert "Signer l’entente" not in page.text
    assert agreement.state is AgreementState.AWAITING
    assert party(agreement, Side.EMPLOYER).signature is None
    with unit(), pytest.raises(Refusal):
        signing.send_code(party(agreement, Side.STUDENT), by=VISITOR)
    assert visitor.open("/ententes/faux").status == 404


def test_a_text_other_than_the_one_on_the_screen_is_not_signed(app: Flask) -> None:
    student = party(make_agreement(), Side.STUDENT)
    with unit():
        signing.send_code(student, by=VISITOR)
    code = code_in_letter("zoe@exemple.com")
    with unit(), pytest.raises(Refusal):
        signing.sign_agreement(student, signing.Consent("0" * 64, code, "Zoé", "fr"), by=VISITOR)
    with unit():
        signing.sign_agreement(student, signing.Consent(student.agreement.french_digest, code, "Zoé", "fr"), by=VISITOR)
    assert student.signature is not None


def test_english_is_signed_after_the_french_text_and_expressly(app: Flask, visitor: Visitor) -> None:
    make_agreement(student=Signer("Zoe", "zoe@exemple.com", "en"))
    link = link_to("zoe@exemple.com")
    assert link.startswith("/en/")
    page = visitor.open(link)
    assert page.text.index("Les études passent en premier") < page.text.index("Studies come first")
    page = page.fill("Get my code")
    code = code_in_letter("zoe@exemple.com")
    assert page.fill("Sign the agreement", signatory="Zoe", agrees=True, code=code).status == 422
    assert visitor.open(link).fill("Sign the agreement", signatory="Zoe", agrees=True, chooses_english=True, code=code).status == 200


@pytest.mark.parametrize("side", [Side.EMPLOYER, Side.STUDENT])
def test_either_party_ends_it_in_one_press_and_the_other_hears_of_it(app: Flask, visitor: Visitor, side: Side) -> None:
    agreement = make_signed(make_agreement())
    owner = owner_of(agreement.certification.employer)
    if side is Side.STUDENT:
        page = visitor.open(link_to("zoe@exemple.com")).fill("Mettre fin à l’entente")
    else:
        page = make_person(owner).open(f"/mon-espace/entente/{agreement.ref}").fill("Mettre fin à l’entente")
    assert "Révoquée" in page.text
    db.session.refresh(agreement)
    assert (agreement.state, agreement.end.side) == (AgreementState.REVOKED, side)  # type: ignore[union-attr]
    told = set(db.session.scalars(select(Letter.to_address).where(Letter.name == "agreements/agreement_ended")))
    assert told == {"zoe@exemple.com", owner.email}
    with unit(), pytest.raises(Refusal):
        end_agreement(agreement, Side.EMPLOYER, by=VISITOR)


def test_nothing_is_known_of_a_child_before_a_parent_signs(app: Flask, visitor: Visitor) -> None:
    agreement = make_agreement(**CHILD)
    assert [one.side for one in agreement.parties] == ["employer", "parent"]
    page = visitor.open(link_to("parent@exemple.com"))
    assert "art. 84.3" in page.text
    page = page.fill("Recevoir mon code")
    code = code_in_letter("parent@exemple.com")
    assert page.fill("Signer l’entente", signatory="Léa Roy", agrees=True, code=code).status == 409, "the child has a first name"
    page = visitor.open(link_to("parent@exemple.com"))
    assert page.fill("Signer l’entente", signatory="Léa Roy", child_name="Lou", agrees=True, code=code).status == 200
    signature = party(agreement, Side.PARENT).signature
    assert signature is not None
    assert (signature.signatory, signature.child_name) == ("Léa Roy", "Lou")


def test_an_employer_that_names_a_child_is_asked_for_the_parent(app: Flask) -> None:
    certification = make_certification(program=make_program())
    person = make_person(owner_of(certification.employer))
    page = person.open(f"/mon-espace/ententes/{certification.employer.ref}/eleve")
    last = clock.today() + dt.timedelta(days=60)
    asked = {"band": "from_12", "week_hours": 8, "weekday_hours": 4, "exam_weeks": "none", "last_day": last, "exception": "farm"}
    answer = page.fill("Envoyer l’entente", **asked, student_name="Lou", student_email="lou@exemple.com")
    assert answer.status == 422
    assert "lou@exemple.com" not in answer.response.get_data(as_text=True), "it is not even sent back"
    assert db.session.scalar(select(func.count()).select_from(Agreement)) == 0
    week = {"tasks": "Cueillir des fraises", "d5a_from": "09:00", "d5a_until": "12:00"}
    answer = answer.fill("Envoyer l’entente", **asked, **week, parent_email="parent@exemple.com")
    assert answer.status == 200, answer.errors()
    assert db.session.scalars(select(AgreementParty.email).where(AgreementParty.side == Side.PARENT)).one() == "parent@exemple.com"


def test_parties_sign_from_different_addresses(app: Flask) -> None:
    certification = make_certification(program=make_program())
    with pytest.raises(Refusal):
        make_agreement(certification, student=Signer("Zoé", owner_of(certification.employer).email.upper()))


def test_the_journal_and_the_letters_that_left_name_no_student(app: Flask) -> None:
    make_signed(make_agreement(student=Signer("Zoélie", "zoelie@exemple.com")))
    said = " ".join(f"{one.facts} {one.by_name}" for one in db.session.scalars(select(JournalEntry)))
    assert "zoé" not in said.lower()
    for ref in list(db.session.scalars(select(Letter.ref).where(Letter.to_address == "zoelie@exemple.com").order_by(Letter.id))):
        send_letter(ref)
    left = select(Letter).where(Letter.name.startswith("agreements/"), Letter.sent_at.is_not(None))
    assert {(one.to_address, one.body) for one in db.session.scalars(left)} == {("", "")}


def test_the_state_of_a_row_is_the_state_of_lists(app: Flask) -> None:
    certification = make_certification(program=make_program())
    made = [make_agreement(certification), make_signed(make_agreement(certification)), make_agreement(certification)]
    made.append(make_signed(make_agreement(certification)))
    for one in made[2:]:
        with unit():
            end_agreement(one, Side.STUDENT, by=VISITOR)
    for later in (dt.timedelta(0), dt.timedelta(days=91)):
        with clock.frozen(clock.now() + later):
            listed = dict(db.session.execute(select(Agreement.id, state_column())).tuples().all())
            assert {one.id: one.state.value for one in made} == listed
    assert len(set(listed.values())) == 3


@pytest.mark.parametrize(
    ("kind", "signed", "ended", "kept"),
    [
        (AgreementKind.STUDENT, True, False, dt.timedelta(days=90) + KEPT),
        (AgreementKind.STUDENT, True, True, KEPT),
        (AgreementKind.STUDENT, False, False, UNSIGNED_KEPT),
        (AgreementKind.SCHOOL, True, False, dt.timedelta(days=90) + SCHOOL_KEPT),
    ],
)
def test_who_is_named_is_erased_in_time_and_not_before(
    app: Flask, kind: AgreementKind, signed: bool, ended: bool, kept: dt.timedelta
) -> None:
    agreement = make_agreement(kind=AgreementKind(kind))
    if signed:
        make_signed(agreement)
    if ended:
        with unit():
            end_agreement(agreement, Side.EMPLOYER, by=VISITOR)
    for hours, left in ((-1, 2), (25, 0)):
        db.session.rollback()
        with clock.frozen(clock.now() + kept + dt.timedelta(hours=hours)):
            forget_agreements()
        assert db.session.scalar(select(func.count()).select_from(AgreementParty)) == left, hours
        assert db.session.scalar(select(func.count()).select_from(SentFile)) == (1 if signed and left else 0)
    db.session.refresh(agreement)
    assert (agreement.age_band, agreement.words, agreement.school) == ("", {}, "")
    assert db.session.scalar(select(func.count()).select_from(AgreementEnd)) == int(ended), "that it ended stays, as a figure"


def test_a_school_signs_what_names_it(app: Flask, visitor: Visitor) -> None:
    agreement = make_signed(make_agreement(kind=AgreementKind.SCHOOL))
    assert agreement.state is AgreementState.IN_FORCE
    assert agreement.seal is not None
    assert sent_files.fetch(str(agreement.seal.pdf_digest)).content.startswith(b"%PDF")
    assert "École des Cascades" in visitor.open(link_to("ecole@exemple.com")).text
    assert terms(AgreementKind.SCHOOL).is_about_child is False
