"""A directory to read: employers made through the real acts, then folded."""

from __future__ import annotations

from certif import directory
from certif.certification import Certification, Stage, verifications_of
from certif.directory.facets import Asked
from certif.directory.search import Entry, page_of
from certif.programs import Program
from certif.territory import mrc
from tests.factories import make_certification, make_employer


def certify(name: str, program: Program, *, place: str = "joliette", stage: Stage = Stage.CERTIFIED, **changes: object) -> Certification:
    """Make an employer that stands at this stage."""
    return make_certification(stage, program, employer=make_employer(mrc=mrc(place), legal_name=name, **changes))


def code_of(certification: Certification) -> str:
    return verifications_of(certification)[0].code


def entries(text: str = "", **filters: object) -> list[Entry]:
    """Fold, then give every line that answers, page after page."""
    directory.fold()
    found, cursor = [], None
    while True:
        page = page_of(Asked(text=text, **filters), cursor, 3)  # type: ignore[arg-type]
        found += page.rows
        if page.next is None:
            return found
        cursor = page.next


def names(text: str = "", **filters: object) -> list[str]:
    return [entry.listing.name for entry in entries(text, **filters)]
