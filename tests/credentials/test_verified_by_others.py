"""Our credentials before a verifier that is not ours: what holds, what does not any more, and what was changed."""

from __future__ import annotations

import copy
import io
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PIL import Image

from certif import badges, certification, employers, standing
from certif.badges.keys import IssuerKey
from certif.badges.status_list import encoded
from certif.certification import Certification, Stage
from certif.kit import clock
from certif.kit.access import SYSTEM, Role
from certif.standing import Status
from tests.credentials.verifying import Case, Verdict, pages_of, read, verdicts
from tests.factories import lead_to, make_certification, make_program, make_staff, unit
from tests.pages import Visitor
from tests.public.codes import code_of, make, owner_actor

SIGNATURE, DATES, REVOCATION, SUSPENSION = "valid_signature", "expiration", "revocation_status", "suspension_status"
OPENBADGES = "{https://purl.imsglobal.org/ob/v3p0}credential"

CHANGES: dict[str, Callable[[dict[str, Any]], None]] = {
    "another level": lambda one: _change(one["credentialSubject"]["result"][0], "value"),
    "another name": lambda one: _change(one["credentialSubject"], "name"),
    "another company": lambda one: _change(one["credentialSubject"]["identifier"][1], "identityHash"),
    "another region": lambda one: _change(one["credentialSubject"]["address"], "addressRegion"),
    "a later end": lambda one: one.update(validUntil=one["validUntil"].replace("20", "21", 1)),
    "another promise": lambda one: _change(one["credentialSubject"]["achievement"]["criteria"], "narrative"),
    "another place in the list": lambda one: _change(one["credentialStatus"][0], "statusListIndex"),
    "another list": lambda one: _change(one["credentialStatus"][0], "statusListCredential"),
    "another place to refresh": lambda one: _change(one["refreshService"], "id"),
    "another kind of refresh": lambda one: one["refreshService"].update(type="1EdTechRevocationList"),
    "another word of the body": lambda one: _change(one["endorsement"][0]["credentialSubject"], "endorsementComment"),
    "another day of signature": lambda one: one["proof"].update(created=one["proof"]["created"].replace("20", "19", 1)),
}


def _change(thing: dict[str, Any], name: str) -> None:
    """Change one character."""
    thing[name] = thing[name][:-1] + ("0" if thing[name][-1] != "0" else "1")


def credential_of(visitor: Visitor, one: Certification) -> dict[str, Any]:
    found = json.loads(read(visitor, f"/v/{code_of(one)}/credential.json"))
    assert isinstance(found, dict)
    return found


def manager_of(one: Certification) -> Any:
    return make_staff(Role.MANAGER, one.program).actor


def broken(said: Verdict) -> set[str]:
    """Give the steps that do not hold; a signature that is not valid ends everything."""
    if any(error.startswith("invalid_signature") for error in said.errors):
        return {SIGNATURE}
    assert not said.errors, said
    return {step for step in (SIGNATURE, DATES, REVOCATION, SUSPENSION) if not said.log[step]}


def test_a_verifier_that_is_not_ours_says_of_each_what_our_page_says(visitor: Visitor) -> None:
    held = {status: make(status) for status in Status}
    expected: dict[str, set[str]] = {status: set() for status in Status}
    expected |= {Status.REVOKED: {REVOCATION}, Status.SUSPENDED: {SUSPENSION}, Status.EXPIRED: {DATES}}
    credentials = {status.value: credential_of(visitor, one) for status, one in held.items()}

    for name, change in _turns(visitor, held[Status.PAUSED]).items():
        credentials[name], expected[name] = change
    given = credentials["certified"]
    for name, spoil in CHANGES.items():
        credentials[name], expected[name] = copy.deepcopy(given), {SIGNATURE}
        spoil(credentials[name])
    credentials |= baked(visitor, held[Status.CERTIFIED])
    credentials["signed by another"] = signed_by_another(given)
    expected |= {"png": set(), "svg": set(), "signed by another": {SIGNATURE}}

    pages = pages_of(visitor)
    said = verdicts([Case(name, one, pages) for name, one in credentials.items()])
    assert {name: broken(one) for name, one in said.items()} == {str(name): steps for name, steps in expected.items()}
    assert all(one.schemas == [{"valid": True}] for one in said.values() if one.schemas)


