"""A portrait as it is read, on a page, on paper or on slides: the same bars, rows and sentences, whatever they are drawn on."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from certif.kit.languages import _, _l
from certif.portraits.asking import measures_in
from certif.portraits.benchmarks import benchmarks_of
from certif.portraits.figures import INDICATORS, Figure, Group, Share, figure_of, figures_of, groups_of, share_of, spoken, weighted
from certif.portraits.measures import HOURS, KIND, MOTIVES, WEEKDAYS, WEEKEND, Measure, is_usual
from certif.portraits.model import PortraitRelease
from certif.portraits.queries import told_by
from certif.portraits.telling import Told
from certif.portraits.withholding import WHOLE
from certif.surveys import Audience

VIEWS = {
    "mrc": _l("Par MRC"), "school_body": _l("Par centre de services ou cégep"), "level": _l("Par niveau"),
    "grade": _l("Par année d’études"), "sector": _l("Par secteur"),
}  # fmt: skip
BANDS = ("under_11", "11_15", "16_plus")
"""The bands in which the Institut de la statistique du Québec publishes hours."""
_NAMES = {
    ("works", "yes"): _l("Travaillent pendant l’année scolaire"),
    ("hours", "16_plus"): _l("Travaillent plus de 15 h par semaine"),
    ("hours", "18_plus"): _l("Travaillent plus de 17 h par semaine"),
    ("weekdays", "11_plus"): _l("Travaillent plus de 10 h du lundi au vendredi"),
    ("latest", "after_22"): _l("Finissent après 22 h la veille d’un jour d’école"),
    ("latest", "after_23"): _l("Finissent après 23 h la veille d’un jour d’école"),
    ("missed", "ever"): _l("Ont manqué un cours à cause du travail"),
    ("adapts", "adapts"): _l("Ont un employeur qui s’adapte aux examens"),
    ("success", "matters"): _l("Sentent que leur réussite compte pour leur employeur"),
    ("jobs", "more"): _l("Ont deux emplois ou plus"),
}


@dataclass(frozen=True)
class Bar:
    """One bar: `percent` None where it is withheld; between `low` and `high`, where that is known; `is_other`: somebody else's figure."""

    label: str
    percent: float | None
    low: int | None = None
    high: int | None = None
    is_other: bool = False
    note: str = ""


@dataclass(frozen=True)
class Stack:
    """One bar cut in bands, each a percentage or None."""

    label: str
    parts: list[float | None]
    is_other: bool = False


@dataclass(frozen=True)
class Indicator:
    """A share that sums up a portrait, beside what it is compared with, its weighted value, and its value without flagged answers."""

    measure: str
    name: str
    label: str
    among: str
    share: Share | None
    weighted: int | None
    plausible: Share | None
    since: int | None


@dataclass(frozen=True)
class Chart:
    """The answers to one question, whoever was asked. `among`: of whom; `figure`: where they are hours."""

    title: str
    among: str
    bars: list[Bar]
    figure: Figure | None = None


@dataclass(frozen=True)
class Reading:
    """One voice of a release as it is read. `others`: students in other years of the same program, the newest first."""

    told: Told
    others: tuple[Told, ...]
    is_preview: bool = False

    @property
    def place(self) -> str:
        """The region, by name."""
        return str(self.told["region_name"])

    @property
    def year(self) -> str:
        """The school year."""
        return str(self.told["school_year"])

    @property
    def released_on(self) -> dt.date:
        """The day it was released."""
        return dt.date.fromisoformat(self.told["released_on"])

    @property
    def answers(self) -> int | None:
        """How many answered, to the nearest five."""
        found: int | None = self.told["people"][WHOLE][""][0]
        return found

    @property
    def figures(self) -> dict[str, Figure | None]:
        """Every measure of the whole."""
        return figures_of(self.told)

    @property
    def indicators(self) -> list[Indicator]:
        """The shares that sum it up."""
        return [_indicator(self.told, measure, name) for measure, name in INDICATORS]

    def indicator(self, measure: str, name: str) -> Indicator:
        """Give one of them."""
        return _indicator(self.told, measure, name)

    @property
    def works(self) -> list[Bar]:
        """Who works: here, other years, and in all of Québec."""
        return [*self._years("works", "yes"), *_benchmark("works", "yes")]

    @property
    def success(self) -> list[Bar]:
        """Whose success matters to the employer, from the first point known, the oldest first."""
        years = sorted((self.told, *self.others), key=lambda one: str(one["school_year"]))
        return [*_benchmark("success", "matters"), *(_bar(str(one["school_year"]), share_of(one, "success", "matters")) for one in years)]

    @property
    def hours(self) -> list[Stack]:
        """Hours in the bands of the Institut, beside its own figures."""
        stacks = [Stack(self.year, _bands(figure_of(self.told, HOURS.name)))]
        stacks += [Stack(str(one["school_year"]), _bands(figure_of(one, HOURS.name))) for one in self.others]
        known = benchmarks_of(HOURS.name)
        return [*stacks, Stack(str(known[BANDS[0]].of), [known[band].percent for band in BANDS], is_other=True)]

    @property
    def week(self) -> list[tuple[str, Figure | None]]:
        """Weekdays, weekend and whole week, each with its mean and its median."""
        names = ((_("Du lundi au vendredi"), WEEKDAYS), (_("La fin de semaine"), WEEKEND), (_("Toute la semaine"), HOURS))
        return [(label, figure_of(self.told, measure.name)) for label, measure in names]

    @property
    def motives(self) -> list[Bar]:
        """Why students work."""
        return [_bar(spoken(self.told["words"][one.name]["replies"]["yes"]), share_of(self.told, one.name, "yes")) for one in MOTIVES]

    @property
    def besides(self) -> list[Chart]:
        """What else students were asked: the kind of work, and the questions of their own questionnaire."""
        return _charts(self.told, [one for one in measures_in(self.told) if one is KIND or not is_usual(one.name)])

    @property
    def charts(self) -> list[Chart]:
        """Every question, in order: how the voices of parents and teachers are read."""
        return _charts(self.told, measures_in(self.told))

    @property
    def _compared(self) -> dict[tuple[str, str], str]:
        """The shares by which groups are compared, in words."""
        if self.told.get("voice", Audience.STUDENTS) == Audience.STUDENTS:
            return {pair: label_of(*pair) for pair in INDICATORS}
        return {(one.name, one.sums_up): f"{one.title} {one.label(one.sums_up)}" for one in measures_in(self.told) if one.sums_up}

    @property
    def views(self) -> list[str]:
        """The cuts by which it may be read."""
        return [cut for cut in VIEWS if self.told["people"].get(cut)]

    def bars(self, measure: str) -> list[Bar]:
        """Give the answers to a question, as bars."""
        figure = figure_of(self.told, measure)
        return [_bar(share.label, share) for share in figure.shares] if figure else []

    def _years(self, measure: str, name: str) -> list[Bar]:
        return [_bar(str(one["school_year"]), share_of(one, measure, name)) for one in (self.told, *self.others)]

    def view(self, cut: str) -> View:
        """Give the portrait of each group of a cut."""
        labels = {pair: label for pair, label in self._compared.items() if cut in self.told["figures"][pair[0]]}
        rows = [self._line(cut, group, list(labels)) for group in groups_of(self.told, cut)]
        told = [row for row in rows if row.answers is not None and (any(row.shares.values()))]
        return View(cut, str(VIEWS[cut]), labels, told, [row.name for row in rows if row not in told])

    def _line(self, cut: str, group: Group, shown: list[tuple[str, str]]) -> Line:
        shares = {pair: share_of(self.told, *pair, cut, group.key) for pair in shown}
        return Line(group.name, group.answers, shares, self._since(cut, group.key))

    def _since(self, cut: str, key: str) -> int | None:
        since = min((row["from"] for one in self.told["figures"].values() if (row := one.get(cut, {}).get(key))), default=None)
        return since if since != self.told["number"] else None


