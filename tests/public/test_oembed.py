"""When the address of a page of ours is pasted in another site, that site learns how to show it. Source: oEmbed 1.0."""

from __future__ import annotations

import json
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from werkzeug.test import TestResponse

from certif import standing
from certif.certification import Stage
from certif.kit import tokens
from certif.kit.access import Role
from tests.factories import make_certification, make_staff, unit
from tests.pages import Visitor
from tests.public.codes import code_of


def asked(visitor: Visitor, address: str, **more: object) -> TestResponse:
    return visitor.client.get(f"/oembed?{urlencode({'url': address, **more})}", base_url=visitor.base)


def said(visitor: Visitor, address: str, **more: object) -> dict[str, object]:
    answer = asked(visitor, address, **more)
    assert answer.status_code == 200
    found = json.loads(answer.data)
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_page_of_a_code_is_shown_as_its_living_badge(visitor: Visitor, prefix: str) -> None:
    code = code_of(make_certification(legal_name="Chez <b>Lou</b> & fils"))
    page = visitor.open(f"{prefix}/v/{code}")
    links = {link["type"]: link["href"] for link in page.soup.head.find_all("link", rel="alternate")}
    one = json.loads(visitor.client.get(links["application/json+oembed"].removeprefix(visitor.base), base_url=visitor.base).data)
    assert (one["type"], one["version"], one["width"], one["height"], one["provider_name"]) == ("rich", "1.0", 320, 132, "Certif")
    frame = BeautifulSoup(one["html"], "lxml").iframe
    assert frame["src"] == f"{visitor.base}{prefix}/v/{code}/insigne"
    assert frame["title"] == one["title"]
    assert "Chez <b>Lou</b> & fils" in one["title"]
    assert visitor.open(frame["src"]).status == 200
    answer = visitor.client.get(links["text/xml+oembed"].removeprefix(visitor.base), base_url=visitor.base)
    assert answer.mimetype == "text/xml"
    assert {part.tag: part.text for part in ElementTree.fromstring(answer.data)} == {name: str(value) for name, value in one.items()}


def test_the_directory_is_shown_with_what_was_asked_of_it(visitor: Visitor) -> None:
    for path in ("/repertoire?region=14&q=%C3%A9picerie&x=<script>", "/repertoire/cadre?q=%C3%A9picerie&region=14"):
        frame = BeautifulSoup(str(said(visitor, visitor.base + path)["html"]), "lxml").iframe
        assert frame["src"] == f"{visitor.base}/repertoire/cadre?q=%C3%A9picerie&region=14"
        assert visitor.open(frame["src"]).status == 200
    [link] = visitor.open("/en/repertoire?region=14").soup.head.find_all("link", type="application/json+oembed")
    one = json.loads(visitor.client.get(link["href"].removeprefix(visitor.base), base_url=visitor.base).data)
    assert f"{visitor.base}/en/repertoire/cadre?region=14" in one["html"]
    assert one["title"] == "Certified employers"


def test_it_takes_no_more_room_than_there_is(visitor: Visitor) -> None:
    address = f"{visitor.base}/v/{code_of(make_certification())}"
    small = said(visitor, address, maxwidth=200, maxheight=120)
    assert (small["width"], small["height"]) == (200, 120)
    assert 'width="200" height="120"' in str(small["html"])
    assert "thumbnail_url" not in small, "the picture is larger than the room"
    assert said(visitor, address, maxwidth=5000)["width"] == 320
    assert said(visitor, address, maxwidth="wide")["width"] == 320
    assert asked(visitor, address, maxwidth=20).status_code == 404


def test_whoever_asks_is_nobody_and_may_keep_the_answer(visitor: Visitor) -> None:
    answer = asked(visitor, f"{visitor.base}/v/{code_of(make_certification())}")
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.cache_control.public


def test_what_is_not_ours_or_shows_nothing_is_not_found_and_other_formats_do_not_exist(visitor: Visitor) -> None:
    hidden, code = code_of(make_certification(Stage.AWAITING_CONTRACT)), code_of(make_certification())
    for address in (
        "", "x", "http://[", f"https://exemple.com/v/{code}", f"{visitor.base}/v/{tokens.ref()}", f"{visitor.base}/v/{hidden}",
        f"{visitor.base}/connexion", f"{visitor.base}/v/{code}/qr.png", f"{visitor.base}@exemple.com/v/{code}", f"{visitor.base}/v/\0",
    ):  # fmt: skip
        assert asked(visitor, address).status_code == 404, address
    assert asked(visitor, f"{visitor.base}/v/{code}", format="yaml").status_code == 501
    assert asked(visitor, f"{visitor.base}/repertoire?" + "a=1&" * 5000).status_code == 200


def test_the_badge_that_is_shown_follows_the_status(visitor: Visitor) -> None:
    one = make_certification()
    address = f"{visitor.base}/v/{code_of(one)}"
    assert str(said(visitor, address)["title"]).startswith("Certifié")
    with unit():
        standing.revoke(one, "Motif.", by=make_staff(Role.MANAGER, one.program).actor)
    assert str(said(visitor, address)["title"]).startswith("Révoqué")
