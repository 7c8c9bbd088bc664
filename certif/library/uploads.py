"""Files that go with a tool: looked into before they are kept. A PDF stays byte for byte; a picture is drawn again from its pixels."""

from __future__ import annotations

import re
from dataclasses import dataclass

from certif import badges, documents
from certif.kit import sent_files
from certif.kit.errors import Refusal
from certif.kit.languages import _, folded

LARGEST = 5 * 1024 * 1024
ACCEPTED = ".pdf,.png,.jpg,.jpeg,.webp"


@dataclass(frozen=True)
class Upload:
    """A file as it was sent: `name`, as its owner calls it; its bytes; the language it is in."""

    name: str
    content: bytes
    language: str


def keep_file(upload: Upload) -> tuple[str, str]:
    """Keep a file. Gives: its name, fit for an address, and its digest. Refuses: what is too heavy, or neither PDF nor picture."""
    if len(upload.content) > LARGEST:
        raise Refusal(_("Le fichier « %(name)s » est trop lourd. Choisissez-en un de 5 Mo au plus.", name=upload.name[:80]))
    stem = re.sub(r"[^a-z0-9]+", "-", folded(upload.name.rsplit(".", 1)[0]))[:60].strip("-") or "fichier"
    if not upload.content.startswith(b"%PDF"):
        return f"{stem}.jpg", sent_files.keep(badges.redrawn_page(upload.content), "image/jpeg")
    if documents.pages_in(upload.content) is None:
        raise Refusal(_("Le PDF « %(name)s » ne s’ouvre pas, demande un mot de passe ou contient un programme.", name=upload.name[:80]))
    return f"{stem}.pdf", sent_files.keep(upload.content, "application/pdf")
