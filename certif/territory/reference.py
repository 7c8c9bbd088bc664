"""The reference data: the files of `data/`, brought into the tables whenever they have changed.

A row that leaves a file stays in the table, since others may point at it; a link that leaves a file is removed.
Partners that staff added are never touched.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from certif.kit.db import Model, db, lock, transaction
from certif.territory.model import Mrc, MrcRegion, Partner, PartnerTerritory, ReferenceData, Region, Sector

DATA = Path(__file__).parent / "data"

_NAME = "territory"

Line = dict[str, str | None]


def load_reference_data(data: Path = DATA) -> bool:
    """Bring the tables up to the data files, in a unit of work of its own.

    Takes: `data`, the folder of the files; another one only in tests.
    Gives: whether anything had to be loaded. Nothing to load costs one query; two processes that load at once load one after the other.
    """
    digest = _digest_of(data)
    known = db.session.get(ReferenceData, _NAME, populate_existing=True)
    if known is not None and known.digest == digest:
        return False
    with transaction():
        state = _hold_state()
        if state.digest == digest:
            return False
        _load_regions(data)
        _load_mrcs(data)
        _load_partners(data)
        state.digest = digest
    return True


@cache
def sectors() -> tuple[Sector, ...]:
    """Give the 20 sectors of SCIAN 2022, in the order of their codes."""
    with (DATA / "sectors.csv").open(encoding="utf-8", newline="") as file:
        return tuple(Sector(**line) for line in csv.DictReader(file))


@dataclass(frozen=True)
class Point:
    """Where an MRC is shown on a map: about its main town, never its border. Source and confidence: `data/mrc_points.csv`."""

    latitude: float
    longitude: float


@cache
def mrc_points() -> dict[str, Point]:
    """Give the approximate point of each MRC, by slug. Not verified: within some 0.2 degree of its main town."""
    with (DATA / "mrc_points.csv").open(encoding="utf-8", newline="") as file:
        return {line["mrc"]: Point(float(line["latitude"]), float(line["longitude"])) for line in csv.DictReader(file)}


def _digest_of(data: Path) -> str:
    whole = hashlib.sha256()
    for path in sorted(data.glob("*.csv")):
        whole.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return whole.hexdigest()


def _lines(data: Path, name: str) -> list[Line]:
    with (data / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [{key: value or None for key, value in line.items()} for line in csv.DictReader(file)]


def _hold_state() -> ReferenceData:
    insert = (postgresql if db.session().get_bind().dialect.name == "postgresql" else sqlite).insert(ReferenceData)
    db.session.execute(insert.values(name=_NAME, digest="").on_conflict_do_nothing())
    return lock(db.session.get_one(ReferenceData, _NAME))


def _load_regions(data: Path) -> None:
    found = {region.code: region for region in db.session.scalars(select(Region))}
    for line in _lines(data, "regions"):
        _put(found.get(str(line["code"])), Region, line)
    db.session.flush()


def _load_mrcs(data: Path) -> None:
    found = {mrc.slug: mrc for mrc in db.session.scalars(select(Mrc))}
    for line in _lines(data, "mrcs"):
        _put(found.get(str(line["slug"])), Mrc, line)
    db.session.flush()
    regions, mrcs = _region_ids(), _mrc_ids()
    _relink(
        MrcRegion,
        {},
        [{**_dated(line), "mrc_id": mrcs[line["mrc"]], "region_id": regions[line["region"]]} for line in _lines(data, "mrc_regions")],
    )


def _load_partners(data: Path) -> None:
    found = {partner.ref: partner for partner in db.session.scalars(select(Partner))}
    lines = _lines(data, "partners")
    for line in lines:
        _put(found.get(str(line["ref"])), Partner, line)
    db.session.flush()
    refs = {line["ref"] for line in lines}
    partners = {partner.ref: partner.id for partner in db.session.scalars(select(Partner)) if partner.ref in refs}
    regions, mrcs = _region_ids(), _mrc_ids()
    wanted = [
        {
            **_dated(line),
            "partner_id": partners[str(line["partner"])],
            "region_id": regions[line["region"]] if line["region"] else None,
            "mrc_id": mrcs[line["mrc"]] if line["mrc"] else None,
        }
        for line in _lines(data, "partner_territories")
    ]
    _relink(PartnerTerritory, {"partner_id": frozenset(partners.values())}, wanted)


def _region_ids() -> dict[str | None, int]:
    return {region.code: region.id for region in db.session.scalars(select(Region))}


def _mrc_ids() -> dict[str | None, int]:
    return {mrc.slug: mrc.id for mrc in db.session.scalars(select(Mrc))}


def _dated(line: Line) -> dict[str, object]:
    days = {key: dt.date.fromisoformat(line[key] or "") if line[key] else None for key in ("from_on", "until_on")}
    return {**days, "source": line["source"], "confidence": line["confidence"]}


def _put(row: Model | None, kind: type[Model], line: Line) -> None:
    """Make the row, or change only what differs."""
    if row is None:
        db.session.add(kind(**line))
        return
    for name, value in line.items():
        if getattr(row, name) != value:
            setattr(row, name, value)


def _relink(kind: type[MrcRegion] | type[PartnerTerritory], only: Mapping[str, frozenset[int]], wanted: list[dict[str, object]]) -> None:
    """Make the links of `kind` (of the owners in `only`, where given) exactly the wanted ones, keeping those that are right."""
    missing: dict[tuple[tuple[str, object], ...], dict[str, object]] = {
        tuple((name, link[name]) for name in sorted(link)): link for link in wanted
    }
    for row in db.session.scalars(select(kind)):
        if any(getattr(row, name) not in owners for name, owners in only.items()):
            continue
        known = tuple((name, getattr(row, name)) for name in sorted(wanted[0]))
        if missing.pop(known, None) is None:
            db.session.delete(row)
    db.session.add_all(kind(**link) for link in missing.values())
    db.session.flush()
