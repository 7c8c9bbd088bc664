"""The whole story, only through pages: from the home page of a stranger to the page that every QR opens."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from certif.kit import clock
from certif.kit.access import Role
from certif.programs import Program
from certif.territory import PartnerKind, partners, region
from tests import paying
from tests.conftest import Mailbox
from tests.factories import make_program
from tests.journeys.people import (
    HOME,
    ORGANISATION,
    Colleague,
    Someone,
    choose_english,
    colleague,
    later,
    pay_by_card,
    read,
    register,
    sign,
    told_by_machines,
)
from tests.pages import Visitor

NAME = ORGANISATION["trade_name"]


@pytest.fixture
def program(app: Flask) -> Program:
    return make_program(name="Certif Lanaudière")


def newcomer(app: Flask, letters: Mailbox, language: str = "fr", **changed: str) -> Someone:
    """Somebody whose organisation is registered, up to its space."""
    person = Someone(app, letters, language)
    register(person, **changed)
    return person


def open_file(staff: Colleague) -> None:
    """From the queue, open the file of the story."""
    staff.go("/personnel")
    staff.follow(NAME)


def validate(staff: Colleague, level: str = "certified") -> str:
    """From the queue, read the file and validate it; give the public code."""
    open_file(staff)
    staff.reads("La preuve", HOME["legal_name"])
    staff.follow("Valider")
    staff.press("Accorder la certification", level=level)
    staff.reads("La certification est accordée. L’attestation et le courriel sont en route.")
    found = re.search(r"/v/([0-9A-Z]{22})", str(staff.page.soup))  # type: ignore[union-attr]
    assert found
    return found.group(1)


def sees(visitor: Visitor, code: str, label: str, status: str) -> dict[str, object]:
    """See that the page, its English and the JSON of a code say the same."""
    page = visitor.open(f"/v/{code}")
    assert page.h1 == label
    assert page.soup.select_one(f".status-banner--{status}")
    assert visitor.open(f"/en/v/{code}").soup.select_one(f".status-banner--{status}")
    told = told_by_machines(visitor, code)
    assert (told["code"], told["status"]) == (code, status)
    assert str(told["employer"]) in page.text
    assert str(told["municipality"]) in page.text
    assert str(told["region"]) in page.text
    return told


def takes_everything(person: Someone, code: str, *, papers: int) -> None:
    """From one's own space, see the badge and the QR, and take every picture and every paper away."""
    page = person.go("/mon-espace")
    person.reads("Certifiée", "Mes documents")
    links = [str(link["href"]) for link in page.soup.main.find_all("a", href=True)]  # type: ignore[union-attr]
    pictures = {link for link in links if re.search(r"\.(png|svg)$", link)}
    assert {link.rsplit("/", 1)[1] for link in pictures} == {"badge.png", "badge.svg", "badge-baked.png", "qr.png", "qr.svg", "card.png"}
    for image in page.soup.main.find_all("img"):  # type: ignore[union-attr]
        assert person.take(str(image["src"])).status_code == 200
    for link in sorted(pictures):
        answer = person.take(link)
        assert answer.mimetype == ("image/png" if link.endswith("png") else "image/svg+xml")
        assert code in link
    documents = [link for link in links if link.endswith(".pdf")]
    assert len(documents) == papers
    for link in documents:
        assert person.take(link).data.startswith(b"%PDF-"), link


@pytest.mark.parametrize("language", ["fr", "en"])
def test_an_employer_becomes_certified_and_the_code_tells_the_truth_to_the_end(
    app: Flask, letters: Mailbox, program: Program, language: str, visitor: Visitor
) -> None:
    employer, manager = newcomer(app, letters, language), colleague(app, letters, Role.MANAGER, program, language=language)
    read(employer)
    if language == "en":
        choose_english(employer)
    sign(employer)
    employer.reads("Contribution symbolique")
    with paying.a_till(app):
        pay_by_card(employer)
    employer.reads("Tout est fait de votre côté. L’équipe régionale lit votre dossier et vous écrira.")
    with clock.frozen(later(minutes=5)):
        manager.sign_in_again()
        code = validate(manager)
    assert employer.letter("certification/file_validated").attachments.count("attestation-") == 1
    takes_everything(employer, code, papers=3)
    told = sees(visitor, code, "Certifié", "certified")
    assert (told["valid_from"], told["employer"], told["municipality"]) == (clock.today().isoformat(), NAME, "Joliette")
    the_code_follows_every_decision(manager, employer, visitor, code)


