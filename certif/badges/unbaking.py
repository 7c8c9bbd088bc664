"""Read a credential out of what a stranger hands over: its text, or a picture that carries it.

Nothing here trusts a length, an entity or a depth.

Source: W3C, PNG, 11.3.3.4 (iTXt); 1EdTech, Open Badges 3.0, 5.2 and 5.3.
"""

from __future__ import annotations

import json
import re
import struct
import zlib
from collections.abc import Iterator
from typing import Any, NoReturn
from xml.parsers import expat

from certif.badges.baking import KEYWORD, NAMESPACE, SIGNATURE
from certif.kit.errors import Refusal
from certif.kit.languages import _

HEAVIEST_CREDENTIAL = 1024 * 1024
"""The most bytes that are looked at, compressed or not."""

DEEPEST, MOST_VALUES = 24, 2000
"""How deep a credential may nest, and how many values it may hold. Ours has some 150 values, eight deep."""

_MOST_CHUNKS, _DEEPEST_DRAWING = 4096, 256
_JWT = re.compile(r"\s*ey[\w-]+\.[\w-]+\.[\w-]*\s*", re.ASCII)
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def credential_in(content: bytes) -> str:
    """Give the text of the credential in a file: JSON, PNG or SVG.

    Refuses: what is too heavy, is none of these, carries none, carries several, or is made to harm its reader.
    """
    if len(content) > HEAVIEST_CREDENTIAL:
        raise Refusal(_("Ce fichier est trop lourd. Une attestation numérique pèse 1 Mo au plus."))
    if content.startswith(SIGNATURE):
        return _decoded(_inside_png(content))
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return _inside_svg(content)
    if b"%PDF-" in content[:1024]:
        raise Refusal(_("C’est un document PDF. Vérifiez-le à la page « Vérifier un document »."))
    return _decoded(content)


def read_credential(text: str) -> dict[str, Any]:
    """Read the text of a credential.

    Refuses: what is not JSON, says the same name twice, is too deep or too long, or is no credential.
    """
    if _JWT.fullmatch(text):
        raise Refusal(_("Cette attestation est signée d’une autre façon (JWT), que cette page ne sait pas vérifier."))
    try:
        found = json.loads(text, object_pairs_hook=_without_twins, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise Refusal(_("Ce texte n’est pas une attestation numérique : il n’est pas du JSON. Copiez-le en entier.")) from None
    _look_through(found)
    if not isinstance(found, dict) or "@context" not in found or "credentialSubject" not in found:
        raise Refusal(_("Ce texte n’est pas une attestation numérique. Copiez-le en entier, de la première accolade à la dernière."))
    return found


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refusal(
            _("Ce fichier n’est ni une attestation numérique (JSON), ni une image PNG ou SVG. Déposez celui que vous avez reçu.")
        ) from None


def _inside_png(content: bytes) -> bytes:
    found = [data for kind, data in _chunks(content) if kind == b"iTXt" and data.startswith(KEYWORD + b"\0")]
    if not found:
        raise Refusal(_("Cette image ne porte aucune attestation. Une image convertie, recadrée ou photographiée l’a perdue."))
    if len(found) > 1:
        raise Refusal(_("Cette image porte plusieurs attestations : on ne sait pas laquelle croire."))
    head, _keyword, rest = found[0][: len(KEYWORD) + 3], KEYWORD, found[0][len(KEYWORD) + 3 :]
    parts = rest.split(b"\0", 2)
    if len(parts) != 3 or len(head) != len(KEYWORD) + 3 or head[-2] > 1:
        _spoilt()
    return _inflated(parts[2]) if head[-2] else parts[2]


def _inflated(packed: bytes) -> bytes:
    opened = zlib.decompressobj()
    try:
        text = opened.decompress(packed, HEAVIEST_CREDENTIAL + 1)
    except zlib.error:
        _spoilt()
    if len(text) > HEAVIEST_CREDENTIAL:
        raise Refusal(_("Ce fichier est trop lourd. Une attestation numérique pèse 1 Mo au plus."))
    return text


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Give the pieces of a PNG, each checked against its own length and sum."""
    place = len(SIGNATURE)
    for _each in range(_MOST_CHUNKS):
        if place == len(content):
            return
        if place + 12 > len(content):
            _spoilt()
        (length,) = struct.unpack_from(">I", content, place)
        end = place + 12 + length
        if end > len(content):
            _spoilt()
        kind, data = content[place + 4 : place + 8], content[place + 8 : end - 4]
        if zlib.crc32(kind + data) != struct.unpack_from(">I", content, end - 4)[0]:
            _spoilt()
        yield kind, data
        place = end
    _spoilt()


def _inside_svg(content: bytes) -> str:
    reader = _Drawing()
    try:
        reader.read(content)
    except (expat.ExpatError, ValueError, LookupError):
        _spoilt()
    if not reader.found:
        raise Refusal(_("Cette image ne porte aucune attestation. Une image convertie, recadrée ou photographiée l’a perdue."))
    if len(reader.found) > 1:
        raise Refusal(_("Cette image porte plusieurs attestations : on ne sait pas laquelle croire."))
    return "".join(reader.found[0])


class _Drawing:
    """What is read of a drawing: nothing but its credentials. A document type is refused, and with it every entity."""

    def __init__(self) -> None:
        self.found: list[list[str]] = []
        self.depth = 0
        self.inside: int | None = None

    def read(self, content: bytes) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = lambda *_given: _spoilt()
        parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = self.opens, self.closes, self.says
        parser.Parse(content, True)

    def opens(self, name: str, _attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > _DEEPEST_DRAWING:
            _spoilt()
        if name == f"{NAMESPACE} credential" and self.inside is None:
            self.inside = self.depth
            self.found.append([])

    def closes(self, _name: str) -> None:
        if self.inside == self.depth:
            self.inside = None
        self.depth -= 1

    def says(self, text: str) -> None:
        if self.inside == self.depth:
            self.found[-1].append(text)


def _spoilt() -> NoReturn:
    raise Refusal(_("Cette image est abîmée, ou n’est pas celle que son nom annonce. Déposez le fichier tel que vous l’avez reçu."))


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Refusal(_("Cette attestation dit deux fois la même chose : deux lecteurs n’y liraient pas le même texte."))
    return found


def _no_number(_text: str) -> NoReturn:
    raise json.JSONDecodeError("no number", "", 0)


def _look_through(whole: Any) -> None:
    """Walk through what was read, one level after the other. Refuses what is deeper or longer than any credential is."""
    count, depth, level = 0, 0, [whole]
    while level:
        count, depth = count + len(level), depth + 1
        if count > MOST_VALUES or depth > DEEPEST:
            raise Refusal(_("Cette attestation est trop longue ou trop compliquée pour être lue ici."))
        if any(isinstance(one, str) and _LONE_SURROGATE.search(one) for one in level):
            raise Refusal(_("Cette attestation contient des signes qui n’existent pas. Copiez-la en entier."))
        level = [inner for one in level for inner in _within(one)]


def _within(one: Any) -> list[Any]:
    return [*one.keys(), *one.values()] if isinstance(one, dict) else one if isinstance(one, list) else []
