"""The directory as open data, in French, with the same filters: read a piece at a time, so that a slow reader holds no connection and a
long list no memory; and what the map shows of it."""

from __future__ import annotations

import json
import math
import zlib
from collections.abc import Iterator
from typing import Any

from certif.directory.facets import Asked, counted, counts_of, total_of
from certif.directory.search import Entry, page_of
from certif.kit import sheets
from certif.kit.db import let_go
from certif.kit.languages import speaking
from certif.kit.web import absolute_url
from certif.territory import Point, mrc_points, mrcs_by_region, sectors

MOST_POINTS = 2000
"""More than this, and the map counts by MRC instead of showing each place."""

_PIECE = 500
_AROUND_DEGREES = 0.05
_HEADS = (
    "code", "statut", "employeur", "etablissement", "municipalite", "mrc", "region", "programme", "secteur", "niveau", "embauche_eleves",
    "valide_jusqu_au", "latitude_approximative", "longitude_approximative", "verification",
)  # fmt: skip


def sheet_of(asked: Asked) -> Iterator[str]:
    """Give the directory as the pieces of a sheet."""
    yield sheets.BEGINNING + "".join(sheets.lines([_HEADS]))
    for facts in _every_line(asked):
        yield "".join(sheets.lines([[_written(facts[name]) for name in _HEADS]]))


def geojson_of(asked: Asked) -> Iterator[str]:
    """Give the directory as the pieces of a GeoJSON collection (RFC 7946). Each point is about the main town of the MRC, and says so."""
    yield '{"type":"FeatureCollection","features":['
    comma = ""
    for facts in _every_line(asked):
        place = [facts.pop("longitude_approximative"), facts.pop("latitude_approximative")]
        yield comma + _json(_feature(place, {**facts, "position": "approximative"}))
        comma = ",\n"
    yield "]}\n"


def map_of(asked: Asked) -> dict[str, Any]:
    """Give what the map shows, in the reader's language: each place where they are not too many, else how many there are in each MRC; and
    the names that stand on the map."""
    territory = mrcs_by_region()
    names = {mrc.slug: mrc.name for _region, mrcs in territory for mrc in mrcs}
    if asked.text or total_of(asked) <= MOST_POINTS:
        features = [_pin(entry) for entry in page_of(asked, size=MOST_POINTS).rows]
    else:
        features = [_crowd(mrc, names[mrc], count) for mrc, count in counts_of(asked)["mrc"].items() if mrc in names]
    points = mrc_points()
    labels = [{"name": name, "kind": "mrc", "at": _at(points[slug])} for slug, name in names.items()]
    labels += [{"name": region.name, "kind": "region", "at": _middle([points[mrc.slug] for mrc in mrcs])} for region, mrcs in territory]
    return {"type": "FeatureCollection", "features": features, "labels": labels}


def point_of(code: str, mrc: str) -> Point:
    """Give the point of a place: that of its MRC, moved a little, always the same way for the same code, so that no two hide each other."""
    middle, mark = mrc_points()[mrc], zlib.crc32(code.encode())
    angle, far = 2 * math.pi * (mark & 0xFFFF) / 0x10000, _AROUND_DEGREES * math.sqrt((mark >> 16) / 0x10000)
    return Point(round(middle.latitude + far * math.sin(angle), 4), round(middle.longitude + 1.4 * far * math.cos(angle), 4))


def _every_line(asked: Asked) -> Iterator[dict[str, Any]]:
    """Give what is said of each place, a piece after the other; between two pieces nothing is held of the database."""
    territory, cursor = mrcs_by_region(), None
    mrcs = {mrc.slug: mrc.name for _region, inside in territory for mrc in inside}
    regions = {region.code: region.name for region, _mrcs in territory}
    industries = {sector.code: sector.name_fr for sector in sectors()}
    while True:
        found = page_of(asked, cursor, _PIECE)
        lines = [_line(entry, mrcs, regions, industries) for entry in found.rows]
        let_go()
        yield from lines
        if found.next is None:
            return
        cursor = found.next


def _line(entry: Entry, mrcs: dict[str, str], regions: dict[str, str], industries: dict[str, str]) -> dict[str, Any]:
    one, point = entry.listing, point_of(entry.listing.code, entry.listing.mrc)
    with speaking("fr"):
        status = entry.status.label
    return {
        "code": one.code,
        "statut": status,
        "employeur": one.name,
        "etablissement": one.place,
        "municipalite": one.municipality,
        "mrc": mrcs.get(one.mrc, one.mrc),
        "region": regions.get(one.region, one.region),
        "programme": entry.program,
        "secteur": industries.get(one.sector, one.sector),
        "niveau": one.level_fr,
        "embauche_eleves": one.hires_students,
        "valide_jusqu_au": one.valid_until.isoformat() if one.valid_until and entry.status.is_held else None,
        "latitude_approximative": point.latitude,
        "longitude_approximative": point.longitude,
        "verification": str(absolute_url("public.verify", code=one.code, language="fr")),
    }


def _written(fact: Any) -> Any:
    if isinstance(fact, bool):
        return "oui" if fact else "non"
    return "" if fact is None else fact


def _pin(entry: Entry) -> dict[str, Any]:
    one, point = entry.listing, point_of(entry.listing.code, entry.listing.mrc)
    facts = {"code": one.code, "name": one.name, "place": entry.place, "status": entry.status.value, "label": entry.status.label}
    return _feature(_at(point), {"kind": "employer", **facts})


def _crowd(mrc: str, name: str, count: int) -> dict[str, Any]:
    return _feature(_at(mrc_points()[mrc]), {"kind": "mrc", "mrc": mrc, "name": name, "count": count, "label": counted(count)})


def _feature(place: list[float], properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "geometry": {"type": "Point", "coordinates": place}, "properties": properties}


def _at(point: Point) -> list[float]:
    return [point.longitude, point.latitude]


def _middle(points: list[Point]) -> list[float]:
    return [round(sum(p.longitude for p in points) / len(points), 3), round(sum(p.latitude for p in points) / len(points), 3)]


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
