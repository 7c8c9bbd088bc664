"""An employer who answers at its own place as often as it likes, and knows every answer there but one: how well it guesses that one.

It makes up answers, one release after another, and keeps all that is told. It has seen the same hundreds of times over, once with one
answer and once with the other, and says which of the two what it is told now resembles most: no guess is better than that one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from certif.portraits import compass
from certif.portraits.compass import ODDS, Needle, blur, point
from certif.portraits.counting import Line

PLACE = "here"
LEAST = {"establishment": 5, "mrc_sector": 10}
ASKED = frozenset({"hours_week", "hours_weekend", "success_matters"})
TRIES = 500
BY_CHANCE = 0.05
"""What so many tries, each with two answers, may be wrong by: more than three standard errors."""

Answer = tuple[int, str]
"""Hours a week, and whether one's success matters."""
FAIR, FOUL = (12, "very"), (30, "no")
Step = list["Answer | None"]
"""Who answers before a release: the employer's own answers, and None for the one that it does not know."""


def feeling(edges: list[int], comes: int) -> list[Step]:
    """Feel for the edge of a third: release after release, over a third of many are told when the blur, and the one sought, make up `edge`.

    Takes: `comes`, before which of these releases the one comes.
    """
    steps, fouls, fairs, third = list[Step](), 0, 0, 2
    for number, edge in enumerate(edges):
        foul, fair = third - edge, 2 * third + edge - (number >= comes)
        steps.append([FOUL] * (foul - fouls) + [FAIR] * (fair - fairs) + ([None] if number == comes else []))
        fouls, fairs, third = foul, fair, third + max(2, -(-third // 2))
    return steps


SWEEP = [2, 1, 0, -1, -2]
ATTACKS: dict[str, list[Step]] = {
    "four and the one": [[FOUL] * 2 + [FAIR] * 2 + [None]],
    "at the edge of a third": [[FOUL] + [FAIR] * 4 + [None]],
    "the same again and again": [[FOUL] + [FAIR] * 4, [None], [], [], [FOUL] * 2 + [FAIR] * 2, [], []],
    "the edge is felt for once the one is there": feeling(SWEEP, 0),
    "the blur is measured first, then the one comes": feeling(SWEEP * 2, len(SWEEP)),
    "the same edge is felt for many times": feeling([1] * 12, 0),
}


def lines_of(answers: list[Answer]) -> list[Line]:
    """Give the tallies of these answers."""
    counted = Counter[tuple[str, str]]()
    for hours, matters in answers:
        counted.update([("*", ""), ("hours_total", str(hours)), ("success_matters", matters)])
    return [("establishment", PLACE, question, value, False, many) for (question, value), many in counted.items()]


def tallied(steps: list[Step], one: Answer) -> list[list[Line]]:
    """Give the tallies before each release, when the one whom the employer seeks has answered this."""
    found, answers = list[list[Line]](), list[Answer]()
    for step in steps:
        answers += [one if answer is None else answer for answer in step]
        found.append(lines_of(answers))
    return found


def releases(tallies: list[list[Line]], key: bytes) -> list[Needle | None]:
    """Give what is told and kept aside, release after release."""
    found, before = list[Needle | None](), dict[str, dict[str, Needle]]()
    for lines in tallies:
        before = point(lines, LEAST, before, asked=ASKED, key=key)
        found.append(before["establishment"].get(PLACE))
    return found


Read = tuple[object, ...]


def whole(found: list[Needle | None]) -> Read:
    """Read all that is told."""
    return tuple(needle and (needle["over"], needle["matters"]) for needle in found)


def how_often(found: list[Needle | None]) -> Read:
    """Read only how often more than a third is told: all there is to learn, where each time is drawn anew."""
    return (sum(bool(needle and needle["over"]) for needle in found),)


def guesses_right(steps: list[Step], one: Answer, other: Answer, *, tries: int = TRIES, read: Callable[..., Read] = whole) -> float:
    """Give how often the best guess between two answers is right, when each is as likely beforehand."""
    both = tallied(steps, one), tallied(steps, other)
    seen = [Counter(read(releases(tallies, b"seen %d" % number)) for number in range(tries)) for tallies in both]
    right = 0
    for number in range(tries):
        for which, tallies in enumerate(both):
            now = read(releases(tallies, b"now %d" % number))
            right += (seen[1][now] > seen[0][now]) == bool(which)
    return right / (2 * tries)


@pytest.mark.parametrize("steps", ATTACKS.values(), ids=ATTACKS.keys())
def test_what_one_student_said_to_one_question_is_guessed_two_times_in_three_at_most(steps: list[Step]) -> None:
    assert guesses_right(steps, (30, "very"), FAIR) <= ODDS / (ODDS + 1) + BY_CHANCE
    assert guesses_right(steps, (12, "no"), FAIR) <= ODDS / (ODDS + 1) + BY_CHANCE


@pytest.mark.parametrize("steps", ATTACKS.values(), ids=ATTACKS.keys())
def test_all_that_one_student_said_is_guessed_four_times_in_five_at_most(steps: list[Step]) -> None:
    assert guesses_right(steps, FOUL, FAIR) <= ODDS**2 / (ODDS**2 + 1) + BY_CHANCE


@pytest.mark.parametrize("steps", ATTACKS.values(), ids=ATTACKS.keys())
def test_even_who_read_the_blurred_counts_themselves_would_learn_no_more(steps: list[Step]) -> None:
    for number in range(100):
        found, others = (releases(tallied(steps, answer), b"%d" % number) for answer in (FOUL, FAIR))
        assert [one and one["of"] for one in found] == [one and one["of"] for one in others], "when it is told says nothing"
        for name in ("over", "matters"):
            odds, seen = Fraction(1), (0, 0, 0)
            for mine, theirs in zip(found, others, strict=True):
                now = (mine["blurred"][name], mine["exact"][name], theirs["exact"][name]) if mine and theirs else seen
                told, so, otherwise = (new - old for new, old in zip(now, seen, strict=True))
                odds, seen = odds * Fraction(ODDS) ** (abs(told - otherwise) - abs(told - so)), now
            assert Fraction(1, ODDS) <= odds <= ODDS


def best_guess(**more: Any) -> float:
    """Give how often the attack that succeeds most is right about one answer to one question."""
    return max(guesses_right(steps, (30, "very"), FAIR, **more) for steps in ATTACKS.values())


def test_without_a_blur_an_employer_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compass, "blur", lambda _key, _said: 0)
    assert best_guess(tries=2) == 1.0


def blurred_whole(needle: Callable[..., Needle]) -> Callable[..., Needle]:
    """Blur all the answers each time, and not only those that came since."""
    return lambda exact, old, place, key: needle(exact, {**old, "exact": {}, "blurred": {}}, place, key)


def test_a_blur_that_stays_the_same_is_measured_before_the_one_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compass, "_needle", blurred_whole(compass._needle))
    monkeypatch.setattr(compass, "blur", lambda key, said: blur(key, said.split()[0]))
    assert best_guess() > ODDS / (ODDS + 1) + 2 * BY_CHANCE


def test_a_blur_drawn_anew_for_all_is_averaged_away(monkeypatch: pytest.MonkeyPatch) -> None:
    assert best_guess(read=how_often) <= ODDS / (ODDS + 1) + BY_CHANCE
    monkeypatch.setattr(compass, "_needle", blurred_whole(compass._needle))
    assert best_guess(read=how_often) > ODDS / (ODDS + 1) + 2 * BY_CHANCE


def test_each_step_of_the_blur_is_half_as_likely_as_the_one_before() -> None:
    drawn, many = Counter(blur(b"key", str(number)) for number in range(60_000)), 60_000
    for number in range(-4, 5):
        expected = many / 3 / ODDS ** abs(number)
        assert abs(drawn[number] - expected) < 5 * expected**0.5
    assert {blur(b"key", "the same") for _each in range(5)} == {blur(b"key", "the same")}, "drawn once for all"
