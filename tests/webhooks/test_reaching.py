"""Nothing is ever sent inside our own network, wherever an address claims to lead, when it is registered and when it is told."""

from __future__ import annotations

import dataclasses
import datetime as dt
import socket
import ssl
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from flask import Flask

from certif.kit.errors import Refusal
from certif.webhooks import reaching
from certif.webhooks.reaching import check_address, post
from tests.webhooks.receiving import Receiver, a_receiver

INSIDE = (
    "https://127.0.0.1", "https://127.1", "https://127.0.1", "https://2130706433", "https://0x7f000001", "https://0177.0.0.1", "https://0",
    "https://0.0.0.0", "https://localhost", "https://LOCALHOST", "https://localhost.", "https://[::1]", "https://[::]",
    "https://[::ffff:127.0.0.1]", "https://[::ffff:7f00:1]", "https://[::127.0.0.1]", "https://[64:ff9b::7f00:1]", "https://[64:ff9b::a9fe:a9fe]",
    "https://[64:ff9b:1::7f00:1]", "https://[2002:7f00:1::]", "https://[2001:0:7f00:1::]", "https://[fe80::1]", "https://[fc00::1]",
    "https://[fd00:ec2::254]", "https://[fec0::1]", "https://[ff02::1]", "https://10.0.0.1", "https://172.16.0.1", "https://172.31.255.255",
    "https://192.168.1.1", "https://169.254.169.254", "https://169.254.0.1", "https://100.64.0.1", "https://100.100.100.200",
    "https://192.0.0.192", "https://198.18.0.1", "https://224.0.0.1", "https://240.0.0.1", "https://255.255.255.255",
)  # fmt: skip
UNFIT = (
    "http://example.com", "file:///etc/passwd", "gopher://example.com", "ftp://example.com", "https://ok@127.0.0.1", "https://a:b@example.com",
    "https://", "https:///x", "//example.com", "example.com", "https://exa mple.com", "https://example.com\r\nX: y", "https://example.com:0",
    "https://example.com:99999", "https://[::1", "https://example.com/#x", "javascript:alert(1)", "https://éxample.com", "https://example.com\\@x",
)  # fmt: skip


@pytest.fixture
def listener(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Whoever is connected to."""
    met: list[Any] = []
    real = socket.create_connection

    def noted(address: Any, *said: Any, **given: Any) -> Any:
        met.append(address)
        return real(address, *said, **given)

    monkeypatch.setattr(reaching.socket, "create_connection", noted)
    return met


@pytest.fixture
def receiver(app: Flask) -> Iterator[Receiver]:
    with a_receiver(app) as found:
        yield found


@pytest.mark.parametrize("url", [*INSIDE, *UNFIT])
def test_what_leads_inside_or_is_no_address_is_refused_and_never_reached(app: Flask, listener: list[Any], url: str) -> None:
    with pytest.raises(Refusal):
        check_address(url)
    for each in (url, f"{url}:8443/x"):
        assert post(each, b"{}", {}).end in {"inside", "unknown"}
    assert listener == []


def test_what_is_public_is_let_through(app: Flask) -> None:
    for url in ("https://93.184.215.14", "https://[2606:4700::1111]:8443/x?y=z", "https://[64:ff9b::5db8:d70e]/"):
        check_address(url)


def test_a_name_that_leads_elsewhere_afterwards_is_judged_when_it_is_told(app: Flask, receiver: Receiver, listener: list[Any]) -> None:
    assert post(receiver.url, b"{}", {}).end == "delivered"
    app.config["SETTINGS"] = dataclasses.replace(app.config["SETTINGS"], webhooks_inside=frozenset())
    before = len(listener)
    assert post(receiver.url.replace("http:", "https:"), b"{}", {}).end == "inside"
    assert (len(listener), len(receiver.got)) == (before, 1)


def test_one_address_of_many_that_leads_inside_is_enough(app: Flask, monkeypatch: pytest.MonkeyPatch, listener: list[Any]) -> None:
    both = [(0, 0, 0, "", ("93.184.215.14", 443)), (0, 0, 0, "", ("10.0.0.7", 443))]
    monkeypatch.setattr(reaching.socket, "getaddrinfo", lambda *_said, **_given: both)
    assert post("https://double.exemple.com", b"{}", {}).end == "inside"
    assert listener == []


def test_the_address_that_was_judged_is_the_one_that_is_met(app: Flask, receiver: Receiver, listener: list[Any]) -> None:
    asked: list[str] = []
    real = socket.getaddrinfo

    def once(name: str, *said: Any, **given: Any) -> Any:
        asked.append(name)
        return real(name, *said, **given)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reaching.socket, "getaddrinfo", once)
        post(receiver.url, b"{}", {})
    assert asked[:1] == ["127.0.0.1"]
    assert [one[0] for one in listener] == ["127.0.0.1"]


def test_an_answer_that_dribbles_in_is_cut_short(app: Flask, receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reaching, "SECONDS", 0.5)
    receiver.dribbles = True
    came = post(receiver.url, b"{}", {})
    assert came.end == "late"
    assert came.milliseconds < 5000


def test_an_answer_without_end_is_read_to_a_bound(app: Flask, receiver: Receiver) -> None:
    receiver.status, receiver.answer = 200, {"Content-Length": str(10**12)}
    assert post(receiver.url, b"{}", {}).end == "delivered"


def test_a_certificate_counts_only_where_somebody_vouches_for_it(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = self_signed(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*paths)
    with a_receiver(app, context) as receiver:
        assert post(receiver.url, b"{}", {}).end == "certificate"
        assert receiver.got == []
        monkeypatch.setenv("SSL_CERT_FILE", str(paths[0]))
        assert post(receiver.url, b"{}", {}).end == "delivered"


def self_signed(folder: Path) -> tuple[Path, Path]:
    """Give the certificate of this machine that nobody vouches for, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    at = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(at - dt.timedelta(days=1))
        .not_valid_after(at + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    paths = folder / "certificate.pem", folder / "key.pem"
    paths[0].write_bytes(made.public_bytes(Encoding.PEM))
    paths[1].write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return paths
