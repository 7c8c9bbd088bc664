"""Hundreds of thousands of certified employers, inserted in batches: to see how the site holds, not to tell a story."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any

from sqlalchemy import func, insert, select

from certif import territory
from certif.certification import Badge, Certification, Decision, Verification
from certif.employers import Employer, Establishment
from certif.kit import clock, evidence, tokens
from certif.kit.db import Model, db, transaction
from certif.kit.languages import folded
from certif.programs import ProgramVersion, is_paused, version_in_force

BATCH = 2000
Ids = dict[type[Model], int]
_KINDS = (
    "Boulangerie",
    "Épicerie",
    "Pharmacie",
    "Quincaillerie",
    "Garage",
    "Librairie",
    "Ferme",
    "Resto",
    "Salon",
    "Dépanneur",
    "Traiteur",
    "Clinique",
)
_NAMES = (
    "Tremblay",
    "Gagnon",
    "Roy",
    "Côté",
    "Bouchard",
    "Gauthier",
    "Morin",
    "Lavoie",
    "Fortin",
    "Gagné",
    "Ouellet",
    "Pelletier",
    "Bélanger",
    "Lévesque",
)
_PLACES = (
    "du Lac",
    "de la Rivière",
    "du Pont",
    "des Pins",
    "de la Gare",
    "du Marché",
    "du Vieux-Moulin",
    "des Érables",
    "du Village",
    "de la Côte",
)
_SECTORS = ("44-45", "72", "71", "81", "62", "11", "23", "31-33", "91")


def load(count: int, seed: int) -> None:
    """Insert `count` certified employers over the programs that are open. The same for the same seed."""
    versions = [
        version
        for version in db.session.scalars(select(ProgramVersion).where(ProgramVersion.published_at.is_not(None)))
        if _is_open(version)
    ]
    around = {version.id: territory.mrcs(version.program.region) for version in versions}
    source = random.Random(seed)  # noqa: S311 — a demonstration, the same each time
    with tokens.drawn_from(seed + 1):
        for first in range(0, count, BATCH):
            with transaction():
                _insert(range(first, min(first + BATCH, count)), versions, around, source)


def _is_open(version: ProgramVersion) -> bool:
    return version_in_force(version.program) is version and not is_paused(version.program)


def _insert(numbers: range, versions: list[ProgramVersion], around: dict[int, list[territory.Mrc]], source: random.Random) -> None:
    """Insert one batch, parents first, with ids counted from the highest there is."""
    specimen = evidence.keep(b"A specimen: the certificate of an employer made in bulk.", "text/plain")
    first = {
        kind: (db.session.scalar(select(func.max(kind.id))) or 0) + 1
        for kind in (Employer, Establishment, Verification, Certification, Decision, Badge)
    }
    rows: dict[type[Model], list[dict[str, Any]]] = {kind: [] for kind in first}
    for offset, number in enumerate(numbers):
        version = source.choice(versions)
        ids: Ids = {kind: start + offset for kind, start in first.items()}
        for kind, row in _one(number, version, source.choice(around[version.id]), ids=ids, specimen=specimen, source=source):
            rows[kind].append({"id": ids[kind], **row})
    for kind, batch in rows.items():
        db.session.execute(insert(kind), batch)
    follow_ids(list(rows))


def _one(
    number: int, version: ProgramVersion, mrc: territory.Mrc, *, ids: Ids, specimen: str, source: random.Random
) -> Iterator[tuple[type[Model], dict[str, Any]]]:
    name = f"{source.choice(_KINDS)} {source.choice(_NAMES)} {source.choice(_PLACES)} {number + 1}"
    granted = clock.now() - dt.timedelta(days=source.randrange(1, 300))
    level = next((level.code for level in version.rules.earned_levels), None)
    day = granted.astimezone(clock.TORONTO).date()
    yield Employer, _employer(number, name, granted, source)
    yield Establishment, {
        "ref": tokens.ref(), "employer_id": ids[Employer], "name": name, "address": f"{number + 1}, rue Principale",
        "municipality": mrc.name, "postal_code": "G1R 4S9", "mrc_id": mrc.id, "is_main": True, "closed_at": None,
    }  # fmt: skip
    yield (
        Verification,
        {
            "code": tokens.ref(),
            "establishment_id": ids[Establishment],
            "program_id": version.program_id,
            "issued_at": granted,
            "issued_by": "system",
        },
    )
    yield Certification, {
        "ref": tokens.ref(), "employer_id": ids[Employer], "program_id": version.program_id, "version_id": version.id,
        "contribution_id": None, "cycle": 1, "opened_at": granted, "opened_by": "system",
    }  # fmt: skip
    yield Decision, {
        "certification_id": ids[Certification], "number": 1, "is_granted": True, "level": level, "visited_on": None, "reason": "",
        "decided_at": granted, "decided_by": "system", "decider": "Certif",
    }  # fmt: skip
    valid_until = version.valid_until(day)
    yield Badge, {
        "certification_id": ids[Certification], "verification_id": ids[Verification], "level": level,
        "number": f"{version.program.region.code}-{day.year}-{100_000 + number}", "valid_from": day, "valid_until": valid_until,
        "expires_on": version.grace_until(valid_until), "certificate_digest": specimen,
    }  # fmt: skip


def follow_ids(kinds: list[type[Model]]) -> None:
    """Let PostgreSQL count on from the ids that were given here."""
    if db.session.get_bind().dialect.name != "postgresql":
        return
    for kind in kinds:
        name = kind.__tablename__
        highest = select(func.max(kind.id)).scalar_subquery()  # type: ignore[attr-defined]
        db.session.execute(select(func.setval(func.pg_get_serial_sequence(f'"{name}"', "id"), highest)))


def _employer(number: int, name: str, registered_at: dt.datetime, source: random.Random) -> dict[str, Any]:
    return {
        "ref": tokens.ref(), "neq": f"22{number:08d}", "legal_name": name, "name_key": folded(name), "trade_name": None, "banner_id": None,
        "kind": "company", "sector": source.choice(_SECTORS), "size": source.choice(("1-4", "5-19", "20-99")), "hires": "students",
        "federally_regulated": False, "contact_name": "Personne-ressource", "contact_role": "Direction",
        "contact_email": f"contact-{number + 1}@exemple.com", "contact_phone": None, "website": None, "language": "fr",
        "registered_at": registered_at, "registered_by": "system",
    }  # fmt: skip
