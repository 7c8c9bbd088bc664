"""What a region decides of a contest, as values: who may nominate, what is won, and by which phases. No region is named here."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum

from certif.kit.access import Role
from certif.kit.money import Money
from certif.programs import Text

_NO_TEXT = Text()


class Unit(StrEnum):
    """What is chosen: a boss, with all that students say of it; or a duo, one student's nomination with its boss."""

    BOSS = "boss"
    DUO = "duo"


class Quota(StrEnum):
    """Within what a number of laureates is counted: the whole contest, each MRC, or each territory of a youth employment centre."""

    WHOLE = "whole"
    MRC = "mrc"
    CJE = "cje"


class Tie(StrEnum):
    """What a student has with the territory of the contest."""

    WORKS = "works"
    STUDIES = "studies"
    LIVES = "lives"


class UnderAge(StrEnum):
    """What a region has chosen for children under 14: thank them and keep nothing, or ask their parent first."""

    CLOSE = "close"
    PARENT = "parent"


class PhaseKind(StrEnum):
    """How a phase keeps some of those before it.

    `CHECK`: staff say whether each employer may be kept; `VISIT`: the same, at its place of work; `JURY`: weighted grids; `DRAW`: chance
    that anyone may redo; `VOTE`: people with a verified address; `CHOICE`: a decision on merit, with its reasons.
    """

    CHECK = "check"
    VISIT = "visit"
    JURY = "jury"
    DRAW = "draw"
    VOTE = "vote"
    CHOICE = "choice"


class Winner(StrEnum):
    """Who receives a prize: the student or the employer of each laureate, both, or one of all who nominated, drawn by chance."""

    STUDENT = "student"
    EMPLOYER = "employer"
    DUO = "duo"
    NOMINATOR = "nominator"


@dataclass(frozen=True)
class Criterion:
    """One line of a jury's grid, scored from 0 to `most`, and its weight, a whole number above 0."""

    id: str
    name: Text
    weight: int = 1
    most: int = 5


@dataclass(frozen=True)
class Phase:
    """A step from all nominations to the laureates, between two days, both included.

    `deciders`, who closes it; `keeps`, how many go on in each cell of the quota (None: all that are fit); `is_blind`, whether those who
    judge see no name; `is_ranked`, whether the jurors rank their picks, counted as a single transferable vote, rather than score a grid;
    `shows_scores`, whether a juror sees the others' once its own ballots are cast; `jurors_each`, how many jurors read
    each entry (None: all of them); `criteria`, for a jury only; `about`, what is looked at, in words. Of a vote, from
    how many votes for one finalist a sign is shown to staff: `same_domain` of mail, `same_network` in an hour, `same_hour`.
    """

    id: str
    kind: PhaseKind
    name: Text
    from_on: dt.date
    until_on: dt.date
    deciders: tuple[Role, ...] = (Role.MANAGER,)
    keeps: int | None = None
    is_blind: bool = False
    shows_scores: bool = False
    jurors_each: int | None = None
    is_ranked: bool = False
    criteria: tuple[Criterion, ...] = ()
    about: Text = _NO_TEXT
    same_domain: int = 3
    same_network: int = 10
    same_hour: int = 20


@dataclass(frozen=True)
class Category:
    """A name under which some laureates are honoured: a filter on one ranking. Each empty tuple means any.

    `keeps`: how many laureates it has; `sponsor`, who lends its name.
    """

    id: str
    name: Text
    keeps: int = 1
    mrcs: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    sponsor: str = ""


@dataclass(frozen=True)
class Prize:
    """What is won, how many of it each winner receives, and the value of one."""

    name: Text
    to: Winner
    number: int = 1
    value_cents: int = 0

    @property
    def value(self) -> Money:
        """What one is worth."""
        return Money(self.value_cents)


@dataclass(frozen=True)
class Prompt:
    """A question that helps a student say why: about exams, the schedule, interest in studies."""

    id: str
    name: Text


@dataclass(frozen=True)
class Eligibility:
    """Who may nominate. `levels`: of studies (empty: any); `most_hours`: of work in a week (None: no bound), asked of those under
    `most_hours_under` years (None: of everyone); `ties`, all that a student must have with the territory; `has_interns`: whether an
    internship counts as a job; `most_age`, the last age at which one may (None: no bound); `full_time_under`: students under this age
    must study full-time (None: not asked)."""

    least_age: int = 14
    under_age: UnderAge = UnderAge.CLOSE
    levels: tuple[str, ...] = ()
    most_hours: int | None = None
    most_hours_under: int | None = None
    ties: tuple[Tie, ...] = (Tie.WORKS,)
    has_interns: bool = False
    most_age: int | None = None
    full_time_under: int | None = None


@dataclass(frozen=True)
class Definition:
    """A whole contest. `mrcs`: slugs, empty for the whole territory of the program; `rules`: what binds, French first; free entry only.

    `once_a_boss`: of duos, whether a boss is honoured in one only: the best placed.
    `elsewhere`: what one is asked to do besides the form, in words, such as a public comment; it is told, and never checked.
    """

    title: Text
    opens_on: dt.date
    closes_on: dt.date
    unit: Unit
    quota: Quota
    eligibility: Eligibility
    prompts: tuple[Prompt, ...]
    phases: tuple[Phase, ...]
    categories: tuple[Category, ...]
    prizes: tuple[Prize, ...]
    rules: Text
    introduction: Text = _NO_TEXT
    mrcs: tuple[str, ...] = ()
    allows_paper: bool = True
    elsewhere: Text = _NO_TEXT
    once_a_boss: bool = False

    def phase(self, name: str) -> Phase | None:
        """Give the phase of an id, or None."""
        return next((one for one in self.phases if one.id == name), None)

    def phase_before(self, phase: Phase) -> Phase | None:
        """Give the phase whose kept entries this one starts from, or None for the first."""
        place = self.phases.index(phase)
        return self.phases[place - 1] if place else None

    @property
    def laureates(self) -> int | None:
        """How many laureates there are in each cell of the quota: those that the last phase keeps; None while it is not said."""
        return self.phases[-1].keeps if self.phases else None

    @property
    def results_on(self) -> dt.date:
        """The last day of the last phase: the laureates are known then."""
        return max([self.closes_on, *(phase.until_on for phase in self.phases)])

    def moved_to(self, opens_on: dt.date) -> Definition:
        """Give the same contest on other days: all of them later or earlier by as many days as the first."""
        later = opens_on - self.opens_on
        phases = tuple(replace(one, from_on=one.from_on + later, until_on=one.until_on + later) for one in self.phases)
        return replace(self, opens_on=opens_on, closes_on=self.closes_on + later, phases=phases)
