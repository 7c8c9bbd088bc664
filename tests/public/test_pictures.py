"""The badge, the QR and the card of a code: pictures that follow the status, and a QR that opens exactly the printed address."""

from __future__ import annotations

import io
import re

import pytest
import zxingcpp
from PIL import Image

from certif import standing
from certif.certification import Certification, Stage, verifications_of
from certif.kit import tokens
from certif.kit.access import Role
from tests.factories import make_certification, make_program, make_staff, unit
from tests.pages import Visitor
from tests.statements import statements

PICTURES = {
    "badge.png": "image/png",
    "badge.svg": "image/svg+xml",
    "qr.png": "image/png",
    "qr.svg": "image/svg+xml",
    "card.png": "image/png",
}


def code_of(certification: Certification) -> str:
    return verifications_of(certification)[0].code


@pytest.mark.parametrize("name", PICTURES)
def test_each_picture_is_given_with_its_kind_and_a_mark(visitor: Visitor, name: str) -> None:
    path = f"/v/{code_of(make_certification())}/{name}"
    answer = visitor.client.get(path, base_url=visitor.base)
    assert (answer.status_code, answer.mimetype) == (200, PICTURES[name])
    assert "Set-Cookie" not in answer.headers
    assert answer.cache_control.max_age <= 60
    assert visitor.client.get(path, base_url=visitor.base, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize("name", PICTURES)
def test_no_picture_for_a_code_that_shows_nothing(visitor: Visitor, name: str) -> None:
    hidden = code_of(make_certification(Stage.AWAITING_CONTRACT))
    for code in (tokens.ref(), hidden):
        assert visitor.client.get(f"/v/{code}/{name}", base_url=visitor.base).status_code == 404


def test_the_qr_opens_exactly_the_address_printed_beside_it(visitor: Visitor) -> None:
    code = code_of(make_certification())
    picture = Image.open(io.BytesIO(visitor.client.get(f"/v/{code}/qr.png", base_url=visitor.base).data))
    [found] = zxingcpp.read_barcodes(picture)
    assert found.text == f"{visitor.base}/v/{code}"
    assert "?" not in found.text
    assert len(found.text) <= 80
    assert found.text.split("://")[1] in visitor.open(f"/v/{code}").text


def test_the_sizes_are_those_that_were_promised(visitor: Visitor) -> None:
    code = code_of(make_certification())
    sizes = {
        name: Image.open(io.BytesIO(visitor.client.get(f"/v/{code}/{name}", base_url=visitor.base).data)).size
        for name in ("badge.png", "card.png")
    }
    assert sizes == {"badge.png": (1200, 1200), "card.png": (1200, 630)}


@pytest.mark.parametrize("name", ["badge.png", "badge.svg", "card.png"])
def test_a_picture_changes_with_the_status(visitor: Visitor, name: str) -> None:
    certification = make_certification()
    path = f"/v/{code_of(certification)}/{name}"
    before = visitor.client.get(path, base_url=visitor.base)
    with unit():
        standing.revoke(certification, "Un motif.", by=make_staff(Role.MANAGER, certification.program).actor)
    after = visitor.client.get(path, base_url=visitor.base)
    assert before.data != after.data
    assert before.headers["ETag"] != after.headers["ETag"]
    if name.endswith(".svg"):
        assert "Révoqué" in after.get_data(as_text=True)


def test_a_path_under_way_has_its_own_badge(visitor: Visitor) -> None:
    program = make_program(shows_in_progress=True)
    drawn = visitor.client.get(f"/v/{code_of(make_certification(Stage.AWAITING_CONTRACT, program))}/badge.svg", base_url=visitor.base)
    assert "En démarche" in drawn.get_data(as_text=True)


@pytest.mark.parametrize("name", ["badge.svg", "qr.svg"])
def test_a_drawing_runs_nothing_and_fetches_nothing(visitor: Visitor, name: str) -> None:
    code = code_of(make_certification(legal_name='<script>alert(1)</script>"&'))
    drawn = visitor.client.get(f"/v/{code}/{name}", base_url=visitor.base).get_data(as_text=True)
    assert "<script" not in drawn
    assert not re.search(r"(?:href|src)=\"(?!#|data:)", drawn)


def test_a_picture_is_drawn_once_for_what_it_says(visitor: Visitor) -> None:
    from certif.public import pictures

    code = code_of(make_certification())
    pictures.badge_as_png.cache_clear()
    for _each in range(3):
        with statements() as asked:
            visitor.client.get(f"/v/{code}/badge.png", base_url=visitor.base)
        assert len(asked) == 1
    assert pictures.badge_as_png.cache_info().misses == 1
