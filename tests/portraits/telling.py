"""Made-up students, their tallies, and surveys that hold them."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field

from certif.kit import clock
from certif.kit.db import db
from certif.portraits.counting import Line
from certif.programs import Program
from certif.surveys import Questionnaire, Survey, SurveyTally
from tests.factories import unit

YEAR = "2026-2027"


@dataclass
class Student:
    """What one student answered, and where they are counted. `place`: cut → key."""

    place: dict[str, str]
    answers: dict[str, str]
    motives: list[str] = field(default_factory=list)
    is_flagged: bool = False


def make_students(
    seed: int, many: int, *, mrcs: list[str], bodies: int = 3, sectors: int = 6, flagged: float = 0.02, places: list[str] | None = None
) -> list[Student]:
    """Make students as regions have them: uneven places, most in secondary school, a few jokers. The same for the same seed."""
    chance = random.Random(seed)
    weights = [chance.random() ** 2 + 0.02 for _mrc in mrcs]
    grades = random.Random(-seed)
    return [_in_a_grade(_student(chance, mrcs, weights, bodies, sectors, flagged, places), grades) for _each in range(many)]


def _in_a_grade(one: Student, chance: random.Random) -> Student:
    """Let a student of a secondary school be in a grade, one in five of the others in a term, and a worker do some kind of work."""
    grade, term = chance.choices(["sec_1", "sec_2", "sec_3", "sec_4", "sec_5", "other"], [1, 2, 5, 6, 6, 1])[0], chance.random() < 0.2
    level, kind = one.place["level"], chance.choices(["employer", "family"], [9, 1])[0]
    if level == "secondary":
        one.place["grade"] = f"secondary/{grade}"
    elif level == "college" and term:
        one.place["grade"] = "college/first"
    if one.answers["works"] == "yes":
        one.answers["kind_of_work"] = kind
    return one


def _student(
    chance: random.Random, mrcs: list[str], weights: list[float], bodies: int, sectors: int, flagged: float, places: list[str] | None
) -> Student:
    level = chance.choices(["secondary", "vocational", "adult", "college"], [7, 1, 0.5, 2])[0]
    place = {"all": "", "mrc": chance.choices(mrcs, weights)[0], "level": level, "school_body": f"body{chance.randrange(bodies)}"}
    if chance.random() > (0.8 if level == "college" else 0.5):
        return Student(place, {"works": "no"})
    place["sector"] = chance.choices(["44-45", "72", "71", "11", "62", "81"][:sectors], [8, 6, 2, 1, 1, 1][:sectors])[0]
    place["mrc_sector"] = f"{place['mrc']}/{place['sector']}"
    if places:
        place["establishment"] = chance.choice(places)
    is_flagged = chance.random() < flagged
    week = chance.choice([0, 0, 2, 3, 4, 6, 8, 10, 12, 15]) + (40 if is_flagged else 0)
    weekend = chance.choice([4, 6, 7, 8, 10, 12, 16])
    answers = {
        "works": "yes", "hours_week": str(week), "hours_weekend": str(weekend), "hours_total": str(week + weekend),
        "latest": chance.choices(["none", "before_20", "20_21", "21_22", "22_23", "after_23"], [4, 2, 3, 3, 2, 1])[0],
        "missed": chance.choices(["never", "once", "often"], [8, 2, 1])[0],
        "adapts": chance.choices(["always", "often", "sometimes", "never", "unknown"], [4, 3, 2, 1, 1])[0],
        "success_matters": chance.choices(["very", "rather", "little", "no", "unknown"], [3, 3, 2, 1, 1])[0],
        "jobs": chance.choices(["one", "two", "three"], [8, 2, 0.3])[0],
    }  # fmt: skip
    motives = [one for one in ("spending", "experience", "studies", "family", "friends") if chance.random() < 0.4]
    return Student(place, answers, motives, is_flagged)


def tallies(students: list[Student]) -> list[Line]:
    """Give what a fold counts of these students."""
    counted: Counter[tuple[str, str, str, str, bool]] = Counter()
    for one in students:
        for cut, key in one.place.items():
            for question, value in (("*", ""), *one.answers.items(), *(("motive", motive) for motive in one.motives)):
                counted[cut, key, question, value, one.is_flagged] += 1
    return [(*cell, many) for cell, many in counted.items()]


def make_survey(program: Program, *, year: str = YEAR, least: int = 10, questions: list[dict[str, str]] | None = None) -> Survey:
    """Make a survey of students that runs now."""
    with unit():
        asked = Questionnaire(
            slug=f"eleves-{program.slug}-{year}", number=1, audience="students",
            definition={"title": {"fr": "Essai", "en": "Trial"}, "questions": questions or []},
            digest="0" * 64, drafted_at=clock.now(),
            drafted_by="essai", program_id=program.id,
        )  # fmt: skip
        survey = Survey(
            program=program, questionnaire=asked, title_fr="Travailler et étudier", title_en="Working and studying", school_year=year,
            opens_on=clock.today(), closes_on=clock.today(), least_shown=least, created_at=clock.now(), created_by="essai",
        )  # fmt: skip
        db.session.add_all([asked, survey])
    return survey


def fold(survey: Survey, students: list[Student]) -> None:
    """Let the tallies of a survey be those of these students."""
    with unit():
        db.session.query(SurveyTally).filter_by(survey_id=survey.id).delete()
        db.session.add_all([
            SurveyTally(survey_id=survey.id, cut=cut, key=key, question=question, value=value, is_flagged=flag, count=many)
            for cut, key, question, value, flag, many in tallies(students)
        ])  # fmt: skip
