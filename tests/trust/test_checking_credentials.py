"""Anyone hands over a credential, and is told in plain words what it is worth. Nothing of it is kept, and nobody is asked."""

from __future__ import annotations

import copy
import datetime as dt
import json
import re
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import func, select

from certif import badges, certification, employers, standing, trust
from certif.badges.keys import IssuerKey, multikey
from certif.kit import clock
from certif.kit.access import SYSTEM, Role
from certif.kit.audit import JournalEntry
from certif.kit.db import db
from certif.kit.evidence import Evidence
from certif.standing import Status
from tests.credentials.test_verified_by_others import CHANGES
from tests.credentials.verifying import Case, pages_of, read, verdicts
from tests.factories import make_certification, make_staff, unit
from tests.pages import Visitor
from tests.public.codes import code_of, make, owner_actor
from tests.trust.handing import credential_of, hand_over, said

GOOD = "Cette attestation est authentique et vaut aujourd’hui"
ENDED = "Cette attestation est authentique, mais elle ne vaut pas aujourd’hui"
CHANGED = "Cette attestation est fausse ou a été modifiée"
STRANGER = "Nous ne pouvons pas répondre de cette attestation"


def signed_by(key: Ed25519PrivateKey, document: dict[str, Any], did: str, at: dt.datetime | None = None) -> dict[str, Any]:
    """Give the same credential, signed by somebody else under their own name."""
    bare = {name: value for name, value in document.items() if name not in {"proof", "endorsement"}}
    bare["issuer"] = {**bare["issuer"], "id": did}
    return badges.signed(bare, IssuerKey(1, key, multikey(key)), did, at or clock.now())


def test_a_credential_is_good_however_it_is_handed_over(visitor: Visitor) -> None:
    one = make_certification(legal_name="Épicerie Desrochers")
    code = code_of(one)
    text = read(visitor, f"/v/{code}/credential.json")
    files = [text, b"\xef\xbb\xbf" + text, read(visitor, f"/v/{code}/badge-baked.png"), read(visitor, f"/v/{code}/badge-baked.svg")]
    pages = [hand_over(visitor, content) for content in files]
    pages += [hand_over(visitor, text=json.dumps(json.loads(text)))]
    addresses = (
        f"{visitor.base}/v/{code}",
        f"/en/v/{code}",
        f"{visitor.base}/v/{code}/credential.json",
        code.lower(),
        f"/v/{code}.json?x=1",
    )
    pages += [hand_over(visitor, address=address) for address in addresses]
    for page in pages:
        assert (page.status, said(page)) == (200, GOOD)
        assert "Épicerie Desrochers" in page.text
        assert re.search(r"clé no\s[1-9]", page.text)
        assert "Elle n’est ni retirée ni suspendue" in page.text
        assert "La fiche du jour dit la même chose. Statut : Certifié." in page.text


def test_the_same_is_said_in_english(visitor: Visitor) -> None:
    page = hand_over(visitor, address=code_of(make_certification()), language="/en")
    assert said(page) == "This credential is authentic and counts today"


def test_our_check_and_a_foreign_verifier_agree(visitor: Visitor) -> None:
    whole, pages = credential_of(visitor, make_certification()), pages_of(visitor)
    cases = {"as it was": whole}
    for name, change in CHANGES.items():
        cases[name] = copy.deepcopy(whole)
        change(cases[name])
    theirs = verdicts([Case(name, one, pages) for name, one in cases.items()])
    for name, one in cases.items():
        ours = trust.judge(one).answer
        assert (ours == trust.Answer.GOOD) is theirs[name].is_good, name
        if name != "as it was":
            assert ours == trust.Answer.CHANGED, name


def test_what_was_changed_is_shown(visitor: Visitor) -> None:
    changed = credential_of(visitor, make_certification(legal_name="Avant inc."))
    changed["credentialSubject"]["name"] = "Apprentis sorciers inc."
    changed["validUntil"] = changed["validUntil"].replace("20", "21", 1)
    page = hand_over(visitor, text=json.dumps(changed))
    assert (page.status, said(page)) == (200, CHANGED)
    rows = [[cell.get_text(strip=True) for cell in row.find_all(["th", "td"])] for row in page.soup.main.select("tbody tr")]
    assert ["Employeur", "Avant inc.", "Apprentis sorciers inc."] in rows
    assert [row[0] for row in rows] == ["Jusqu’au", "Employeur"]


@pytest.mark.parametrize(
    ("status", "title", "words"),
    [
        (Status.REVOKED, ENDED, "Elle a été retirée pour de bon"),
        (Status.SUSPENDED, ENDED, "Elle est suspendue"),
        (Status.EXPIRED, ENDED, "Elle est échue depuis le"),
        (Status.SUPPORTER, GOOD, "Statut : Supporteur"),
        (Status.IN_PROGRESS, GOOD, "Statut : En démarche"),
        (Status.PAUSED, GOOD, "Statut : En pause"),
    ],
)
def test_each_status_is_told(visitor: Visitor, status: Status, title: str, words: str) -> None:
    page = hand_over(visitor, address=code_of(make(status)))
    assert said(page) == title
    assert words in page.text


def test_an_older_key_and_an_older_name_still_verify_and_the_difference_is_told(visitor: Visitor) -> None:
    one = make_certification(legal_name="Avant inc.")
    text = json.dumps(credential_of(visitor, one))
    names = ("trade_name", "kind", "sector", "size", "hires", "federally_regulated", "website")
    with unit():
        certification.rotate_issuer_key(by=SYSTEM)
        answers = {name: getattr(one.employer, name) for name in names}
        employers.edit_employer(one.employer, {**answers, "legal_name": "Après inc.", "banner": None}, by=owner_actor(one))
    page = hand_over(visitor, text=text)
    assert said(page) == GOOD
    assert "La fiche dit maintenant « Après inc. » au lieu d’« Avant inc. »" in page.text


