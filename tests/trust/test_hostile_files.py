"""What strangers hand over is made to harm: each is answered with a sentence (422), soon, and never with a fault of ours."""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from pyld.canon import URDNA2015

from certif import badges, trust
from certif.badges import checking
from certif.badges.baking import KEYWORD, NAMESPACE, SIGNATURE, bake_png
from certif.kit.errors import Refusal
from tests.factories import make_certification
from tests.pages import Visitor
from tests.trust.handing import PATH, credential_of, hand_over

MOST = 1024 * 1024


def chunk(kind: bytes, data: bytes, *, length: int | None = None, total: int | None = None) -> bytes:
    said = len(data) if length is None else length
    return struct.pack(">I", said) + kind + data + struct.pack(">I", zlib.crc32(kind + data) if total is None else total)


def text_chunk(text: bytes, flags: bytes = b"\0\0") -> bytes:
    return chunk(b"iTXt", KEYWORD + b"\0" + flags + b"\0\0" + text)


HEAD = SIGNATURE + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
END = chunk(b"IEND", b"")
LAUGHS = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))

PICTURES: dict[str, tuple[bytes, str]] = {
    "cut": (HEAD[:-3], "abîmée"),
    "a length beyond the end": (HEAD + chunk(b"iTXt", b"x", length=2**31), "abîmée"),
    "the longest length there is": (SIGNATURE + b"\xff\xff\xff\xffiTXt", "abîmée"),
    "another sum": (HEAD + chunk(b"iTXt", KEYWORD + b"\0\0\0\0\0{}", total=1) + END, "abîmée"),
    "a million empty pieces": (SIGNATURE + chunk(b"tEXt", b"") * 80_000, "abîmée"),
    "nothing inside": (HEAD + END, "ne porte aucune attestation"),
    "two inside": (HEAD + text_chunk(b"{}") * 2 + END, "plusieurs attestations"),
    "a text without its parts": (HEAD + chunk(b"iTXt", KEYWORD + b"\0\0") + END, "abîmée"),
    "an unknown compression": (HEAD + text_chunk(b"{}", b"\7\0") + END, "abîmée"),
    "no compressed text": (HEAD + text_chunk(b"{}", b"\1\0") + END, "abîmée"),
    "a bomb": (HEAD + text_chunk(zlib.compress(b"0" * 300_000_000, 9), b"\1\0") + END, "trop lourd"),
    "a signature alone": (SIGNATURE, "ne porte aucune attestation"),
    "entities": (f'<!DOCTYPE s [<!ENTITY l0 "ha">{LAUGHS}]><svg>&l9;</svg>'.encode(), "abîmée"),
    "an entity of outside": (b'<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>', "abîmée"),
    "a type of document": (b"<!DOCTYPE svg><svg/>", "abîmée"),
    "a deep drawing": (b"<g>" * 100_000, "abîmée"),
    "a drawing that ends nowhere": (b"<svg", "abîmée"),
    "a drawing without": (b"<svg><text>{}</text></svg>", "ne porte aucune attestation"),
    "a drawing with two": (f'<svg xmlns:o="{NAMESPACE}">{"<o:credential>{}</o:credential>" * 2}</svg>'.encode(), "plusieurs attestations"),
    "a page": (b"<html><script>alert(1)</script></html>", "ne porte aucune attestation"),
    "another encoding": (b'<?xml version="1.0" encoding="utf-7"?><svg/>', "abîmée"),
    "a document": (b"%PDF-1.7\n", "Vérifier un document"),
    "bytes": (b"\x80\x81\x82", "ni une attestation numérique"),
    "nothing": (b" ", "n’est pas du JSON"),
    "too heavy": (b"{" + b" " * MOST, "trop lourd"),
}

TEXTS: dict[str, tuple[str, str]] = {
    "cut": ('{"@context"', "n’est pas du JSON"),
    "deep lists": ("[" * 200_000, "n’est pas du JSON"),
    "deep objects": ('{"a":' * 40 + "1" + "}" * 40, "trop compliquée"),
    "deeper": ('{"a":' * 900 + "1" + "}" * 900, "trop compliquée"),
    "a long number": ("1" * 100_000, "n’est pas du JSON"),
    "no number": ('{"a": NaN}', "n’est pas du JSON"),
    "the same name twice": ('{"@context": 1, "@context": 2}', "deux fois"),
    "half a sign": ('{"@context": "\\ud800", "credentialSubject": {}}', "signes qui n’existent pas"),
    "thousands of values": (json.dumps({"@context": [], "credentialSubject": list(range(5000))}), "trop compliquée"),
    "another signature": ("eyJhbGciOiJFUzI1NiJ9.e30.c2ln", "JWT"),
    "no credential": ('{"a": 1}', "n’est pas une attestation"),
    "a list": ("[]", "n’est pas une attestation"),
    "no proof": ('{"@context": [], "credentialSubject": {}}', "aucune signature"),
}


@pytest.mark.parametrize("name", PICTURES)
@pytest.mark.timeout(10)
def test_a_hostile_file_is_refused_with_a_sentence(app: object, name: str) -> None:
    content, words = PICTURES[name]
    with pytest.raises(Refusal, match=words):
        badges.read_credential(badges.credential_in(content))


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.timeout(10)
def test_a_hostile_text_is_refused_with_a_sentence(app: object, name: str) -> None:
    content, words = TEXTS[name]
    with pytest.raises(Refusal, match=words):
        trust.judge(badges.read_credential(badges.credential_in(content.encode())))


@pytest.mark.parametrize("content", [PICTURES["a bomb"][0], PICTURES["entities"][0], TEXTS["deeper"][0].encode(), b"\0\1", b""])
def test_the_page_says_it_and_keeps_the_form(visitor: Visitor, content: bytes) -> None:
    page = hand_over(visitor, content)
    assert page.status == 422
    assert page.errors()
    assert page.soup.main.find("input", attrs={"type": "file"})


