"""A prospect noted one at a time, from what happens elsewhere on the platform, rather than brought in by a file."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from certif.employers import Employer, Establishment, name_key
from certif.imports.grounds import GROUNDS
from certif.imports.model import Prospect
from certif.kit import audit, clock, tokens
from certif.kit.access import Actor
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.inserting import insert_new
from certif.kit.languages import _, _l, folded
from certif.programs import Program
from certif.territory import Mrc

audit.declare("prospect_noted", _l("%(by)s a noté ce prospect. Source : %(source)s"), "source")
audit.declare(
    "prospect_contact_noted",
    _l("%(by)s a noté la personne-ressource de ce prospect. Fondement : %(ground)s"),
    "ground",
    words={"ground": GROUNDS},
)
audit.declare("prospect_note_changed", _l("%(by)s a changé la note de ce prospect."))


def note_prospect(
    program: Program, name: str, municipality: str, mrc: Mrc, sector: str | None, *, source: str, note: str, by: Actor
) -> Prospect | None:
    """Note an organisation that somebody spoke of, without anything of its contact.

    Takes: `source`, where it comes from, and `note`, what may be said of it, both read by staff; who may do so is asked by the caller.
    Gives: the prospect, new, or the one that the program had: the same name, case, accents and signs aside, in the same MRC or
    municipality; None where an employer of that name is registered there.
    """
    key = name_key(name)
    if _is_in_register(key, mrc):
        return None
    known = _known(program, key, municipality, mrc)
    if known is not None:
        return known
    row = {
        "ref": tokens.ref(), "program_id": program.id, "intake_id": None, "line_number": None, "name": name, "name_key": key, "neq": None,
        "municipality": municipality, "postal_code": None, "mrc_id": mrc.id, "sector": sector, "contact_name": None, "contact_email": None,
        "contact_phone": None, "contact_ground": None, "contact_source": None, "language": "fr", "note": note or None, "source": source,
        "noted_at": clock.now(), "noted_by": by.ref,
    }  # fmt: skip
    is_new = bool(insert_new(Prospect, [row], Prospect.id))
    found = _known(program, key, municipality, mrc)
    assert found is not None, "it went in, or another was there"
    if is_new:
        audit.record("prospect_noted", found, by=by, source=source)
    return found


def change_note(prospect: Prospect, note: str, *, by: Actor) -> None:
    """Say something else of a prospect: what could be said before may be no more."""
    prospect.note = note or None
    audit.record("prospect_note_changed", prospect, by=by)


def note_contact(prospect: Prospect, known: dict[str, str | None], *, by: Actor) -> None:
    """Say whom to ask for, and why they may be written to or called.

    Takes: `known`, by the names of its columns: `contact_name`, `contact_email`, `contact_phone`, `contact_ground`, `contact_source`.
    Refuses: an address or a number without what allows its use, and where it comes from.
    """
    lock(prospect)
    if (known["contact_email"] or known["contact_phone"]) and not (known["contact_ground"] and known["contact_source"]):
        raise Refusal(_("Dites ce qui permet de joindre cette personne, et d’où vient son adresse ou son numéro."))
    for name in ("contact_name", "contact_email", "contact_phone", "contact_ground", "contact_source"):
        setattr(prospect, name, known[name] or None)
    audit.record("prospect_contact_noted", prospect, by=by, ground=prospect.contact_ground or "–")


def _known(program: Program, key: str, municipality: str, mrc: Mrc) -> Prospect | None:
    near = or_(Prospect.mrc_id == mrc.id, and_(Prospect.mrc_id.is_(None), _same_town(municipality)))
    same = Prospect.program_id == program.id, Prospect.name_key == key, near
    return db.session.scalar(select(Prospect).where(*same).order_by(Prospect.id).limit(1))


def _same_town(municipality: str) -> ColumnElement[bool]:
    return func.lower(Prospect.municipality).in_({municipality.lower(), folded(municipality)})


def _is_in_register(key: str, mrc: Mrc) -> bool:
    here = Establishment.employer_id == Employer.id, Establishment.closed_at.is_(None), Establishment.mrc_id == mrc.id
    return db.session.scalar(select(Employer.id).where(Employer.name_key == key, exists().where(*here)).limit(1)) is not None
