"""The badge on other sites: any of them may frame it, it runs nothing and follows nobody, and it says what is true today."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from PIL import Image

from certif.certification import Certification, Stage, verifications_of
from tests.factories import lead_to, make_certification, make_program
from tests.pages import Visitor


@pytest.fixture
def certified(app: Flask) -> Certification:
    return make_certification(Stage.CERTIFIED)


def code_of(certification: Certification) -> str:
    return verifications_of(certification)[0].code


@pytest.mark.parametrize(("prefix", "before", "after"), [("", "Certifié", "Suspendu"), ("/en", "Certified", "Suspended")])
def test_the_framed_badge_follows_the_status(app: Flask, certified: Certification, prefix: str, before: str, after: str) -> None:
    path = f"{prefix}/v/{code_of(certified)}/insigne"
    assert Visitor(app).open(path).h1.startswith(before)
    lead_to(certified, Stage.SUSPENDED)
    assert Visitor(app).open(path).h1.startswith(after)


def test_any_site_may_frame_the_badge_and_no_other_page(app: Flask, certified: Certification) -> None:
    page, code = Visitor(app).open(f"/v/{code_of(certified)}/insigne"), code_of(certified)
    policy = page.response.headers["Content-Security-Policy"]
    assert "frame-ancestors *" in policy
    assert "script-src" not in policy
    assert "default-src 'none'" in policy
    assert not page.soup.find_all(["script", "form", "iframe"])
    assert "Set-Cookie" not in page.response.headers
    for path in (f"/v/{code}", "/", "/connexion"):
        assert "frame-ancestors 'none'" in Visitor(app).open(path).response.headers["Content-Security-Policy"]


def test_the_plain_picture_is_small_and_may_stand_anywhere(app: Flask, certified: Certification) -> None:
    visitor = Visitor(app)
    answer = visitor.client.get(f"/v/{code_of(certified)}/insigne.png", base_url=visitor.base)
    assert Image.open(io.BytesIO(answer.get_data())).size == (320, 320)
    assert len(answer.get_data()) < 80 * 1024
    assert "Set-Cookie" not in answer.headers


def test_a_hidden_path_has_no_badge(app: Flask) -> None:
    code = code_of(make_certification(Stage.AWAITING_CONTRACT, make_program(shows_in_progress=False)))
    assert Visitor(app).open(f"/v/{code}/insigne").status == 404
    assert Visitor(app).open(f"/v/{code}/insigne.png").status == 404


@pytest.mark.parametrize(
    ("prefix", "title", "renew"), [("", "Que voulez-vous faire ?", "Renouveler"), ("/en", "What would you like to do?", "Renew")]
)
def test_one_code_leads_everyone_where_they_want_to_go(app: Flask, certified: Certification, prefix: str, title: str, renew: str) -> None:
    page = Visitor(app).open(f"{prefix}/v/{code_of(certified)}")
    assert title in page.text
    assert page.soup.find(id="bonne-page")
    assert "Set-Cookie" not in page.response.headers
    assert "public, max-age" in page.response.headers["Cache-Control"]
    assert page.follow(renew).path.startswith(f"{prefix}/connexion")
