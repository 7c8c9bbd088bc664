"""What is typeset and taken away: the minutes of a meeting, the register as a sheet, what was given in a period."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from certif.documents import typeset
from certif.kit.clock import TORONTO
from certif.kit.db import db
from certif.kit.languages import _, format_day, language
from certif.kit.sheets import Cell, Table
from certif.network.committee_model import PRESENCES, Committee, CommitteeMeeting, CommitteeSeat
from certif.network.committee_queries import attendance_of, decisions_at, seats_of, tasks_at
from certif.network.model import BodyContact, BodyPlace
from certif.network.queries import Given, standing_bodies
from certif.network.texts import blocks_of
from certif.programs import Program
from certif.territory import Mrc


def hour_said(starts_at: str) -> str:
    """Give an hour as it is read: `18 h 30`, or `18:30` in English."""
    hour, minute = starts_at.split(":")
    return starts_at if language() == "en" else f"{int(hour)}\u00a0h" + (f"\u00a0{minute}" if minute != "00" else "")


def minutes_pdf(meeting: CommitteeMeeting) -> bytes:
    """Typeset the minutes of a meeting, a draft marked as such. Gives: PDF, tagged, US Letter."""
    committee, minutes = meeting.committee, meeting.minutes
    data = {
        "title": _("Procès-verbal"), "program": committee.program.name, "name": committee.name,
        "facts": [{"label": label, "value": str(value)} for label, value in _facts(meeting)],
        "heads": {
            "agenda": _("Ordre du jour"), "present": _("Présences"), "minutes": _("Délibérations"), "decisions": _("Décisions"),
            "tasks": _("Suivis"),
        },
        "agenda": _blocks(meeting.agenda), "minutes": _blocks(minutes.words if minutes else ""),
        "present": _present(meeting),
        "decisions": [{"number": str(one.number), "words": one.words} for one in decisions_at(meeting)],
        "tasks": [
            _("%(what)s – %(who)s, d’ici le %(day)s", what=one.what, who=one.doer, day=format_day(one.due_on)) for one in tasks_at(meeting)
        ],
        "proof": _proof(meeting),
    }  # fmt: skip
    return typeset("committee_minutes", data, language())


def register_table(program: Program) -> Table:
    """Give the register of a program as a sheet: five statements, whatever the number of bodies."""
    bodies = standing_bodies(program)
    ids = [body.id for body in bodies]
    places, seats, contacts = _grouped(ids)
    heads = [
        _("Organisme"), _("Genre"), _("Catégorie"), _("MRC"), _("Comités et tables"), _("Plan ou but contre le décrochage"), _("Site"),
        _("Personnes à joindre"), _("Depuis le"),
    ]  # fmt: skip
    rows: list[Sequence[Cell]] = [
        (
            body.name, str(body.kind_label), body.category.name if body.category else "", ", ".join(places[body.id]),
            ", ".join(seats[body.id]), body.goal, body.website, " / ".join(contacts[body.id]), body.noted_at.astimezone(TORONTO).date(),
        )
        for body in bodies
    ]  # fmt: skip
    return _("Registre"), heads, rows


def given_table(given: Sequence[Given], first: dt.date, last: dt.date) -> Table:
    """Give what was given in a period as a sheet; money in dollars."""
    heads = [_("Organisme"), _("Du"), _("Au"), _("Argent"), _("Heures"), _("Salles"), _("Prix"), _("Valeur des prix")]
    rows: list[Sequence[Cell]] = [
        (one.body.name, first, last, one.money.cents / 100, one.hours, one.rooms, one.prizes, one.worth.cents / 100) for one in given
    ]
    return _("Apports"), heads, rows


def _grouped(ids: list[int]) -> tuple[dict[int, list[str]], dict[int, list[str]], dict[int, list[str]]]:
    places: dict[int, list[str]] = defaultdict(list)
    for body_id, name in db.session.execute(
        select(BodyPlace.body_id, Mrc.name).join(Mrc).where(BodyPlace.body_id.in_(ids), BodyPlace.until_on.is_(None)).order_by(Mrc.name)
    ):
        places[body_id].append(name)
    seats: dict[int, list[str]] = defaultdict(list)
    for body_id, name in db.session.execute(
        select(CommitteeSeat.body_id, Committee.name).join(Committee)
        .where(CommitteeSeat.body_id.in_(ids), CommitteeSeat.until_on.is_(None)).order_by(Committee.name)
    ):  # fmt: skip
        seats[body_id].append(name)
    contacts: dict[int, list[str]] = defaultdict(list)
    for one in db.session.scalars(
        select(BodyContact).where(BodyContact.body_id.in_(ids), BodyContact.ended_at.is_(None)).order_by(BodyContact.id)
    ):
        contacts[one.body_id].append(", ".join(part for part in (one.name, one.role, one.email) if part))
    return places, seats, contacts


def _facts(meeting: CommitteeMeeting) -> list[tuple[str, object]]:
    minutes = meeting.minutes
    adopted = _("Projet, pas encore adopté")
    if minutes is not None and minutes.adopted_in is not None:
        adopted = _("Adopté à la rencontre du %(day)s", day=format_day(minutes.adopted_in.held_on))
    return [
        (_("Comité"), meeting.committee.name), (_("Date"), f"{format_day(meeting.held_on)}, {hour_said(meeting.starts_at)}"),
        (_("Lieu"), meeting.place), (_("État"), adopted),
    ]  # fmt: skip


def _present(meeting: CommitteeMeeting) -> list[str]:
    known = attendance_of(meeting)
    return [
        f"{seat.body.name} : {PRESENCES[known[seat.id]]}" for seat in seats_of(meeting.committee, on=meeting.held_on) if seat.id in known
    ]


def _blocks(text: str) -> list[dict[str, Any]]:
    return [{"kind": block.kind.value, "lines": list(block.lines)} for block in blocks_of(text)]


def _proof(meeting: CommitteeMeeting) -> str:
    digest = meeting.minutes.digest if meeting.minutes else None
    return _("Empreinte du texte adopté (SHA-256) : %(digest)s", digest=digest) if digest else ""
