"""From the database to a release: the tallies of a program and a school year, the groups there are, and what was told before.

A portrait has three voices: students, parents, teachers. They are other people, so that each has tallies, figures and a ledger of its own.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import undefer

from certif.kit import clock
from certif.kit.db import db
from certif.kit.languages import _l
from certif.portraits.asking import both, grades_of, measures_of, words_of
from certif.portraits.compass import COMPASS_CUTS
from certif.portraits.counting import Counted, Line, count
from certif.portraits.measures import CUTS, LEVELS, Measure
from certif.portraits.model import PortraitRelease, StudentTotal
from certif.portraits.telling import Composed, Ledger, Told, compose
from certif.portraits.withholding import EVERYONE, WHOLE, Cell
from certif.programs import Program
from certif.surveys import LEAST_SHOWN, LEAST_SHOWN_INSIDE, Audience, Questionnaire, Survey, SurveyTally, may_still_count
from certif.territory import mrcs, partners, sectors

Names = dict[str, dict[str, list[str]]]
"""By cut and group: its name in French and in English."""
OTHERS = (Audience.PARENTS, Audience.TEACHERS)
"""The voices that stand beside that of students."""
_NOTHING = Ledger({}, {}, frozenset(), frozenset())


@dataclass(frozen=True)
class Gathered:
    """What one voice of a portrait is made of. `least`: the highest threshold that its surveys ask for; `asked`: the questions of every one
    of them; `grades`: those they name, in words."""

    voice: Audience
    tallies: list[Line]
    least: int
    asked: frozenset[str]
    measures: tuple[Measure, ...]
    grades: dict[str, list[str]]

    @property
    def counted(self) -> Counted:
        """Who answered what."""
        return count(self.tallies, self.measures)


def gather(program: Program, school_year: str, voice: Audience = Audience.STUDENTS) -> Gathered:
    """Add up the tallies of every survey of a program in a year, of one audience: two statements, whatever the number of answers."""
    asked = (
        select(Survey.id, Survey.least_shown, Questionnaire.definition)
        .join(Questionnaire)
        .where(Survey.program_id == program.id, Survey.school_year == school_year, Questionnaire.audience == voice)
        .order_by(Survey.id.desc())
    )
    surveys = db.session.execute(asked).all()
    definitions = [row.definition for row in surveys]
    measures = measures_of(voice, definitions)
    questions = {measure.question for measure in measures} | {EVERYONE}
    roles = {row.id: _roles(row.definition) for row in surveys}
    wanted = SurveyTally.survey_id.in_(roles), SurveyTally.cut.in_([*CUTS, *COMPASS_CUTS])
    columns = SurveyTally.cut, SurveyTally.key, SurveyTally.question, SurveyTally.value, SurveyTally.is_flagged, SurveyTally.count
    tallies = []
    for survey_id, cut, key, name, value, flag, many in db.session.execute(select(SurveyTally.survey_id, *columns).where(*wanted)):
        question = roles[survey_id].get(name, name)
        if question in questions:
            tallies.append((cut, key, question, value, bool(flag), int(many)))
    least = max([LEAST_SHOWN, *(row.least_shown for row in surveys)])
    asked_by = [_questions(one) for one in definitions] or [frozenset()]
    return Gathered(voice, tallies, least, frozenset.intersection(*asked_by), measures, grades_of(definitions))


def _roles(definition: dict[str, Any]) -> dict[str, str]:
    """Give, by its name in a questionnaire, what role each question plays: a region may name its questions as it likes."""
    return {asked["id"]: asked["role"] for asked in definition.get("questions", ()) if asked.get("role")}


def _questions(definition: dict[str, Any]) -> frozenset[str]:
    """Give the questions that a questionnaire holds, by role where they play one."""
    return frozenset(asked.get("role") or asked["id"] for asked in definition.get("questions", ()))


def names_of(program: Program, gathered: Gathered) -> Names:
    """Give the groups of each cut, in the order in which they are shown, with their names."""
    keys = {cut: {line[1] for line in gathered.tallies if line[0] == cut} for cut in ("school_body", "grade")}
    places: Names = {
        "mrc": {mrc.slug: [mrc.name, mrc.name] for mrc in program.mrcs or mrcs(program.region)},
        "school_body": {body.ref: [body.name, body.name] for body in partners() if body.ref in keys["school_body"]},
        "level": {name: both(label) for name, label in LEVELS.items()},
    }
    if gathered.voice != Audience.STUDENTS:
        return places
    order = {grade: number for number, grade in enumerate(gathered.grades)}
    grades = sorted(keys["grade"], key=lambda key: (list(LEVELS).index(_level(key)), order.get(_grade(key), 99), key))
    return places | {
        "grade": {key: gathered.grades.get(_grade(key), [_grade(key)] * 2) for key in grades},
        "sector": {sector.code: [sector.name_fr, sector.name_en] for sector in sectors()} | {"other": both(_l("Autre secteur"))},
    }


def _level(key: str) -> str:
    return key.partition("/")[0]


def _grade(key: str) -> str:
    return key.partition("/")[2]


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
    past = past_of(program, school_year)
    told = {voice: _previewed(program, school_year, voice, past) for voice in Audience}
    if not any(one["people"][WHOLE][""][0] for one in told.values()):
        return None
    students = told[Audience.STUDENTS]
    return dressed(students, program, school_year, {voice: told[voice] for voice in OTHERS if told[voice]["people"][WHOLE][""][0]})


def _previewed(program: Program, school_year: str, voice: Audience, past: list[PortraitRelease]) -> Told:
    gathered, moves = gather(program, school_year, voice), may_still_count(program, school_year, voice)
    lines = [line for line in gathered.tallies if line[0] == WHOLE] if moves else gathered.tallies
    names = names_of(program, gathered)
    made = compose(
        count(lines, gathered.measures), names, measures=gathered.measures, least=LEAST_SHOWN_INSIDE, number=0,
        past=ledgers_of(past, voice), last=_last_of(past, voice),
    )  # fmt: skip
    return {**_worded(made.told, gathered, names), "moves": moves}


def put_together(program: Program, gathered: Gathered, past: list[PortraitRelease], *, number: int) -> Composed:
    """Give one voice of a release: what it tells, in words too, and its ledger."""
    names = names_of(program, gathered)
    made = compose(
        gathered.counted, names, measures=gathered.measures, least=gathered.least, number=number, past=ledgers_of(past, gathered.voice),
        last=_last_of(past, gathered.voice),
    )  # fmt: skip
    return Composed(_worded(made.told, gathered, names), made.ledger)


def has_enough(gathered: Gathered, past: list[PortraitRelease]) -> bool:
    """Whether a voice has something new to say: enough answers, and enough more than each release of it was made of."""
    everyone = (WHOLE, "", EVERYONE, "")
    before = [0, *(one.people.get(everyone, 0) for one in ledgers_of(past, gathered.voice))]
    now = sum(many for cut, _key, question, _value, _flag, many in gathered.tallies if (cut, question) == (WHOLE, EVERYONE))
    return all(now - one >= gathered.least for one in before)


def was_told(past: list[PortraitRelease], voice: Audience) -> bool:
    """Whether the last release has this voice."""
    last = _last_of(past, voice)
    return bool(last and last["people"][WHOLE][""][0])


def _worded(told: Told, gathered: Gathered, names: Names) -> Told:
    return {**told, "voice": gathered.voice.value, "names": names, "words": words_of(gathered.measures)}


def _last_of(past: list[PortraitRelease], voice: Audience) -> Told | None:
    """Give what the last release told of a voice."""
    last: Told | None = past[-1].told if past else None
    return last if voice == Audience.STUDENTS else (last or {}).get("voices", {}).get(voice)


def ledgers_of(past: list[PortraitRelease], voice: Audience) -> tuple[Ledger, ...]:
    """Give the ledger of a voice in each release; an empty one where it did not speak."""
    kept = [one.ledger if voice == Audience.STUDENTS else one.ledger.get("voices", {}).get(voice) for one in past]
    return tuple(read(one) if one else _NOTHING for one in kept)


def dressed(students: Told, program: Program, school_year: str, voices: dict[Audience, Told]) -> Told:
    """Give what is told with all that a reader needs: places, weights and the other voices, so that it can be read alone and for ever."""
    return {
        **students, "region": program.region.code, "region_name": program.region.name, "program": program.slug,
        "program_name": program.name, "body": program.body.name, "school_year": school_year, "released_on": clock.today().isoformat(),
        "totals": totals_of(program, school_year), "is_vouched": True, "voices": {voice.value: one for voice, one in voices.items()},
    }  # fmt: skip


def digest_of(told: Told) -> str:
    """Give the SHA-256 (hex) of what a release tells."""
    return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def all_written(ledgers: dict[Audience, Ledger]) -> dict[str, Any]:
    """Give the ledgers of a release as they are kept."""
    others = {voice.value: written(one) for voice, one in ledgers.items() if voice != Audience.STUDENTS}
    return {**written(ledgers[Audience.STUDENTS]), "voices": others}


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
