"""What a portrait measures, fixed beforehand: which question, which answers or bands of hours, in which cuts. Nothing else is told."""

from __future__ import annotations

from dataclasses import dataclass

from certif.kit.languages import _l
from certif.portraits.withholding import WHOLE, Asked

HOURS_AT_MOST = 50
"""A week of more hours counts as this many in a mean, so that no single answer carries it away."""

PEOPLE = (WHOLE, "mrc", "school_body", "level", "grade")
_WORKERS = (*PEOPLE, "sector")
CUTS = _WORKERS
"""By what a portrait is read, the whole first, a level before its grades."""
WITHIN = {"grade": "level"}
"""The cuts whose groups are parts of those of another."""


@dataclass(frozen=True)
class Reply:
    """An answer as portraits tell it: the options it gathers, or the hours, both ends included."""

    name: str
    label: object
    options: tuple[str, ...] = ()
    hours: tuple[int, int] | None = None

    def holds(self, value: str) -> bool:
        """Whether what was answered is told under this name."""
        if self.hours is None:
            return value in self.options
        return value.isdigit() and self.hours[0] <= int(value) <= self.hours[1]


@dataclass(frozen=True)
class Together:
    """Answers that are told as one share: `16 hours or more` is `16 or 17` with `18 or more`."""

    name: str
    label: object
    replies: tuple[str, ...]


@dataclass(frozen=True)
class Measure:
    """One thing measured. `among`: of whom, in words; `after`: the answers that lead to its question; `of_several`: one option of a
    question where many can be chosen, told as chosen or not, and `of`, that question in words; `sums_up`: the answer, or those told as
    one, by which groups are compared."""

    name: str
    question: str
    title: object
    among: object
    replies: tuple[Reply, ...]
    together: tuple[Together, ...] = ()
    cuts: tuple[str, ...] = _WORKERS
    after: tuple[tuple[str, str], ...] = (("works", "yes"),)
    has_mean: bool = False
    of_several: bool = False
    of: object = ""
    sums_up: str | None = None

    @property
    def asked(self) -> Asked:
        """The same, for those who withhold."""
        return Asked(self.name, tuple(reply.name for reply in self.replies), self.cuts, self.after)

    @property
    def has_hours(self) -> bool:
        """Whether its answers are bands of hours."""
        return any(reply.hours for reply in self.replies)

    def label(self, name: str) -> str:
        """Give an answer in the reader's words."""
        labels = {one.name: one.label for one in self.replies} | {one.name: one.label for one in self.together}
        return str(labels.get(name, name))


def _simple(name: str, label: object) -> Reply:
    return Reply(name, label, options=(name,))


STUDENTS, _AT_WORK, _HIRED = (
    _l("de tous les élèves qui ont répondu"), _l("des élèves qui travaillent"), _l("des élèves qui travaillent pour un employeur")
)  # fmt: skip
_UNLIMITED = 168

