"""The other pages for anyone: in both languages, and what robots may read."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from tests.factories import make_person
from tests.pages import Visitor

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
PAGES = [
    "/",
    "/verifier-document",
    "/verifier-attestation",
    "/verifier-hors-ligne",
    "/emetteurs-reconnus",
    "/renseignements-personnels",
    "/mentions-legales",
    "/accessibilite",
]


@pytest.mark.parametrize("path", PAGES)
def test_each_page_opens_in_both_languages(visitor: Visitor, path: str) -> None:
    french, english = visitor.open(path), visitor.open(f"/en{path}")
    assert (french.status, french.language) == (200, "fr")
    assert (english.status, english.language) == (200, "en")


def test_the_home_page_knows_who_is_signed_in(app: object) -> None:
    assert "Mon espace" in make_person().open("/").response.get_data(as_text=True)


def test_the_map_lists_public_pages_that_open(visitor: Visitor) -> None:
    index, addresses = (
        [found.text for found in ET.fromstring(visitor.client.get(path, base_url=visitor.base).data).iter(f"{SITEMAP}loc")]
        for path in ("/sitemap.xml", "/sitemap-pages.xml")
    )
    assert index == [f"{visitor.base}/sitemap-pages.xml"], "no employer is certified"
    assert len(addresses) == 54
    for address in addresses:
        assert address is not None
        assert address.startswith(visitor.base)
        assert visitor.open(address).status == 200


@pytest.mark.parametrize(
    "path", ["/mon-espace", "/en/mon-espace", "/personnel", "/en/personnel/journal", "/certification/contrat", "/compte"]
)
def test_robots_stay_out_of_what_is_somebodys_own(visitor: Visitor, path: str) -> None:
    rules = visitor.client.get("/robots.txt", base_url=visitor.base).get_data(as_text=True).splitlines()
    closed = [line.removeprefix("Disallow: ") for line in rules if line.startswith("Disallow: ")]
    assert any(path.startswith(start) for start in closed)
    for public in ("/", "/v/ABC", "/inscription", "/verifier-document", "/en/v/ABC"):
        assert not any(public.startswith(start) for start in closed)
