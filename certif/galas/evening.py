"""The order of an evening as it is read: when each moment begins, who is honoured in it and how, from which seat they rise."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from werkzeug.exceptions import NotFound

from certif.galas.evening_model import EveningMoment, MomentKind
from certif.galas.guest_model import Guest
from certif.galas.honours import Honour, honours_of, reading_seconds
from certif.galas.model import Gala
from certif.kit import clock
from certif.kit.db import db
from certif.kit.languages import _, _l, language
from certif.kit.sheets import Table

MOMENT_LABELS = {
    MomentKind.AWARD: _l("Remise d’un prix"),
    MomentKind.SPEECH: _l("Allocution"),
    MomentKind.MEAL: _l("Repas"),
    MomentKind.MUSIC: _l("Musique"),
    MomentKind.BREAK: _l("Pause"),
    MomentKind.OTHER: _l("Autre"),
}
_COLOURS = {
    MomentKind.AWARD: "#F2B705", MomentKind.SPEECH: "#2E7D6B", MomentKind.MEAL: "#8C5E3C", MomentKind.MUSIC: "#5B4B8A",
    MomentKind.BREAK: "#7A8B83", MomentKind.OTHER: "#3E5C76",
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One moment on paper. `starts_at`, `ends_at`: on a clock in Québec; `seats`, the tables where those honoured sit."""

    moment: EveningMoment
    honour: Honour | None
    starts_at: dt.datetime
    seats: tuple[str, ...] = ()

    @property
    def ends_at(self) -> dt.datetime:
        """When it ends."""
        return self.starts_at + dt.timedelta(seconds=self.moment.seconds)

    @property
    def kind(self) -> str:
        """What it is, in the reader’s language."""
        return str(MOMENT_LABELS[MomentKind(self.moment.kind)])

    @property
    def title(self) -> str:
        """What is read on the sheet: its own title, else the prize and who receives it."""
        if self.moment.title:
            return self.moment.title
        if self.honour is None:
            return str(_("Lauréat retiré")) if self.moment.laureate_id else self.kind
        return f"{self.honour.prize} – {self.honour.employer}"

    @property
    def reading(self) -> int:
        """How many seconds its citation takes to be read aloud."""
        return reading_seconds(self.honour.citation) if self.honour else 0


def run_sheet_of(gala: Gala) -> list[Line]:
    """Give the moments of an evening in their order, each with its hour, computed from the hour at which the evening begins."""
    honours = {one.laureate.id: one for one in honours_of(gala)}
    seats = _seats(gala)
    wanted = select(EveningMoment).where(EveningMoment.gala_id == gala.id)
    at, lines = begins_at(gala), []
    for moment in db.session.scalars(wanted.order_by(EveningMoment.position, EveningMoment.id)):
        known = moment.laureate_id or 0
        lines.append(Line(moment, honours.get(known), at, tuple(seats.get(known, ()))))
        at = lines[-1].ends_at
    return lines


def begins_at(gala: Gala) -> dt.datetime:
    """Give the instant at which a gala begins, on a clock in Québec."""
    hour, minute = gala.starts_at.split(":")
    return dt.datetime.combine(gala.held_on, dt.time(int(hour), int(minute)), clock.TORONTO)


def ends_at(gala: Gala) -> dt.datetime:
    """Give when the last moment ends; three hours after the beginning where the order of the evening is not made yet."""
    lengths = db.session.scalars(select(EveningMoment.seconds).where(EveningMoment.gala_id == gala.id)).all()
    return begins_at(gala) + (dt.timedelta(seconds=sum(lengths)) if lengths else dt.timedelta(hours=3))


def moment_in(gala: Gala, ref: str) -> EveningMoment:
    """Give a moment of a gala. Refuses (404) any other."""
    found = db.session.scalar(select(EveningMoment).where(EveningMoment.gala_id == gala.id, EveningMoment.ref == ref))
    if found is None:
        raise NotFound
    return found


def clock_time(at: dt.datetime) -> str:
    """Write an hour as it is read, to the minute that has begun: `18 h 30`, `6:30 p.m.`."""
    if language() == "en":
        return f"{at.hour % 12 or 12}:{at.minute:02}\u00a0{'p.m.' if at.hour >= 12 else 'a.m.'}"
    return f"{at.hour}\u00a0h\u00a0{at.minute:02}"


def length(seconds: int) -> str:
    """Write how long something lasts: `2 min 20 s`."""
    minutes, rest = divmod(seconds, 60)
    parts = [f"{minutes}\u00a0min"] if minutes else []
    return "\u00a0".join(parts + ([f"{rest}\u00a0s"] if rest or not minutes else []))


def rundown_of(gala: Gala) -> Table:
    """Give the order of an evening as Ontime imports it: its own heads, in English, then what it keeps as fields of one’s own.

    Every cell is a text: hours and lengths as `18:30:00`.
    Source: cpvalente/ontime, packages/utils/src/feature/spreadsheet-import/spreadsheetImport.ts.
    """
    heads = (
        "time start", "time end", "duration", "cue", "title", "notes", "colour", "Genre", "Présentation", "Citation", "Lecture",
        "Employeur", "Prononciation de l’employeur", "Élève", "Prononciation de l’élève", "Table", "Musique", "Photo", "Commandite",
    )  # fmt: skip
    return "event schedule", heads, [_cells(number, line) for number, line in enumerate(run_sheet_of(gala), 1)]


def _cells(number: int, line: Line) -> list[str]:
    moment, honour = line.moment, line.honour
    start, end = (f"{at:%H:%M:%S}" for at in (line.starts_at, line.ends_at))
    named = [""] * 6
    if honour:
        named = [honour.citation, _hms(line.reading), honour.employer, honour.boss_said, honour.student, honour.student_said]
    aside = "; ".join([moment.notes, *(honour.missing if honour else [])]).strip("; ")
    return [
        start, end, _hms(moment.seconds), str(number), line.title, aside, _COLOURS[MomentKind(moment.kind)], line.kind, moment.presenter,
        *named, ", ".join(line.seats), moment.music, str(_("oui")) if honour and honour.photo else "", honour.sponsor if honour else "",
    ]  # fmt: skip


def _hms(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _seats(gala: Gala) -> dict[int, list[str]]:
    """Give the tables of the guests of each laureate, each once."""
    found: dict[int, list[str]] = {}
    for guest in db.session.scalars(select(Guest).where(Guest.gala_id == gala.id, Guest.laureate_id.is_not(None)).order_by(Guest.id)):
        known = found.setdefault(guest.laureate_id or 0, [])
        if guest.table and guest.table.name not in known:
            known.append(guest.table.name)
    return found
