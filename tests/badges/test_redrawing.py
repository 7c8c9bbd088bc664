"""Pictures that people give: what is honest is redrawn and bare, what is hostile is refused before it is decoded, with a sentence."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from flask import Flask
from PIL import Image, PngImagePlugin

from certif.badges import as_svg, redrawn
from certif.kit.errors import Refusal


def saved(picture: Image.Image, kind: str, **more: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **more)
    return out.getvalue()


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def bomb(side: int) -> bytes:
    """Give a PNG of a few kilobytes that asks for `side`² pixels."""
    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(bytes(1 + side)) for _row in range(64)) + packer.flush()
    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


PLAIN = Image.new("RGB", (64, 32), "#a8301a")
FRAMES = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
TEXT_BOMB = PngImagePlugin.PngInfo()
TEXT_BOMB.add_text("x", "A" * 70_000_000, zip=True)

HOSTILE = {
    "a PNG of 144 million pixels": bomb(12_000),
    "a PNG of 900 million pixels": bomb(30_000),
    "a PNG of 17 million pixels": bomb(4_200),
    "a text that unpacks to 70 MB": saved(PLAIN, "PNG", pnginfo=TEXT_BOMB),
    "a script in SVG": b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    "an entity in SVG": b"<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><svg>&x;</svg>",
    "a GIF that is a script": saved(FRAMES[0], "GIF") + b"*/=1;alert(1)//",
    "a TIFF named otherwise": saved(PLAIN.convert("CMYK"), "TIFF"),
    "PostScript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
    "an animated PNG": saved(FRAMES[0], "PNG", save_all=True, append_images=FRAMES[1:]),
    "an animated WebP": saved(FRAMES[0], "WEBP", save_all=True, append_images=FRAMES[1:]),
    "a PNG cut short": saved(Image.effect_noise((200, 200), 90), "PNG")[:-3000],
    "a JPEG cut short": saved(Image.effect_noise((200, 200), 90), "JPEG")[:2000],
    "a WebP cut short": saved(Image.effect_noise((200, 200), 90), "WEBP")[:900],
    "nothing": b"",
    "noise": bytes(range(256)) * 40,
    "too heavy": saved(PLAIN, "PNG") + bytes(5 * 1024 * 1024),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_hostile_is_refused_with_a_sentence(app: Flask, name: str) -> None:
    with pytest.raises(Refusal, match=r"(?:Choisissez|Choisissez-en) .*\.$"):
        redrawn(HOSTILE[name])


@pytest.mark.parametrize("name", ["a PNG of 144 million pixels", "a PNG of 17 million pixels", "an animated WebP"])
def test_it_is_refused_before_a_pixel_is_decoded(app: Flask, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    def decoded(_self: object, *_given: object) -> None:
        raise AssertionError("decoded")

    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", decoded)
    monkeypatch.setattr("PIL.WebPImagePlugin.WebPImageFile.load", decoded)
    with pytest.raises(Refusal):
        redrawn(HOSTILE[name])
    with pytest.raises(AssertionError, match="decoded"):
        redrawn(saved(PLAIN, "PNG"))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_an_honest_picture_is_kept_as_bare_pixels(app: Flask, kind: str) -> None:
    exif = Image.Exif()
    exif[0x010E], exif[0x0112] = "secret place", 6  # a description, and a quarter turn
    kept = redrawn(saved(PLAIN, kind, exif=exif) + b"<script>alert(1)</script>")
    again = Image.open(io.BytesIO(kept))
    assert (again.format, again.size) == ("PNG", (32, 64)), "turned upright"
    assert not again.getexif()
    assert b"secret" not in kept
    assert b"<script" not in kept, "what was hidden behind the picture is gone"


def test_what_is_kept_is_bounded(app: Flask) -> None:
    noise = Image.merge("RGB", [Image.effect_noise((1600, 1500), 120) for _band in range(3)])
    kept = redrawn(saved(noise, "JPEG", quality=80))
    assert max(Image.open(io.BytesIO(kept)).size) <= 800
    assert len(kept) <= 600 * 1024
    assert as_svg(kept).startswith("<svg ")
