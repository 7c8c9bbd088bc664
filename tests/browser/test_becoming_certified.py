"""The whole path in a real browser, as a new employer and then as staff: on a phone and at a desk, in both languages, with JavaScript
and without."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import WIDTHS, Window
from tests.browser.looking import look_at
from tests.serving import Site

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]

WAYS = (("phone", "fr", True), ("desk", "en", True), ("phone", "en", False), ("desk", "fr", False))
STAFF = itertools.cycle(("gestion-14@exemple.com", "agent-14@exemple.com", "admin@exemple.com"))
"""Who validates, by turns: a code of the second factor serves once."""
_number = itertools.count(1)


class Person:
    """Somebody at the site, who looks at each page they come to."""

    def __init__(self, chromium: Browser, served: Site, width: str, language: str, scripts: bool) -> None:
        size = {"width": WIDTHS[width][0], "height": WIDTHS[width][1]}
        context = chromium.new_context(viewport=size, reduced_motion="reduce", java_script_enabled=scripts)
        self.window = Window(context, served)
        self.site, self.page, self.scripts = served, self.window.page, scripts
        self.prefix = "/en" if language == "en" else ""

    def open(self, path: str) -> Page:
        """Open a page in this person's language."""
        return self.window.open(self.prefix + path)

    def press(self, words: str | None = None) -> None:
        """Press the page's main button, or the one that says `words`; look at what comes."""
        buttons = self.page.locator("main button[type=submit], main a.button")
        (buttons.filter(has_text=re.compile(words)) if words else buttons).first.click()
        self.page.wait_for_load_state()
        self.look()

    def look(self) -> None:
        """Look at the page as axe does, where scripts can run."""
        if self.scripts and "/bac-a-sable/" not in self.page.url:
            look_at(self.page)

    def fill(self, **answers: str) -> None:
        """Type the answers, choose the options, tick the boxes."""
        for name, answer in answers.items():
            field = self.page.locator(f"main [name={name}]").first
            kind = field.evaluate("one => one.type") if self.scripts else field.get_attribute("type") or field.get_attribute("class")
            if kind in {"radio", "checkbox"}:
                self.page.locator(f"main [name={name}][value={answer}]").first.check(force=True)
            elif "select" in str(kind):
                field.select_option(answer)
            else:
                field.fill(answer)

    def code(self, email: str, after: int) -> str:
        """Find the code in the letter that has just come."""
        return self.site.wait_for_code(email, after=after)


@pytest.fixture(params=WAYS, ids=["-".join(map(str, way)) for way in WAYS])
def way(request: pytest.FixtureRequest) -> tuple[str, str, bool]:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
def employer(chromium: Browser, served: Site, way: tuple[str, str, bool]) -> Iterator[Person]:
    person = Person(chromium, served, *way)
    yield person
    person.window.context.close()
    assert person.window.strangers == []


@pytest.fixture
def manager(chromium: Browser, served: Site, way: tuple[str, str, bool]) -> Iterator[Person]:
    person = Person(chromium, served, *way)
    yield person
    person.window.context.close()


def test_a_person_becomes_certified_and_the_code_tells_the_truth(employer: Person, manager: Person) -> None:
    number = next(_number)
    name, email = f"Boulangerie du Test {number}", f"boulangerie{number}@exemple.com"
    register(employer, name, email)
    sign(employer, email)
    pay(employer)
    sign_in_as_staff(manager)
    code = validate(manager, name)
    see_the_truth(employer, manager, name, code)


def register(person: Person, name: str, email: str) -> None:
    """From the home page to one's own space."""
    person.open("/")
    person.look()
    person.press("Inscrire|Register")
    person.fill(legal_name=name, has_no_neq="y", postal_code="J6E 3Z9")
    person.press()
    person.fill(kind="company", sector="72", size="5-19", hires="students", federally_regulated="no")
    person.press()
    person.fill(address="12, rue du Four", municipality="Joliette", mrc="joliette")
    person.press()
    person.press("Continuer|Continue")
    person.fill(contact_name="Ève Tremblay-Côté", contact_role="Propriétaire", contact_email=email, language="fr")
    person.press()
    seen = len(person.site.letters(email))
    person.press()
    person.fill(code=person.code(email, seen))
    person.press()
    assert name in person.page.locator("main").inner_text()


def sign(person: Person, email: str) -> None:
    """Open the French text, choose English where the pages are English, and sign with the code received."""
    person.press()
    person.press()
    assert person.page.locator("article[lang=fr]").count() == 1, "French first"
    if person.prefix:
        person.press("expressly choose English")
        assert person.page.locator("article[lang=en]").count() == 1
    person.press("je signe|I sign|I’ll sign|Yes")
    seen = len(person.site.letters(email))
    person.press()
    person.fill(signatory="Ève Tremblay-Côté", role="Propriétaire", agrees="y", code=person.code(email, seen))
    person.press()


def pay(person: Person) -> None:
    """Click through the sandbox's page, and come back."""
    person.press("Payer|Pay")
    assert "/bac-a-sable/" in person.page.url
    person.page.locator("button").first.click()
    person.page.wait_for_load_state()
    person.look()
    person.press()


def sign_in_as_staff(person: Person, email: str = "") -> None:
    """An address, the code of the letter, the second factor that the demonstration shows."""
    email = email or next(STAFF)
    seen = len(person.site.letters(email))
    person.open("/connexion")
    person.fill(email=email)
    person.press()
    person.fill(code=person.code(email, seen))
    person.press()
    person.open("/personnel")
    person.look()
    shown = re.search(r"\b(\d{6})\b", person.page.locator(".notice").last.inner_text())
    assert shown, "the demonstration shows the code that the application would"
    person.page.locator("main input:not([type=hidden])").first.fill(shown.group())
    person.press()


def validate(person: Person, name: str) -> str:
    """Find the file in the queue, and grant the certification; give the public code."""
    person.open("/personnel")
    person.look()
    person.page.get_by_role("link", name=name).first.click()
    person.look()
    person.press("Valider|Validate")
    if person.page.locator("main [name=level]").count():
        person.page.locator("main [name=level]").first.check(force=True)
    person.press()
    link = person.page.locator("main a[href*='/v/']").first.get_attribute("href") or ""
    return link.rsplit("/", 1)[1]


def see_the_truth(employer: Person, manager: Person, name: str, code: str) -> None:
    """The code says certified to anyone; suspended as soon as staff say so; and the employer's space shows the badge."""
    employer.open("/mon-espace")
    employer.look()
    assert employer.page.locator(f"main img[src*='{code}']").count() >= 2, "the badge and the QR code"
    employer.open(f"/v/{code}")
    employer.look()
    assert name in employer.page.locator("main").inner_text()
    assert "certified" in (employer.page.locator(".status-banner").get_attribute("class") or "")
    if manager.page.locator("main a.button").count():  # an agent may validate, and not suspend
        manager.press("Suspendre|Suspend")
        manager.fill(reason="Vérification en cours.")
        manager.press()
        employer.open(f"/v/{code}")
        assert "suspended" in (employer.page.locator(".status-banner").get_attribute("class") or "")
