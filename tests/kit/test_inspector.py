"""Whoever opens pages in tests looks at each of them, and sees what is wrong."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder, TestResponse

from tests.pages import Page, inspect

WELL = """<!doctype html><html lang="fr"><head><title>Bonjour – Certif</title><script src="/main.js"></script></head><body><main>
<h1>Bonjour</h1>{}<form method="post"><input type="hidden" name="csrf_token"><label for="a">A</label><input id="a" name="a">
<label>B <select name="b"></select></label></form><p>Voilà : « ceci ».</p><img alt="" src="/x.png"></main></body></html>"""
WELL = WELL.replace(" : «", "\u00a0: «").replace("« c", "«\u00a0c").replace("i »", "i\u00a0»")


def page(html: str) -> Page:
    visitor: Any = SimpleNamespace()
    request = EnvironBuilder().get_request()
    return Page(visitor, TestResponse([html.encode()], "200 OK", Headers({"Content-Type": "text/html; charset=utf-8"}), request), "/x")


def test_a_page_that_is_well_made_is_let_through() -> None:
    inspect(page(WELL.format("")))
    assert page(WELL.format('<p>le <span class="whole">J6E 3Z9</span></p>')).text.startswith("Bonjour le J6E 3Z9 A")


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("<h1>Encore</h1>", "2 h1"),
        ('<p id="a"></p>', "ids must be unique"),
        ("<script>x()</script>", "inline <script>"),
        ("<style>a{}</style>", "inline <style>"),
        ('<p style="color:red"></p>', "use a class"),
        ('<a onclick="x()">x</a>', "use a class"),
        ("<form></form>", "say each form’s method"),
        ('<form method="post"></form>', "lacks its token"),
        ('<label for="z">Z</label><input id="y" name="y">', "label the field 'y'"),
        ("<textarea name='t' id='t'></textarea>", "label the field 't'"),
        ('<img src="/y.png">', "describe the image"),
        ("<p>l'école</p>", "straight quotes"),
        ("<p>Quoi ?</p>", "a hard space"),
    ],
)
def test_what_is_wrong_is_seen(fault: str, said: str) -> None:
    with pytest.raises(AssertionError, match=said):
        inspect(page(WELL.format(fault)))


@pytest.mark.parametrize(("well", "ill"), [('lang="fr"', ""), ("<title>Bonjour", "<title>Autre")])
def test_a_page_of_no_language_or_another_title_is_seen(well: str, ill: str) -> None:
    with pytest.raises(AssertionError):
        inspect(page(WELL.format("").replace(well, ill)))
