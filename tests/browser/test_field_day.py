"""A day of an agent on a phone, the network cut in the middle: what was written waits, leaves once, and meets what others wrote."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.looking import look_at
from tests.serving import Site

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]

AGENT = "terrain@exemple.com"
SOON = 20_000
"""How long the site may take to answer, in milliseconds, where many share the machine."""

REPORT = "/personnel/terrain/compte-rendu"
PHONE: Any = {"viewport": {"width": 360, "height": 740}, "locale": "fr-CA", "reduced_motion": "reduce"}
KEPT = """async () => {
  const base = await new Promise((done) => { const asked = indexedDB.open('terrain', 1); asked.onsuccess = () => done(asked.result); });
  const asked = base.transaction('reports').objectStore('reports').getAll();
  await new Promise((done) => (asked.onsuccess = done));
  base.close();
  return asked.result.length;
}"""


def sign_in(site: Site, context: BrowserContext) -> Page:
    """An address, the code of the letter, the second factor that the demonstration shows."""
    site.command("staff", "add", AGENT, "--role", "agent", "--region", "14")
    page, seen = context.new_page(), len(site.letters(AGENT))
    page.goto(f"{site.url}/connexion")
    page.locator("main [name=email]").fill(AGENT)
    page.locator("main button[type=submit]").first.click()
    page.locator("main [name=code]").fill(site.wait_for_code(AGENT, after=seen))
    page.locator("main button[type=submit]").first.click()
    page.goto(f"{site.url}{REPORT}")
    shown = re.search(r"\b(\d{6})\b", page.locator(".notice").last.inner_text())
    assert shown
    page.locator("main input:not([type=hidden])").first.fill(shown.group())
    page.locator("main button[type=submit]").first.click()
    page.goto(f"{site.url}{REPORT}")
    return page


def write(page: Page, outcome: str, *, visit: str = "", title: str = "", note: str = "") -> None:
    """Tell what became of a meeting: of the one that was planned and bears this name, or of one without a plan."""
    choice = page.locator("[name=visit]")
    if visit:
        choice.select_option(choice.locator("option", has_text=visit).get_attribute("value"))
    else:
        choice.select_option("")
        page.locator("[name=title]").fill(title)
        page.locator("[name=mrc]").select_option("joliette")
    page.locator(f"[name=outcome][value={outcome}]").check(force=True)
    page.locator("[name=note]").fill(note)
    page.locator(".form__acts button").click()


def test_a_day_in_the_field_loses_and_doubles_nothing(chromium: Browser, served: Site) -> None:
    context = chromium.new_context(**PHONE)
    page = sign_in(served, context)
    page.locator("[data-ready]").wait_for()
    look_at(page)
    cookies = context.cookies()

    context.set_offline(True)
    page = context.new_page()
    page.goto(f"{served.url}{REPORT}")
    expect(page.locator("h1")).to_have_text("Compte rendu sans réseau")
    expect(page.locator("[data-offline]")).to_be_visible(timeout=SOON)
    look_at(page)
    write(page, "interested", visit="Salon de coiffure", note="Elle veut la trousse.")
    expect(page.locator("[data-waiting]")).to_have_text("1 compte rendu attend le réseau.")
    write(page, "thinking", title="Dépanneur du Rang 4")
    expect(page.locator("[data-waiting]")).to_have_text("2 comptes rendus attendent le réseau.")
    assert page.evaluate(KEPT) == 2

    colleague = chromium.new_context(java_script_enabled=False)
    colleague.add_cookies(cookies)  # type: ignore[arg-type]
    other = colleague.new_page()
    other.goto(f"{served.url}{REPORT}")
    write(other, "refused", visit="Salon de coiffure", note="Fermé ce matin.")
    assert other.locator("h1").inner_text() == "Salon de coiffure Mèche et cie"

    context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("[data-came] li")).to_have_count(2, timeout=SOON)
    expect(page.locator("[data-waiting]")).to_be_hidden(timeout=SOON)
    assert page.evaluate(KEPT) == 0

    page.locator("[data-came] a", has_text="comparez").click()
    main = page.locator("main")
    expect(main).to_contain_text("Fermé ce matin.")
    expect(main).to_contain_text("Elle veut la trousse.")
    look_at(page)
    page.locator("[name=keep][value=both]").check(force=True)
    page.locator(".form__acts button").click()
    expect(page.locator("h1")).to_have_text("Salon de coiffure Mèche et cie", timeout=SOON)
    page.goto(f"{served.url}/personnel/terrain/comptes-rendus")
    assert (page.locator("th", has_text="Salon de coiffure").count(), page.locator("th", has_text="Rang 4").count()) == (2, 1)
    look_at(page)

    page.goto(f"{served.url}{REPORT}")
    page.locator("[data-ready]").wait_for()
    context.clear_cookies()
    write(page, "absent", title="Ferme Lavallée")
    expect(page.locator("[data-signed-out]")).to_be_visible(timeout=SOON)
    assert page.evaluate(KEPT) == 1
    context.add_cookies(cookies)  # type: ignore[arg-type]
    page.goto(f"{served.url}{REPORT}")
    expect(page.locator("[data-came] li")).to_have_count(1, timeout=SOON)
    assert page.evaluate(KEPT) == 0

    context.set_offline(True)
    write(page, "absent", title="Scierie du Rang 9")
    expect(page.locator("[data-waiting]")).to_be_visible(timeout=SOON)
    page.goto("about:blank")
    wake = context.new_cdp_session(page)
    workers: list[Any] = []
    wake.on("ServiceWorker.workerRegistrationUpdated", lambda said: workers.extend(said["registrations"]))
    wake.send("ServiceWorker.enable")
    context.set_offline(False)
    registration = next(one["registrationId"] for one in workers if one["scopeURL"].endswith(REPORT))
    woken = {"origin": served.url, "registrationId": registration, "tag": "terrain", "lastChance": False}
    wake.send("ServiceWorker.dispatchSyncEvent", woken)
    other.goto(f"{served.url}/personnel/terrain/comptes-rendus")
    for _each in range(20):
        if other.locator("th", has_text="Rang 9").count():
            break
        other.wait_for_timeout(SOON / 20)
        other.reload()
    assert other.locator("th", has_text="Rang 9").count() == 1, "the browser woke the worker, and no page was open"
    colleague.close()
    context.close()
