"""What one person or one employer sees of others: never their own answers told apart, never a rank."""

from __future__ import annotations

from dataclasses import dataclass

from certif.certification import Certification
from certif.employers import Establishment, establishments_of
from certif.kit.languages import _
from certif.portraits.asking import both
from certif.portraits.compass import Needle, blurred
from certif.portraits.figures import Figure, Share, figure_of, share_of, spoken
from certif.portraits.measures import LEVELS
from certif.portraits.queries import last_release, told_near
from certif.portraits.reading import BANDS
from certif.portraits.telling import Told
from certif.portraits.withholding import WHOLE
from certif.surveys import Answers, Band, Beside, Definition, compare_with, hours_total


@dataclass(frozen=True)
class Others:
    """What others do, in the last release: who works, and their hours by band; `whom`, who they are, in words."""

    whom: str
    works: Share | None
    hours: Figure
    school_year: str


def others_in(told: Told, level: str | None, grade: str | None = None) -> Others | None:
    """Give what was released of the students of a grade; of its level, where that grade is withheld; else of the whole region."""
    year = str(told["school_year"])
    key, at = f"{level}/{grade}", level or ""
    names = {("grade", key): told["names"].get("grade", {}).get(key), ("level", at): both(LEVELS[at]) if at in LEVELS else None}
    for place, name in names.items():
        theirs = figure_of(told, "hours", *place) if name else None
        is_whole = theirs is not None and all(theirs.share(band).percent is not None for band in BANDS)
        if name and theirs and (is_whole or place[0] == "level"):
            return Others(spoken(name), share_of(told, "works", "yes", *place), theirs, year)
    hours = figure_of(told, "hours")
    return Others(_("Toute la région"), share_of(told, "works", "yes"), hours, year) if hours else None


@compare_with
def others_of_survey(survey_id: int, definition: Definition, answers: Answers) -> Beside | None:
    """Give whoever has just answered a survey of students what others of their level do, where the region has released it."""
    told = told_near(survey_id)
    level, grade = definition.level or definition.said("level", answers), definition.said("grade", answers)
    found = others_in(told, str(level) if level else None, str(grade) if grade else None) if told else None
    if found is None or any(found.hours.share(band).percent is None for band in BANDS):
        return None
    mine = hours_total(definition, answers)
    bands = [_band(found.hours, name, mine) for name in BANDS]
    lead = _("%(whom)s, %(year)s : voici les heures de celles et ceux qui travaillent.", whom=found.whom, year=found.school_year)
    if found.works is not None:
        said = {"whom": found.whom, "year": found.school_year, "share": found.works.percent}
        lead = _("%(whom)s, %(year)s : %(share)s %% travaillent. Voici leurs heures :", **said)
    return Beside(lead, tuple(bands), _("Portrait de la région, selon les réponses anonymes"))


def _band(hours: Figure, name: str, mine: int | None) -> Band:
    share, replies = hours.share(name), hours.measure.replies
    names = next((one.replies for one in hours.measure.together if one.name == name), (name,))
    is_mine = mine is not None and any(one.holds(str(mine)) for one in replies if one.name in names)
    return Band(share.label, share.percent or 0, is_mine)


@dataclass(frozen=True)
class Weeks:
    """The weeks of the students of one place of work, in broad words. `source`, whose they are: `own`, `sector` or `region`; None where
    nothing may be told."""

    establishment: Establishment
    source: str | None
    said: list[tuple[str, str]]


def weeks_of(certification: Certification) -> list[Weeks]:
    """Give, for each establishment of an employer, the weeks of its own students, else those of its sector in its MRC, else the region's.

    Each stands alone: nothing is told of all of them together, which would give away the one that is withheld.
    """
    release = last_release(certification.program)
    found = []
    for place in establishments_of(certification.employer):
        compass = release.compass if release else {}
        own = blurred(compass.get("establishment", {}).get(place.ref))
        around = blurred(compass.get("mrc_sector", {}).get(f"{place.mrc.slug}/{certification.employer.sector}"))
        source = "own" if own else "sector" if around else "region" if release else None
        needle = own or around
        found.append(Weeks(place, source, _needle(needle) if needle else _region(release.told) if release else []))
    return found


def _needle(needle: Needle) -> list[tuple[str, str]]:
    thirds = (_("Moins d’un tiers"), _("Entre un tiers et deux tiers"), _("Plus de deux tiers"))
    labels = {"over": _("Travaillent plus de 15 h"), "matters": _("Sentent que leur réussite compte pour leur employeur")}
    return [(label, thirds[needle[name]]) for name, label in labels.items() if needle[name] is not None]


def _region(told: Told) -> list[tuple[str, str]]:
    figure = figure_of(told, "hours")
    over, matters = share_of(told, "hours", "16_plus"), share_of(told, "success", "matters", WHOLE)
    said = [(_("Semaine moyenne"), f"{figure.mean:g} h")] if figure and figure.mean is not None else []
    said += [(_("Travaillent plus de 15 h"), f"{over.percent} %")] if over else []
    return said + ([(_("Sentent que leur réussite compte pour leur employeur"), f"{matters.percent} %")] if matters else [])
