"""An employer tells others: plain links, the page's own language, and the place of each scan counted."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from certif.certification import Stage, verifications_of
from tests.factories import make_certification, make_person, make_program, owner_of
from tests.pages import Visitor


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_links_carry_the_public_address_and_nothing_that_follows(visitor: Visitor, prefix: str) -> None:
    one = make_certification(legal_name="Chez Lou & fils")
    code = verifications_of(one)[0].code
    page = make_person(owner_of(one.employer)).open(f"{prefix}/mon-espace/trousse/{code}")
    address = f"{visitor.base}{prefix}/v/{code}"
    asked = {urlsplit(link["href"]).netloc + urlsplit(link["href"]).path: link for link in page.soup.select(".share-links a")}
    parts = {place: {name: words[0] for name, words in parse_qs(urlsplit(link["href"]).query).items()} for place, link in asked.items()}
    assert parts["www.linkedin.com/sharing/share-offsite/"] == {"url": address}
    assert parts["www.facebook.com/sharer/sharer.php"] == {"u": address}
    profile = parts["www.linkedin.com/profile/add"]
    badge = one.badges[0]
    assert (profile["certUrl"], profile["certId"], profile["expirationYear"]) == (address, badge.number, str(badge.valid_until.year))
    [letter] = [link["href"] for link in asked.values() if link["href"].startswith("mailto:")]
    assert parse_qs(urlsplit(letter).query)["body"][0].endswith(address)
    assert "Chez Lou & fils" in parse_qs(urlsplit(letter).query)["subject"][0]
    assert all("noopener" in link["rel"] for place, link in asked.items() if link["href"].startswith("https"))
    assert page.soup.find("input", id="lien")["value"] == address


def test_what_is_pasted_says_where_it_hangs(visitor: Visitor) -> None:
    one = make_certification()
    code = verifications_of(one)[0].code
    page = make_person(owner_of(one.employer)).open(f"/mon-espace/trousse/{code}")
    assert f"/v/{code}?de=courriel" in page.soup.find(id="signature").get_text()
    assert f"/v/{code}?de=courriel" in page.soup.find(id="signature-texte").get_text()
    assert f"/v/{code}?de=site" in page.soup.find(id="image")["value"]
    assert visitor.open(f"/v/{code}/insigne").soup.find("a")["href"].endswith(f"/v/{code}?de=site")
    assert visitor.open(f"/v/{code}?de=site").status == 200


def test_who_is_not_certified_yet_has_nothing_to_share(visitor: Visitor) -> None:
    one = make_certification(Stage.AWAITING_CONTRACT, make_program(shows_in_progress=True))
    page = make_person(owner_of(one.employer)).open(f"/mon-espace/trousse/{verifications_of(one)[0].code}")
    assert not page.soup.select(".share-links")


def test_the_social_card_says_whose_it_is(visitor: Visitor) -> None:
    one = make_certification(legal_name="Chez Lou")
    page = visitor.open(f"/v/{verifications_of(one)[0].code}")
    said = {tag["property"]: tag["content"] for tag in page.soup.find_all("meta", property=True)}
    assert said["og:image"].endswith("/card.png")
    assert "Chez Lou" in said["og:title"]
    assert said["og:image:alt"] == said["og:title"]
    assert said["og:url"] == page.soup.find("link", rel="canonical")["href"]
