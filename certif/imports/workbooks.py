"""A workbook that a stranger made, made safe to read.

A workbook is a zip: a few kilobytes of it can hold gigabytes, one far cell makes a reader keep room for seventeen billion, and a long text
can be shared by a million cells. So it is unpacked here up to a bound, walked through once without being built, and given on only when
what it amounts to is known. Nothing that it says of its own size is believed.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import Counter
from xml.parsers import expat

from certif.kit.errors import Refusal
from certif.kit.languages import _

MOST_UNPACKED = 60 * 1024 * 1024
MOST_PARTS = 400
MOST_ROWS = 50_000
MOST_COLUMNS = 60
_FARTHEST_ROW = 100_000
"""Blank rows between and below are forgiven, up to here."""
_PIECE = 256 * 1024


def unpacked(content: bytes) -> io.BytesIO:
    """Give the same workbook, not packed, and holding its texts only.

    Refuses: what is no workbook, or one with a password; one too big once open; a cell too far away; entities of its own.
    """
    clean, room, walk = io.BytesIO(), MOST_UNPACKED, _Walk()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed, zipfile.ZipFile(clean, "w", zipfile.ZIP_STORED) as copy:
            parts = packed.infolist()
            names = {part.filename for part in parts}
            if len(parts) > MOST_PARTS or "xl/workbook.xml" not in names or len(names) < len(parts):
                raise unreadable()
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    text = _bounded(packed, part, room)
                    room -= len(text)
                    walk.through(text)
                    copy.writestr(zipfile.ZipInfo(part.filename), text)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, expat.ExpatError, UnicodeError):
        raise unreadable() from None
    if walk.length() > MOST_UNPACKED:
        raise too_big()
    clean.seek(0)
    return clean


def unreadable() -> Refusal:
    """Give the refusal of what is no file of rows."""
    return Refusal(_("Ce fichier n’a pas pu être lu. Envoyez un classeur XLSX ou un fichier CSV, sans mot de passe."))


def too_big() -> Refusal:
    """Give the refusal of what grows too much once open."""
    return Refusal(_("Ce classeur est trop gros une fois ouvert. Gardez la seule feuille à importer, sans images."))


def too_wide() -> Refusal:
    """Give the refusal of too many columns."""
    return Refusal(_("Ce fichier a plus de %(most)s colonnes. Gardez celles du modèle.", most=MOST_COLUMNS))


def too_long() -> Refusal:
    """Give the refusal of too many rows."""
    return Refusal(_("Ce fichier a plus de %(most)s lignes. Partagez-le en plusieurs fichiers.", most=MOST_ROWS))


def _bounded(packed: zipfile.ZipFile, part: zipfile.ZipInfo, room: int) -> bytes:
    found = bytearray()
    with packed.open(part) as stream:
        while piece := stream.read(_PIECE):
            found += piece
            if len(found) > room:
                raise too_big()
    return bytes(found)


class _Walk:
    """Goes through the parts of a workbook, and counts: where its cells are, and how long their texts are once shared ones are said."""

    def __init__(self) -> None:
        self._row = self._column = self._text = 0
        self._shares = self._is_shared = False
        self._digits: list[str] | None = None
        self._shared: list[int] = []
        self._uses: Counter[int] = Counter()

    def through(self, text: bytes) -> None:
        """Go through one part. Refuses: entities of its own; a cell too far away."""
        self._row = self._column = 0
        parser = expat.ParserCreate("utf-8")  # as the reader after us takes it, whatever the part says
        parser.StartDoctypeDeclHandler = _refuse_entities
        parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = self._start, self._end, self._say
        parser.Parse(text, True)

    def length(self) -> int:
        """Give how many signs all the cells hold together."""
        longest = max(self._shared, default=0)
        shared = sum(times * (self._shared[at] if at < len(self._shared) else longest) for at, times in self._uses.items())
        return shared + self._text

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag, reference = name.rpartition(":")[2], attributes.get("r")
        if tag == "row":
            self._row, self._column = _row_of(reference, self._row + 1), 0
        elif tag == "c":
            self._row, self._column = _row_of(reference, self._row), _column_of(reference, self._column + 1)
            self._shares = attributes.get("t") == "s"
        elif tag == "si":
            self._shared.append(0)
            self._is_shared = True
        elif tag == "v" and self._shares:
            self._digits = []
        if self._row > _FARTHEST_ROW:
            raise too_long()
        if self._column > MOST_COLUMNS:
            raise too_wide()

    def _end(self, name: str) -> None:
        tag = name.rpartition(":")[2]
        self._is_shared = self._is_shared and tag != "si"
        if self._digits is not None and tag == "v":
            digits, self._digits = "".join(self._digits).strip(), None
            self._uses[int(digits[:9]) if digits.isdecimal() else 0] += 1

    def _say(self, text: str) -> None:
        if self._digits is not None:
            self._digits.append(text)
        elif self._is_shared:
            self._shared[-1] += len(text)
        else:
            self._text += len(text)


def _refuse_entities(*_declared: object) -> None:
    raise unreadable()


def _row_of(reference: str | None, otherwise: int) -> int:
    found = re.search(r"[0-9]+$", reference or "")
    return int(found.group()[:9]) if found else otherwise


def _column_of(reference: str | None, otherwise: int) -> int:
    letters = re.match(r"\$?([A-Za-z]{1,9})", reference or "")
    if letters is None:
        return otherwise
    column = 0
    for letter in letters.group(1).upper():
        column = column * 26 + ord(letter) - 64
    return column
