"""The files of a kit: each with its name and what makes it, when someone asks for it. Nothing is kept: a sheet
takes some 15 ms, and what it says may have changed since."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from werkzeug.exceptions import NotFound

from certif import badges, documents
from certif.certification import certificate_file_name, certificate_words
from certif.kit import evidence
from certif.kit.languages import _, _l, folded, format_day, speaking
from certif.kit.web import absolute_url
from certif.visibility.kits import Kit, logo_of, picture_of
from certif.visibility.wording import press_paragraph, signature_of, title_of, words_of

PDF, PNG, SVG = "application/pdf", "image/png", "image/svg+xml"
TEXT, HTML = "text/plain; charset=utf-8", "text/html; charset=utf-8"
PAPERS = {"lettre": "us-letter", "a4": "a4"}
PIECES = {"vignette": "sticker", "affiche": "poster"}
PLACES = {"vignette": "vitrine", "affiche": "affiche"}
"""Where each piece hangs, as the address in its QR code says, so that scans are counted by place."""

SMALL_BADGE = 480

_PIECE_LABELS = {"vignette": _l("Vignette de vitrine"), "affiche": _l("Affiche")}
_PAPER_LABELS = {"lettre": _l("format Lettre"), "a4": _l("format A4")}
_IN_LANGUAGE = {"fr": _l("en français"), "en": _l("en anglais")}
_ISSUED = {"fr": _l("telle qu’elle a été délivrée"), "en": _l("telle qu’elle a été délivrée, en anglais")}


@dataclass(frozen=True)
class KitFile:
    """One file of a kit. `make` gives its bytes and asks nothing of the database: it may run in any thread."""

    name: str
    label: str
    media_type: str
    make: Callable[[], bytes]
    is_bilingual: bool = False


def files_of(kit: Kit) -> list[KitFile]:
    """Give the files of a kit. Refuses (404) an establishment that has nothing to post up today."""
    if kit.status is None:
        raise NotFound
    if not kit.is_whole:
        return [*_printed(kit, ("vignette",)), *_pictures(kit)]
    return [*_printed(kit, tuple(PIECES)), *_certificates(kit), *_pictures(kit), *_texts(kit)]


def file_of_kit(kit: Kit, name: str) -> KitFile:
    """Give the file of a kit that has this name. Refuses (404) any other."""
    for one in files_of(kit):
        if one.name == name:
            return one
    raise NotFound


def preview_of(kit: Kit, piece: str, *, is_bilingual: bool) -> bytes:
    """Draw a sheet as it looks. Gives: PNG bytes. Refuses (404) a piece that this kit does not have."""
    if piece not in PIECES or kit.status is None or (piece != "vignette" and not kit.is_whole):
        raise NotFound
    paper = "cut" if piece == "vignette" else PAPERS["lettre"]
    return _preview(PIECES[piece], _on(_said(kit, piece), paper, is_bilingual=is_bilingual))


def zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Put files in one. What is compressed already is only stored; the same files give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files:
            about = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            about.external_attr = 0o644 << 16
            archive.writestr(about, content, zipfile.ZIP_DEFLATED if name.endswith((".txt", ".svg", ".html")) else zipfile.ZIP_STORED)
    return out.getvalue()


def folder_name(kit: Kit) -> str:
    """Give the name of a kit's folder: the employer, its municipality, and the end of the code, which tells two alike apart."""
    words = folded(f"{kit.employer.name} {kit.place.municipality}").encode("ascii", "ignore").decode().split()
    return "-".join([*words, kit.code[-6:].lower()])[:80].lstrip("-")


def _printed(kit: Kit, pieces: tuple[str, ...]) -> list[KitFile]:
    found = []
    for piece in pieces:
        whole = _said(kit, piece)
        for is_bilingual in (False, True):
            for paper, size in PAPERS.items():
                said = _on(whole, size, is_bilingual=is_bilingual)
                name = f"{piece}-{paper}{'-bilingue' if is_bilingual else ''}.pdf"
                label = f"{_PIECE_LABELS[piece]}, {_PAPER_LABELS[paper]}"
                found.append(KitFile(name, label, PDF, partial(_typeset, PIECES[piece], said), is_bilingual))
    return found


def _certificates(kit: Kit) -> list[KitFile]:
    """Give the certificate as it was issued, then the same for the other paper and in the other language."""
    assert kit.badge is not None
    certification, label = kit.certification, _("Attestation à encadrer")
    content = evidence.fetch(kit.badge.certificate_digest).content
    found = [KitFile(certificate_file_name(kit.badge), f"{label}, {_ISSUED[certification.language]}", PDF, lambda: content)]
    for language, mark in (("fr", ""), ("en", "-en")):
        for paper, size in PAPERS.items():
            if (language, paper) != (certification.language, "lettre"):
                said = json.dumps(certificate_words(certification, kit.badge, language, size), ensure_ascii=False)
                words = f"{label}, {_IN_LANGUAGE[language]}, {_PAPER_LABELS[paper]}"
                found.append(KitFile(f"attestation-{paper}{mark}.pdf", words, PDF, partial(_typeset, "certificate", said, language)))
    return found