def _turns(visitor: Visitor, other: Certification) -> dict[str, tuple[dict[str, Any], set[str]]]:
    """Give credentials that were good once, with what does not hold any more."""
    turns: dict[str, tuple[dict[str, Any], set[str]]] = {}
    with clock.frozen(clock.now() - timedelta(days=200)):
        lingering = make_certification(Stage.AWAITING_CONTRACT, make_program(shows_in_progress=True))
    turns["a yellow sticker that lingers"] = credential_of(visitor, lingering), {DATES}
    path = make_certification(Stage.AWAITING_CONTRACT, make_program(shows_in_progress=True))
    turns["in progress, until the badge came"] = credential_of(visitor, path), {REVOCATION}
    lead_to(path, Stage.CERTIFIED)
    lifted = make_certification(Stage.SUSPENDED)
    with unit():
        standing.reinstate(lifted, "Tout est réglé.", by=manager_of(lifted))
    turns["reinstated"] = credential_of(visitor, lifted), set()
    two = make_certification(employer=None)
    turns["a place that was closed"] = credential_of(visitor, two), {REVOCATION}
    with unit():
        place = employers.establishments_of(two.employer)[0]
        answers = {"name": "Autre", "address": "2, rue X", "municipality": "Joliette", "postal_code": "J6E 3Z9", "mrc": place.mrc.slug}
        employers.add_establishment(two.employer, answers, by=owner_actor(two))
        employers.close_establishment(place, by=owner_actor(two))
    with unit():
        certification.rotate_issuer_key(by=SYSTEM)
    turns["signed with the key of before"] = credential_of(visitor, other), set()
    turns["signed with the new key"] = credential_of(visitor, make_certification()), set()
    assert len({one["proof"]["verificationMethod"] for one, _steps in list(turns.values())[-2:]}) == 2
    return turns


def baked(visitor: Visitor, one: Certification) -> dict[str, dict[str, Any]]:
    """Give the credentials inside the pictures, taken out by others’ software."""
    png, svg = (read(visitor, f"/v/{code_of(one)}/badge-baked.{kind}") for kind in ("png", "svg"))
    assert png.count(b"iTXt") == 1
    with Image.open(io.BytesIO(png)) as picture:
        picture.load()
        inside = picture.text["openbadgecredential"]  # type: ignore[attr-defined]
    (element,) = ElementTree.fromstring(svg).findall(OPENBADGES)
    assert "verify" not in element.attrib, "only a signed token has it"
    return {"png": json.loads(inside), "svg": json.loads(element.text or "")}


def signed_by_another(given: dict[str, Any]) -> dict[str, Any]:
    """Sign the same words under the name of our key, with another."""
    private, method = Ed25519PrivateKey.generate(), given["proof"]["verificationMethod"]
    document = {name: value for name, value in given.items() if name != "proof"}
    did, name = method.split("#")
    return badges.signed(document, IssuerKey(1, private, name), did, clock.now())


def test_the_word_of_the_body_holds_by_itself_and_not_once_changed(visitor: Visitor) -> None:
    one = make_certification()
    (word,) = credential_of(visitor, one)["endorsement"]
    changed = copy.deepcopy(word)
    _change(changed["credentialSubject"], "endorsementComment")
    pages = pages_of(visitor)
    said = verdicts([Case("as it is", word, pages), Case("changed", changed, pages)])
    assert not said["as it is"].errors
    assert said["as it is"].log[SIGNATURE]
    assert said["as it is"].schemas == [{"valid": True}]
    assert broken(said["changed"]) == {SIGNATURE}
    assert one.program.body.name in word["credentialSubject"]["endorsementComment"]


def test_without_its_key_or_with_a_list_that_someone_mended_nothing_is_proven(visitor: Visitor) -> None:
    held, withdrawn = (credential_of(visitor, make_certification(stage)) for stage in (Stage.CERTIFIED, Stage.REVOKED))
    pages = pages_of(visitor)
    first = str(withdrawn["credentialStatus"][0]["statusListCredential"])
    mended = json.loads(pages[first])
    mended["credentialSubject"]["encodedList"] = encoded([])
    said = verdicts([
        Case("as it is", held, pages),
        Case("mended list", withdrawn, {**pages, first: json.dumps(mended)}),
        Case("no list", held, {address: text for address, text in pages.items() if address != first}),
    ])  # fmt: skip
    assert said["as it is"].is_good
    assert "signature" in " ".join(said["mended list"].errors)
    assert not said["no list"].is_good

    other = badges.did_document(visitor.base, [IssuerKey(1, Ed25519PrivateKey.generate(), "z6MkOther")])
    keys = next(address for address in pages if address.endswith("did.json"))
    assert not verdicts([Case("key taken out", held, {**pages, keys: json.dumps(other)})])["key taken out"].is_good
