"""Every page that anyone may open, at both widths, in both languages, light and dark: axe finds nothing and nothing sticks out."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Window
from tests.browser.looking import COLOURS, RULES, look_at, violations
from tests.serving import Site

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket, pytest.mark.engine_alike]

PAGES = (
    "/", "/repertoire", "/repertoire?region=14&q=epicerie", "/repertoire/cadre",
    "/inscription", "/connexion", "/verifier-document", "/verifier-attestation", "/verifier-hors-ligne", "/emetteurs-reconnus",
    "/programmes", "/renseignements-personnels", "/mentions-legales",
    "/accessibilite", "/atelier/lettres", "/registre", "/tirages", "/portrait", "/laureats", "/portrait/14", "/introuvable",
)  # fmt: skip
STATUSES = ("in_progress", "certified", "supporter", "suspended", "expired", "revoked", "paused")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_for_everyone(window: Window, path: str) -> None:
    for prefix in ("", "/en"):
        page = window.open(prefix + path)
        look_at(page)
        page.emulate_media(color_scheme="dark")
        look_at(page, COLOURS)
        page.emulate_media(color_scheme="light")


@pytest.mark.parametrize("status", STATUSES)
def test_what_a_code_is_worth_is_for_everyone(window: Window, status: str) -> None:
    for prefix in ("", "/en"):
        page = window.open(f"{prefix}/v/{window.site.code_for(status)}")
        look_at(page)
        assert window.context.cookies() == [], "the page that every QR opens sets no cookie"


def test_the_map_opens_where_it_is_asked_and_leads_to_the_proof(window: Window) -> None:
    page = window.open("/repertoire?q=desrochers")
    summary = page.locator("[data-directory-map] > summary")
    if summary.is_visible():
        assert page.locator(".leaflet-container").count() == 0, "a phone fetches no map that nobody opens"
        summary.click()
    pin = page.locator(".map-pin--certified").locator("..")
    pin.wait_for()
    pin.focus()
    page.keyboard.press("Enter")
    link = page.locator(".map-popup a")
    link.wait_for()
    look_at(page)
    assert link.get_attribute("href") == page.locator(".listing__name a").get_attribute("href")


def test_without_scripts_the_list_is_whole(chromium: Browser, served: Site) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served.url}/repertoire")
    assert page.locator(".listing").count() >= 6
    assert not page.locator(".directory-map").is_visible()
    page.locator("[name=q]").fill("librairie")
    page.locator(".directory-search button").click()
    assert page.locator(".listing").count() == 1
    context.close()


def test_every_part_in_every_state_is_for_everyone(window: Window) -> None:
    look_at(
        window.open("/atelier"), RULES[:-1]
    )  # the workshop shows the same landmark twice on purpose: the best practices are for real pages


def test_the_keyboard_reaches_the_content_at_once(window: Window) -> None:
    page = window.open("/inscription")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "contenu"


def test_the_twin_a_colour_that_only_the_dark_makes_unreadable_is_seen(window: Window) -> None:
    page = window.open("/connexion")
    dark = "@media (prefers-color-scheme: dark) { main p, main label { color: #222 !important; background: #111 !important } }"
    page.evaluate("words => { const sheet = new CSSStyleSheet(); sheet.replaceSync(words); document.adoptedStyleSheets = [sheet] }", dark)
    look_at(page, COLOURS)
    page.emulate_media(color_scheme="dark")
    assert violations(page, COLOURS)


def test_the_twin_a_page_with_a_fault_is_seen(window: Window) -> None:
    page = window.open("/connexion")
    page.evaluate("document.querySelector('label').remove()")
    assert violations(page)
