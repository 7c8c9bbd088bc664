"""Typeset a document with typst: from a template and data, never from text that anyone typed."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import LifoQueue
from typing import Any

import typst

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates" / "documents"
FONTS = ROOT / "static" / "fonts" / "pdf"

Press = dict[str, Any]
"""What typesets one document at a time: its compilers, by template. The typesetter works outside Python's lock: two presses keep two cores
busy."""

PRESSES = min(2, os.cpu_count() or 1)
_idle: LifoQueue[Press] = LifoQueue()  # the last one used comes first: a second one is warmed up only where two are needed
for _each in range(PRESSES):
    _idle.put({})


def typeset(template: str, data: dict[str, Any], language: str) -> bytes:
    """Typeset `templates/documents/<template>.typ`.

    Takes: `data`, fit for JSON, as the top of the template says; `language`, `"fr"` or `"en"`.
    Gives: PDF bytes, tagged (PDF/UA-1), fonts embedded, the same for the same data.
    """
    with _compiler(template) as compiler:
        pdf = compiler.compile(format="pdf", sys_inputs=_said(data, language), pdf_standards=["ua-1", "a-2a"], timestamp=0)
    assert isinstance(pdf, bytes)
    return pdf


def preview(template: str, data: dict[str, Any], language: str, ppi: int = 60) -> bytes:
    """Draw the first page of the same document, as it looks when it is cut. Gives: PNG bytes, `ppi` pixels an inch."""
    with _compiler(template) as compiler:
        drawn = compiler.compile(format="png", sys_inputs=_said(data, language), ppi=ppi)
    first = drawn[0] if isinstance(drawn, list) else drawn
    assert isinstance(first, bytes)
    return first


def _said(data: dict[str, Any], language: str) -> dict[str, str]:
    return {"data": json.dumps({**data, "language": language}, ensure_ascii=False, sort_keys=True)}


@contextmanager
def _compiler(template: str) -> Iterator[Any]:
    press = _idle.get()
    try:
        if template not in press:
            press[template] = typst.Compiler(TEMPLATES / f"{template}.typ", root=TEMPLATES, font_paths=[FONTS], ignore_system_fonts=True)
        yield press[template]
    finally:
        _idle.put(press)
