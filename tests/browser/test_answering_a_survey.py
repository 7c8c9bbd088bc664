"""A class takes out its phones: each answers from the code on the board, with and without scripts, and every page is for everyone."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Window
from tests.browser.looking import look_at
from tests.serving import Site

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]

PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "has_touch": True}
CHOSEN = ("jobs-0", "latest-2", "missed-0", "sector-1", "adapts-1", "success_matters-0")


def code_of(site: Site) -> str:
    """Give the code of a school whose survey runs."""
    return next(str(survey["code"]) for survey in site.manifest["surveys"] if survey["open"])


def choose(page: Page, name: str) -> None:
    page.locator(f"label[for=q-{name}]").click()


def press(page: Page, value: str) -> None:
    page.locator(f"button[name=go][value={value}]").click()


def answer(page: Page, url: str, *, sees_branches: bool) -> None:
    """Answer a survey whose level is known, as somebody who works."""
    page.goto(url)
    choose(page, "age-2")
    press(page, "page")
    hours = expect(page.locator("#q-hours_week"), "what is not asked is not shown, where scripts run")
    hours.to_be_hidden() if sees_branches else hours.to_be_visible()
    choose(page, "grade-3")
    choose(page, "works-0")
    choose(page, "kind_of_work-0")
    page.locator("#q-hours_week").fill("8")
    page.locator("#q-hours_weekend").fill("6")
    for name in CHOSEN:
        choose(page, name)
    press(page, "on")


def test_phones_of_a_class_answer_with_and_without_scripts(chromium: Browser, served: Site) -> None:
    code = code_of(served)
    for number in range(6):
        context = chromium.new_context(**PHONE, java_script_enabled=number % 3 != 2)
        page = context.new_page()
        answer(page, f"{served.url}{'/en' if number % 2 else ''}/s/{code}", sees_branches=number % 3 != 2)
        expect(page.locator("h1")).to_have_text(re.compile("^(Merci|Thank you)"))
        assert context.cookies() == []
        context.close()


def test_every_page_on_the_way_is_for_everyone(window: Window) -> None:
    code = code_of(window.site)
    for prefix in ("", "/en"):
        look_at(window.open(f"{prefix}/s"))
        look_at(window.open(f"{prefix}/s/RIEN99"))
        page = window.open(f"{prefix}/s/{code}")
        look_at(page)
        press(page, "page")
        look_at(page)  # with a fault
        choose(page, "age-1")
        press(page, "page")
        look_at(page)
        press(page, "on")
        page.locator(".error-summary:focus").wait_for()  # what must be corrected is read first
        choose(page, "grade-3")
        choose(page, "works-1")
        press(page, "on")
        look_at(page)


def test_one_question_at_a_time_goes_by_keyboard(window: Window) -> None:
    page = window.open(f"/s/{code_of(window.site)}")
    choose(page, "age-2")
    press(page, "steps")
    look_at(page)
    page.locator("#q-grade-0").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("legend")).to_have_text(re.compile("Avez-vous un travail"))
