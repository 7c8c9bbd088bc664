"""The platform's seal on a PDF: whoever changes one bit breaks it. The key is made at first start and kept encrypted."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from certif.kit import clock
from certif.kit.keyfiles import keep_once, key_folder, password_for

_YEARS = 30
_FILE = "seal.pem"


class Verdict(Enum):
    """What a PDF is to us."""

    OURS = "ours"
    CHANGED = "changed"
    FOREIGN = "foreign"

    @property
    def is_ours(self) -> bool:
        """Whether it bears our seal and nothing was changed since."""
        return self is Verdict.OURS


@dataclass(frozen=True)
class SealingKey:
    """The platform's key, loaded, and its own certificate, PEM bytes."""

    private: rsa.RSAPrivateKey
    certificate: bytes


@lru_cache(maxsize=4)
def sealing_key(data_dir: Path, secret: str) -> SealingKey:
    """Give the platform's key: made at first start, kept in `data_dir/keys`, encrypted with a password derived from `secret`."""
    path, password = key_folder(data_dir) / _FILE, password_for("seal", secret)
    if not path.exists():
        keep_once(_make(password), path)
    kept = path.read_bytes()
    private, certificate = kept.split(b"-----BEGIN CERTIFICATE-----", 1)
    key = serialization.load_pem_private_key(private, password)
    assert isinstance(key, rsa.RSAPrivateKey)
    return SealingKey(key, b"-----BEGIN CERTIFICATE-----" + certificate)


def seal(pdf: bytes, key: SealingKey) -> bytes:
    """Seal a PDF (PAdES, SHA-256, invisible). Gives: the sealed bytes; not one may change afterwards."""
    from certif.documents import pades  # late: a fifth of the time it takes to start, and only who signs or checks needs it

    return pades.seal(pdf, key.private, _certificate_bytes(key))


def check(pdf: bytes, key: SealingKey) -> Verdict:
    """Say whether a PDF is ours and unchanged, ours but changed, or not ours, however hostile its bytes."""
    from certif.documents import pades  # late, as in seal

    return Verdict(pades.check(pdf, _certificate_bytes(key)))


def pages_in(content: bytes) -> int | None:
    """Count the pages of a PDF that somebody gives, however hostile its bytes.

    Gives: None for what is no PDF that opens without a password, or one that carries a program or other files.
    """
    from certif.documents import pades  # late, as in seal

    return pades.pages_in(content)


def _certificate_bytes(key: SealingKey) -> bytes:
    return x509.load_pem_x509_certificate(key.certificate).public_bytes(serialization.Encoding.DER)


def _make(password: bytes) -> bytes:
    key = rsa.generate_private_key(public_exponent=65537, key_size=3072)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Certif")])
    now = clock.now()
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=365 * _YEARS))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.BestAvailableEncryption(password)
    )
    return private + certificate.public_bytes(serialization.Encoding.PEM)


def _usage() -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False, data_encipherment=False, key_agreement=False,
        key_cert_sign=True, crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
