"""Pages signed by hand, and staff who record them."""

from __future__ import annotations

import io
import itertools
from typing import Any

from PIL import Image

from certif import certification as paths
from certif import documents
from certif.certification import Certification, ContractSignature, PaperPage
from certif.kit import clock
from certif.kit.access import Actor, Role
from tests.certification.signing import contract_of
from tests.factories import Person, make_staff, unit
from tests.faults.crowds import Answered, Press, filled
from tests.pages import Visitor

_shades = itertools.count(0x403020, 0x0F1D35)
_BLANK = {
    "title": "Reçu", "issuer": "Organisme", "issuer_reached": [], "facts": [],
    "amount_label": "Montant", "amount": "0 $", "not_official": "Non",
    "why_not": "Non", "test": "",
}  # fmt: skip
TYPED = {
    "signatory": "Rosalie Gagnon", "role": "Présidente", "witness": "Noa Roy", "reason": "Pas d’adresse courriel au moment de la visite.",
    "original_at": "Bureau de Joliette, classeur 2026", "is_same_text": True,
}  # fmt: skip


def a_pdf() -> bytes:
    """Give an honest PDF."""
    return documents.typeset("receipt", _BLANK, "fr")


def a_picture(kind: str = "JPEG", size: tuple[int, int] = (900, 1200), **more: Any) -> bytes:
    """Give a picture of a page, like no other."""
    out, shade = io.BytesIO(), next(_shades) % (1 << 24)
    Image.new("RGB", size, f"#{shade:06x}").save(out, kind, **more)
    return out.getvalue()


def paper_page(certification: Certification, **changed: Any) -> PaperPage:
    """Give what staff say of a signed page."""
    said: dict[str, Any] = {
        "digest": contract_of(certification).digest_fr, "signatory": "Rosalie Gagnon", "role": "Présidente", "signed_on": clock.today(),
        "language": "fr", "chose_expressly": False, "commitments": [], "witness": "Noa Roy", "reason": "Pas d’adresse courriel.",
        "original_at": "Bureau de Joliette", "scan": a_picture(), **changed,
    }  # fmt: skip
    return PaperPage(**said)


def record(certification: Certification, *, by: Actor | None = None, **changed: Any) -> ContractSignature:
    """Record a signature, in a unit of work of its own."""
    by = by or make_staff(Role.AGENT, certification.program).actor
    with unit():
        return paths.record_paper_signature(certification, paper_page(certification, **changed), by=by)


def press(staff: Person, certification: Certification, scan: tuple[bytes, str] | None = None, **changed: object) -> Press:
    """Fill the form of staff, with a file."""
    typed = {**TYPED, "signed_on": clock.today().isoformat(), **changed}
    found = filled(staff, f"/personnel/dossiers/{certification.ref}/signature-papier", "Consigner", **typed)
    found.files["scan"] = scan or (a_picture(), "page.jpg")
    return found


def sent(staff: Visitor, pressed: Press) -> Answered:
    """Send it."""
    return pressed.send(staff.client.application)
