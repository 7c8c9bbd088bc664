"""From the database to a release: the tallies of a program and a school year, the groups there are, and what was told before."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import undefer

from certif.kit import clock
from certif.kit.db import db
from certif.kit.languages import _l, speaking
from certif.portraits.compass import COMPASS_CUTS
from certif.portraits.counting import Line, count
from certif.portraits.measures import CUTS, LEVELS, MEASURES, QUESTIONS
from certif.portraits.model import PortraitRelease, StudentTotal
from certif.portraits.telling import Ledger, Told, compose
from certif.portraits.withholding import WHOLE, Cell
from certif.programs import Program
from certif.surveys import LEAST_SHOWN, LEAST_SHOWN_INSIDE, Audience, Questionnaire, Survey, SurveyTally, may_still_count
from certif.territory import mrcs, partners, sectors

Names = dict[str, dict[str, list[str]]]
"""By cut and group: its name in French and in English."""


@dataclass(frozen=True)
class Gathered:
    """What a portrait is made of. `least`: the highest threshold that its surveys ask for; `asked`: the questions of every one of them."""

    tallies: list[Line]
    least: int
    asked: frozenset[str]


def gather(program: Program, school_year: str) -> Gathered:
    """Add up the tallies of every student survey of a program in a year: two statements, whatever the number of answers."""
    asked = (
        select(Survey.id, Survey.least_shown, Questionnaire.definition)
        .join(Questionnaire)
        .where(Survey.program_id == program.id, Survey.school_year == school_year, Questionnaire.audience == Audience.STUDENTS)
    )
    surveys = db.session.execute(asked).all()
    roles = {row.id: _roles(row.definition) for row in surveys}
    wanted = SurveyTally.survey_id.in_(roles), SurveyTally.cut.in_([*CUTS, *COMPASS_CUTS])
    columns = SurveyTally.cut, SurveyTally.key, SurveyTally.question, SurveyTally.value, SurveyTally.is_flagged, SurveyTally.count
    tallies = []
    for survey_id, cut, key, name, value, flag, many in db.session.execute(select(SurveyTally.survey_id, *columns).where(*wanted)):
        question = roles[survey_id].get(name, name)
        if question in QUESTIONS:
            tallies.append((cut, key, question, value, bool(flag), int(many)))
    asked_by = [_questions(row.definition) for row in surveys] or [frozenset()]
    return Gathered(tallies, max([LEAST_SHOWN, *(row.least_shown for row in surveys)]), frozenset.intersection(*asked_by))


def _roles(definition: dict[str, Any]) -> dict[str, str]:
    """Give, by its name in a questionnaire, what role each question plays: a region may name its questions as it likes."""
    return {asked["id"]: asked["role"] for asked in definition.get("questions", ()) if asked.get("role")}


def _questions(definition: dict[str, Any]) -> frozenset[str]:
    """Give the questions that a questionnaire holds, by role where they play one."""
    return frozenset(asked.get("role") or asked["id"] for asked in definition.get("questions", ()))


def names_of(program: Program, tallies: list[Line]) -> Names:
    """Give the groups of each cut, in the order in which they are shown, with their names."""
    bodies = {key for cut, key, *_rest in tallies if cut == "school_body"}
    return {
        "mrc": {mrc.slug: [mrc.name, mrc.name] for mrc in program.mrcs or mrcs(program.region)},
        "school_body": {body.ref: [body.name, body.name] for body in partners() if body.ref in bodies},
        "level": {name: both(label) for name, label in LEVELS.items()},
        "sector": {sector.code: [sector.name_fr, sector.name_en] for sector in sectors()} | {"other": both(_l("Autre secteur"))},
    }


def both(label: object) -> list[str]:
    """Give words in French and in English."""
    found = []
    for language in ("fr", "en"):
        with speaking(language):
            found.append(str(label))
    return found


def past_of(program: Program, school_year: str) -> list[PortraitRelease]:
    """Give every release of a year, withdrawn ones too, the oldest first, with all that they hold."""
    holds = undefer(PortraitRelease.told), undefer(PortraitRelease.ledger), undefer(PortraitRelease.compass)
    found = select(PortraitRelease).where(PortraitRelease.program_id == program.id, PortraitRelease.school_year == school_year)
    return list(db.session.scalars(found.options(*holds).order_by(PortraitRelease.number)))


def totals_of(program: Program, school_year: str) -> dict[str, int]:
    """Give how many students there are of each level, where the region has said."""
    asked = select(StudentTotal.level, StudentTotal.students).where(
        StudentTotal.program_id == program.id, StudentTotal.school_year == school_year
    )
    return {row[0]: row[1] for row in db.session.execute(asked)}


def preview(program: Program, school_year: str) -> Told | None:
    """Give what the team sees of a year as of now: threshold of 5, and never to be passed on. None while nothing may be seen.

    While answers still come, it is the whole alone, with the groups as they were last released: the team sees how many came by each way in
    as they come, so that a group that moved by one from one look to the next would tell what that one student said.
    """
    gathered = gather(program, school_year)
    names = names_of(program, gathered.tallies)
    moves = may_still_count(program, school_year)
    lines = [line for line in gathered.tallies if line[0] == WHOLE] if moves else gathered.tallies
    past = past_of(program, school_year)
    told = compose(
        count(lines), names, least=LEAST_SHOWN_INSIDE, number=0, past=tuple(read(one.ledger) for one in past),
        last=past[-1].told if past else None,
    ).told  # fmt: skip
    return {**dressed(told, program, school_year, names), "moves": moves} if told["people"][WHOLE][""][0] else None


def dressed(told: Told, program: Program, school_year: str, names: Names) -> Told:
    """Give what is told with all that a reader needs: names, words and weights, so that a release can be read alone and for ever."""
    words = {
        measure.name: {
            "title": both(measure.title),
            "among": both(measure.among),
            "replies": {one.name: both(one.label) for one in measure.replies},
            "together": {one.name: [*both(one.label), list(one.replies)] for one in measure.together},
        }
        for measure in MEASURES
    }
    return {
        **told, "region": program.region.code, "region_name": program.region.name, "program": program.slug, "program_name": program.name,
        "body": program.body.name, "school_year": school_year, "released_on": clock.today().isoformat(), "names": names, "words": words,
        "totals": totals_of(program, school_year), "is_vouched": True,
    }  # fmt: skip


def digest_of(told: Told) -> str:
    """Give the SHA-256 (hex) of what a release tells."""
    return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def written(ledger: Ledger) -> dict[str, Any]:
    """Give a ledger as it is kept: each cell once, with its counts and whether it was shown."""
    cells = [
        [*cell, many, ledger.plausible.get(cell, 0), int(cell in ledger.shown), int(cell in ledger.shown_plausible)]
        for cell, many in sorted(ledger.people.items())
    ]
    return {"cells": cells, "empty": [list(cell) for cell in sorted(ledger.shown - ledger.people.keys())]}


def read(kept: dict[str, Any]) -> Ledger:
    """Give the ledger that was kept."""
    people: dict[Cell, int] = {}
    plausible: dict[Cell, int] = {}
    shown, apart = set[Cell](), set[Cell]()
    for cut, key, question, answer, many, believed, is_shown, is_apart in kept["cells"]:
        cell = (cut, key, question, answer)
        people[cell], plausible[cell] = many, believed
        shown |= {cell} if is_shown else set()
        apart |= {cell} if is_apart else set()
    empty = {(cut, key, question, answer) for cut, key, question, answer in kept["empty"]}
    return Ledger(people, plausible, frozenset(shown | empty), frozenset(apart))
