"""Badges and codes: read by two foreign readers after rough handling, told apart without colour, unharmed by any name."""

from __future__ import annotations

import dataclasses
import io
import itertools
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest
import zxingcpp
from PIL import Image, ImageChops, ImageStat

from certif.badges import BadgeFace, badge_svg, draw_badge, draw_qr, qr_svg, social_card

ADDRESS = "https://certif.example/v/7K3M9PQR2T5VWXYZ34ABCD"
STATUSES = ("in_progress", "certified", "supporter", "suspended", "expired", "revoked", "paused")
FACE = BadgeFace(
    "Épicerie Desrochers",
    "Joliette",
    "Programme",
    "certified",
    "Certifié",
    "Du 3 mai 2026 au 3 mai 2028",
    "certif.example/v/7K3M",
    "fr",
    "Or",
)
HOSTILE = (
    "Épicerie & fils <i>",
    "<script>alert(1)</script>",
    "ᐃᓄᒃᑎᑐᑦ",
    "🍎 pomme",
    "#[x] $y$ *z* \\ ` @ref",
    "N" * 300,
    "مقهى",
    "e\u0301\u0323",
    "",
)


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png))


def roughly_handled(png: bytes) -> Image.Image:
    """Shrink to 40 %, then squeeze as a careless JPEG."""
    picture = opened(png).convert("L")
    small = picture.resize((int(picture.width * 0.4), int(picture.height * 0.4)), Image.Resampling.BILINEAR)
    out = io.BytesIO()
    small.save(out, "JPEG", quality=40)
    return Image.open(out)


def test_a_code_is_read_by_two_foreign_readers_after_rough_handling(tmp_path: Path) -> None:
    rough = roughly_handled(draw_qr(ADDRESS))
    assert [found.text for found in zxingcpp.read_barcodes(rough)] == [ADDRESS]
    rough.save(tmp_path / "rough.png")
    said = subprocess.run(["zbarimg", "--quiet", "--raw", tmp_path / "rough.png"], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == ADDRESS
    assert len(ADDRESS) <= 80


def test_the_card_for_networks_carries_a_code_that_is_read_after_rough_handling() -> None:
    card = social_card(dataclasses.replace(FACE, link=ADDRESS))
    assert [found.text for found in zxingcpp.read_barcodes(roughly_handled(card))] == [ADDRESS]
    assert zxingcpp.read_barcodes(roughly_handled(draw_badge(FACE))) == []


def ink(face: BadgeFace) -> tuple[int, Image.Image]:
    """Give how wide the line of the status is drawn, in pixels of a badge of 600, and that line."""
    line = opened(draw_badge(face, size=600)).convert("RGB").crop((20, 290, 580, 340))
    paper = Image.new("RGB", line.size, line.getpixel((0, 0)))
    drawn = ImageChops.difference(line, paper).convert("L").point(lambda light: 255 if light > 24 else 0).getbbox()
    assert drawn is not None
    return drawn[2] - drawn[0], line


def test_a_long_level_is_drawn_to_its_last_letter() -> None:
    one, other = (ink(dataclasses.replace(FACE, label="En pause", level=f"Employeur certifié {last}")) for last in "IW")
    assert ImageChops.difference(one[1], other[1]).getbbox() is not None
    assert max(one[0], other[0]) <= 2 * 268


@pytest.mark.parametrize("colour", ["#f2b705", "#ffffff", "#0f4a3c"])
def test_the_status_is_dark_enough_to_be_read_whatever_the_colour_of_the_region(colour: str) -> None:
    _width, line = ink(dataclasses.replace(FACE, status="in_progress", label="En démarche", level="", colour=colour))
    darkest = min(line.convert("L").tobytes())
    assert darkest < 125


def test_the_twin_a_code_with_a_stranger_in_it_is_not_the_same() -> None:
    assert [found.text for found in zxingcpp.read_barcodes(opened(draw_qr(ADDRESS + "?")).convert("L"))] != [ADDRESS]


def test_a_code_has_its_quiet_zone_and_corrects_a_quarter_of_faults() -> None:
    picture = opened(draw_qr(ADDRESS)).convert("L")
    found = zxingcpp.read_barcodes(picture)[0]
    assert found.ec_level == "Q"
    inside = picture.point(lambda light: 255 - light).getbbox()
    assert inside is not None
    module = picture.width / 41  # version 4 (33 modules) and four of white on each side
    assert min(inside[0], inside[1]) >= round(4 * module) - 1


def test_a_drawn_code_is_a_whole_svg_that_says_what_it_is() -> None:
    root = ElementTree.fromstring(qr_svg(ADDRESS, "Code & <QR>"))
    assert root.find("{http://www.w3.org/2000/svg}title").text == "Code & <QR>"  # type: ignore[union-attr]
    assert root.get("role") == "img"


def test_a_badge_is_the_same_each_time_and_as_large_as_it_says() -> None:
    assert draw_badge(FACE) == draw_badge(FACE)
    assert opened(draw_badge(FACE)).size == (1200, 1200)
    assert opened(social_card(FACE)).size == (1200, 630)


@pytest.mark.parametrize("name", HOSTILE)
def test_any_name_is_drawn_and_says_itself(name: str) -> None:
    face = dataclasses.replace(FACE, employer=name, place=name, level=name)
    draw_badge(face, size=200)
    svg = badge_svg(face).decode()
    root = ElementTree.fromstring(svg)
    title = root.find("{http://www.w3.org/2000/svg}title")
    assert title is not None
    assert title.text == f"Certifié : {name}"
    assert "<script" not in svg
    assert 'href="http' not in svg


def test_each_status_is_told_apart_without_colour_nor_words() -> None:
    seals = {}
    for status in STATUSES:
        badge = opened(draw_badge(dataclasses.replace(FACE, status=status, label=" "), size=300)).convert("L")
        seals[status] = badge.crop((80, 10, 220, 150)).point(lambda light: 255 if light > 200 else 0)
    for one, other in itertools.combinations(STATUSES, 2):
        difference = ImageStat.Stat(ImageChops.difference(seals[one], seals[other])).mean[0] / 255
        assert difference > 0.04, f"{one} looks like {other} in black and white"
