"""The weeks of an employer's own students: broad, blurred, never of fewer than five, never a sum that gives away what is withheld."""

from __future__ import annotations

import pytest

from certif import portraits
from certif.certification import Certification
from certif.employers import establishments_of
from certif.kit.access import SYSTEM, Role
from certif.portraits.beside import others_in, weeks_of
from certif.portraits.compass import point, third
from tests.factories import make_certification, make_employer, make_person, make_program, make_staff, owner_of, unit
from tests.portraits.telling import YEAR, Student, fold, make_students, make_survey, tallies

LEAST = {"establishment": 5, "mrc_sector": 10}
ASKED = frozenset({"hours_week", "hours_weekend", "success_matters"})
QUESTIONS = [{"id": name, "role": name} for name in sorted(ASKED)]


def workers(many: int, place: str, hours: int = 12, *, by_its_code: bool = True) -> list[Student]:
    """Give students who all work at one place, and came by its code, or else by their schools."""
    found = [one for one in make_students(9, 40 * many + 40, mrcs=["autray"], flagged=0) if one.answers["works"] == "yes"][:many]
    for one in found:
        one.place.pop("mrc_sector")
        one.place |= {"establishment": place} if by_its_code else {"mrc_sector": place}
        one.place["sector"] = "44-45"
        one.answers |= {"hours_total": str(hours)}
    return found


def told(students: list[Student], key: bytes = b"", asked: frozenset[str] = ASKED) -> dict[str, dict[str, dict[str, object]]]:
    """Give what the compass says of these students."""
    return point(tallies(students), LEAST, {}, asked=asked, key=key)


@pytest.mark.parametrize("many", range(5))
def test_nothing_is_said_of_fewer_than_five(many: int) -> None:
    assert told(workers(many, "here"))["establishment"] == {}


def test_five_are_told_in_thirds() -> None:
    found = told(workers(5, "here"))["establishment"]["here"]
    assert found["of"] == 5
    assert {found["over"], found["matters"]} <= {0, 1, 2}


def test_only_what_every_questionnaire_asks_is_told() -> None:
    assert told(workers(5, "here"), asked=frozenset({"success_matters"}))["establishment"]["here"]["over"] is None
    assert told(workers(5, "here"), asked=frozenset({"hours_week"}))["establishment"] == {}


@pytest.mark.parametrize(("many", "right"), [(5, 0.75), (10, 0.9), (40, 0.99)])
@pytest.mark.parametrize(("hours", "over"), [(8, 0), (30, 2)])
def test_what_is_told_is_right_most_of_the_time_and_nearly_always_of_many(many: int, right: float, hours: int, over: int) -> None:
    keys = [str(number).encode() for number in range(400)]
    students = workers(many, "here", hours)
    assert sum(told(students, key)["establishment"]["here"]["over"] == over for key in keys) >= right * len(keys)


@pytest.mark.parametrize("whole", range(5, 40))
def test_every_third_holds_two_counts_at_least(whole: int) -> None:
    counts = [third(part, whole) for part in range(whole + 1)]
    assert all(counts.count(one) >= 2 for one in set(counts))
    assert set(counts) == {0, 1, 2}


def test_with_fewer_than_five_a_third_would_say_it_all() -> None:
    counts = [third(part, 2) for part in range(3)]
    assert any(counts.count(one) == 1 for one in counts)


def test_it_does_not_move_before_five_more_have_answered_and_half_as_many_as_had() -> None:
    for many, more, moves in ((6, 1, False), (6, 4, False), (6, 5, True), (40, 19, False), (40, 20, True)):
        before = told(workers(many, "here", hours=8))
        students = workers(many, "here", hours=8) + workers(more, "here", hours=40)
        after = point(tallies(students), LEAST, before, asked=ASKED, key=b"")
        assert (after["establishment"]["here"] != before["establishment"]["here"]) is moves


