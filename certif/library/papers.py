"""What is typeset and packed: the sheet of a tool, the poster of a beat, the pack of a campaign; in the colours of a program, if any."""

from __future__ import annotations

import datetime as dt
from typing import Any

from certif import badges
from certif.documents import typeset
from certif.kit.languages import _, format_day, speaking
from certif.kit.web import absolute_url
from certif.library.beat_model import Beat, BeatDate, PackPiece, PieceKind
from certif.library.prose import blocks, plain
from certif.library.versions import ToolVersion
from certif.programs import Program, version_in_force
from certif.visibility import logo_for, zipped

BRAND = "#0f4a3c"
FILES = {PieceKind.POST: "publication", PieceKind.LETTER: "lettre", PieceKind.POSTER: "affiche"}


def sheet_pdf(version: ToolVersion, spoken: str, program: Program | None) -> bytes:
    """Typeset a tool, in French or in English. Takes: `program`, whose look it has. Gives: PDF, tagged, US Letter."""
    tool, text = version.tool, version.text.said_in(spoken)
    with speaking(spoken):
        data = {
            **_look(program), "title": version.title.said_in(spoken), "kind": str(tool.kind_label),
            "audience": str(tool.audience_label), "summary": version.summary.said_in(spoken),
            "blocks": [{"kind": one.kind, "text": one.text, "lines": one.lines} for one in blocks(text)],
            "version": _("Version %(number)s, %(day)s", number=version.number, day=format_day(version.published_on)),
            "address": absolute_url("library.show_tool", slug=tool.slug, language=spoken).split("://")[1] if tool.is_public else "",
        }  # fmt: skip
        return typeset("tool_sheet", data, spoken)


def poster_pdf(piece: PackPiece, date: BeatDate | None, program: Program | None, *, is_bilingual: bool) -> bytes:
    """Typeset the poster of a beat. In French, or with English beneath, smaller. Gives: PDF, tagged, US Letter."""
    address = str(absolute_url("library.show_beat", slug=piece.beat.slug, language="fr"))
    with speaking("fr"):
        when = days(date.from_on, date.until_on) if date else ""
        alt = _("Code QR qui mène à %(address)s", address=address.split("://")[1])
    data = {
        **_look(program), "bilingual": is_bilingual, "slogan": _both(piece.title_fr, piece.title_en),
        "words": _both(piece.text_fr, piece.text_en),
        "beat": _both(piece.beat.name_fr, piece.beat.name_en), "when": when, "title": piece.title_fr,
        "qr": badges.qr_svg(address, alt=alt), "qr_alt": alt, "address": address.split("://")[1],
    }  # fmt: skip
    return typeset("beat_poster", data, "fr")


def pack_zip(beat: Beat, pieces: list[PackPiece], date: BeatDate | None, program: Program | None) -> bytes:
    """Put the pack of a beat in one file: texts in both languages, posters to print. The same pack gives the same bytes."""
    return zipped([file for number, piece in enumerate(pieces, 1) for file in _files(number, piece, date, program)])


def days(first: dt.date, last: dt.date) -> str:
    """Write the days of a beat, in the language being spoken."""
    if first == last:
        return format_day(first)
    return _("du %(first)s au %(last)s", first=format_day(first), last=format_day(last))


def _files(number: int, piece: PackPiece, date: BeatDate | None, program: Program | None) -> list[tuple[str, bytes]]:
    kind = PieceKind(piece.kind)
    stem = f"{number:02d}-{FILES[kind]}"
    if kind is PieceKind.POSTER:
        whole = [(f"{stem}.pdf", poster_pdf(piece, date, program, is_bilingual=False))]
        return [*whole, (f"{stem}-bilingue.pdf", poster_pdf(piece, date, program, is_bilingual=True))] if piece.title_en else whole
    texts = [(f"{stem}.txt", piece.title_fr, piece.text_fr)]
    if piece.text_en:
        texts.append((f"{stem}-en.txt", piece.title_en, piece.text_en))
    return [(name, f"{title}\n\n{plain(text)}\n".encode()) for name, title, text in texts]


def _look(program: Program | None) -> dict[str, Any]:
    version = version_in_force(program) if program else None
    body = program.body.name if program else ""
    return {
        "program": program.name if program else "", "body": body, "colour": version.rules.colours.primary if version else BRAND,
        "logo": logo_for(version.rules.logo, body) if version else None,
    }  # fmt: skip


def _both(french: str, english: str) -> dict[str, str]:
    return {"fr": french, "en": english}