def the_code_follows_every_decision(manager: Colleague, employer: Someone, visitor: Visitor, code: str) -> None:
    """Suspend, reinstate, revoke: each is seen at once, by the public and by the employer."""
    manager.follow("Suspendre")
    manager.press("Suspendre", reason="Une plainte à vérifier.")
    sees(visitor, code, "Suspendu", "suspended")
    employer.go("/mon-espace")
    employer.reads("La certification est suspendue", "Une plainte à vérifier.")
    manager.follow("Lever la suspension")
    manager.press("Lever la suspension", reason="La plainte n’est pas fondée.")
    sees(visitor, code, "Certifié", "certified")
    manager.follow("Révoquer")
    manager.press("Révoquer", reason="Engagements non tenus.", understood=True)
    sees(visitor, code, "Révoqué", "revoked")
    employer.go("/mon-espace")
    employer.reads("La certification est révoquée", "Engagements non tenus.")
    employer.letter("standing/certification_revoked")
    assert "contrat.pdf" in str(employer.page.soup), "what was signed stays within reach"  # type: ignore[union-attr]


def test_whoever_speaks_english_but_does_not_choose_it_signs_in_french(app: Flask, letters: Mailbox, program: Program) -> None:
    employer = newcomer(app, letters, "en")
    read(employer)
    sign(employer)
    assert employer.letters.last(employer.email).language == "fr"
    employer.reads("Contribution symbolique")


def test_a_cheque_is_recorded_by_an_agent_who_then_validates(app: Flask, letters: Mailbox, program: Program) -> None:
    employer, agent = newcomer(app, letters), colleague(app, letters, Role.AGENT, program)
    read(employer)
    sign(employer)
    employer.reads("Chèque", "Inscrivez cette référence :")
    reference = employer.page.soup.main.find("strong").get_text()  # type: ignore[union-attr]
    agent.go("/personnel")
    agent.follow("Contributions attendues")
    agent.follow(NAME)
    agent.reads(reference)
    agent.follow("Encaisser, dispenser ou rembourser")
    agent.follow("Inscrire ce qui est reçu")
    agent.press("Inscrire la contribution", method="cheque", reference="101", received_on=clock.today().isoformat())
    employer.letter("contributions/contribution_received")
    takes_everything_after(app, agent, employer, papers=3)


def takes_everything_after(app: Flask, staff: Colleague, employer: Someone, *, papers: int) -> None:
    """Let staff validate; the employer finds everything, and the public sees it."""
    code = validate(staff)
    takes_everything(employer, code, papers=papers)
    sees(Visitor(app), code, "Certifié", "certified")


def test_a_manager_waives_what_an_employer_cannot_give(app: Flask, letters: Mailbox, program: Program) -> None:
    employer, manager = newcomer(app, letters, kind="non_profit"), colleague(app, letters, Role.MANAGER, program, language="en")
    read(employer)
    sign(employer)
    manager.go("/personnel?attente=contributions")
    manager.follow(NAME)
    manager.follow("Encaisser, dispenser ou rembourser")
    manager.follow("Dispenser")
    manager.press("Dispenser cet employeur", reason="Organisme sans budget.")
    employer.letter("contributions/contribution_waived")
    takes_everything_after(app, manager, employer, papers=2)


def test_a_partner_validates_where_its_program_says_so_and_nothing_is_asked(app: Flask, letters: Mailbox) -> None:
    everyone = (Role.PARTNER, Role.AGENT, Role.MANAGER)
    program = make_program(price_cents=0, requires_contribution=False, receivers=everyone, validators=everyone)
    body = partners(PartnerKind.IRC, region("14"))[0]
    employer, partner = newcomer(app, letters), colleague(app, letters, Role.PARTNER, program, partner=body)
    read(employer)
    page = sign(employer)
    employer.reads("Tout est fait de votre côté")
    assert "Contribution symbolique" not in page.text
    takes_everything_after(app, partner, employer, papers=2)
    assert not [letter for letter in letters.to(employer.email) if letter.name.startswith("contributions/")]
    open_page = partner.go("/personnel/employeurs")
    assert NAME in open_page.text
    partner.follow(NAME)
    assert partner.page
    assert "Suspendre" not in partner.page.text, "a partner does not take back what was granted"


