"""The one style sheet of the site, put together from its layers when the application starts: no build, one request."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

ORDER = ("tokens.css", "reset.css", "base.css", "layout.css", "parts/*.css", "pages/*.css", "print.css")
"""The files of `static/css`, in the order of their layers; those of a folder by name."""

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_BLANKS = re.compile(r"\s*\n\s*")
_AROUND = re.compile(r"\s*([{};])\s*")
_FILE = re.compile(r'url\("([^":]+)"\)')


def stylesheet(static_dir: Path) -> bytes:
    """Put the style sheet together.

    Takes: `static_dir`, the folder `static`; paths inside the files are written from `static/`, as the sheet is served from there.
    Gives: CSS, UTF-8, without comments and indents; each file it names carries the mark of its content, as `static_url` writes it.
    The same files give the same bytes.
    """

    def marked(found: re.Match[str]) -> str:
        return f'url("{found[1]}?v={mark((static_dir / found[1]).read_bytes())}")'

    files = (path for pattern in ORDER for path in sorted((static_dir / "css").glob(pattern)))
    text = _COMMENT.sub("", "\n".join(path.read_text(encoding="utf-8") for path in files))
    text = _AROUND.sub(r"\1", _BLANKS.sub(" ", text)).strip()
    return ("@layer reset, base, layout, parts, pages;\n" + _FILE.sub(marked, text) + "\n").encode()


def mark(content: bytes) -> str:
    """Give the mark of a static file: when it changes, so does its address, and no old copy is shown."""
    return hashlib.sha256(content).hexdigest()[:10]
