"""Credentials as rows, pages and files: signed once, one place each, withdrawn within the minute, and hidden with what they are about."""

from __future__ import annotations

import base64
import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError

from certif import badges, certification, employers, standing
from certif.certification import Certification, Credential, CredentialKind, Stage, issuing
from certif.certification import credentials as lists
from certif.cli.keys import keys_group
from certif.kit import clock, jobs, tokens
from certif.kit.access import SYSTEM, Role
from certif.kit.db import db, transaction
from certif.standing import Status
from tests.credentials.verifying import read
from tests.factories import make_certification, make_program, make_staff, unit
from tests.pages import Visitor
from tests.public.codes import code_of, make, owner_actor
from tests.statements import statements

REVOKED, SUSPENDED = "/statuts/revocation-1", "/statuts/suspension-1"


def credential_row(one: Certification, kind: CredentialKind = CredentialKind.BADGE) -> Credential:
    return db.session.scalars(select(Credential).where(Credential.certification_id == one.id, Credential.kind == kind.value)).one()


def is_set(text: bytes, index: int) -> bool:
    """Whether a place of a list is set, read as the specification says: the first place is the leftmost bit."""
    encoded = json.loads(text)["credentialSubject"]["encodedList"]
    assert encoded[0] == "u"
    bits = gzip.decompress(base64.urlsafe_b64decode(encoded[1:] + "==="))
    assert len(bits) * 8 >= 131_072
    return bool(bits[index // 8] >> (7 - index % 8) & 1)


def test_a_credential_is_signed_once_and_never_changes(visitor: Visitor) -> None:
    one = make_certification(legal_name="Avant inc.")
    path = f"/v/{code_of(one)}/credential.json"
    before = read(visitor, path)
    names = ("trade_name", "kind", "sector", "size", "hires", "federally_regulated", "website")
    with unit():
        answers = {name: getattr(one.employer, name) for name in names}
        employers.edit_employer(one.employer, {**answers, "legal_name": "Après inc.", "banner": None}, by=owner_actor(one))
        certification.rotate_issuer_key(by=SYSTEM)
        standing.revoke(one, "Motif.", by=make_staff(Role.MANAGER, one.program).actor)
    assert read(visitor, path) == before, "a revoked one answers the same: its list says that it is revoked"
    assert json.loads(before)["credentialSubject"]["name"] == "Avant inc."


def test_what_it_says_is_what_the_public_page_says_and_names_no_person(visitor: Visitor) -> None:
    one = make_certification(legal_name="Marie Tremblay", trade_name="Chez Marie", kind="self_employed", municipality="Saguenay")
    page = json.loads(read(visitor, f"/v/{code_of(one)}.json"))
    credential = json.loads(read(visitor, f"/v/{code_of(one)}/credential.json"))
    subject = credential["credentialSubject"]
    assert subject["name"] == page["employer"] == "Chez Marie"
    assert subject["address"]["addressRegion"] == page["region"]
    assert subject["result"][0]["value"] == page["level"]
    assert (credential["validFrom"][:10], credential["validUntil"][:10]) == (page["valid_from"], page["valid_until"])
    assert credential["refreshService"] == {"id": page["credential"], "type": "1EdTechCredentialRefresh"}
    text = json.dumps(credential, ensure_ascii=False)
    for hidden in ("Tremblay", one.employer.neq, one.employer.contact_email, one.employer.contact_name):
        assert hidden not in text
    assert [entry["statusPurpose"] for entry in credential["credentialStatus"]] == ["revocation", "suspension"]


@pytest.mark.parametrize(
    ("status", "revoked", "suspended"), [(Status.CERTIFIED, False, False), (Status.REVOKED, True, False), (Status.SUSPENDED, False, True)]
)
def test_the_lists_say_who_is_withdrawn(visitor: Visitor, status: Status, revoked: bool, suspended: bool) -> None:
    row = credential_row(make(status))
    assert is_set(read(visitor, REVOKED), row.list_index) is revoked
    assert is_set(read(visitor, SUSPENDED), row.list_index) is suspended


def test_a_revocation_is_seen_by_the_next_who_asks_and_by_all_within_the_minute(visitor: Visitor) -> None:
    one = make_certification()
    index = credential_row(one).list_index
    assert not is_set(read(visitor, REVOKED), index)
    with unit():
        standing.revoke(one, "Motif.", by=make_staff(Role.MANAGER, one.program).actor)
    answer = visitor.client.get(REVOKED, base_url=visitor.base)
    assert is_set(answer.data, index)
    assert answer.cache_control.public
    assert answer.cache_control.max_age < 60
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    again = visitor.client.get(REVOKED, base_url=visitor.base, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_a_list_is_signed_when_it_changes_and_not_when_it_is_asked(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    make_certification()
    times = []
    monkeypatch.setattr(badges, "signed", lambda *given: times.append(1) or {"signed": len(times)})
    for _each in range(3):
        with statements() as asked:
            read(visitor, REVOKED)
        if _each:
            assert len(asked) == 1, "one cheap statement says that nothing changed"
    assert len(times) == 1
    make_certification()
    monkeypatch.setattr(badges, "signed", lambda *given: times.append(1) or {"signed": len(times)})
    read(visitor, REVOKED)
    assert len(times) > 1


@pytest.mark.parametrize("name", ["revocation-2", "revocation-01", "revocation", "refresh-1", "revocation-٣", "revocation-99999999999"])
def test_a_list_that_nothing_is_in_is_not_there(visitor: Visitor, name: str) -> None:
    make_certification()
    assert visitor.client.get(f"/statuts/{name}", base_url=visitor.base).status_code == 404


def test_no_two_credentials_share_a_place_and_a_badge_has_one(unit: None) -> None:
    first, second = credential_row(make_certification()), make_certification()
    _again(second.badges[0], second, first.list_number, first.list_index, "another kind", "two in one place")
    _again(second.badges[0], second, 1, 131_071, CredentialKind.BADGE.value, "two for one badge")
    _again(second.badges[0], second, 1, 131_070, "another kind", None)


def _again(badge: Any, one: Certification, number: int, index: int, kind: str, refused: str | None) -> None:
    row = Credential(
        certification_id=one.id, verification_id=badge.verification_id, kind=kind, issue=badge.issue, list_number=number, list_index=index,
        valid_until=clock.now(), digest=badge.certificate_digest, issued_at=clock.now(), issued_by="x",
    )  # fmt: skip
    nested = db.session.begin_nested()
    db.session.add(row)
    if refused is None:
        db.session.flush()
        return
    with pytest.raises(IntegrityError):
        db.session.flush()
    nested.rollback()


def test_places_are_drawn_and_one_that_is_taken_is_drawn_again(unit: None, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = credential_row(make_certification()).list_index
    drawn = iter([taken, taken, (taken + 1) % badges.ENTRIES])
    monkeypatch.setattr(tokens, "below", lambda most: next(drawn))
    assert lists.next_place() == (1, (taken + 1) % badges.ENTRIES)


def test_a_full_list_is_followed_by_another(unit: None, monkeypatch: pytest.MonkeyPatch) -> None:
    make_certification()
    monkeypatch.setattr(lists, "HALF_FULL", 1)
    newest = db.session.scalar(select(func.max(Credential.id)))
    assert newest
    assert lists.next_place()[0] == newest + 1


def test_a_path_under_way_has_one_where_the_program_shows_it_and_nowhere_else(visitor: Visitor) -> None:
    hidden, shown = (make_certification(Stage.AWAITING_CONTRACT, make_program(shows_in_progress=yes)) for yes in (False, True))
    for one, status in ((hidden, 404), (shown, 200)):
        for name in ("credential.json", "badge-baked.png", "badge-baked.svg"):
            assert visitor.client.get(f"/v/{code_of(one)}/{name}", base_url=visitor.base).status_code == status
    credential = json.loads(read(visitor, f"/v/{code_of(shown)}/credential.json"))
    assert "en démarche" in credential["name"]
    ends = (clock.today() + issuing.dt.timedelta(days=issuing.IN_PROGRESS_DAYS - 1)).isoformat()
    assert credential["validUntil"].startswith(ends)


def test_badges_and_paths_of_before_get_theirs_from_the_job(visitor: Visitor) -> None:
    old, path = make_certification(), make_certification(Stage.AWAITING_CONTRACT, make_program(shows_in_progress=True))
    with transaction():
        db.session.execute(delete(Credential))
    for one in (old, path):
        assert json.loads(read(visitor, f"/v/{code_of(one)}.json"))["credential"] is None
        assert "Vérifier sans nous" not in visitor.open(f"/v/{code_of(one)}").text
    jobs._handlers["issue_missing_credentials"]()
    for one in (old, path):
        address = json.loads(read(visitor, f"/v/{code_of(one)}.json"))["credential"]
        assert json.loads(read(visitor, address.removeprefix(visitor.base)))["proof"]
    rows = db.session.scalar(select(func.count()).select_from(Credential))
    jobs._handlers["issue_missing_credentials"]()
    assert db.session.scalar(select(func.count()).select_from(Credential)) == rows, "and only once"


@pytest.mark.parametrize(("language", "words"), [("", "Vérifier sans nous"), ("/en", "Verify without us")])
def test_the_page_of_a_code_leads_to_what_others_verify(visitor: Visitor, language: str, words: str) -> None:
    code = code_of(make_certification())
    page = visitor.open(f"{language}/v/{code}")
    assert words in page.text
    links = {link["href"] for link in page.soup.main.find_all("a", href=True)}
    assert {f"/v/{code}/credential.json", f"/v/{code}/badge-baked.png", f"/v/{code}/badge-baked.svg"} <= links


def test_a_name_that_would_end_the_drawings_data_does_not(visitor: Visitor) -> None:
    from xml.etree import ElementTree

    code = code_of(make_certification(legal_name='X ]]> <script>alert(1)</script> & "Y"'))
    drawing = read(visitor, f"/v/{code}/badge-baked.svg")
    (inside,) = ElementTree.fromstring(drawing).findall("{https://purl.imsglobal.org/ob/v3p0}credential")
    assert json.loads(inside.text or "")["credentialSubject"]["name"].startswith("X ]]> <script>")
    assert b"<script" not in drawing.replace(b"<![CDATA[", b"").split(b"</openbadges:credential>")[1]


def test_keys_are_kept_encrypted_and_for_their_owner_alone(tmp_path: Path) -> None:
    key = badges.issuer_keys(tmp_path, "a secret")[0]
    (file,) = (tmp_path / "keys").iterdir()
    assert b"ENCRYPTED PRIVATE KEY" in file.read_bytes()
    assert key.private.private_bytes_raw() not in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0
    with pytest.raises(ValueError, match="password"):
        badges.issuer_keys(tmp_path, "another secret")


def test_a_key_is_added_by_a_command_and_the_old_ones_stay(app: Flask, visitor: Visitor) -> None:
    before = json.loads(read(visitor, "/.well-known/did.json"))
    done = app.test_cli_runner().invoke(keys_group, ["rotate"])
    assert done.exit_code == 0, done.output
    after = json.loads(read(visitor, "/.well-known/did.json"))
    assert after["id"] == before["id"] == "did:web:127.0.0.1%3A8000"
    assert len(after["assertionMethod"]) == len(before["assertionMethod"]) + 1
    assert set(before["assertionMethod"]) <= set(after["assertionMethod"])
    assert after["verificationMethod"][0]["publicKeyMultibase"] in done.output
