"""The tools of staff, on a phone in French and at a desk in English: axe finds nothing, nothing sticks out, all are one press away."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.looking import look_at
from tests.browser.test_becoming_certified import Person, sign_in_as_staff
from tests.serving import Site

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket, pytest.mark.engine_alike]

PAGES = ("/personnel/importations/nouvelle", "/personnel/trousses/commande", "/personnel/vignettes/impression", "/personnel/envois/nouveau")
"""The forms behind the tools; the tools themselves are found in the list of them."""


@pytest.mark.parametrize(
    ("width", "language", "email"), [("phone", "fr", "gestion-02@exemple.com"), ("desk", "en", "agent-02@exemple.com")]
)
def test_the_tools_of_staff_are_for_everyone(chromium: Browser, served: Site, width: str, language: str, email: str) -> None:
    person = Person(chromium, served, width, language, scripts=True)
    sign_in_as_staff(person, email)
    tools = person.open("/personnel").locator(".staff-nav__link")
    button = person.page.locator(".staff-nav summary")
    assert button.is_visible() is (width == "phone")
    assert tools.first.is_visible() is (width == "desk")
    if width == "phone":
        button.click()
        look_at(person.page)
    found = [tool.removeprefix("/en") for tool in tools.evaluate_all("all => all.map(one => one.getAttribute('href'))")]
    assert len(found) > 10, found
    for path in (*found, *PAGES)[width == "desk" :: 2]:  # each page at one width: both would take twice as long
        look_at(person.open(path))
    person.window.context.close()
    assert person.window.strangers == []
