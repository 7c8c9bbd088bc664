"""Many ways in at once: what was pasted, line by line, and what is wrong with each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from email_validator import EmailNotValidError, validate_email

from certif.kit.languages import _, folded
from certif.surveys.levels import level_label, level_named
from certif.surveys.model import DoorKind

MOST_LINES = 300
LONGEST = 120
MOST_EXPECTED = 5_000

_BREAK = re.compile(r"[;\t]")
_COLUMNS = 5


@dataclass(frozen=True)
class DoorLine:
    """What one line says: a school, and what is known of the way in."""

    number: int
    label: str
    school: str | None
    level: str | None = None
    expected: int | None = None
    contact_email: str | None = None


@dataclass(frozen=True)
class Fault:
    """What is wrong with a line, in a sentence that says what to do. `number`: 0 for the whole."""

    number: int
    sentence: str

    def __str__(self) -> str:
        return _("Ligne %(number)s : %(sentence)s", number=self.number, sentence=self.sentence) if self.number else self.sentence


def read_lines(text: str, kind: DoorKind, levels: Sequence[str]) -> tuple[list[DoorLine], list[Fault]]:
    """Read what was pasted: `school; class; level; expected number; contact`, one way in a line. Cells copied from a sheet are read too.

    Takes: `levels`, those that the questionnaire is made for.
    Gives: the lines that can be understood, and what is wrong with the others.
    """
    found: list[DoorLine] = []
    faults: list[Fault] = []
    written = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip(" ;\t")]
    if not written:
        return [], [Fault(0, _("Écrivez au moins une ligne."))]
    if len(written) > MOST_LINES:
        return [], [Fault(0, _("Au plus %(most)s lignes à la fois ; il y en a %(count)s.", most=MOST_LINES, count=len(written)))]
    for number, line in written:
        read, wrong = _read(number, line, kind, levels)
        faults += [Fault(number, sentence) for sentence in wrong]
        found += [read] if read is not None else []
    return found, faults + _twice(found)


def _read(number: int, line: str, kind: DoorKind, levels: Sequence[str]) -> tuple[DoorLine | None, list[str]]:
    cells = [" ".join(cell.split()) for cell in _BREAK.split(line)]
    wrong = [] if len(cells) <= _COLUMNS else [_("il y a plus de cinq cases. Gardez : école ; classe ; niveau ; nombre ; courriel.")]
    school, group, level, expected, email = (cells + [""] * _COLUMNS)[:_COLUMNS]
    if not school:
        wrong.append(_("écrivez le nom de l’école dans la première case."))
    if kind is DoorKind.CLASS and not group:
        wrong.append(_("nommez la classe dans la deuxième case, ou choisissez une porte d’école."))
    if max(len(school), len(group)) > LONGEST:
        wrong.append(_("raccourcissez les noms à %(most)s signes.", most=LONGEST))
    known, count, address = _level(level, levels, wrong), _expected(expected, wrong), _address(email, wrong)
    if wrong:
        return None, wrong
    is_of_a_school = kind is not DoorKind.OPEN
    label = (group or school) if is_of_a_school else " – ".join(part for part in (school, group) if part)
    return DoorLine(number, label, school if is_of_a_school else None, known, count, address), []


def _level(said: str, levels: Sequence[str], wrong: list[str]) -> str | None:
    if not said:
        return levels[0] if len(levels) == 1 else None
    found = level_named(said)
    if found in levels:
        return found
    names = ", ".join(level_label(level) for level in levels)
    wrong.append(_("« %(said)s » n’est pas un niveau de ce questionnaire. Choisissez parmi : %(names)s.", said=said, names=names))
    return None


def _expected(said: str, wrong: list[str]) -> int | None:
    if not said:
        return None
    if re.fullmatch(r"[0-9]{1,4}", said) and 0 < int(said) <= MOST_EXPECTED:
        return int(said)
    wrong.append(_("écrivez le nombre attendu en chiffres, de 1 à %(most)s.", most=MOST_EXPECTED))
    return None


def _address(said: str, wrong: list[str]) -> str | None:
    if not said:
        return None
    try:
        return validate_email(said, check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError:
        wrong.append(_("écrivez une adresse courriel complète, comme nom@exemple.com."))
        return None


def _twice(lines: Sequence[DoorLine]) -> list[Fault]:
    seen: dict[tuple[str, str], int] = {}
    faults = []
    for line in lines:
        key = folded(line.school or ""), folded(line.label)
        if key in seen:
            faults.append(Fault(line.number, _("c’est la même porte qu’à la ligne %(number)s.", number=seen[key])))
        seen.setdefault(key, line.number)
    return faults