def test_what_is_far_too_heavy_is_not_even_read(visitor: Visitor) -> None:
    assert hand_over(visitor, b"{" * (7 * MOST)).status == 413
    assert visitor.send(PATH, {"text": "{" * (2 * MOST)}).status == 413


def test_compressed_text_is_read_as_any_other(app: object) -> None:
    assert badges.credential_in(HEAD + text_chunk(zlib.compress(b'{"a": 1}'), b"\1\0") + END) == '{"a": 1}'
    assert badges.credential_in(bake_png(HEAD + END, '{"é": 1}')) == '{"é": 1}'


def tree(depth: int, fan: int) -> dict[str, Any]:
    """Give nodes without a name, all alike: putting them in order takes longer than anyone waits."""
    inner = {"parentOrg": [tree(depth - 1, fan) for _each in range(fan)]} if depth else {}
    return {"type": ["Profile"], "name": "n", **inner}


def rename(one: dict[str, Any], did: str) -> None:
    one["issuer"]["id"] = did
    one["proof"]["verificationMethod"] = f"{did}#key"


TRICKS: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "a strange context": (lambda one: one["@context"].append("https://example.org/context"), "https://example.org/context"),
    "a context of its own": (lambda one: one["@context"].append({"name": "https://example.org/other"}), "vocabulaire"),
    "a context inside": (lambda one: one["credentialSubject"].update({"@context": {"name": "https://example.org/other"}}), "vocabulaire"),
    "no context": (lambda one: one.update({"@context": None}), "vocabulaire"),
    "a word that nothing defines": (lambda one: one["credentialSubject"].update(honour="Très grande distinction"), "« honour »"),
    "a kind that nothing defines": (lambda one: one["credentialSubject"]["type"].append("Hero"), "ne couvre pas"),
    "a name that leads nowhere": (lambda one: one["credentialSubject"].update(id="here"), "ne couvre pas"),
    "a name of a blank node": (lambda one: one["credentialSubject"].update(id="_:b0"), "ne couvre pas"),
    "another way of writing": (lambda one: one.update({"@included": [{"id": "urn:x"}]}), "détours"),
    "a whole address as a word": (lambda one: one.update({"https://schema.org/name": "x"}), "détours"),
    "a poisoned graph": (lambda one: one["issuer"].update(parentOrg=tree(4, 3)), "sans fin"),
    "another poisoned graph": (lambda one: one["issuer"].update(parentOrg=tree(2, 12)), "sans fin"),
    "two proofs": (lambda one: one.update(proof=[one["proof"], one["proof"]]), "plusieurs"),
    "another way of signing": (lambda one: one["proof"].update(cryptosuite="ecdsa-rdfc-2019"), "ne sait pas vérifier"),
    "another purpose": (lambda one: one["proof"].update(proofPurpose="authentication"), "quelqu’un d’autre"),
    "another issuer": (lambda one: one["issuer"].update(id="did:web:example.org"), "quelqu’un d’autre"),
    "a name that no database can look for": (lambda one: rename(one, "did:web:a\0b"), "pas clairement"),
    "a name of another kind": (lambda one: rename(one, "https://example.org"), "pas clairement"),
    "a number for a name": (lambda one: one.update(id=5), "ne peut pas être lu"),
    "an object for a kind": (lambda one: one.update(type={"a": 1}), "ne peut pas être lu"),
}


@pytest.mark.timeout(30)
def test_no_trick_passes_and_none_takes_long(visitor: Visitor) -> None:
    whole = json.dumps(credential_of(visitor, make_certification()))
    for name, (trick, words) in TRICKS.items():
        one = json.loads(whole)
        trick(one)
        with pytest.raises(Refusal) as caught:
            trust.judge(badges.read_credential(json.dumps(one)))
        assert words in str(caught.value).replace("\u00a0", " "), name


def test_the_twin_without_a_bound_the_poison_is_tried_to_the_end(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    one = credential_of(visitor, make_certification())
    one["issuer"]["parentOrg"] = tree(4, 3)
    tried = []

    class Careless(URDNA2015):
        def hash_n_degree_quads(self, id_: str, issuer: Any) -> Any:
            tried.append(id_)
            if len(tried) > 2 * checking.MOST_ORDERS:
                raise TimeoutError
            return super().hash_n_degree_quads(id_, issuer)

    monkeypatch.setattr(checking, "_careful", lambda: Careless)
    with pytest.raises(TimeoutError):
        trust.judge(one)


SHAPES = [None, 0, -1.5, "", "x", {}, [[]], [None], {"id": []}, {"type": 1}]


@pytest.mark.timeout(60)
def test_no_shape_of_any_part_is_a_fault_of_ours(visitor: Visitor) -> None:
    whole = json.dumps(credential_of(visitor, make_certification()))
    parts = ["id", "type", "issuer", "validFrom", "validUntil", "credentialSubject", "credentialStatus", "endorsement", "proof", "@context"]
    inner = {
        "proof": ["created", "proofValue", "verificationMethod", "type"],
        "credentialSubject": ["result", "address", "achievement", "name"],
    }
    places = [(part, None) for part in parts] + [(part, name) for part, names in inner.items() for name in names]
    for part, name in places:
        for shape in SHAPES:
            one = json.loads(whole)
            if name is None:
                one[part] = shape
            else:
                one[part][name] = shape
            try:
                assert trust.judge(badges.read_credential(json.dumps(one))).answer == trust.Answer.CHANGED, (part, name, shape)
            except Refusal as refusal:
                assert str(refusal)
