"""What one person or one employer sees of others: never their own answers told apart, never a rank."""

from __future__ import annotations

from dataclasses import dataclass

from certif.certification import Certification
from certif.employers import Establishment, establishments_of
from certif.kit.languages import _
from certif.portraits.compass import Needle
from certif.portraits.figures import Figure, Share, figure_of, share_of
from certif.portraits.measures import LEVELS
from certif.portraits.queries import last_release
from certif.portraits.telling import Told
from certif.portraits.withholding import WHOLE
from certif.programs import Program


@dataclass(frozen=True)
class Beside:
    """What others of a level do, in the last release: who works, and their hours by band; `whom`, who they are, in words."""

    whom: str
    works: Share | None
    hours: Figure | None


def beside_others(program: Program, level: str | None) -> Beside | None:
    """Give what was released of the students of a level, of the whole region where that level is withheld; None before any release."""
    release = last_release(program)
    if release is None:
        return None
    told = release.told
    theirs = figure_of(told, "hours", "level", level) if level in LEVELS and level else None
    if theirs and level:
        return Beside(str(LEVELS[level]), share_of(told, "works", "yes", "level", level), theirs)
    hours = figure_of(told, "hours")
    return Beside(_("Toute la région"), share_of(told, "works", "yes"), hours) if hours else None


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
        own = compass.get("establishment", {}).get(place.ref)
        around = compass.get("mrc_sector", {}).get(f"{place.mrc.slug}/{certification.employer.sector}")
        source = "own" if own else "sector" if around else "region" if release else None
        needle = own or around
        found.append(Weeks(place, source, _needle(needle) if needle else _region(release.told) if release else []))
    return found


def _needle(needle: Needle) -> list[tuple[str, str]]:
    weeks = (_("Moins de 10 h"), _("De 10 à 15 h"), _("De 15 à 20 h"), _("20 h ou plus"))
    thirds = (_("Moins d’un tiers"), _("Entre un tiers et deux tiers"), _("Plus de deux tiers"))
    said = [(_("Semaine moyenne"), weeks[needle["week"]]), (_("Travaillent plus de 15 h"), thirds[needle["over"]])]
    if needle["matters"] is not None:
        said.append((_("Sentent que leur réussite compte pour vous"), thirds[needle["matters"]]))
    return said


def _region(told: Told) -> list[tuple[str, str]]:
    figure = figure_of(told, "hours")
    over, matters = share_of(told, "hours", "16_plus"), share_of(told, "success", "matters", WHOLE)
    said = [(_("Semaine moyenne"), f"{figure.mean:g} h")] if figure and figure.mean is not None else []
    said += [(_("Travaillent plus de 15 h"), f"{over.percent} %")] if over else []
    return said + ([(_("Sentent que leur réussite compte pour leur employeur"), f"{matters.percent} %")] if matters else [])
