"""Typeset a document with typst: from a template and data, never from text that anyone typed."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates" / "documents"
FONTS = ROOT / "static" / "fonts" / "pdf"

_press = Lock()


def typeset(template: str, data: dict[str, Any], language: str) -> bytes:
    """Typeset `templates/documents/<template>.typ`.

    Takes: `data`, fit for JSON, as the top of the template says; `language`, `"fr"` or `"en"`.
    Gives: PDF bytes, tagged (PDF/UA-1), fonts embedded, the same for the same data.
    """
    said = json.dumps({**data, "language": language}, ensure_ascii=False, sort_keys=True)
    with _press:
        pdf = _compiler(template).compile(format="pdf", sys_inputs={"data": said}, pdf_standards=["ua-1", "a-2a"], timestamp=0)
    assert isinstance(pdf, bytes)
    return pdf


@cache
def _compiler(template: str) -> Any:
    return typst.Compiler(TEMPLATES / f"{template}.typ", root=TEMPLATES, font_paths=[FONTS], ignore_system_fonts=True)
