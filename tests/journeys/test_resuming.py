"""Nothing typed is lost: saved on one device, found again by a link on another, and finished there."""

from __future__ import annotations

import pytest
from flask import Flask

from certif.employers import RegistrationDraft
from certif.kit import clock
from certif.kit.db import db
from tests.conftest import Mailbox
from tests.factories import make_program
from tests.journeys.people import CONTACT, HOME, ORGANISATION, PLACE, Someone, later, read, sign


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_registration_begun_at_the_counter_is_finished_at_home(app: Flask, letters: Mailbox, language: str) -> None:
    make_program(price_cents=0, requires_contribution=False)
    counter = Someone(app, letters, language)
    counter.go("/inscription")
    counter.press("Continuer", **HOME)
    counter.press("Continuer", **ORGANISATION)
    counter.press("Enregistrer et revenir plus tard", **PLACE)
    counter.press("Envoyer le lien", email=counter.email)
    letter = counter.letter("employers/resume_link_sent")
    for typed in (HOME["legal_name"], HOME["neq"], PLACE["address"]):
        assert typed not in letter.subject + letter.body, "the letter says nothing that was typed: nobody has proven this address"
    with clock.frozen(later(days=3)):
        home = finish_at_home(app, letters, language, counter.link())
        read(home)
        sign(home)
        home.reads("En attente de validation")
        counter.go("/inscription/verification")
        assert counter.page
        assert counter.page.path.endswith("/inscription"), "the other device has nothing left to finish"


def finish_at_home(app: Flask, letters: Mailbox, language: str, link: str) -> Someone:
    """Open the link on another device, and go on from the first page that lacks its answers."""
    home = Someone(app, letters, language)
    home.page = home.open(link)
    assert PLACE["address"] not in home.page.soup.get_text(), "opening the link shows nothing yet"
    page = home.press("Reprendre l’inscription")
    assert page.path.endswith("/inscription/personne-ressource")
    home.press("Continuer", **CONTACT)
    home.reads(HOME["legal_name"], HOME["neq"], PLACE["address"], ORGANISATION["trade_name"])
    home.press("Confirmer l’inscription")
    home.press("Terminer l’inscription", code=home.code())
    home.reads(ORGANISATION["trade_name"])
    return home


def test_the_browser_remembers_by_itself(app: Flask, letters: Mailbox) -> None:
    person = Someone(app, letters)
    person.go("/inscription")
    person.press("Continuer", **HOME)
    page = person.go("/inscription")
    person.reads("Une inscription est commencée dans ce navigateur")
    assert page.soup.find(id="legal_name")["value"] == HOME["legal_name"]
    person.follow("Aller à la première page qui reste à remplir")
    assert person.page
    assert person.page.path == "/inscription/organisation"


def test_a_link_is_forgotten_after_thirty_days(app: Flask, letters: Mailbox) -> None:
    person = Someone(app, letters)
    person.go("/inscription")
    person.press("Continuer", **HOME)
    person.go("/inscription/plus-tard")
    person.press("Envoyer le lien", email=person.email)
    link = person.link()
    assert Someone(app, letters).open(link).status == 200
    with clock.frozen(later(days=31)):
        assert Someone(app, letters).open(link).status == 404
    assert db.session.query(RegistrationDraft).count() == 1
