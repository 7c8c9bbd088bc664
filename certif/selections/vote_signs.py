"""Whether votes for one finalist may come of one hand: what they share, and when they came. Pure functions.

It is shown with the reasons, and never more: what is put aside is put aside by somebody, who says why.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from certif.campaigns import Phase
from certif.kit.languages import _, _l
from certif.nominations import is_throwaway

HOUR = dt.timedelta(hours=1)


class VoteSign(StrEnum):
    """What votes for one finalist may share."""

    DOMAIN = "domain"
    NETWORK = "network"
    BURST = "burst"
    THROWAWAY = "throwaway"


NAMES = {
    VoteSign.DOMAIN: _l("Même domaine de courriel"),
    VoteSign.NETWORK: _l("Même réseau"),
    VoteSign.BURST: _l("Rafale"),
    VoteSign.THROWAWAY: _l("Adresse jetable"),
}


@dataclass(frozen=True)
class Traced:
    """A vote that was counted, and what is known of how it came: no person. `network` and `domain` are empty once forgotten."""

    number: int
    entry: str
    at: dt.datetime
    domain: str = ""
    network: str = ""
    is_aside: bool = False


@dataclass(frozen=True)
class Found:
    """Votes for one finalist, in order, that show a sign together. `shared`: the domain, where that is what they share."""

    kind: VoteSign
    votes: tuple[Traced, ...]
    shared: str = ""

    @property
    def name(self) -> str:
        """What the sign is known by in an address: its kind, and the vote with which it begins."""
        return f"{self.kind.value}-{self.votes[0].number}"

    @property
    def entry(self) -> str:
        """The finalist."""
        return self.votes[0].entry

    @property
    def aside(self) -> int:
        """How many of them are put aside."""
        return sum(one.is_aside for one in self.votes)


@dataclass(frozen=True)
class DomainCount:
    """How many votes came of a domain, and for the finalist it voted most for, how many. `is_free`: anyone may have an address there."""

    domain: str
    votes: int
    most: int
    is_free: bool


def explain(kind: VoteSign, phase: Phase) -> str:
    """Say from when on a sign is shown, as the contest decides."""
    return {
        VoteSign.DOMAIN: _(
            "%(least)s votes ou plus pour la même candidature, d’adresses d’un même domaine. Qui possède un domaine s’y donne autant "
            "d’adresses qu’il veut. Les grands services de courriel ne comptent pas.", least=phase.same_domain,
        ),
        VoteSign.NETWORK: _(
            "%(least)s votes ou plus pour la même candidature, du même réseau en une heure. Une école n’en a qu’un.",
            least=phase.same_network,
        ),
        VoteSign.BURST: _("%(least)s votes ou plus pour la même candidature en une heure, d’où qu’ils viennent.", least=phase.same_hour),
        VoteSign.THROWAWAY: _("Une adresse d’un service qui en donne pour quelques minutes."),
    }[kind]  # fmt: skip


def signs_among(votes: Sequence[Traced], phase: Phase) -> list[Found]:
    """Find what votes share, finalist by finalist. Takes: them, in the order in which they came."""
    found: list[Found] = []
    for group in _by(votes, "entry").values():
        owned = [one for one in group if not is_free(one.domain) and not is_throwaway(one.domain)]
        domains = {name: part for name, part in _by(owned, "domain").items() if len(part) >= phase.same_domain}
        found += [Found(VoteSign.DOMAIN, tuple(part), name) for name, part in domains.items()]
        networks = [run for part in _by(group, "network").values() for run in _runs(part, phase.same_network)]
        found += [Found(VoteSign.NETWORK, tuple(run)) for run in networks]
        found += [Found(VoteSign.BURST, tuple(run)) for run in _runs(group, phase.same_hour)]
        fleeting = tuple(one for one in group if is_throwaway(one.domain))
        found += [Found(VoteSign.THROWAWAY, fleeting)] if fleeting else []
    return sorted(found, key=lambda one: (-len(one.votes), one.name))


def count_domains(votes: Iterable[Traced], phase: Phase) -> tuple[list[DomainCount], int]:
    """Count votes by domain, those that count most first.

    Gives: the domains of at least as many votes as make a sign, and how many votes came of all the others: a domain of one vote says who.
    """
    groups = _by(votes, "domain")
    counted = [
        DomainCount(name, len(part), max(Counter(one.entry for one in part).values()), is_free(name)) for name, part in groups.items()
    ]
    told = sorted((one for one in counted if one.votes >= phase.same_domain), key=lambda one: (-one.votes, one.domain))
    return told, sum(one.votes for one in counted if one.votes < phase.same_domain)


def is_free(domain: str) -> bool:
    """Whether anyone may open an address there: many votes of it then say nothing."""
    return domain in _free()


def _by(votes: Iterable[Traced], name: str) -> dict[str, list[Traced]]:
    found: dict[str, list[Traced]] = defaultdict(list)
    for one in votes:
        if key := getattr(one, name):
            found[key].append(one)
    return found


def _runs(votes: Sequence[Traced], least: int) -> list[list[Traced]]:
    """Give the runs in which, within any hour, so many votes came; runs that touch are one."""
    found, start = list[list[Traced]](), 0
    for end, vote in enumerate(votes):
        while vote.at - votes[start].at > HOUR:
            start += 1
        if end - start + 1 >= least:
            if found and found[-1][-1].number >= votes[start].number:
                found[-1] += [one for one in votes[start : end + 1] if one.number > found[-1][-1].number]
            else:
                found.append(list(votes[start : end + 1]))
    return found


@cache
def _free() -> frozenset[str]:
    lines = Path(__file__).with_name("freemail.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))
