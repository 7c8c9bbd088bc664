"""A library to try things in, through the real acts."""

from __future__ import annotations

import datetime as dt
from typing import Any

from certif.consents import PURPOSES
from certif.employers import Employer
from certif.kit import clock
from certif.kit.access import Actor, Granted, Role
from certif.library import load_tools
from certif.library.actions import Filing, Wording, add_tool, publish_version
from certif.library.beat_actions import write_piece
from certif.library.beat_model import Beat, PackPiece, PieceKind
from certif.library.beat_queries import beat_by_slug
from certif.library.model import Tool, ToolKind, Topic
from certif.library.queries import newest_of
from certif.library.uploads import Upload
from certif.library.versions import ToolVersion
from certif.library.word_actions import TESTIMONIAL, note_watch, offer_testimonial
from certif.library.word_model import Testimonial, WatchNote
from certif.plans import Audience
from certif.programs import Program, Text
from tests.factories import unit

BOSS = Actor("decider", "La direction", "direction@exemple.com", 1, frozenset({Role.ADMIN}), (Granted(Role.ADMIN),))
"""Who decides everywhere, for the acts of tests."""

JPS = "journees-de-la-perseverance-scolaire"


def filing(**said: Any) -> Filing:
    """Give where a tool stands: a public fact sheet for employers; `said` replaces what is named."""
    plain: dict[str, Any] = {"kind": ToolKind.FACT_SHEET, "audience": Audience.EMPLOYERS, "topic": Topic.BALANCE, "is_public": True}
    return Filing(**plain | said)


def wording(title: str = "Horaires doux", **said: Any) -> Wording:
    """Give what a version says, in both languages; `said` replaces what is named."""
    plain: dict[str, Any] = {
        "title": Text(title, f"{title} (EN)"), "summary": Text("Afficher deux semaines d’avance.", "Post two weeks ahead."),
        "text": Text("## Pourquoi\n\nPour étudier.\n- un\n- deux", "## Why\n\nTo study.\n- one\n- two"),
    }  # fmt: skip
    return Wording(**plain | said)


def make_tool(program: Program | None = None, title: str = "Horaires doux", *, says: bool = True, **said: Any) -> Tool:
    """Give a tool, published unless `says` is false; `said` changes where it is filed."""
    with unit():
        tool = add_tool(program, title, filing(**said), by=BOSS)
    if says:
        with unit():
            publish_version(tool, wording(title), seen=0, by=BOSS)
    return tool


def publish(tool: Tool, **said: Any) -> ToolVersion:
    """Publish the next version of a tool."""
    before = newest_of(tool)
    with unit():
        return publish_version(tool, wording(tool.title_fr, **said), seen=before.number if before else 0, by=BOSS)


def upload(content: bytes, name: str = "affiche.pdf") -> Upload:
    """Give a file that is sent along."""
    return Upload(name, content, "fr")


def make_beat(slug: str = JPS) -> Beat:
    """Give a beat that comes with the platform."""
    load_tools()
    return beat_by_slug(slug)


def make_piece(beat: Beat, program: Program, title: str = "Notre mot") -> PackPiece:
    """Give a piece that a program adds to a pack."""
    with unit():
        return write_piece(beat, program, PieceKind.POST, Text(title), Text("Bravo à tout le monde."), by=BOSS)


def make_testimonial(employer: Employer, program: Program, by: Actor, words: str = "Nos élèves restent.") -> Testimonial:
    """Give what a certified employer says."""
    with unit():
        return offer_testimonial(employer, program, words, consent=PURPOSES[TESTIMONIAL].version, language="fr", by=by)


def make_note(program: Program | None, title: str = "Une étude", *, is_public: bool = True) -> WatchNote:
    """Give a note of the watch."""
    with unit():
        return note_watch(
            program, title, "À retenir.", topic=Topic.LAW, link="https://exemple.com/etude", language="fr", is_public=is_public, by=BOSS
        )


def in_a_year() -> dt.date:
    """Give a day to come."""
    return clock.today() + dt.timedelta(days=365)