def _pictures(kit: Kit) -> list[KitFile]:
    address, face = _address(kit), face_of(kit)
    alt = _("Code QR qui mène à %(address)s", address=address.split("://")[1])
    found = [KitFile("code-qr.svg", _("Code QR, dessin SVG"), SVG, lambda: badges.qr_svg(address, alt=alt).encode())]
    if kit.is_whole:
        found += [
            KitFile("badge.svg", _("Badge, dessin SVG"), SVG, lambda: badges.badge_svg(face)),
            KitFile("badge.png", _("Badge, image PNG"), PNG, lambda: badges.draw_badge(face, SMALL_BADGE)),
            KitFile("carte-sociale.png", _("Image pour les réseaux sociaux"), PNG, lambda: badges.social_card(face)),
        ]
    return found


def _texts(kit: Kit) -> list[KitFile]:
    found = []
    for language, mark in (("fr", ""), ("en", "-en")):
        with speaking(language):
            signature, paragraph = signature_of(kit), press_paragraph(kit)
        for name, label, kind, text in (
            (f"signature{mark}.html", _("Signature de courriel, HTML"), HTML, signature.html),
            (f"signature{mark}.txt", _("Signature de courriel, texte"), TEXT, signature.text),
            (f"paragraphe-presse{mark}.txt", _("Paragraphe pour la presse"), TEXT, paragraph + "\n"),
        ):
            found.append(KitFile(name, label, kind, partial(str.encode, text), language == "en"))
    return found


def face_of(kit: Kit) -> badges.BadgeFace:
    """Give what the badge of a kit says, in French: the language of what is posted up."""
    with speaking("fr"):
        return badges.BadgeFace(
            employer=kit.employer.name,
            place=kit.place_name,
            program=kit.certification.program.name,
            status=kit.status or "certified",
            label=title_of(kit),
            dates=_("Jusqu’au %(day)s", day=format_day(kit.badge.valid_until)) if kit.badge else "",
            address=_address(kit).split("://")[1],
            language="fr",
            level=kit.level.name.fr if kit.level and not kit.level.is_supporter else "",
            colour=kit.level.colour if kit.level else _colour(kit),
            link=_address(kit),
        )


def _on(said: dict[str, Any], paper: str, *, is_bilingual: bool) -> str:
    """Give all that one sheet says, as text: so that threads share nothing."""
    return json.dumps({**said, "bilingual": is_bilingual, "paper": paper}, ensure_ascii=False, sort_keys=True)


def _said(kit: Kit, piece: str) -> dict[str, Any]:
    address, marked = _address(kit), str(absolute_url("public.verify", code=kit.code, language="fr", de=PLACES[piece]))
    program = kit.certification.program
    with speaking("fr"):
        return {
            **words_of(kit),
            "status": kit.status,
            "colour": _colour(kit),
            "employer": kit.employer.name,
            "place": kit.place_name,
            "program": program.name,
            "body": program.body.name,
            "address": address.split("://")[1],
            "qr": badges.qr_svg(marked, alt=address),
            "qr_alt": _("Code QR qui mène à la page de vérification : %(address)s", address=address),
            "logo": logo_for(kit.rules.logo, program.body.name),
            "own_logo": _drawn(picture_of(logo_of(kit.employer)), kit.employer.name),
        }


def logo_for(digest: str | None, name: str) -> dict[str, str] | None:
    """Give the logo of a program as the sheets take it, or None where there is none. Takes: `name`, whose it is."""
    return _drawn(evidence.fetch(digest).content if digest is not None and evidence.is_kept(digest) else None, name)


def _drawn(picture: bytes | None, name: str) -> dict[str, str] | None:
    return {"svg": badges.as_svg(picture), "alt": _("Logo de « %(name)s »", name=name)} if picture is not None else None


def _address(kit: Kit) -> str:
    return str(absolute_url("public.verify", code=kit.code, language="fr"))


def _colour(kit: Kit) -> str:
    colours = kit.rules.colours
    return colours.in_progress if kit.status == "in_progress" else colours.primary


def _typeset(template: str, said: str, language: str = "fr") -> bytes:
    return documents.typeset(template, json.loads(said), language)


def _preview(template: str, said: str) -> bytes:
    return documents.preview(template, json.loads(said), "fr", ppi=72)
