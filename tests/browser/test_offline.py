"""A teacher without a network: the page that was opened once checks a printed certificate, and says what cannot be known."""

from __future__ import annotations

import datetime as dt

import pytest
from playwright.sync_api import Browser, Error

from certif import badges
from tests.browser.conftest import Window
from tests.browser.looking import look_at
from tests.serving import Site

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket, pytest.mark.engine_alike]


def code_on_paper(site: Site, until: dt.date = dt.date(2040, 5, 3)) -> str:
    """Sign what a certificate of this site would carry, with its own key."""
    key = badges.issuer_keys(site.folder, (site.folder / "secret_key").read_text())[-1]
    said = badges.OfflineCertificate(site.code_for("certified"), "14-2026-000004", "Épicerie Desrochers", "Joliette", "Argent", until)
    return badges.offline_code(said, key)


def test_a_certificate_is_checked_without_a_network(chromium: Browser, served: Site) -> None:
    code = code_on_paper(served)
    context = chromium.new_context(viewport={"width": 360, "height": 740}, locale="fr-CA")
    page = context.new_page()
    page.goto(f"{served.url}/verifier-hors-ligne")
    page.locator("[data-offline-ready]").wait_for()
    context.set_offline(True)
    page = context.new_page()
    page.goto(f"{served.url}/verifier-hors-ligne#{code}")
    page.locator("[data-answer=good]").wait_for()
    assert page.locator("[data-said=name]").inner_text() == "Épicerie Desrochers"
    assert page.locator("[data-said=until]").inner_text() == "3 mai 2040"
    assert page.locator("[data-online]").get_attribute("href") == f"/v/{served.code_for('certified')}"
    other = "B" if code[-40] != "B" else "C"
    for text, answer in (
        (f"{code[:-40]}{other}{code[-39:]}", "forged"),
        (code_on_paper(served, dt.date(2020, 1, 31)), "ended"),
        ("https://exemple.com/", "unreadable"),
        (f"  {served.url}/verifier-hors-ligne#\n{code.lower()} ", "good"),
    ):
        page.locator("textarea").fill(text)
        page.locator("[data-offline-check-it]").click()
        page.locator(f"[data-answer={answer}]").wait_for()
        assert page.locator("[data-answer]:visible").count() == 1
    with pytest.raises(Error, match="DISCONNECTED"):
        page.goto(f"{served.url}/repertoire")
    context.close()


def test_every_answer_is_for_everyone(window: Window) -> None:
    for prefix in ("", "/en"):
        page = window.open(f"{prefix}/verifier-hors-ligne#{code_on_paper(window.site)}")
        page.locator("[data-answer=good]").wait_for()
        look_at(page)


def test_a_browser_that_cannot_is_told_so(chromium: Browser, served: Site) -> None:
    context = chromium.new_context()
    context.add_init_script("SubtleCrypto.prototype.importKey = () => Promise.reject(new DOMException('no', 'NotSupportedError'))")
    page = context.new_page()
    page.goto(f"{served.url}/verifier-hors-ligne#{code_on_paper(served)}")
    page.locator("[data-answer=unsupported]").wait_for()
    assert page.locator("[data-offline-said]").is_hidden()
    context.close()
