"""The words that are signed: the text of a kind of agreement, filled with what was agreed, in both languages."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from certif.agreements.ages import STUDIES, Studies
from certif.agreements.kinds import AgreementKind
from certif.agreements.terms import AgreementTerms, ExamWeeks
from certif.kit.languages import LANGUAGES, _, format_day, language, speaking
from certif.kit.plain_files import read_plain
from certif.kit.tokens import digest
from certif.programs import english, french, time_of_day

_FOLDER = Path(__file__).with_name("texts")


@dataclass(frozen=True)
class AgreementText:
    """One version of one kind: `title`, `preamble` and `closing` by language; `lines`, what each side promises, by language."""

    version: int
    title: dict[str, str]
    preamble: dict[str, str]
    closing: dict[str, str]
    lines: dict[str, tuple[dict[str, str], ...]]


@cache
def text_of(kind: AgreementKind) -> AgreementText:
    """Give the text in force of a kind of agreement."""
    data, _lines = read_plain((_FOLDER / f"{kind.value}.yaml").read_bytes())
    sides = ("employer", "student", "other")
    lines = {side: tuple(_set(one) for one in data.get(side, ())) for side in sides}
    return AgreementText(int(data["version"]), _set(data["title"]), _set(data["preamble"]), _set(data["closing"]), lines)


def words_of(terms: AgreementTerms, *, employer: str, program: str) -> dict[str, Any]:
    """Give all that is signed, by language: title, preamble, what was agreed, what each side promises, how it ends."""
    return {spoken: _said(terms, spoken, employer, program) for spoken in LANGUAGES}


def french_digest(words: dict[str, Any]) -> str:
    """Give the SHA-256 (hex) of the French words."""
    return digest(json.dumps(words["fr"], ensure_ascii=False, sort_keys=True))


def week_lines(shifts: Sequence[Sequence[Any]]) -> list[str]:
    """Say a usual week, a line a shift."""
    days = (_("Lundi"), _("Mardi"), _("Mercredi"), _("Jeudi"), _("Vendredi"), _("Samedi"), _("Dimanche"))
    hours = [(days[int(day)], _written(starts), _written(ends)) for day, starts, ends in shifts]
    return [_("%(day)s, de %(start)s à %(end)s", day=day, start=starts, end=ends) for day, starts, ends in hours]


def _written(time: str) -> str:
    return time_of_day(dt.time.fromisoformat(time), language())


def _set(words: dict[str, str]) -> dict[str, str]:
    return {"fr": french(words["fr"]), "en": english(words["en"])}


def _said(terms: AgreementTerms, spoken: str, employer: str, program: str) -> dict[str, Any]:
    text = text_of(terms.kind)
    with speaking(spoken):
        others = {"student": str(_("L’élève")), "other": str(_("Le milieu scolaire"))}
        headings = {"employer": str(_("L’employeur")), **others}
        return {
            "title": text.title[spoken],
            "preamble": text.preamble[spoken],
            "agreed": [str(line) for line in _agreed(terms, employer, program)],
            "sides": [
                {"heading": headings[side], "lines": [line[spoken] for line in lines]} for side, lines in text.lines.items() if lines
            ],
            "closing": text.closing[spoken],
        }


def _agreed(terms: AgreementTerms, employer: str, program: str) -> list[str]:
    said = [
        _("Employeur : %(name)s.", name=employer if terms.place == employer else f"{employer}, {terms.place}"),
        _("Programme : %(name)s.", name=program),
        _("Du %(first)s au %(last)s.", first=format_day(terms.first_day), last=format_day(terms.last_day)),
    ]
    if terms.school:
        said.append(_("Milieu scolaire : %(name)s.", name=terms.school))
    if terms.kind is AgreementKind.SCHOOL:
        return said
    said.append(_("Études : %(studies)s.", studies=STUDIES[Studies(terms.studies)]))
    return [*said, *_about_hours(terms), *_about_studies(terms), *_usual(terms)]


def _about_hours(terms: AgreementTerms) -> list[str]:
    said = []
    if terms.total_hours:
        said.append(_("Durée du stage : %(hours)s heures.", hours=terms.total_hours))
    if terms.week_hours:
        said.append(_("Plafond : %(hours)s heures par semaine en période scolaire.", hours=terms.week_hours))
    if terms.weekday_hours is not None:
        said.append(_("De ces heures, au plus %(hours)s du lundi au vendredi.", hours=terms.weekday_hours))
    if terms.latest_finish is not None:
        said.append(_("Les veilles d’école, le travail finit au plus tard à %(time)s.", time=time_of_day(terms.latest_finish, language())))
    return said


def _about_studies(terms: AgreementTerms) -> list[str]:
    weeks = {
        ExamWeeks.NONE: _("Pendant les semaines d’examens : aucun quart."),
        ExamWeeks.HALF: _("Pendant les semaines d’examens : au plus la moitié des heures habituelles."),
        ExamWeeks.ASKED: _("Pendant les semaines d’examens : un horaire allégé dès que l’élève le demande."),
    }
    said = [weeks[terms.exam_weeks]]
    if terms.shares_timetable:
        said.append(_("L’élève remet à l’employeur son horaire de cours, et l’employeur en tient compte."))
    return said


def _usual(terms: AgreementTerms) -> list[str]:
    said = [_("Tâches : %(tasks)s", tasks=terms.tasks)] if terms.tasks else []
    if terms.shifts:
        said.append(_("Périodes de disponibilité : %(week)s.", week=" ; ".join(week_lines(terms.shifts))))
    return said
