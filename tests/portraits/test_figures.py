"""What is read from a telling: means and medians, and how sure they are; of what is told, and of nothing else."""

from __future__ import annotations

import random

from certif.portraits.figures import mean_between, median_between, median_of
from certif.portraits.measures import HOURS, MISSED


def told(hours: list[int]) -> dict[str, int | None]:
    """Give how many weeks fall in each band."""
    return {reply.name: sum(reply.holds(str(one)) for one in hours) for reply in HOURS.replies}


def test_the_true_mean_and_median_lie_between_the_bounds_as_often_as_is_said() -> None:
    chance = random.Random(1)
    weeks = [min(int(chance.gammavariate(3, 4)), 50) for _each in range(20_000)]
    mean, median = sum(weeks) / len(weeks), sorted(weeks)[len(weeks) // 2]
    held = [0, 0]
    for _each in range(300):
        some = chance.sample(weeks, 150)
        found = mean_between(HOURS, told(some), len(some), sum(some) / len(some))
        middle = median_between(HOURS, told(some), len(some))
        assert found is not None
        assert middle is not None
        held[0] += found[0] <= mean <= found[1]
        held[1] += int(middle[0].split("\u00a0")[0]) - 1 <= median <= int(middle[1].split("\u00a0")[0]) + 1
    assert min(held) >= 0.93 * 300


def test_more_answers_make_it_surer() -> None:
    few, many = told([4, 8, 12, 14, 16, 20] * 5), told([4, 8, 12, 14, 16, 20] * 100)
    wide, narrow = mean_between(HOURS, few, 30, 12.5), mean_between(HOURS, many, 600, 12.5)
    assert wide is not None
    assert narrow is not None
    assert wide[0] < narrow[0] <= 12.5 <= narrow[1] < wide[1]


def test_bands_withheld_side_by_side_make_it_less_sure_and_apart_they_say_nothing() -> None:
    some = told([4, 8, 12, 14, 16, 20] * 20)
    whole = mean_between(HOURS, some, 120, 12.5)
    beside = mean_between(HOURS, some | {"16_17": None, "18_plus": None}, 120, 12.5)
    assert whole is not None
    assert beside is not None
    assert beside[0] <= whole[0] < whole[1] <= beside[1]
    assert mean_between(HOURS, some | {"under_11": None, "18_plus": None}, 120, 12.5) is None


def test_without_hours_there_is_neither() -> None:
    assert mean_between(MISSED, {"never": 20, "once": 20, "often": 20}, 60, None) is None
    assert median_of(MISSED, {"never": 20, "once": 20, "often": 20}, 60) is None
