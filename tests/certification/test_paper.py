"""A contract signed by hand is recorded by staff, with the page; it counts like any other, and says honestly how it was given."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import json

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy.exc import IntegrityError

from certif import certification as paths
from certif import documents
from certif.certification import Certification, ContractSignature, Mandate, PaperSignature, Stage
from certif.cli import evidence_check
from certif.employers import MemberRole, accept_invitation, invite_member
from certif.kit import audit, clock, evidence
from certif.kit.access import SYSTEM, Role
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.kit.settings import settings
from certif.programs import Program, Text, load_model
from certif.territory import Partner, PartnerKind, add_partner, mrcs, region
from tests.certification.paper import a_pdf, a_picture, paper_page, press, record, sent
from tests.certification.signing import ask_code, assent, fetch, is_signed, owner_actor, pdf_of, sign, words_of
from tests.conftest import Mailbox
from tests.factories import Person, decide, make_certification, make_person, make_program, make_staff, make_user, owner_of, publish, unit

SPACE = "/mon-espace"


def a_centre() -> Partner:
    """Give a partner of the region."""
    with unit():
        return add_partner("CJE d’essai", kind=PartnerKind.CJE, source="essai", mrcs=mrcs(region("14"))[:1], by=SYSTEM)


@pytest.fixture
def agent(certification: Certification) -> Person:
    return make_staff(Role.AGENT, certification.program)


def test_an_agent_records_it_through_pages_and_the_file_goes_on(certification: Certification, agent: Person, letters: Mailbox) -> None:
    form = agent.open(f"/personnel/dossiers/{certification.ref}").follow("Consigner une signature sur papier")
    assert "Le texte que le papier doit porter" in form.text
    answer = sent(agent, press(agent, certification))
    assert answer.status == 303, answer.body
    assert is_signed(certification)
    assert certification.stage is Stage.AWAITING_VALIDATION
    kept = certification.signature
    assert kept is not None
    assert kept.paper is not None
    assert (kept.signatory, kept.signatory_role, kept.language) == ("Rosalie Gagnon", "Présidente", "fr")
    assert (kept.french_digest, kept.english_digest) == (kept.contract.digest_fr, kept.contract.digest_en)
    assert (kept.email, kept.network_address, kept.agent, kept.french_shown_at) == ("", "", "", None), "nothing is claimed of a screen"
    assert (kept.on_behalf_of, kept.mandate) == ("Marché du Fjord inc.", Mandate.OFFICE)
    assert (kept.paper.signed_on, kept.paper.recorder, kept.paper.witness) == (clock.today(), agent.actor.name, "Noa Roy")
    page = agent.open(f"/personnel/dossiers/{certification.ref}")
    for fact in ("À la main, sur papier", kept.paper.scan_digest, "Bureau de Joliette", "Mettre cette signature de côté"):
        assert fact in page.text
    assert [entry.event for entry in audit.history(certification)][-1] == "paper_signature_recorded"
    decide(certification, Stage.CERTIFIED)
    assert certification.stage is Stage.CERTIFIED, "and the rest of the house goes on as ever"


def test_the_sealed_document_says_that_it_was_on_paper_and_who_says_so(certification: Certification, agent: Person) -> None:
    kept = record(certification, by=agent.actor, mandate=Mandate.RESOLUTION, mandate_source="Résolution 12 du 3 mars")
    assert kept.paper is not None
    said = words_of(pdf_of(certification))
    for words in ("sur papier, le", "aucune signature n’a été donnée à l’écran", agent.actor.name, "Noa Roy", "Bureau de Joliette",
                  "Marché du Fjord inc.", "par résolution (Résolution 12 du 3 mars)"):  # fmt: skip
        assert words in said, words
    assert kept.paper.scan_digest in said.replace(" ", "")
    assert "Adresse réseau" not in said
    assert "Instant de la signature" not in said, "nobody knows it"
    assert documents.check(pdf_of(certification), documents.sealing_key(settings().data_dir, settings().secret_key)).is_ours


def test_the_contact_and_the_owners_are_told_once_each_with_the_way_to_contest(certification: Certification, letters: Mailbox) -> None:
    second = make_user("seconde@exemple.com", language="en")
    with unit():
        invitation = invite_member(
            certification.employer, email=second.email, name=second.name, role=MemberRole.OWNER, by=owner_actor(certification)
        )
        accept_invitation(invitation, by=make_person(second).actor)
    kept = record(certification)
    told = [letter for letter in letters.all() if letter.name == "certification/paper_signature_recorded"]
    assert {(letter.to_address, letter.language) for letter in told} == {(certification.employer.contact_email, "fr"), (second.email, "en")}
    for letter in told:
        assert f"contestation?dossier={certification.ref}" in letter.body
        assert [digest for _name, digest in json.loads(letter.attachments)] == [kept.pdf_digest]
    assert "recorded the signature" in next(letter.body for letter in told if letter.language == "en")


def test_the_page_is_downloaded_by_its_people_and_by_staff_and_by_nobody_else(certification: Certification, owner: Person) -> None:
    scan = a_pdf()
    record(certification, scan=scan)
    path = f"/certification/{certification.ref}/page-signee"
    for person in (owner, make_staff(Role.AGENT, certification.program), make_staff(Role.ADMIN)):
        answer = fetch(person, path)
        assert (answer.status_code, answer.data, answer.mimetype) == (200, scan, "application/pdf"), "a PDF is kept byte for byte"
        assert "attachment" in answer.headers["Content-Disposition"]
    for stranger in (make_person(), make_staff(Role.MANAGER, make_program(code="03"))):
        assert fetch(stranger, path).status_code == 404
    assert "Page signée, telle qu’elle a été numérisée" in owner.open(SPACE).text
    unsigned = make_certification(Stage.AWAITING_CONTRACT, certification.program)
    assert fetch(make_staff(Role.ADMIN), f"/certification/{unsigned.ref}/page-signee").status_code == 404


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_drawn_again_without_what_it_carried(certification: Certification, kind: str) -> None:
    exif = Image.Exif()
    exif[0x010E] = "secret de la photo"
    given = a_picture(kind, (3000, 4000), exif=exif)
    assert b"secret de la photo" in given
    kept = record(certification, scan=given)
    assert kept.paper is not None
    found = evidence.fetch(kept.paper.scan_digest)
    assert found.media_type == "image/jpeg"
    assert b"secret de la photo" not in found.content
    assert max(Image.open(io.BytesIO(found.content)).size) == 2200, "large enough to be read"


def test_a_day_to_come_or_before_the_text_was_published_is_refused(app: Flask) -> None:
    with clock.frozen(clock.now() - dt.timedelta(days=10)):
        certification = make_certification(Stage.AWAITING_CONTRACT, make_program(price_cents=0, requires_contribution=False))
        published = clock.today()
    agent = make_staff(Role.AGENT, certification.program).actor
    for day, sentence in ((clock.today() + dt.timedelta(days=1), "à venir"), (published - dt.timedelta(days=1), "porte un autre texte")):
        with pytest.raises(Refusal, match=sentence):
            record(certification, by=agent, signed_on=day)
    kept = record(certification, by=agent, signed_on=published)
    assert kept.signed_on == published
    assert kept.signed_at.astimezone(clock.TORONTO).date() == clock.today(), "the instant is that of the recording"


def test_a_text_that_changed_since_the_page_was_opened_is_compared_again(certification: Certification, agent: Person) -> None:
    pressed = press(agent, certification)
    words = load_model("provincial").rules.contract
    publish(certification.program, contract=dataclasses.replace(words, title=Text("Un tout autre titre", "Quite another title")))
    answer = sent(agent, pressed)
    assert answer.status == 409
    assert "Comparez le papier avec le nouveau texte." in answer.body
    assert not is_signed(certification)


def test_english_counts_only_once_it_was_expressly_chosen_after_french(certification: Certification, agent: Person) -> None:
    with pytest.raises(Refusal, match="expressément"):
        record(certification, by=agent.actor, language="en")
    with pytest.raises(Refusal):
        record(certification, by=agent.actor, language="la", chose_expressly=True)
    kept = record(certification, by=agent.actor, language="en", chose_expressly=True)
    assert (kept.language, certification.language) == ("en", "en"), "what follows is in English too"
    assert [choice.chosen_by for choice in certification.language_choices] == [agent.actor.ref]
    said = words_of(pdf_of(certification))
    assert "express choice, written on the paper, after the French text" in said
    assert "paper_language_recorded" in [entry.event for entry in audit.history(certification)]


def test_a_french_page_after_english_was_chosen_on_the_screen_binds_in_french(certification: Certification) -> None:
    with unit():
        paths.deliver_contract(certification, by=owner_actor(certification))
        paths.choose_language(certification, "en", by=owner_actor(certification))
    kept = record(certification)
    assert (kept.language, certification.language) == ("fr", "fr")
    assert kept.french_shown_at == certification.deliveries[0].french_shown_at


def test_only_staff_of_the_program_record_and_nobody_for_their_own_organisation(certification: Certification, owner: Person) -> None:
    strangers = [make_staff(Role.MANAGER, make_program(code="03")), make_person(), owner]
    for person in strangers:
        with pytest.raises(Refusal):
            record(certification, by=person.actor)
    partner = make_staff(Role.PARTNER, certification.program, partner=a_centre())
    with pytest.raises(Refusal, match="votre rôle"):
        record(certification, by=partner.actor)
    both = make_staff(Role.MANAGER, certification.program, user=owner.user)
    with pytest.raises(Refusal, match="Vous êtes membre"):
        record(certification, by=both.actor)
    page = both.open(f"/personnel/dossiers/{certification.ref}")
    assert "Consigner une signature sur papier" not in page.text
    assert "Vous ne consignez pas" in both.open(f"/personnel/dossiers/{certification.ref}/signature-papier").text
    assert not is_signed(certification)


def test_a_partner_records_where_the_program_lets_partners_receive(app: Flask) -> None:
    everyone = (Role.PARTNER, Role.AGENT, Role.MANAGER)
    certification = make_certification(
        Stage.AWAITING_CONTRACT, make_program(price_cents=0, requires_contribution=False, receivers=everyone)
    )
    record(certification, by=make_staff(Role.PARTNER, certification.program, partner=a_centre()).actor)
    assert is_signed(certification)


def test_what_is_signed_is_not_signed_again_neither_way(certification: Certification, agent: Person) -> None:
    code = ask_code(certification)
    record(certification, by=agent.actor)
    with pytest.raises(Refusal, match="n’attend pas de signature"):
        record(certification, by=agent.actor)
    with pytest.raises(Refusal, match="n’attend pas de signature"):
        sign(certification, code)
    assert agent.open(f"/personnel/dossiers/{certification.ref}/signature-papier").path.endswith(certification.ref)


def test_the_database_has_the_last_word_on_two_signatures_of_the_same_number(certification: Certification) -> None:
    kept = record(certification)
    with pytest.raises(IntegrityError), unit():
        twin = {column.name: getattr(kept, column.name) for column in ContractSignature.__table__.columns if column.name != "id"}
        db.session.add(ContractSignature(**twin))
        db.session.flush()


def test_the_check_of_evidence_looks_at_the_page_too(certification: Certification, monkeypatch: pytest.MonkeyPatch) -> None:
    record(certification)
    assert evidence_check.first_fault() is None
    kept = certification.signature
    assert kept is not None
    gone = PaperSignature(signed_on=clock.today(), scan_digest="0" * 64)
    monkeypatch.setattr(ContractSignature, "paper", property(lambda _self: gone))
    assert evidence_check.first_fault() == f"the signed page of certification {certification.ref} is missing, or is not what it was"


def test_the_contract_to_sign_by_hand_bears_the_text_and_its_digest(certification: Certification, agent: Person) -> None:
    base = f"/personnel/dossiers/{certification.ref}/contrat-a-signer"
    french, english = (fetch(agent, f"{base}-{spoken}.pdf") for spoken in ("fr", "en"))
    contract = paths.contract_for(certification)
    assert contract is not None
    assert (french.status_code, french.mimetype) == (200, "application/pdf")
    said, both = words_of(french.data), words_of(english.data)
    for words in (contract.parts("fr").title, "Marché du Fjord inc.", "Nom en lettres moulées"):
        assert words in said
    assert contract.digest_fr in said.replace(" ", "")
    assert "expressly choose English" not in said
    assert "expressly choose English" in both
    assert both.index(contract.parts("fr").title) < both.index(contract.parts("en").title), "French comes first"
    assert fetch(agent, f"{base}-la.pdf").status_code == 404


def test_a_signatory_on_the_screen_says_where_the_power_comes_from(program: Program) -> None:
    certification = make_certification(Stage.AWAITING_CONTRACT, program)
    code = ask_code(certification)
    with pytest.raises(Refusal, match="d’où vient le mandat"):
        sign(certification, code, mandate=Mandate.PROXY)
    kept = sign(certification, code, mandate=Mandate.PROXY, mandate_source="Procuration de Luc Roy, 3 mars")
    assert (kept.mandate, kept.on_behalf_of) == (Mandate.PROXY, certification.employer.legal_name)
    assert "par mandat écrit ou procuration (Procuration de Luc Roy, 3 mars)" in words_of(pdf_of(certification))
    assert assent(certification, code).mandate is Mandate.OFFICE, "an office needs no other writing"
    assert paper_page(certification).mandate is Mandate.OFFICE
    assert owner_of(certification.employer)
