"""Seals in PDF: made and read by pyHanko, which only this module and `stamping` import."""

from __future__ import annotations

import io
import zlib

from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, IndirectObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from certif.kit import clock

UNREADABLE = (
    PdfError, SignatureValidationError, ValueError, TypeError, LookupError, AttributeError, ArithmeticError, AssertionError,
    EOFError, OSError, RecursionError, zlib.error,
)  # fmt: skip
"""Whatever a reader of PDF may stumble on in hostile bytes."""
_PROGRAMS = frozenset({"/JS", "/JavaScript", "/AA", "/EF", "/EmbeddedFiles", "/XFA", "/RichMediaContent"})
_ACTIONS = frozenset({"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition", "/Movie", "/Sound"})
"""What makes a document more than pages to read. Source: ISO 32000-2, 12.6 and 7.11."""
_MOST_OBJECTS = 20_000
"""A scan of thirty pages holds some hundreds."""
_AROUND = 1024
"""How many bytes a seal has at most besides its certificate and its signature: names, digests, attributes."""


class _Sealer(signers.Signer):
    """A signer whose key stays loaded: reading it anew twice for each seal is most of what a seal would cost."""

    def __init__(self, private: rsa.RSAPrivateKey, certificate: asn1_x509.Certificate) -> None:
        super().__init__(signing_cert=certificate, embed_roots=True)
        self._private = private

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        """Sign."""
        if digest_algorithm != "sha256" or dry_run:
            raise ValueError("a dry run" if dry_run else digest_algorithm)
        return self._private.sign(data, padding.PKCS1v15(), hashes.SHA256())


def seal(pdf: bytes, private: rsa.RSAPrivateKey, certificate: bytes) -> bytes:
    """Seal a PDF.

    Takes: `certificate`, DER.
    """
    about = signers.PdfSignatureMetadata(field_name="Certif", md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES, name="Certif")
    sealer, out = _Sealer(private, asn1_x509.Certificate.load(certificate)), io.BytesIO()
    # Measuring the place by a first seal that is thrown away would cost as much again as the seal.
    place = 2 * (len(certificate) + private.key_size // 8 + _AROUND)
    signers.PdfSigner(about, signer=sealer).sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), bytes_reserved=place, output=out)
    return out.getvalue()


def check(pdf: bytes, certificate: bytes) -> str:
    """Say whether a PDF is `ours`, `changed` or `foreign`, however hostile its bytes.

    Takes: `certificate`, DER, of whoever sealed what is ours.
    """
    known = asn1_x509.Certificate.load(certificate)
    try:
        found = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
        ours = [one for one in found if one.signer_cert is not None and one.signer_cert.dump() == known.dump()]
        if not ours:
            return "foreign"
        trust = ValidationContext(trust_roots=[known], allow_fetching=False, moment=clock.now())
        status = validate_pdf_signature(ours[0], trust)
        covers = status.coverage is SignatureCoverageLevel.ENTIRE_FILE and len(found) == 1
        whole = status.intact and status.valid and covers and _is_exact(pdf, ours[0]) and _is_our_envelope(ours[0])
    except UNREADABLE:
        return "changed" if known.serial_number.to_bytes(20, "big").hex().encode() in pdf else "foreign"
    return "ours" if whole else "changed"


def pages_in(content: bytes) -> int | None:
    """Count the pages of a PDF; None for what is none, is locked, or carries a program or other files."""
    if not content.startswith(b"%PDF-"):
        return None
    try:
        reader = PdfFileReader(io.BytesIO(content), strict=False)
        if reader.encrypted or _carries_more(reader.root):
            return None
        count = int(reader.root["/Pages"]["/Count"])
    except UNREADABLE:
        return None
    return count if count > 0 else None


def _carries_more(root: DictionaryObject) -> bool:
    """Whether a document does something when it is opened, read or pressed, or holds other files: anywhere in it, not only at its head."""
    opens = root.get("/OpenAction")
    if isinstance(opens, DictionaryObject) and opens.get("/S") != "/GoTo":
        return True
    waiting: list[object] = [root]
    seen = set[tuple[int, int]]()
    while waiting:
        one = waiting.pop()
        if isinstance(one, IndirectObject):
            if (name := (one.idnum, one.generation)) in seen:
                continue
            seen.add(name)
            one = one.get_object()  # type: ignore[no-untyped-call]  # pyHanko leaves it untyped
        if len(seen) > _MOST_OBJECTS or (isinstance(one, DictionaryObject) and _acts(one)):
            return True
        waiting.extend(one.values() if isinstance(one, DictionaryObject) else one if isinstance(one, ArrayObject) else ())
    return False


def _acts(one: DictionaryObject) -> bool:
    return not _PROGRAMS.isdisjoint(one) or one.get("/S") in _ACTIONS


def _is_exact(pdf: bytes, signature: EmbeddedPdfSignature) -> bool:
    """Whether the place of the signature itself, which no signature can cover, holds it exactly as it was written, and nothing else."""
    start, length, after, _rest = signature.byte_range
    place, content = pdf[start + length : after], signature.pkcs7_content
    written = content[: _der_length(content)].hex().upper().encode()
    return place == b"<" + written.ljust(len(place) - 2, b"0") + b">"


def _is_our_envelope(signature: EmbeddedPdfSignature) -> bool:
    """Whether the words around the signature, which it does not cover either, are the very ones that we write."""
    data, signer = signature.signed_data, signature.signer_info
    said = (
        data["version"].native,
        [one["algorithm"].native for one in data["digest_algorithms"]],
        data["encap_content_info"]["content_type"].native,
        signer["version"].native,
        signer["digest_algorithm"]["algorithm"].native,
        signer["signature_algorithm"]["algorithm"].native,
        len(data["certificates"]),
        len(signer["unsigned_attrs"]),
    )
    return said == ("v1", ["sha256"], "data", "v1", "sha256", "sha256_rsa", 1, 0) and data.dump(force=True) == data.dump()


def _der_length(content: bytes) -> int:
    """Give the whole length that the first bytes of a DER value announce."""
    if content[1] < 0x80:
        return 2 + content[1]
    digits = content[1] & 0x7F
    return 2 + digits + int.from_bytes(content[2 : 2 + digits], "big")