WORKS = Measure(
    "works", "works", _l("Travailler pendant l’année scolaire"), STUDENTS,
    (_simple("yes", _l("Ont un travail rémunéré")), _simple("no", _l("N’en ont pas"))), cuts=PEOPLE, after=(),
)  # fmt: skip
HOURS = Measure(
    "hours", "hours_total", _l("Heures par semaine"), _AT_WORK,
    (
        Reply("under_11", _l("Moins de 11 h"), hours=(0, 10)), Reply("11_15", _l("De 11 à 15 h"), hours=(11, 15)),
        Reply("16_17", _l("16 ou 17 h"), hours=(16, 17)), Reply("18_plus", _l("18 h ou plus"), hours=(18, _UNLIMITED)),
    ),
    (Together("16_plus", _l("16 h ou plus"), ("16_17", "18_plus")),), has_mean=True,
)  # fmt: skip
WEEKDAYS = Measure(
    "weekdays", "hours_week", _l("Heures du lundi au vendredi"), _AT_WORK,
    (
        Reply("none", _l("Aucune"), hours=(0, 0)), Reply("1_5", _l("De 1 à 5 h"), hours=(1, 5)),
        Reply("6_10", _l("De 6 à 10 h"), hours=(6, 10)), Reply("11_plus", _l("Plus de 10 h"), hours=(11, _UNLIMITED)),
    ),
    has_mean=True,
)  # fmt: skip
WEEKEND = Measure(
    "weekend", "hours_weekend", _l("Heures de la fin de semaine"), _AT_WORK,
    (
        Reply("none", _l("Aucune"), hours=(0, 0)), Reply("1_7", _l("De 1 à 7 h"), hours=(1, 7)),
        Reply("8_12", _l("De 8 à 12 h"), hours=(8, 12)), Reply("13_plus", _l("13 h ou plus"), hours=(13, _UNLIMITED)),
    ),
    has_mean=True,
)  # fmt: skip
LATEST = Measure(
    "latest", "latest", _l("Fin du travail, la veille d’un jour d’école"), _AT_WORK,
    (
        _simple("none", _l("Ne travaillent pas ces soirs-là")), Reply("before_21", _l("Avant 21 h"), options=("before_20", "20_21")),
        _simple("21_22", _l("Entre 21 h et 22 h")), _simple("22_23", _l("Entre 22 h et 23 h")), _simple("after_23", _l("Après 23 h")),
    ),
    (Together("after_22", _l("Après 22 h"), ("22_23", "after_23")),),
)  # fmt: skip
MISSED = Measure(
    "missed", "missed", _l("Cours manqués à cause du travail"), _AT_WORK,
    (_simple("never", _l("Jamais")), _simple("once", _l("Une fois ou deux")), _simple("often", _l("Plus souvent"))),
    (Together("ever", _l("Au moins une fois"), ("once", "often")),),
)  # fmt: skip
ADAPTS = Measure(
    "adapts", "adapts", _l("L’employeur adapte l’horaire aux examens"), _HIRED,
    (
        _simple("always", _l("Toujours")), _simple("often", _l("Souvent")), _simple("sometimes", _l("Parfois")),
        _simple("never", _l("Jamais")), _simple("unknown", _l("Ne savent pas encore")),
    ),
    (Together("adapts", _l("Toujours ou souvent"), ("always", "often")),),
)  # fmt: skip
SUCCESS = Measure(
    "success", "success_matters", _l("Ma réussite compte pour mon employeur"), _HIRED,
    (
        _simple("very", _l("Oui, beaucoup")), _simple("rather", _l("Oui, plutôt")), _simple("little", _l("Plutôt non")),
        _simple("no", _l("Non, pas du tout")), _simple("unknown", _l("Ne savent pas")),
    ),
    (Together("matters", _l("Oui, beaucoup ou plutôt"), ("very", "rather")),),
)  # fmt: skip
KIND = Measure(
    "kind", "kind_of_work", _l("Sorte de travail"), _AT_WORK,
    (
        _simple("employer", _l("Pour un employeur")), _simple("family", _l("Dans l’entreprise de la famille")),
        _simple("odd_jobs", _l("À leur compte")),
    ),
    cuts=PEOPLE,
)  # fmt: skip
JOBS = Measure(
    "jobs", "jobs", _l("Nombre d’emplois"), _AT_WORK,
    (_simple("one", _l("Un seul")), Reply("more", _l("Deux ou plus"), options=("two", "three"))),
)  # fmt: skip
_MOTIVES = {
    "spending": _l("Pour leurs dépenses personnelles"), "experience": _l("Pour l’expérience"), "studies": _l("Pour payer leurs études"),
    "family": _l("Pour aider leur famille"), "friends": _l("Pour voir du monde"),
}  # fmt: skip
MOTIVES = tuple(
    Measure(
        f"motive_{name}", "motive", label, _AT_WORK, (Reply("yes", label, options=(name,)), Reply("no", _l("Pas pour cette raison"))),
        of_several=True, of=_l("Pourquoi travailler"),
    )
    for name, label in _MOTIVES.items()
)  # fmt: skip

MEASURES: tuple[Measure, ...] = (WORKS, HOURS, WEEKDAYS, WEEKEND, LATEST, MISSED, ADAPTS, SUCCESS, KIND, JOBS, *MOTIVES)
"""What is always measured of students, in the order in which portraits tell them; a question comes after the one that leads to it."""

LEVELS = {
    "secondary": _l("Secondaire"), "vocational": _l("Formation professionnelle"), "adult": _l("Formation générale des adultes"),
    "college": _l("Cégep"), "university": _l("Université"),
}  # fmt: skip
"""Where someone studies, as questionnaires name it, in the order of schooling."""

_CALLED = {measure.name: measure for measure in MEASURES}


def is_usual(name: str) -> bool:
    """Whether a measure is one of those that are always taken of students."""
    return name in _CALLED


def measure_called(name: str) -> Measure:
    """Give one of those, by its name."""
    return _CALLED[name]
