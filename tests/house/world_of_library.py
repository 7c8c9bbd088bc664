"""What stands behind the doors of the library: a tool, a piece of a pack, a story and a testimonial, a note, what was handed out."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from certif.certification import Certification
from certif.kit import clock
from certif.kit.db import db
from certif.library.handing import note_hand_out
from certif.library.model import HandOut, ToolKind
from certif.library.queries import newest_of
from certif.programs import Program
from tests.factories import make_person, owner_of, unit
from tests.library.making import BOSS, JPS, make_beat, make_note, make_piece, make_testimonial, make_tool


def shelved(program: Program, certification: Certification, secret: str) -> dict[str, dict[str, Any]]:
    """One row of each kind."""
    tool, beat = make_tool(program, "Fiche interne", is_public=False), make_beat()
    story = make_tool(program, f"Bon coup de {secret}", kind=ToolKind.STORY, employer=certification.employer)
    piece, note = make_piece(beat, program), make_note(program, "Vu ailleurs", is_public=False)
    offered = make_testimonial(certification.employer, program, make_person(owner_of(certification.employer)).actor, f"{secret} reste.")
    with unit():
        place = certification.badges[0].verification.establishment.mrc
        note_hand_out(tool, program, 3, mrc=place, audience="employers", on=clock.today(), by=BOSS)
    handed, told = db.session.scalars(select(HandOut.ref)).one(), newest_of(story)
    assert told is not None
    employer = {"ref": certification.employer.ref, "testimonial": offered.ref}
    beats = {"slug": JPS, "program": program.slug, "ref": piece.ref}
    return {
        "library.*": {"slug": tool.slug, "ref": offered.ref, "name": "x.pdf"},
        **{f"library.{name}": beats for name in ("show_beat", "download_poster", "download_pack", "date_beat")},
        **{f"library.{name}": beats for name in ("open_pack", "write_piece", "drop_piece")},
        **{f"library.{name}": {"ref": told.ref} for name in ("answer_story", "withdraw_story")},
        **{f"library.{name}": employer for name in ("offer_testimonial", "take_testimonial_back")},
        "library.withdraw_watch": {"ref": note.ref},
        "library.note_hand_out": {"slug": program.slug},
        "library.remove_hand_out": {"ref": handed},
    }
