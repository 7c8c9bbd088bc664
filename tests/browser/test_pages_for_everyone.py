"""Every page that anyone may open, at both widths, in both languages, light and dark: axe finds nothing and nothing sticks out."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Window
from tests.browser.looking import RULES, look_at, violations

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]

PAGES = (
    "/", "/inscription", "/connexion", "/verifier-document", "/programmes", "/renseignements-personnels", "/mentions-legales",
    "/accessibilite", "/atelier/lettres", "/registre", "/introuvable",
)  # fmt: skip
STATUSES = ("in_progress", "certified", "supporter", "suspended", "expired", "revoked", "paused")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_for_everyone(window: Window, path: str) -> None:
    for prefix in ("", "/en"):
        page = window.open(prefix + path)
        look_at(page)
        page.emulate_media(color_scheme="dark")
        look_at(page)
        page.emulate_media(color_scheme="light")


@pytest.mark.parametrize("status", STATUSES)
def test_what_a_code_is_worth_is_for_everyone(window: Window, status: str) -> None:
    for prefix in ("", "/en"):
        page = window.open(f"{prefix}/v/{window.site.code_for(status)}")
        look_at(page)
        assert window.context.cookies() == [], "the page that every QR opens sets no cookie"


def test_every_part_in_every_state_is_for_everyone(window: Window) -> None:
    look_at(
        window.open("/atelier"), RULES[:-1]
    )  # the workshop shows the same landmark twice on purpose: the best practices are for real pages


def test_the_keyboard_reaches_the_content_at_once(window: Window) -> None:
    page = window.open("/inscription")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "contenu"


def test_the_twin_a_page_with_a_fault_is_seen(window: Window) -> None:
    page = window.open("/connexion")
    page.evaluate("document.querySelector('label').remove()")
    assert violations(page)