def test_a_forger_who_takes_our_name_is_seen(visitor: Visitor) -> None:
    forged = signed_by(Ed25519PrivateKey.generate(), credential_of(visitor, make_certification()), certification.did())
    page = hand_over(visitor, text=json.dumps(forged))
    assert said(page) == CHANGED
    assert "une clé que nous n’avons jamais eue" in page.text


def test_a_stranger_counts_once_it_is_trusted_and_only_for_those_days(visitor: Visitor) -> None:
    key, did = Ed25519PrivateKey.generate(), "did:web:certif.exemple.org"
    theirs = signed_by(key, credential_of(visitor, make_certification()), did)
    before = hand_over(visitor, text=json.dumps(theirs))
    assert said(before) == STRANGER
    assert "la clé de cet émetteur" in before.text
    admin = make_staff(Role.ADMIN)
    with unit():
        issuer = trust.trust_issuer(
            did, name="Réseau voisin", territory="Ontario", keys=[multikey(key)], since=clock.today(), until=None, by=admin.actor
        )
    trusted = hand_over(visitor, text=json.dumps(theirs))
    assert said(trusted) == GOOD
    assert "Réseau voisin (Ontario), reconnu ici depuis le" in trusted.text
    assert "Nous n’interrogeons aucun autre site" in trusted.text
    too_early = signed_by(key, credential_of(visitor, make_certification()), did, clock.now() - dt.timedelta(days=40))
    assert said(hand_over(visitor, text=json.dumps(too_early))) == STRANGER
    known = {"name": issuer.name, "territory": issuer.territory, "since": issuer.since, "until": None}
    with unit():
        trust.edit_issuer(issuer, **known, keys=[multikey(Ed25519PrivateKey.generate())], by=admin.actor)
    assert said(hand_over(visitor, text=json.dumps(theirs))) == CHANGED


def test_a_key_that_names_itself_is_still_a_stranger(visitor: Visitor) -> None:
    key = Ed25519PrivateKey.generate()
    theirs = signed_by(key, credential_of(visitor, make_certification()), f"did:key:{multikey(key)}")
    page = hand_over(visitor, text=json.dumps(theirs))
    assert said(page) == STRANGER
    assert "La signature est bonne" in page.text


def test_a_word_of_a_body_that_does_not_hold_is_told(visitor: Visitor) -> None:
    one = credential_of(visitor, make_certification())
    assert any(found.label == "Appui" and found.kind == "success" for found in trust.judge(one).findings)
    stranger = signed_by(Ed25519PrivateKey.generate(), one["endorsement"][0], certification.did())
    ours = badges.signed(
        {**{name: value for name, value in one.items() if name != "proof"}, "endorsement": [stranger]},
        certification.issuer_keys()[-1], certification.did(), clock.now(),
    )  # fmt: skip
    assert any(found.label == "Appui" and found.kind == "warning" for found in trust.judge(ours).findings)


@pytest.mark.parametrize(
    "address", ["https://example.org/v/ABCDEFGH", "//169.254.169.254/latest", "http://127.0.0.1:9/v/ABCDEFGHJK", "http://["]
)
def test_no_other_site_is_ever_asked(visitor: Visitor, address: str) -> None:
    page = hand_over(visitor, address=address)
    assert page.status == 422
    assert "un autre site" in " ".join(page.errors())


@pytest.mark.parametrize("address", ["ABCDEFGHJKMNPQRSTVWXYZ", "/repertoire", "../../etc/passwd", "' OR 1=1 --", "\0"])
def test_an_address_without_a_credential_is_told(visitor: Visitor, address: str) -> None:
    page = hand_over(visitor, address=address)
    assert page.status == 422
    assert page.errors()


def test_nothing_is_kept_of_what_was_handed_over(visitor: Visitor) -> None:
    text = json.dumps(credential_of(visitor, make_certification()))
    counts = [db.session.scalar(select(func.count()).select_from(table)) for table in (Evidence, JournalEntry)]
    hand_over(visitor, text=text)
    assert [db.session.scalar(select(func.count()).select_from(table)) for table in (Evidence, JournalEntry)] == counts


def test_what_is_hidden_is_not_told_by_a_forgery(visitor: Visitor) -> None:
    one = make_certification()
    text = json.dumps({**credential_of(visitor, one), "name": "changed"})
    assert trust.judge(json.loads(text)).changes
    with unit():
        standing.revoke(one, "Motif.", by=make_staff(Role.MANAGER, one.program).actor)
    assert trust.judge({**json.loads(text), "id": f"{visitor.base}/v/ABCDEFGHJKMNPQRSTVWXYZ#1"}).changes == []


@pytest.mark.parametrize("path", ["/verifier-document", "/v/{code}", "/"])
def test_the_page_is_found_from_where_people_verify(visitor: Visitor, path: str) -> None:
    page = visitor.open(path.format(code=code_of(make_certification())))
    assert page.soup.find("a", href=lambda href: href and href.startswith("/verifier-attestation"))


def test_from_the_page_of_a_code_one_press_is_enough(visitor: Visitor) -> None:
    page = visitor.open(f"/v/{code_of(make_certification())}").follow("Vérifier l’attestation numérique")
    assert said(page.fill("Vérifier")) == GOOD
