"""QR codes that survive print: error correction Q (M for long ones), four quiet modules, black on white."""

from __future__ import annotations

import io
from html import escape

import qrcode
from PIL import Image
from qrcode.constants import ERROR_CORRECT_M, ERROR_CORRECT_Q

QUIET = 4
"""Modules of white around the code. Source: ISO/IEC 18004, 9.1."""


def draw_qr(address: str, size: int = 1000) -> bytes:
    """Draw the QR code of an address.

    Takes: `size`, the least width in pixels; the picture is the next whole number of pixels a module.
    Gives: PNG bytes, square, 1 bit a pixel.
    """
    modules = _modules(address)
    side, rows = len(modules), [bytes(0 if dark else 255 for dark in row) for row in modules]
    picture = Image.frombytes("L", (side, side), b"".join(rows)).resize((side * -(-size // side),) * 2, Image.Resampling.NEAREST)
    out = io.BytesIO()
    picture.convert("1", dither=Image.Dither.NONE).save(out, "PNG")
    return out.getvalue()


def qr_svg(address: str, alt: str, *, is_long: bool = False, mask: int | None = None) -> str:
    """Draw the QR code of an address as SVG.

    Takes: `alt`, what it is, for who cannot see it; `is_long`, for an address that carries a document: larger squares, fewer corrections;
    `mask`, one of the eight (0 to 7) where hundreds are drawn at once: trying them all, to keep the one that scans best, takes six times as
    long.
    Gives: a whole SVG document, without any outside reference.
    """
    modules = _modules(address, ERROR_CORRECT_M if is_long else ERROR_CORRECT_Q, mask)
    side = len(modules)
    runs = "".join(_runs(number, row) for number, row in enumerate(modules))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" role="img" shape-rendering="crispEdges">'
        f'<title>{escape(alt)}</title><path fill="#fff" d="M0 0h{side}v{side}H0z"/><path fill="#000" d="{runs}"/></svg>'
    )


def _runs(number: int, row: list[bool]) -> str:
    """Give the dark runs of a row, as a path."""
    path, start = [], None
    for column, dark in enumerate([*row, False]):
        if dark and start is None:
            start = column
        elif not dark and start is not None:
            path.append(f"M{start} {number}h{column - start}v1h-{column - start}z")
            start = None
    return "".join(path)


def _modules(address: str, correction: int = ERROR_CORRECT_Q, mask: int | None = None) -> list[list[bool]]:
    code = qrcode.QRCode(error_correction=correction, border=QUIET, mask_pattern=mask)
    code.add_data(address)
    code.make(fit=True)
    return [[bool(module) for module in row] for row in code.get_matrix()]