@dataclass(frozen=True)
class Line:
    """One group: its shares by measure and answer; `since`, the earlier release it is told from, if it is."""

    name: str
    answers: int | None
    shares: dict[tuple[str, str], Share | None]
    since: int | None


@dataclass(frozen=True)
class View:
    """The groups of a cut that are told, and the names of those that are withheld."""

    cut: str
    label: str
    labels: dict[tuple[str, str], str]
    lines: list[Line]
    withheld: list[str]

    @property
    def shown(self) -> list[tuple[str, str]]:
        """The shares that are told of each group."""
        return list(self.labels)

    @property
    def charted(self) -> list[tuple[str, str]]:
        """Those that are drawn: three at most."""
        usual = [pair for pair in (("works", "yes"), ("hours", "16_plus"), ("success", "matters")) if pair in self.labels]
        return usual if len(usual) > 1 else self.shown[:3]

    def bars(self, measure: str, name: str) -> list[Bar]:
        """Give one share, group by group."""
        return [_bar(line.name, line.shares[measure, name]) for line in self.lines]

    def label_of(self, measure: str, name: str) -> str:
        """Give a share in words."""
        return self.labels[measure, name]


def label_of(measure: str, name: str) -> str:
    """Give one of the shares by which groups are compared, in words."""
    return str(_NAMES[measure, name])


def reading_of(releases: list[PortraitRelease]) -> Reading:
    """Give a release to read, the first, beside those of the other years of its program."""
    told = told_by(releases)
    return Reading(told[releases[0].id], tuple(told[one.id] for one in releases[1:]))


def _indicator(told: Told, measure: str, name: str) -> Indicator:
    figure = figure_of(told, measure)
    apart = share_of(told, measure, name, plausible=True)
    since = figure.since if figure and figure.since != told["number"] else None
    among = spoken(told["words"][measure]["among"])
    return Indicator(
        measure, name, label_of(measure, name), among, share_of(told, measure, name), weighted(told, measure, name), apart, since
    )  # fmt: skip


def _charts(told: Told, measures: list[Measure]) -> list[Chart]:
    """Give a chart for each question; the options of a list where many can be chosen are one."""
    found: dict[str, Chart] = {}
    for one in measures:
        figure, title = figure_of(told, one.name), str(one.of if one.of_several else one.title)
        chart = found.setdefault(title, Chart(title, str(one.among), [], figure if figure and one.has_hours else None))
        shares = [figure.share("yes") if figure else None] if one.of_several else list(figure.shares) if figure else []
        chart.bars.extend(_bar(share.label if share and not one.of_several else str(one.title), share) for share in shares)
    return [chart for chart in found.values() if any(bar.percent is not None for bar in chart.bars)]


def _bar(label: str, share: Share | None) -> Bar:
    return Bar(label, share.percent if share else None, share.low if share else None, share.high if share else None)


def _benchmark(measure: str, name: str) -> list[Bar]:
    found = benchmarks_of(measure)
    return [Bar(str(found[name].of), found[name].percent, is_other=True, note=str(found[name].source))] if name in found else []


def _bands(figure: Figure | None) -> list[float | None]:
    return [figure.share(band).percent if figure else None for band in BANDS]