def test_a_file_sent_back_is_completed_answered_and_followed_by_the_next(app: Flask, letters: Mailbox) -> None:
    program = make_program(price_cents=0, requires_contribution=False)
    employer, agent = newcomer(app, letters), colleague(app, letters, Role.AGENT, program)
    read(employer)
    sign(employer)
    open_file(agent)
    agent.follow("Renvoyer")
    agent.press("Renvoyer à l’employeur", reason="Dites-nous combien d’élèves vous employez.")
    employer.letter("certification/file_sent_back")
    employer.go("/mon-espace")
    employer.reads("L’équipe régionale vous demande ceci", "Dites-nous combien d’élèves vous employez.")
    employer.follow("Répondre à l’équipe régionale")
    employer.press("Envoyer ma réponse", note="Quatre élèves, la fin de semaine.")
    employer.reads("En attente de validation")
    open_file(agent)
    agent.reads("Quatre élèves, la fin de semaine.")
    agent.follow("Dossier suivant")
    agent.reads("Aucun autre dossier ne vous attend.")
    validate(agent)


def test_an_administrator_opens_a_program_invites_its_manager_and_steps_in(app: Flask, letters: Mailbox, visitor: Visitor) -> None:
    admin, body = colleague(app, letters, Role.ADMIN), partners(PartnerKind.IRC, region("14"))[0]
    admin.go("/personnel/programmes")
    admin.follow("Créer un programme")
    admin.press("Créer", name="Programme tout neuf", region="14", body=body.ref, model="oser-jeunes")
    admin.follow("Continuer le brouillon")
    admin.follow("Passer à la publication")
    admin.press("Publier la version 1", effective_on=clock.today().isoformat())
    manager = invited(admin, "Maude Gagnon", "maude@exemple.com")
    employer = newcomer(app, letters)
    read(employer)
    sign(employer)
    code = validate(manager, level="or")
    assert sees(visitor, code, "Certifié", "certified")["level"] == "Or"
    admin.go("/personnel/employeurs")
    admin.follow(NAME)
    admin.follow("Révoquer")
    admin.press("Révoquer", reason="Essai.", understood=True)
    sees(visitor, code, "Révoqué", "revoked")


def invited(admin: Colleague, name: str, email: str) -> Colleague:
    """Invite a manager, who accepts by the code sent there and installs a second factor."""
    admin.go("/personnel/equipe/invitation")
    programs = admin.page.soup.find(id="program").find_all("option")  # type: ignore[union-attr]
    admin.press("Envoyer l’invitation", name=name, email=email, role="manager", program=programs[1]["value"])
    person = Colleague(admin.app, admin.letters, email=email)
    person.go(person.link())
    person.press("Accepter l’invitation")
    person.press("Rejoindre l’équipe", code=person.code())
    person.install()
    return person


def test_where_several_programs_are_open_the_employer_chooses_one(app: Flask, letters: Mailbox) -> None:
    first, second = make_program(name="Le premier", price_cents=0, requires_contribution=False), make_program(name="Le second")
    person = Someone(app, letters)
    with pytest.raises(AssertionError, match="422"):
        register(person)
    assert "Choisissez une réponse" in " ".join(person.page.errors())  # type: ignore[union-attr]
    person.press("Terminer l’inscription", program=second.ref, code=person.code())
    person.reads("Le second", "Demander la certification Le premier")
    assert first.slug != second.slug


def test_where_no_program_is_open_the_employer_is_registered_and_waits(app: Flask, letters: Mailbox) -> None:
    person = Someone(app, letters)
    with pytest.raises(AssertionError, match="the newest letter"):
        register(person)
    person.reads("Mon espace", NAME)
    make_program(name="Enfin ouvert", price_cents=0, requires_contribution=False)
    person.go("/mon-espace")
    person.press("Demander la certification")
    read(person)
    sign(person)
    person.reads("En attente de validation")
