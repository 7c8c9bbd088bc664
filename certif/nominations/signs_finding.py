"""Whether nominations of one boss may come of one hand: what they share, and when they came. Pure functions.

It is shown with the reasons, and never more: nothing is refused, hidden or erased by it.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from certif.kit.languages import _, _l
from certif.nominations.desk_model import SignKind
from certif.nominations.model import Way


@dataclass(frozen=True)
class Threshold:
    """From how many nominations on, within how long, a sign is shown. Published on the page."""

    least: int
    within: dt.timedelta | None = None


THRESHOLDS = {
    SignKind.NETWORK: Threshold(3, dt.timedelta(hours=1)),
    SignKind.SENTENCE: Threshold(2),
    SignKind.BURST: Threshold(5, dt.timedelta(minutes=10)),
    SignKind.PASSES: Threshold(10, dt.timedelta(hours=1)),
    SignKind.DOMAIN: Threshold(1),
}
NAMES = {
    SignKind.NETWORK: _l("Même réseau"),
    SignKind.SENTENCE: _l("Même phrase"),
    SignKind.BURST: _l("Rafale"),
    SignKind.PASSES: _l("Coupons d’une même école"),
    SignKind.DOMAIN: _l("Adresse jetable"),
}


@dataclass(frozen=True)
class Trace:
    """What is known of how a nomination came: the digests of its network and of its words, and no person. `domain`, of the address."""

    number: int
    at: dt.datetime
    way: str
    school: str
    network: str = ""
    words: str = ""
    domain: str = ""


@dataclass(frozen=True)
class Sign:
    """Nominations, by their numbers, that show a sign together."""

    kind: SignKind
    numbers: tuple[int, ...]


@dataclass
class Finding:
    """All the signs of a boss. `tied`: the numbers of the nominations that show one, with what each shows."""

    signs: list[Sign] = field(default_factory=list)
    tied: dict[int, list[SignKind]] = field(default_factory=dict)


def explain(kind: SignKind) -> str:
    """Say from when on a sign is shown."""
    least = THRESHOLDS[kind].least
    return {
        SignKind.NETWORK: _("%(least)s nominations ou plus du même réseau en une heure. Une école n’en a qu’un.", least=least),
        SignKind.SENTENCE: _("%(least)s nominations ou plus avec exactement les mêmes mots.", least=least),
        SignKind.BURST: _("%(least)s nominations ou plus en dix minutes, d’où qu’elles viennent.", least=least),
        SignKind.PASSES: _("%(least)s coupons ou plus d’une même école en une heure : une classe y ressemble.", least=least),
        SignKind.DOMAIN: _("Une adresse d’un service qui en donne pour quelques minutes."),
    }[kind]


def find_signs(traces: Sequence[Trace]) -> Finding:
    """Find what nominations of one boss share. Takes: them, in the order in which they came."""
    finding = Finding()
    networks = _by(traces, "network").values()
    passes = _by([one for one in traces if one.way == Way.PASS], "school").values()
    grouped = {
        SignKind.NETWORK: [part for group in networks for part in _close(group, SignKind.NETWORK)],
        SignKind.SENTENCE: [group for group in _by(traces, "words").values() if len(group) >= THRESHOLDS[SignKind.SENTENCE].least],
        SignKind.BURST: _close(list(traces), SignKind.BURST),
        SignKind.PASSES: [part for group in passes for part in _close(group, SignKind.PASSES)],
        SignKind.DOMAIN: [[one] for one in traces if is_throwaway(one.domain)],
    }
    for kind, groups in grouped.items():
        for group in groups:
            finding.signs.append(Sign(kind, tuple(one.number for one in group)))
            for one in group:
                if kind not in finding.tied.setdefault(one.number, []):
                    finding.tied[one.number].append(kind)
    return finding


def is_throwaway(domain: str) -> bool:
    """Whether a domain gives addresses for a few minutes."""
    return domain in _throwaway() or domain.partition(".")[2] in _throwaway()


def _by(traces: Iterable[Trace], name: str) -> dict[str, list[Trace]]:
    found: dict[str, list[Trace]] = defaultdict(list)
    for one in traces:
        if key := getattr(one, name):
            found[key].append(one)
    return found


def _close(group: list[Trace], kind: SignKind) -> list[list[Trace]]:
    """Give the runs of a group that came close enough together, and are long enough; runs that touch are one."""
    rule, found, start = THRESHOLDS[kind], list[list[Trace]](), 0
    assert rule.within is not None
    for end in range(len(group)):
        while group[end].at - group[start].at > rule.within:
            start += 1
        if end - start + 1 >= rule.least:
            if found and found[-1][-1].number >= group[start].number:
                found[-1] += [one for one in group[start : end + 1] if one.number > found[-1][-1].number]
            else:
                found.append(group[start : end + 1])
    return found


@cache
def _throwaway() -> frozenset[str]:
    lines = (Path(__file__).parent / "hints" / "throwaway.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))
