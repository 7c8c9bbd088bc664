"""Check the proof in a credential that a stranger hands over: `eddsa-rdfc-2022`, offline, with a bounded effort.

Source: W3C, Data Integrity EdDSA Cryptosuites 1.0, 3.2.2; RDF Dataset Canonicalization 1.0, 7.1 (what poison graphs cost).
"""

from __future__ import annotations

import hashlib
import math
import re
from dataclasses import dataclass
from functools import cache
from typing import Any

import base58
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from certif.badges.proofs import CONTEXTS, OFFLINE, turn
from certif.kit.errors import Refusal
from certif.kit.languages import _

MOST_ORDERS = 3000
"""How many orders of nodes that look alike may be tried: a real credential needs none, and a poisoned one asks for billions."""

_DID = re.compile(r"did:[a-z0-9]{1,20}:[A-Za-z0-9._:%-]{1,200}", re.ASCII)
_MULTIKEY = re.compile(r"z6Mk[1-9A-HJ-NP-Za-km-z]{44}")
_ED25519 = b"\xed\x01"
_NOWHERE = "relative://nowhere/"


@dataclass(frozen=True)
class Signer:
    """Who a proof says has signed. `did`: the issuer; `key`: the name of its key; `created`: when, as written."""

    did: str
    key: str
    created: str


def is_did(text: str) -> bool:
    """Whether a text is the name of an issuer, such as `did:web:certif.example`."""
    return bool(_DID.fullmatch(text))


def public_key(multikey: str) -> bytes | None:
    """Give the 32 bytes of an Ed25519 public key written as a multikey, or None when it is none."""
    if not _MULTIKEY.fullmatch(multikey):
        return None
    found = base58.b58decode(multikey[1:])
    return found[2:] if len(found) == 34 and found.startswith(_ED25519) else None


def signer_of(document: dict[str, Any]) -> Signer:
    """Give who a credential says has signed it.

    Refuses: one without a proof, with several, or with one of another kind; a signer that is not its issuer.
    """
    proof, issuer = document.get("proof"), document.get("issuer")
    if isinstance(proof, list) and len(proof) == 1:
        proof = proof[0]
    if not isinstance(proof, dict):
        raise Refusal(_("Cette attestation ne porte aucune signature, ou en porte plusieurs : rien ne peut être vérifié."))
    if (proof.get("type"), proof.get("cryptosuite")) != ("DataIntegrityProof", "eddsa-rdfc-2022"):
        raise Refusal(_("Cette attestation est signée d’une façon que cette page ne sait pas vérifier. Elle lit « eddsa-rdfc-2022 »."))
    method, created = proof.get("verificationMethod"), proof.get("created", "")
    did = issuer.get("id") if isinstance(issuer, dict) else issuer
    if not isinstance(method, str) or not isinstance(did, str) or not isinstance(created, str) or not is_did(did):
        raise Refusal(_("Cette attestation ne dit pas clairement qui l’a signée."))
    named, _sign, key = method.partition("#")
    if named != did or proof.get("proofPurpose") != "assertionMethod":
        raise Refusal(_("Cette attestation dit venir de quelqu’un, mais sa signature se réclame de quelqu’un d’autre."))
    return Signer(did, key, created)


def is_signed_with(document: dict[str, Any], keys: list[bytes]) -> bool:
    """Whether the proof of a credential was made with the private half of one of `keys` (32 bytes each), over all that it says.

    Refuses: words that no known context defines, which no signature covers; what is made to be endless to read.
    """
    proof = document["proof"][0] if isinstance(document["proof"], list) else document["proof"]
    value = proof.get("proofValue")
    options = {"@context": document["@context"], **{name: said for name, said in proof.items() if name != "proofValue"}}
    asked = _digest(options) + _digest({name: said for name, said in document.items() if name != "proof"})
    try:
        signature = base58.b58decode(value[1:]) if isinstance(value, str) and value.startswith("z") and len(value) < 100 else b""
    except ValueError:
        return False
    return any(_verifies(signature, asked, key) for key in keys)


def _verifies(signature: bytes, asked: bytes, key: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, asked)
    except (InvalidSignature, ValueError):
        return False
    return True


def _digest(document: dict[str, Any]) -> bytes:
    """Give the SHA-256 of what a stranger's document says, in the canonical form of its meaning."""
    _refuse_tricks(document)
    from pyld import jsonld  # late, as for who signs

    dropped: list[str] = []
    with turn:
        processor = jsonld.JsonLdProcessor(on_property_dropped=dropped.append)
        try:
            expanded = processor.expand(document, {**OFFLINE, "base": _NOWHERE})
            _refuse_what_is_not_signed(expanded, dropped)
            canonical = _careful()().main(processor.to_rdf(expanded, {}), {"format": "application/n-quads"})
        except (jsonld.JsonLdError, TypeError, ValueError, KeyError, AttributeError, RecursionError):
            raise Refusal(_("Cette attestation n’est pas écrite selon le format Open Badges 3.0 : son sens ne peut pas être lu.")) from None
    return hashlib.sha256(canonical.encode()).digest()


def _refuse_tricks(whole: Any) -> None:
    """Refuse contexts that are not of this house, and what would let the text say something else than its meaning."""
    level = [whole]
    while level:
        for one in level:
            for name, value in one.items() if isinstance(one, dict) else ():
                if name == "@context":
                    _refuse_strange_contexts(value)
                elif name.startswith("@") or ":" in name:
                    raise Refusal(
                        _("Cette attestation emploie des détours d’écriture que cette page refuse : « %(name)s ».", name=name[:60])
                    )
        level = [inner for one in level for inner in (one.values() if isinstance(one, dict) else one if isinstance(one, list) else ())]


def _refuse_strange_contexts(value: Any) -> None:
    strange = [one for one in (value if isinstance(value, list) else [value]) if one not in CONTEXTS]
    if strange:
        named = strange[0][:120] if isinstance(strange[0], str) else "…"
        raise Refusal(_("Cette attestation emploie un vocabulaire que cette page ne connaît pas : %(named)s.", named=named))


def _refuse_what_is_not_signed(expanded: Any, dropped: list[str]) -> None:
    """Refuse words and names that have no meaning: they would be shown, although no signature covers them."""
    if dropped:
        raise Refusal(_("Cette attestation contient un mot que sa signature ne couvre pas : « %(word)s ».", word=dropped[0][:60]))
    level = [expanded]
    while level:
        for one in level:
            for name in ("@id", "@type") if isinstance(one, dict) and "@value" not in one else ():
                named = one.get(name, [])
                if any(text.startswith((_NOWHERE, "_:")) or ":" not in text for text in (named if isinstance(named, list) else [named])):
                    raise Refusal(_("Cette attestation nomme des choses d’une façon que sa signature ne couvre pas."))
        level = [inner for one in level for inner in (one.values() if isinstance(one, dict) else one if isinstance(one, list) else ())]


@cache
def _careful() -> type[Any]:
    """Give what puts a graph in its canonical form, and gives up on one that is made to be endless."""
    from pyld.canon import URDNA2015

    class Careful(URDNA2015):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.orders = 0

        def hash_n_degree_quads(self, id_: str, issuer: Any) -> Any:
            alike = self.create_hash_to_related(id_, issuer).values()
            self.orders += 1 + sum(math.factorial(min(len(nodes), 20)) for nodes in alike)
            if self.orders > MOST_ORDERS:
                raise Refusal(_("Cette attestation est faite pour être sans fin à lire. Elle est refusée."))
            return super().hash_n_degree_quads(id_, issuer)

    return Careful
