"""What an employer is told of its own students' weeks: three broad answers, never a count, and nothing of fewer than five.

One band always holds two counts at least, so that a band never says what one student answered, however small the establishment; and a
figure is only made anew once as many more have answered as it takes to have one. Each establishment stands alone: the sum of an employer's
establishments is told nowhere, for it would give the one that is withheld.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from certif.portraits.counting import Line
from certif.portraits.measures import HOURS, HOURS_AT_MOST, SUCCESS

COMPASS_CUTS = ("establishment", "mrc_sector")
COMPASS_QUESTIONS = (HOURS.question, SUCCESS.question)
OVER = 15
WEEK_STEPS = (10, 15, 20)
"""Where the bands of a mean week begin anew: under 10 h, 10 to 15, 15 to 20, 20 or more."""

Needle = dict[str, Any]
"""`of`: how many had answered (kept aside, never shown); `week`: the band of the mean week; `over`: how many thirds of them work more than
15 hours; `matters`: how many thirds say that their success matters, None under the threshold."""


def point(tallies: Iterable[Line], least: Mapping[str, int], before: Mapping[str, Mapping[str, Needle]]) -> dict[str, dict[str, Needle]]:
    """Give the figures of each establishment, and of each sector in each MRC.

    Takes: `least`, the threshold of each of the two cuts; `before`, what was told last. Flagged answers are left aside.
    """
    values: dict[tuple[str, str], dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(int)))
    for cut, key, question, value, is_flagged, many in tallies:
        if cut in COMPASS_CUTS and question in COMPASS_QUESTIONS and not is_flagged:
            values[cut, key][question][value] += many
    found: dict[str, dict[str, Needle]] = {cut: dict(before.get(cut, {})) for cut in COMPASS_CUTS}
    for (cut, key), answers in values.items():
        old, threshold = found[cut].get(key), least[cut]
        if sum(answers[HOURS.question].values()) - (old["of"] if old else 0) >= threshold:
            found[cut][key] = _needle(answers, threshold)
    return found


def _needle(answers: Mapping[str, Mapping[str, int]], least: int) -> Needle:
    hours = {int(value): many for value, many in answers[HOURS.question].items() if value.isdigit()}
    students = sum(hours.values())
    mean = sum(min(value, HOURS_AT_MOST) * many for value, many in hours.items()) / students
    opinions = answers.get(SUCCESS.question, {})
    asked = sum(opinions.values())
    fond = sum(opinions.get(name, 0) for name in SUCCESS.together[0].replies)
    return {
        "of": students,
        "week": sum(mean >= step for step in WEEK_STEPS),
        "over": third(sum(many for value, many in hours.items() if value > OVER), students),
        "matters": third(fond, asked) if asked >= least else None,
    }


def third(part: int, whole: int) -> int:
    """Give in which third a share lies: 0 under a third, 1 up to two thirds, 2 above. From five people on, each holds two counts."""
    return 0 if 3 * part < whole else 1 if 3 * part <= 2 * whole else 2
