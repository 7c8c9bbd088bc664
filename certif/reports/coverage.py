"""How far a program reaches in its territory: in each MRC, how many employers are certified of how many are known; drawn and in words."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from html import escape

from sqlalchemy import and_, func, select

from certif.certification import Certification
from certif.employers import Establishment
from certif.imports import Prospect, is_registered
from certif.kit.db import db
from certif.kit.languages import _
from certif.reports.asked import MRC, Asked
from certif.reports.figures import Figure, cells_of
from certif.reports.freezing import frozen_cells
from certif.reports.indicators import INDICATORS
from certif.reports.queries import mrcs_of
from certif.territory import Mrc, mrc_points

_WIDE, _EDGE, _LEAST, _MOST = 420, 60, 14, 30
_FULL, _BARE = "#0f4a3c", "#ffffff"
_FLAT = 0.68
"""How much shorter a degree of longitude is than one of latitude, in Québec."""


@dataclass(frozen=True)
class Place:
    """An MRC and its figures, by indicator; `known`: employers known there, certified or not. `mrc` None: those of no known place."""

    mrc: Mrc | None
    figures: dict[str, Figure]
    known: int

    @property
    def name(self) -> str:
        """The MRC, by name."""
        return self.mrc.name if self.mrc else _("Ailleurs, ou sans MRC")

    @property
    def certified(self) -> int | None:
        """How many employers are certified there on the last day; None where what is asked cannot tell: no file answers to a funder."""
        return (self.figures["in_force"].count or 0) if "in_force" in self.figures else None

    @property
    def is_covered(self) -> bool:
        """Whether one is, at least."""
        return bool(self.certified)


@dataclass(frozen=True)
class Spot:
    """An MRC on the map: where, how big by the number certified."""

    place: Place
    x: int
    y: int
    radius: int


@dataclass(frozen=True)
class Picture:
    """The map: its spots, in a frame."""

    spots: list[Spot]
    width: int
    height: int


def places_of(asked: Asked) -> list[Place]:
    """Give every MRC of the programs with its figures; last, what has no known place or lies elsewhere, where there is any."""
    frozen = frozen_cells(asked, MRC)
    wanted = [one for one in INDICATORS.values() if MRC in one.cuts and one.answers(asked)]
    cells = {one.name: cells_of(one, asked, MRC) for one in wanted}
    known, here = _known(asked), mrcs_of(*asked.programs) if asked.mrc is None else [asked.mrc]
    found = [Place(mrc, _figures(mrc.slug, cells, frozen), known.get(mrc.slug, 0)) for mrc in here]
    inside = {mrc.slug for mrc in here}
    elsewhere = _elsewhere(cells, frozen, inside)
    if any(figure.count for figure in elsewhere.values()):
        found.append(Place(None, elsewhere, sum(count for slug, count in known.items() if slug not in inside)))
    return found


def _figures(slug: str, cells: dict[str, dict[str, int | None]], frozen: dict[str, dict[str, int | None]] | None) -> dict[str, Figure]:
    found = {}
    for name, counts in cells.items():
        live = counts.get(slug, 0)
        known = None if frozen is None else frozen.get(name, {}).get(slug, 0)
        found[name] = Figure(INDICATORS[name], live, known, is_frozen=frozen is not None)
    return found


def _elsewhere(
    cells: dict[str, dict[str, int | None]], frozen: dict[str, dict[str, int | None]] | None, inside: set[str]
) -> dict[str, Figure]:
    """Give what is counted outside, so that the lines add up to the whole."""

    def left(counts: dict[str, int | None]) -> int:
        return sum(count or 0 for slug, count in counts.items() if slug not in inside)

    return {
        name: Figure(
            INDICATORS[name], left(counts), left(frozen.get(name, {})) if frozen is not None else None, is_frozen=frozen is not None
        )
        for name, counts in cells.items()
        if INDICATORS[name].rows is not None
    }


def _known(asked: Asked) -> dict[str, int]:
    """Count the employers known in each MRC by the last day: those on a path, and prospects who are not."""
    main = and_(Establishment.employer_id == Certification.employer_id, Establishment.is_main, Establishment.closed_at.is_(None))
    paths = (
        select(Establishment.mrc_id, func.count(Certification.employer_id.distinct()))
        .select_from(Certification)
        .join(Establishment, main)
        .where(Certification.program_id.in_(asked.program_ids), Certification.opened_at < asked.ends)
    )
    prospects = select(Prospect.mrc_id, func.count()).where(
        Prospect.program_id.in_(asked.program_ids), Prospect.noted_at < asked.ends, ~is_registered()
    )
    slugs, found = {row[0]: row[1] for row in db.session.execute(select(Mrc.id, Mrc.slug))}, defaultdict[str, int](int)
    for statement, column in ((paths, Establishment.mrc_id), (prospects, Prospect.mrc_id)):
        for mrc_id, count in db.session.execute(statement.group_by(column)):
            found[slugs.get(mrc_id, "")] += int(count)
    return found


def picture_of(places: list[Place]) -> Picture:
    """Draw the MRC where their main towns are, about: never their borders, of which nothing is claimed; none where coverage is not told."""
    points = mrc_points()
    told = [(one, one.mrc, one.certified) for one in places]
    shown = [(one, points[mrc.slug], count) for one, mrc, count in told if mrc is not None and mrc.slug in points and count is not None]
    if not shown:
        return Picture([], _WIDE, 2 * _EDGE)
    west, north = min(point.longitude for _one, point, _count in shown), max(point.latitude for _one, point, _count in shown)
    wide = (max(point.longitude for _one, point, _count in shown) - west) * _FLAT or 1
    tall, most = north - min(point.latitude for _one, point, _count in shown), max(count for _one, _point, count in shown)
    scale = min((_WIDE - 2 * _EDGE) / wide, (_WIDE - 2 * _EDGE) / (tall or 1))
    spots = [
        Spot(
            one, round(_EDGE + (point.longitude - west) * _FLAT * scale), round(_EDGE + (north - point.latitude) * scale),
            _LEAST + ((_MOST - _LEAST) * count // most if most else 0),
        )
        for one, point, count in shown
    ]  # fmt: skip
    return Picture(spots, _WIDE, round(2 * _EDGE + tall * scale))


def svg_of(picture: Picture) -> str:
    """Give the map as SVG, for paper."""
    drawn = [
        f'<circle cx="{one.x}" cy="{one.y}" r="{one.radius}" fill="{_FULL if one.place.is_covered else _BARE}" stroke="{_FULL}"/>'
        f'<text x="{one.x}" y="{one.y + 6}" font-size="17" text-anchor="middle" fill="{_BARE if one.place.is_covered else _FULL}">'
        f"{one.place.certified}</text>"
        f'<text x="{one.x}" y="{one.y + one.radius + 18}" font-size="16" text-anchor="middle">{escape(one.place.name)}</text>'
        for one in picture.spots
    ]
    frame = f'viewBox="0 0 {picture.width} {picture.height}" width="{picture.width}" height="{picture.height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {frame} font-family="Atkinson Hyperlegible Next">{"".join(drawn)}</svg>'
