"""How old a student is, no finer than the law needs: a band, and a birthday that stands for it while a schedule is judged."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from certif.kit.languages import _l
from certif.law import StudentGroup, school_year_of


class AgeBand(StrEnum):
    """A band of age, cut where the law cuts: 12 for light farm work, 14, the school year in which one turns 16, adulthood."""

    UNDER_12 = "under_12"
    FROM_12 = "from_12"
    FROM_14 = "from_14"
    SIXTEEN_THIS_YEAR = "sixteen_this_year"
    SIXTEEN_BEFORE = "sixteen_before"
    ADULT = "adult"


BANDS = {
    AgeBand.UNDER_12: _l("Moins de 12 ans"),
    AgeBand.FROM_12: _l("12 ou 13 ans"),
    AgeBand.FROM_14: _l("14 ou 15 ans"),
    AgeBand.SIXTEEN_THIS_YEAR: _l("16 ans depuis le 1er juillet dernier"),
    AgeBand.SIXTEEN_BEFORE: _l("16 ou 17 ans, et déjà 16 ans avant le 1er juillet dernier"),
    AgeBand.ADULT: _l("18 ans ou plus"),
}
CHILDREN = (AgeBand.UNDER_12, AgeBand.FROM_12)
"""Who needs a parent's form to work. Source: LNT s. 84.3."""

_YEARS = {AgeBand.UNDER_12: 11, AgeBand.FROM_12: 12, AgeBand.FROM_14: 14, AgeBand.ADULT: 19}


class Studies(StrEnum):
    """Where one studies, as a student says it."""

    SECONDARY = "secondary"
    VOCATIONAL_ADULT = "vocational_adult"
    CEGEP = "cegep"
    UNIVERSITY = "university"


STUDIES = {
    Studies.SECONDARY: _l("Primaire ou secondaire"),
    Studies.VOCATIONAL_ADULT: _l("Formation professionnelle ou éducation des adultes"),
    Studies.CEGEP: _l("Cégep"),
    Studies.UNIVERSITY: _l("Université"),
}


def birth_standing_for(band: AgeBand, on: dt.date) -> dt.date:
    """Give a birthday that the law treats as it treats the whole band on a day: the youngest of it, or the latest to be freed of school."""
    if band in _YEARS:
        return dt.date(on.year - _YEARS[band], on.month, min(on.day, 28))
    years = 16 if band is AgeBand.SIXTEEN_THIS_YEAR else 17
    return dt.date(school_year_of(on) - years, 7, 1)


def group_of(studies: Studies, *, must_attend: bool) -> StudentGroup:
    """Give the group whose hours a program caps. Takes: `must_attend`, whether the law makes the student attend school."""
    if studies is Studies.SECONDARY:
        return StudentGroup.SECONDARY_COMPULSORY if must_attend else StudentGroup.SECONDARY_16_PLUS
    return StudentGroup(studies.value)
