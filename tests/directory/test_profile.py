"""What an employer says of itself: written in its space, read by the public only while the certification stands."""

from __future__ import annotations

import pytest
from flask import Flask

from certif import directory, standing
from certif.certification import Certification
from certif.kit import audit
from certif.kit.access import Role
from tests.directory.listing import certify, code_of, names
from tests.factories import Person, make_person, make_program, make_staff, owner_of, unit
from tests.pages import Page, Visitor

WORDS = {"description_fr": "Une épicerie de quartier.", "description_en": "A corner shop.", "offers_fr": "Congé avant les examens."}


@pytest.fixture
def certification(app: Flask) -> Certification:
    return certify("Épicerie du Quai", make_program("eere"), hires="interns_only")


@pytest.fixture
def owner(certification: Certification) -> Person:
    return make_person(owner_of(certification.employer))


def edit(owner: Person, **answers: object) -> Page:
    page = owner.open("/mon-espace").follow("Modifier la fiche publique")
    return page.fill("Enregistrer la fiche", **answers)


def test_the_words_are_read_in_both_places_and_both_languages(visitor: Visitor, owner: Person, certification: Certification) -> None:
    page = edit(owner, **WORDS, website="https://www.exemple.com/quai", hires_students=True)
    assert "La fiche publique est à jour" in page.text
    code = code_of(certification)
    shown = visitor.open(f"/v/{code}")
    assert "Une épicerie de quartier." in shown.text
    link = shown.soup.find("a", href="https://www.exemple.com/quai")
    assert "nofollow" in link["rel"]
    english = visitor.open(f"/en/v/{code}")
    assert "A corner shop." in english.text
    assert "Congé avant les examens." in english.text, "the other language rather than nothing"
    assert names(hires_students=True) == ["Épicerie du Quai"], "what it says now, not what it said when it registered"
    assert "Une épicerie de quartier." in visitor.open("/repertoire").text


def test_a_contact_is_public_only_where_it_was_typed(visitor: Visitor, owner: Person, certification: Certification) -> None:
    employer, address = certification.employer, f"/v/{code_of(certification)}"
    edit(owner, **WORDS)
    for path in (address, "/repertoire", "/repertoire.csv", "/repertoire.geojson"):
        said = visitor.client.get(path, base_url=visitor.base, buffered=True).get_data(as_text=True)
        assert employer.contact_email not in said
        assert employer.contact_name not in said
    edit(owner, shown_email="emploi@exemple.com")
    page = visitor.open(address)
    assert "emploi@exemple.com" in page.text
    assert employer.contact_name not in page.text


def test_what_is_said_is_public_only_while_the_certification_stands(visitor: Visitor, owner: Person, certification: Certification) -> None:
    edit(owner, **WORDS)
    boss = make_staff(Role.MANAGER, certification.program).actor
    with unit():
        standing.suspend(certification, "À vérifier.", by=boss)
    directory.fold()
    assert "épicerie de quartier" not in visitor.open(f"/v/{code_of(certification)}").text
    assert "épicerie de quartier" not in visitor.open("/repertoire").text


def test_an_employer_leaves_the_directory_with_one_tick(visitor: Visitor, owner: Person, certification: Certification) -> None:
    edit(owner, **WORDS)
    assert names() == ["Épicerie du Quai"]
    edit(owner, is_unlisted=True)
    assert names() == []
    page = visitor.open(f"/v/{code_of(certification)}")
    assert page.h1 == "Certifié", "the code still tells the truth"
    assert "épicerie de quartier" not in page.text


@pytest.mark.parametrize(
    "address",
    ["http://exemple.com", "javascript:alert(1)", "https://", "https://exemple.com@evil.example/", "https://a b.com", "exemple.com"],
)
def test_only_the_address_of_a_secure_site_is_kept(owner: Person, address: str) -> None:
    page = edit(owner, website=address, description_fr="Gardé.")
    assert page.status == 422
    assert "https://" in page.errors()[0]
    assert "Gardé." in page.soup.find(id="description_fr").get_text(), "what was typed is kept"


def test_the_journal_names_what_changed_and_not_the_words(owner: Person, certification: Certification) -> None:
    edit(owner, **WORDS)
    edit(owner)
    told = [entry for entry in audit.history(certification.employer) if entry.event == "public_profile_edited"]
    assert len(told) == 1, "the same again is no change"
    assert "description_fr" in told[0].sentence
    assert "quartier" not in told[0].facts
