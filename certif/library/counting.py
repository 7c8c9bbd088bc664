"""How often tools are taken away, and how many are handed out: by tool, place, audience and period; never by whom."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, false, func, or_, select, true
from sqlalchemy.orm import joinedload
from werkzeug.exceptions import NotFound

from certif.kit import clock, tallies
from certif.kit.access import STAFF, Actor
from certif.kit.db import db
from certif.kit.languages import _, folded
from certif.kit.paging import Slice, cut, read_cursor
from certif.kit.sheets import Table
from certif.library.handing import WHOLE, served_by
from certif.library.model import HandOut, Tool, title_spoken
from certif.library.versions import ToolDownload, ToolVersion
from certif.plans import AUDIENCES, Audience
from certif.programs import Program, programs_of
from certif.territory import Mrc

Key = tuple[int, int, str, dt.date, str]


def note_download(version: ToolVersion, language: str, program: Program | None = None) -> None:
    """Count one taking away of a version, in memory. Takes: `program`, that through which it was taken, if any."""
    tallies.note("tool download", version.tool_id, version.number, language, clock.today(), program.slug if program else "")


@tallies.tally("tool download")
def _write(taken: Counter[Key]) -> None:
    tallies.add(ToolDownload, taken)


@dataclass(frozen=True)
class Span:
    """What is counted: from a day to a day, both included; in one program, or in all those of whoever asks."""

    since: dt.date
    until: dt.date
    program: Program | None = None


@dataclass(frozen=True)
class Handed:
    """Copies of a tool handed out in one place to one audience."""

    tool: str
    place: str
    audience: str
    count: int


@dataclass(frozen=True)
class Downloaded:
    """How often a version was taken away in a language."""

    tool: str
    number: int
    language: str
    count: int


def handed_out(actor: Actor, span: Span) -> list[Handed]:
    """Give what was handed out, by tool, place and audience, the most first."""
    found = (
        select(title_spoken(), Mrc.name, HandOut.audience, func.sum(HandOut.count))
        .join(Tool, Tool.id == HandOut.tool_id)
        .outerjoin(Mrc, Mrc.id == HandOut.mrc_id)
        .where(_is_mine(actor, span.program), HandOut.handed_on.between(span.since, span.until))
        .group_by(HandOut.tool_id, Tool.title_fr, Tool.title_en, Mrc.name, HandOut.audience)
    )
    rows = [
        Handed(title, place or _("Territoire non précisé"), str(AUDIENCES[Audience(audience)]), int(count))
        for title, place, audience, count in db.session.execute(found)
    ]
    return sorted(rows, key=lambda row: (-row.count, folded(row.tool), folded(row.place), row.audience))


def downloaded(actor: Actor, span: Span) -> list[Downloaded]:
    """Give how often tools were taken away through the programs of this person, or are theirs; the most first."""
    mine = [span.program] if span.program else programs_of(actor, *WHOLE)
    here: ColumnElement[bool] = or_(ToolDownload.program.in_([one.slug for one in mine]), Tool.program_id.in_([one.id for one in mine]))
    if span.program is None and actor.program_ids(*WHOLE) is None:
        here = true()
    found = (
        select(title_spoken(), ToolDownload.number, ToolDownload.language, func.sum(ToolDownload.count))
        .join(Tool, Tool.id == ToolDownload.tool_id)
        .where(here, ToolDownload.day.between(span.since, span.until))
        .group_by(ToolDownload.tool_id, Tool.title_fr, Tool.title_en, ToolDownload.number, ToolDownload.language)
    )
    rows = [Downloaded(title, number, spoken, int(count)) for title, number, spoken, count in db.session.execute(found)]
    return sorted(rows, key=lambda row: (-row.count, folded(row.tool), row.number, row.language))


def totals(rows: list[Handed], by: str) -> list[tuple[str, int]]:
    """Sum what was handed out by `tool`, `place` or `audience`, the most first."""
    sums: Counter[str] = Counter()
    for row in rows:
        sums[getattr(row, by)] += row.count
    return sums.most_common()


def hand_outs_seen_by(actor: Actor, program: Program | None, after: str | None) -> Slice[HandOut]:
    """Give a page of what was noted, the newest first."""
    found = (
        select(HandOut, HandOut.noted_at.label("since"), HandOut.ref)
        .options(joinedload(HandOut.tool), joinedload(HandOut.mrc), joinedload(HandOut.program))
        .where(_is_mine(actor, program), HandOut.ref.is_not(None))
    )
    page = cut(found, HandOut.noted_at.expression, HandOut.ref.expression, read_cursor(after), newest_first=True)
    return Slice([row.HandOut for row in page.rows], page.next)


def hand_out_of(actor: Actor, ref: str) -> HandOut:
    """Give what was noted to those who see it. Refuses (404) any other."""
    found = db.session.scalar(select(HandOut).where(HandOut.ref == ref, _is_mine(actor, None)))
    if found is None:
        raise NotFound
    return found


def tables(handed: list[Handed], taken: list[Downloaded]) -> list[Table]:
    """Give the same figures as sheets of a workbook."""
    return [
        (
            _("Remises"),
            [_("Outil"), _("MRC"), _("Clientèle"), _("Exemplaires")],
            [(row.tool, row.place, row.audience, row.count) for row in handed],
        ),
        (
            _("Téléchargements"),
            [_("Outil"), _("Version"), _("Langue"), _("Téléchargements")],
            [(row.tool, row.number, row.language, row.count) for row in taken],
        ),
    ]


def _is_mine(actor: Actor, program: Program | None) -> ColumnElement[bool]:
    """Give the condition that a `HandOut` is in the programs of a person; for a partner, in the territory it serves."""
    chosen = [program] if program else programs_of(actor, *STAFF)
    seen: list[ColumnElement[bool]] = [false()]
    for one in chosen:
        served, here = served_by(actor, one), HandOut.program_id == one.id
        seen.append(here if served is None else and_(here, HandOut.mrc_id.in_(served)))
    return or_(*seen)
