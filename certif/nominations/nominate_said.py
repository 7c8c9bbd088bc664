"""What a student says, as plain data, and whether the contest hears it: rules only, no table and no request."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import Any

from certif.campaigns import Definition, Eligibility, Tie, UnderAge
from certif.kit.languages import _, _l
from certif.surveys import level_label

FOURTEEN = 14
PURPOSES_ASKED = (
    "nomination_words", "nomination_name", "nomination_image", "nomination_boss", "nomination_gala", "nomination_next_year",
)  # fmt: skip
"""What a student is asked to agree to, one by one; refusing them all changes nothing to the nomination."""

_AGES = {"under_14": (13, "under_14"), "14": (14, "14_15"), "15": (15, "14_15"), "14_15": (14, "14_15"), "16_17": (16, "16_17")}
_OLDEST = (18, "18_plus")
"""The least age that an answer leaves possible, and the band it is kept as: one of `surveys.AGES`."""
_AGE_LABELS = {
    "under_14": _l("Moins de 14 ans"), "14": _l("14 ans"), "15": _l("15 ans"), "14_15": _l("14 ou 15 ans"),
    "16_17": _l("16 ou 17 ans"), "18_plus": _l("18 ans ou plus"),
}  # fmt: skip
_TIE_REFUSALS = {
    Tie.STUDIES: _l("Ce concours est pour qui étudie dans la région. Si c’est votre cas, cochez-le."),
    Tie.LIVES: _l("Ce concours est pour qui habite la région. Si c’est votre cas, cochez-le."),
}


@dataclass(frozen=True)
class Said:
    """One nomination as it was typed. `establishment`: the public code of a known place; without one, `name`, `municipality` and `mrc` (a
    slug) describe it. `person`: the boss. `age`: an answer of `age_choices`. `consents`: of `PURPOSES_ASKED`."""

    person: str
    answers: dict[str, str]
    first_name: str
    school: str
    level: str
    age: str
    establishment: str = ""
    name: str = ""
    municipality: str = ""
    mrc: str = ""
    hours: int | None = None
    is_intern: bool = False
    ties: list[str] = field(default_factory=list)
    consents: list[str] = field(default_factory=list)
    language: str = "fr"

    @property
    def age_band(self) -> str:
        """The age as it is kept."""
        return _AGES.get(self.age, _OLDEST)[1]

    def written(self) -> dict[str, Any]:
        """Give it fit for JSON; `Said(**written)` reads it."""
        return dataclasses.asdict(self)


def age_choices(eligibility: Eligibility) -> list[tuple[str, Any]]:
    """Give the ages to choose from: no finer than the contest needs."""
    middle = ("14", "15") if eligibility.least_age == FOURTEEN + 1 else ("14_15",)
    return [(age, _AGE_LABELS[age]) for age in ("under_14", *middle, "16_17", "18_plus")]


def is_child(age: str) -> bool:
    """Whether someone is under 14, of whom nothing is kept unless a parent agrees."""
    return age == "under_14"


def asks_parent(eligibility: Eligibility) -> bool:
    """Whether a child may nominate once a parent agrees."""
    return eligibility.under_age is UnderAge.PARENT and eligibility.least_age <= FOURTEEN


def is_too_young(eligibility: Eligibility, age: str) -> bool:
    """Whether the contest is not for someone of this age, whoever agrees."""
    if is_child(age):
        return not asks_parent(eligibility)
    return _AGES.get(age, _OLDEST)[0] < eligibility.least_age


def obstacle(definition: Definition, said: Said) -> str | None:
    """Give the sentence that refuses, when the contest is not for this student; None when it is."""
    rules = definition.eligibility
    if is_too_young(rules, said.age):
        return str(_("Ce concours est pour les jeunes de %(age)s ans et plus.", age=rules.least_age))
    if rules.levels and said.level not in rules.levels:
        names = ", ".join(level_label(level) for level in rules.levels)
        return str(_("Ce concours est pour ces niveaux d’études : %(names)s.", names=names))
    if rules.most_hours is not None and _is_bound(rules, said.age):
        if said.hours is None:
            return str(_("Écrivez combien d’heures vous travaillez par semaine : ce concours le demande."))
        if said.hours > rules.most_hours:
            return str(_("Ce concours est pour qui travaille %(most)s heures par semaine ou moins.", most=rules.most_hours))
    return next((str(sentence) for tie, sentence in _TIE_REFUSALS.items() if tie in rules.ties and tie.value not in said.ties), None)


def _is_bound(rules: Eligibility, age: str) -> bool:
    """Whether someone of this age must keep to the hours."""
    return rules.most_hours_under is None or _AGES.get(age, _OLDEST)[0] < rules.most_hours_under