def test_whether_it_is_told_depends_on_how_many_answered_and_never_on_what_they_said() -> None:
    for hours, works, is_flagged in ((8, "yes", False), (160, "yes", True), (0, "no", False)):
        students = workers(5, "here")
        students[0].answers |= {"hours_total": str(hours), "works": works}
        students[0].is_flagged = is_flagged
        assert told(students)["establishment"]["here"]["of"] == 5


def test_what_was_told_before_figures_were_blurred_is_told_no_more() -> None:
    exact = {"establishment": {"here": {"of": 5, "week": 1, "over": 0, "matters": 0}}}
    assert point([], LEAST, exact, asked=ASKED, key=b"")["establishment"] == {}


def certified(places: int = 1) -> Certification:
    """Give a certified employer of Lanaudière."""
    program = make_program(code="14")
    return make_certification(program=program, employer=make_employer(places=places))


def answered(certification: Certification, *groups: tuple[int, int]) -> list[str]:
    """Let students answer: so many at each of its establishments; the portrait is then released. Gives: where each figure comes from."""
    places = establishments_of(certification.employer)
    students = make_students(2, 400, mrcs=["joliette"])
    for one in students:
        one.place.pop("mrc_sector", None)
    for number, many in groups:
        students += workers(many, places[number].ref)
    fold(make_survey(certification.program, questions=QUESTIONS), students)
    with unit():
        portraits.release_portrait(certification.program, YEAR, by=SYSTEM)
    return [str(one.source) for one in weeks_of(certification)]


def test_an_employer_of_two_places_sees_each_alone_and_never_their_sum(app: object) -> None:
    certification = certified(places=2)
    assert answered(certification, (0, 7), (1, 2)) == ["own", "region"]
    page = make_person(owner_of(certification.employer)).open("/mon-espace").follow("Voir les semaines")
    assert "Travaillent plus de 15 h" in page.text
    assert "brouillées exprès" in page.text
    assert "Trop peu d’élèves" in page.text
    assert "9" not in [word.text for word in page.soup.select("dd")], "seven and two are told nowhere together"


def test_others_of_the_sector_speak_where_too_few_of_its_own_have(app: object) -> None:
    certification = certified()
    place = establishments_of(certification.employer)[0]
    students = workers(12, f"{place.mrc.slug}/{certification.employer.sector}", by_its_code=False)
    fold(make_survey(certification.program, questions=QUESTIONS), [*students, *make_students(2, 200, mrcs=["joliette"])])
    with unit():
        portraits.release_portrait(certification.program, YEAR, by=SYSTEM)
    assert [one.source for one in weeks_of(certification)] == ["sector"]


def test_nobody_else_sees_them(app: object) -> None:
    certification = certified()
    answered(certification, (0, 7))
    path = f"/mon-espace/semaines/{certification.ref}"
    assert make_person(owner_of(certification.employer)).open(path).status == 200
    assert make_person().open(path).status == 404
    staff = (
        make_staff(Role.AGENT, certification.program).open(f"/personnel/dossiers/{certification.ref}").follow("Les semaines de ses élèves")
    )
    assert "cinq au moins" in staff.text
    assert make_staff(Role.AGENT, make_program()).open(f"/personnel/dossiers/{certification.ref}/semaines").status == 404


def test_nothing_is_said_in_the_space_before_a_release(app: object) -> None:
    certification = certified()
    assert "Les semaines de vos élèves" not in make_person(owner_of(certification.employer)).open("/mon-espace").text
    assert [(one.source, one.said) for one in weeks_of(certification)] == [(None, [])]


@pytest.mark.parametrize(("level", "whom"), [("secondary", "Secondaire"), ("university", "Toute la région"), (None, "Toute la région")])
def test_whoever_answers_sees_others_of_the_same_level_or_of_the_region(app: object, level: str | None, whom: str) -> None:
    certification = certified()
    assert portraits.last_release(certification.program) is None
    answered(certification, (0, 5))
    release = portraits.last_release(certification.program)
    assert release is not None
    found = others_in(release.told, level)
    assert found is not None
    assert found.whom == whom
    assert found.hours is not None
