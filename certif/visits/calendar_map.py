"""Meetings and stops of tours as the map of the house takes them: about the main town of their MRC, never at a door."""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterable
from typing import Any

from certif.kit.languages import format_day
from certif.territory import Mrc, mrc_points, mrcs_by_region
from certif.visits.model import VISIT_KINDS, Visit, VisitKind
from certif.visits.plan_travel import is_past
from certif.visits.queries import day_of, hour_of, is_all_day, name_of
from certif.visits.tour_queries import COVERAGES, LOOKS, Stop

_AROUND_DEGREES = 0.06


def map_of_visits(visits: Iterable[Visit]) -> dict[str, Any]:
    """Give meetings as GeoJSON; those without an MRC are in the list only."""
    return _whole([_visit(visit, visit.mrc) for visit in visits if visit.mrc is not None and visit.mrc.slug in mrc_points()])


def map_of_stops(stops: Iterable[Stop]) -> dict[str, Any]:
    """Give the stops of a tour as GeoJSON, each with where it stands; those without an MRC are in the list only."""
    return _whole([_stop(stop, stop.mrc) for stop in stops if stop.mrc is not None and stop.mrc.slug in mrc_points()])


def _visit(visit: Visit, mrc: Mrc) -> dict[str, Any]:
    when = format_day(day_of(visit)) if is_all_day(visit) else f"{format_day(day_of(visit))}, {hour_of(visit.starts_at)}"
    said = {"code": visit.ref, "name": name_of(visit), "place": when, "label": str(VISIT_KINDS[VisitKind(visit.kind)])}
    return _feature(visit.ref, mrc, {"kind": "visit", "status": "expired" if is_past(visit) else "in_progress", **said})


def _stop(stop: Stop, mrc: Mrc) -> dict[str, Any]:
    said = {"name": stop.name, "place": mrc.name, "label": str(COVERAGES[stop.coverage]), "mrc": stop.stop.ref}
    return _feature(stop.stop.ref, mrc, {"kind": "stop", "status": LOOKS[stop.coverage], **said})


def _feature(code: str, mrc: Mrc, properties: dict[str, Any]) -> dict[str, Any]:
    middle, mark = mrc_points()[mrc.slug], zlib.crc32(code.encode())
    angle, far = 2 * math.pi * (mark & 0xFFFF) / 0x10000, _AROUND_DEGREES * math.sqrt((mark >> 16) / 0x10000)
    place = [round(middle.longitude + 1.4 * far * math.cos(angle), 4), round(middle.latitude + far * math.sin(angle), 4)]
    return {"type": "Feature", "geometry": {"type": "Point", "coordinates": place}, "properties": properties}


def _whole(features: list[dict[str, Any]]) -> dict[str, Any]:
    points = mrc_points()
    inside = [mrc for _region, mrcs in mrcs_by_region() for mrc in mrcs if mrc.slug in points]
    labels = [{"name": mrc.name, "kind": "mrc", "at": [points[mrc.slug].longitude, points[mrc.slug].latitude]} for mrc in inside]
    return {"type": "FeatureCollection", "features": features, "labels": labels}
