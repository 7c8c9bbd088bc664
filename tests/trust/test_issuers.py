"""The registry of trusted issuers: kept by the administrator, open to anyone, in words and for programs."""

from __future__ import annotations

import json

import pytest

from certif import certification
from certif.kit import audit
from certif.kit.access import SYSTEM, Role
from certif.trust import trusted_issuers
from tests.credentials.verifying import read
from tests.factories import make_staff, unit
from tests.pages import Visitor

KEY = "z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"
TYPED = {"did": "did:web:certif.exemple.org", "name": "Réseau voisin", "territory": "Ontario", "keys": KEY, "since": "2026-01-05"}


def test_the_registry_says_our_keys_old_and_new(visitor: Visitor) -> None:
    with unit():
        certification.rotate_issuer_key(by=SYSTEM)
    answer = visitor.client.get("/emetteurs-reconnus.json", base_url=visitor.base)
    [ours] = json.loads(answer.data)["issuers"]
    assert ours["did"] == certification.did()
    assert ours["keys"] == [key.ref for key in reversed(certification.issuer_keys())]
    assert len(ours["keys"]) > 1
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in answer.headers
    page = visitor.open("/emetteurs-reconnus")
    assert all(key in page.text for key in ours["keys"])


def test_an_issuer_is_trusted_edited_and_ended_by_the_administrator(visitor: Visitor) -> None:
    admin = make_staff(Role.ADMIN)
    done = admin.open("/personnel/emetteurs").follow("Reconnaître un émetteur").fill("Reconnaître", **TYPED)
    assert done.h1 == "Émetteurs reconnus"
    assert "Réseau voisin" in visitor.open("/emetteurs-reconnus").text
    done.follow("Réseau voisin").fill("Enregistrer", name="Réseau d’à côté", until="2026-10-30")
    [_ours, one] = json.loads(read(visitor, "/emetteurs-reconnus.json"))["issuers"]
    assert (one["name"], one["since"], one["until"], one["keys"]) == ("Réseau d’à côté", "2026-01-05", "2026-10-30", [KEY])
    assert "30 octobre 2026" in visitor.open("/emetteurs-reconnus").text
    [issuer] = trusted_issuers()
    assert [entry.event for entry in audit.history(issuer)] == ["issuer_trusted", "issuer_edited"]
    assert KEY in audit.history(issuer)[1].sentence


@pytest.mark.parametrize(
    ("changed", "status", "words"),
    [
        ({"did": "certif.exemple.org"}, 422, "did:web:"),
        ({"keys": "z6Mk"}, 422, "clé Ed25519"),
        ({"keys": f"{KEY}\nz6LSbysY2xFMRpGMhb7tFTLMpeuPRaqaWM1yECx2AtzE3KCc"}, 422, "clé Ed25519"),
        ({"keys": KEY[:-1] + "l"}, 422, "clé Ed25519"),
        ({"since": "hier"}, 422, "date"),
        ({"until": "2025-01-01"}, 409, "ne peut pas précéder"),
        ({"did": "did:web:127.0.0.1%3A8000"}, 409, "notre propre identifiant"),
    ],
)
def test_what_cannot_be_an_issuer_is_refused(app: object, changed: dict[str, str], status: int, words: str) -> None:
    page = make_staff(Role.ADMIN).open("/personnel/emetteurs/nouveau").fill("Reconnaître", **{**TYPED, **changed})
    assert page.status == status
    assert words in " ".join(page.errors())


def test_the_same_issuer_is_entered_once(app: object) -> None:
    admin = make_staff(Role.ADMIN)
    for status in (200, 409):
        assert admin.open("/personnel/emetteurs/nouveau").fill("Reconnaître", **TYPED).status == status
    assert len(trusted_issuers()) == 1


@pytest.mark.parametrize("role", [Role.MANAGER, Role.AGENT])
def test_nobody_else_decides_whom_to_trust(app: object, role: Role) -> None:
    from tests.factories import make_program

    assert make_staff(role, make_program()).open("/personnel/emetteurs").status == 403
