"""The people of the stories. They open pages, press buttons by their words, and read their letters; nothing else."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from certif.accounts import add_staff
from certif.kit import clock
from certif.kit.access import Role
from certif.kit.db import transaction
from certif.kit.languages import _, speaking
from certif.kit.outbox import Letter
from certif.programs import Program
from certif.territory import Partner
from tests.accounts.people import code_of
from tests.conftest import Mailbox
from tests.pages import Page, Visitor, _let_go

HOME = {"legal_name": "Boulangerie du Quai inc.", "neq": "1170000042", "postal_code": "J6E 3Z9"}
ORGANISATION = {
    "trade_name": "Boulangerie du Quai", "banner": "", "kind": "company", "sector": "44-45", "size": "5-19", "hires": "students",
    "federally_regulated": "no",
}  # fmt: skip
PLACE = {"name": "", "address": "12, rue du Four", "municipality": "Joliette", "postal_code": "J6E 3Z9", "mrc": "joliette"}
CONTACT = {"contact_name": "Ève Tremblay-Côté", "contact_role": "Propriétaire", "contact_email": "eve@exemple.com", "language": "fr"}


class Someone(Visitor):
    """A person with a browser and a mailbox, who reads `language`."""

    def __init__(self, app: Flask, letters: Mailbox, language: str = "fr", email: str = CONTACT["contact_email"]) -> None:
        super().__init__(app)
        self.app, self.letters, self.speaks, self.email = app, letters, language, email
        self.page: Page | None = None

    def said(self, french: str) -> str:
        """Give the words of a button or a link as this person reads them."""
        with speaking(self.speaks):
            return " ".join(_(french).replace("\u00a0", " ").split())

    def go(self, path: str) -> Page:
        """Open a page in this person's language."""
        self.page = self.open(("/en" if self.speaks == "en" else "") + path)
        return self.page

    def press(self, button: str | None = None, **answers: Any) -> Page:
        """Fill the page's form and press the button that says so."""
        assert self.page
        self.page = self.page.fill(self.said(button) if button else None, **answers)
        assert self.page.status == 200, (self.page.path, self.page.status, self.page.errors() or self.page.text[:300])
        return self.page

    def follow(self, link: str) -> Page:
        """Follow the link that says so."""
        assert self.page
        self.page = self.page.follow(self.said(link))
        assert self.page.status == 200, (self.page.path, self.page.status)
        return self.page

    def reads(self, *sentences: str) -> bool:
        """Whether the page says each of these, in this person's language."""
        assert self.page
        shown = " ".join(self.page.soup.get_text(" ").replace("\u00a0", " ").replace("\u202f", " ").split())
        for sentence in sentences:
            assert self.said(sentence) in shown, f"{self.page.path} does not say {self.said(sentence)!r}: {self.page.text[:400]}"
        return True

    def letter(self, name: str) -> Letter:
        """Give the newest letter to this person, and see that it is the one that is awaited."""
        found = self.letters.last(self.email)
        assert found.name == name, f"the newest letter to {self.email} is {found.name}"
        return found

    def code(self) -> str:
        """Give the six digits of the newest letter."""
        found = re.search(r"\b\d{6}\b", self.letters.last(self.email).body)
        assert found
        return found.group()

    def link(self) -> str:
        """Give the path of the link of the newest letter."""
        found = re.search(r"http://127\.0\.0\.1:8000(/\S+)", self.letters.last(self.email).body)
        assert found
        return found.group(1)

    def take(self, path: str) -> TestResponse:
        """Download something."""
        _let_go()
        return self.client.get(path, base_url=self.base, buffered=True)


def register(person: Someone, **changed: str) -> Page:
    """Go from the home page to one's own space, page after page."""
    person.go("/")
    person.follow("Inscrire mon organisation")
    for answers, button in (
        (HOME, "Continuer"), (ORGANISATION, "Continuer"), (PLACE, "Ajouter l’établissement"), ({}, "Continuer"), (CONTACT, "Continuer"),
    ):  # fmt: skip
        said = {name: changed.get(name, usual) for name, usual in answers.items()}
        person.press(button, **({**said, "has_no_neq": True} if said.get("neq") == "" else said))
    person.press("Confirmer l’inscription")
    person.press("Terminer l’inscription", code=person.code())
    person.reads("Mon espace")
    person.letter("certification/certification_opened")
    return person.page  # type: ignore[return-value]


def read(person: Someone) -> Page:
    """Open the moral contract: the French text comes first."""
    person.go("/mon-espace")
    person.follow("Lire et signer le contrat moral")
    page = person.press("Ouvrir le contrat moral")
    assert [part["lang"] for part in page.soup.find_all("article", class_="contract")] == ["fr"]
    return page


def choose_english(person: Someone) -> Page:
    """Choose English expressly, once the French text was delivered."""
    page = person.press("I have received the French text and expressly choose English")
    assert [part["lang"] for part in page.soup.find_all("article", class_="contract")] == ["en", "fr"]
    return page


def sign(person: Someone, **answers: Any) -> Page:
    """From the contract that is open, sign it."""
    person.follow("Oui, je signe")
    person.press("Recevoir mon code de signature")
    person.press("Signer le contrat moral", role="Propriétaire", agrees=True, code=person.code(), **answers)
    person.letter("certification/contract_signed")
    return person.page  # type: ignore[return-value]


def pay_by_card(person: Someone) -> Page:
    """Pay on the page of the gateway, and come back."""
    person.press("Payer par carte")
    person.page = person.page.fill("pay")  # type: ignore[union-attr]
    person.press("Confirmer mon paiement")
    person.letter("contributions/contribution_received")
    return person.page


class Colleague(Someone):
    """Somebody of the team: signs in with a letter and an authenticator application."""

    key: str

    def sign_in(self) -> Page:
        """Sign in for the first time: the second factor is installed on the way."""
        self.go("/connexion")
        self.press("Recevoir le courriel", email=self.email)
        self.press("Se connecter", code=self.code())
        return self.install()

    def install(self) -> Page:
        """Install an authenticator application, whose page is open."""
        key = self.page.soup.main.find("code").get_text()  # type: ignore[union-attr]
        self.key = "".join(key.split())
        self.press("Installer", code=code_of(self.key))
        return self.go("/personnel")

    def sign_in_again(self) -> Page:
        """Sign in from another browser, a while later: the second factor is asked."""
        fresh = Visitor(self.app)
        self.client = fresh.client
        self.go("/personnel")
        self.press("Recevoir le courriel", email=self.email)
        page = self.press("Se connecter", code=self.code())
        assert "/connexion/second-facteur" in page.path, page.path
        return self.press("Confirmer", answer=code_of(self.key))


def colleague(
    app: Flask, letters: Mailbox, role: Role, *programs: Program, language: str = "fr", partner: Partner | None = None
) -> Colleague:
    """Give a role to somebody, as the command line does, and let them sign in."""
    person = Colleague(app, letters, language, email=f"{role.value}-{len(letters.all())}@exemple.com")
    with transaction():
        add_staff(person.email, role, programs, partner=partner, name=f"Camille {role.value.title()}")
    person.sign_in()
    return person


def later(**time: float) -> dt.datetime:
    """Give an instant to come."""
    return clock.now() + dt.timedelta(**time)


def told_by_machines(visitor: Visitor, code: str) -> dict[str, Any]:
    """Give what the JSON of a code says."""
    _let_go()
    answer = visitor.client.get(f"/v/{code}.json", base_url=visitor.base)
    assert answer.mimetype == "application/json"
    found = json.loads(answer.data)
    assert isinstance(found, dict)
    return found
