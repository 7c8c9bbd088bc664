"""An authority that is not ours says when a contract was sealed; its token is kept beside the contract, and checked again."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import update

from certif.certification import Certification, Stage, stamp_of
from certif.certification.stamps import TOKEN, ContractStamp, is_stamp_good, keep_stamp, stamp_contracts
from certif.cli import evidence_check
from certif.kit import audit, clock, evidence, settings
from certif.kit.access import SYSTEM
from certif.kit.db import db
from tests.certification.authority import NAME, Authority, an_authority
from tests.factories import make_certification, unit
from tests.pages import Visitor
from tests.public.test_documents import drop


@pytest.fixture(scope="module")
def answering(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Authority]:
    with an_authority(tmp_path_factory.mktemp("authority")) as found:
        yield found


@pytest.fixture
def authority(app: Flask, answering: Authority, monkeypatch: pytest.MonkeyPatch) -> Authority:
    monkeypatch.setitem(app.config, "SETTINGS", dataclasses.replace(app.config["SETTINGS"], timestamp_url=answering.url))
    answering.answer = None
    answering.asked.clear()
    return answering


def sealed(one: Certification) -> str:
    assert one.signature is not None
    return one.signature.pdf_digest


def test_by_default_nobody_is_asked(app: Flask) -> None:
    digest = sealed(make_certification(Stage.AWAITING_CONTRIBUTION))
    stamp_contracts()
    assert stamp_of(digest) is None


def test_a_sealed_contract_is_stamped_once_and_the_verification_page_says_so(authority: Authority, visitor: Visitor) -> None:
    one = make_certification(Stage.AWAITING_CONTRIBUTION)
    digest = sealed(one)
    for _each in range(2):
        stamp_contracts()
    stamp = stamp_of(digest)
    assert stamp is not None
    assert is_stamp_good(stamp)
    assert NAME in stamp.authority
    assert abs((clock.now() - stamp.stamped_at).total_seconds()) < 120
    [question] = authority.asked
    assert bytes.fromhex(digest) in question
    assert len(question) < 100, "the authority sees a digest and nothing else"
    assert "contract_stamped" in [entry.event for entry in audit.history(one)]
    assert f"{NAME}, atteste qu’il existait déjà le" in drop(visitor, evidence.fetch(digest).content).text


def test_the_token_is_read_by_a_program_that_is_not_ours(authority: Authority) -> None:
    digest = sealed(make_certification(Stage.AWAITING_CONTRIBUTION))
    stamp_contracts()
    stamp = stamp_of(digest)
    assert stamp is not None
    (authority.folder / "token").write_bytes(evidence.fetch(stamp.token_digest).content)
    said = authority.run("ts", "-verify", "-digest", digest, "-in", "token", "-token_in", "-CAfile", "root.pem")
    assert "OK" in said.stdout


def pin(app: Flask, monkeypatch: pytest.MonkeyPatch, folder: Path, *files: Path) -> None:
    """Trust the certificates of these files, and no other."""
    (folder / "roots.pem").write_bytes(b"".join(file.read_bytes() for file in files))
    read = settings.read({"DATA_DIR": str(folder), "TIMESTAMP_ROOTS": str(folder / "roots.pem")})
    assert len(read.timestamp_roots) == len(files)
    monkeypatch.setitem(app.config, "SETTINGS", dataclasses.replace(app.config["SETTINGS"], timestamp_roots=read.timestamp_roots))


def test_where_roots_are_pinned_only_their_authorities_count(
    app: Flask, authority: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest = sealed(make_certification(Stage.AWAITING_CONTRIBUTION))
    (tmp_path / "other").mkdir()
    with an_authority(tmp_path / "other") as other:
        pin(app, monkeypatch, tmp_path, other.folder / "root.pem")
        stamp_contracts()
        assert stamp_of(digest) is None, "the authority that answers is not one that is trusted"
        pin(app, monkeypatch, tmp_path, other.folder / "root.pem", authority.folder / "root.pem")
        stamp_contracts()
        stamp = stamp_of(digest)
        assert stamp is not None
        assert (is_stamp_good(stamp), evidence_check._first_broken_stamp()) == (True, None)
        pin(app, monkeypatch, tmp_path, other.folder / "root.pem")
        assert not is_stamp_good(stamp)
        assert digest in (evidence_check._first_broken_stamp() or "")


def test_without_a_pinned_root_whatever_the_token_carries_is_believed(authority: Authority) -> None:
    digest = sealed(make_certification(Stage.AWAITING_CONTRIBUTION))
    stamp_contracts()
    assert stamp_of(digest) is not None


@pytest.mark.parametrize("content", [None, b"", b"<html>", b"-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"])
def test_a_file_of_roots_that_holds_none_stops_the_start(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "roots.pem").write_bytes(content)
    with pytest.raises(settings.SettingsFault, match="TIMESTAMP_ROOTS"):
        settings.read({"DATA_DIR": str(tmp_path), "TIMESTAMP_ROOTS": str(tmp_path / "roots.pem")})


@pytest.mark.parametrize("answer", [b"", b"<html>", b"0\x030\x01\x02", b"0" * 100_000])
def test_an_authority_that_answers_nonsense_only_makes_contracts_wait(authority: Authority, answer: bytes) -> None:
    digest = sealed(make_certification(Stage.AWAITING_CONTRIBUTION))
    authority.answer = answer
    stamp_contracts()
    assert stamp_of(digest) is None
    authority.answer = None
    stamp_contracts()
    assert stamp_of(digest) is not None


def test_an_answer_given_before_and_a_token_of_other_bytes_are_refused(authority: Authority) -> None:
    first = sealed(make_certification(Stage.AWAITING_CONTRIBUTION))
    stamp_contracts()
    replayed = (authority.folder / "answer").read_bytes()
    second = sealed(make_certification(Stage.AWAITING_CONTRIBUTION))
    authority.answer = replayed
    stamp_contracts()
    assert stamp_of(second) is None
    stamp = stamp_of(first)
    assert stamp is not None
    token = evidence.fetch(stamp.token_digest).content
    with unit():
        assert keep_stamp(second, token, by=SYSTEM) is None
        assert keep_stamp(hashlib.sha256(b"x").hexdigest(), token, by=SYSTEM) is None


@pytest.mark.parametrize("where", [0.2, 0.5, 0.95])
def test_one_flipped_bit_of_a_token_is_named(authority: Authority, visitor: Visitor, where: float) -> None:
    digest = sealed(make_certification(Stage.AWAITING_CONTRIBUTION))
    stamp_contracts()
    stamp = stamp_of(digest)
    assert stamp is not None
    assert evidence_check._first_broken_stamp() is None
    content = bytearray(evidence.fetch(stamp.token_digest).content)
    content[int(len(content) * where)] ^= 1
    with unit():
        stamp.token_digest = evidence.keep(bytes(content), TOKEN)
    assert not is_stamp_good(stamp)
    assert digest in (evidence_check._first_broken_stamp() or "")
    assert "existait déjà" not in drop(visitor, evidence.fetch(digest).content).text


@pytest.mark.parametrize("fact", [{"stamped_at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)}, {"authority": "Somebody else"}])
def test_a_row_that_says_something_else_than_its_token_is_named(authority: Authority, fact: dict[str, object]) -> None:
    digest = sealed(make_certification(Stage.AWAITING_CONTRIBUTION))
    stamp_contracts()
    with unit():
        db.session.execute(update(ContractStamp).where(ContractStamp.document_digest == digest).values(fact))
    db.session.expire_all()
    assert digest in (evidence_check._first_broken_stamp() or "")


@pytest.mark.parametrize(
    ("given", "is_fit"), [("https://tsa.example/tsr", True), ("http://tsa.example", False), ("tsa.example", False), ("", True)]
)
def test_the_address_of_the_authority_is_looked_at_before_the_start(tmp_path: object, given: str, is_fit: bool) -> None:
    environment = {"DATA_DIR": str(tmp_path), "TIMESTAMP_URL": given}
    if is_fit:
        assert settings.read(environment).timestamp_url == (given or None)
        return
    with pytest.raises(settings.SettingsFault, match="TIMESTAMP_URL"):
        settings.read(environment)
