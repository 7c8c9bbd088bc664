"""What the directory says of each code, many at once: the same truth as the page that its QR opens; a test holds the two together."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, exists, select

from certif.certification import Badge, Certification, Reinstatement, Revocation, Suspension, Verification
from certif.directory.model import NEVER
from certif.directory.profiles import EmployerProfile, hires_by_default
from certif.directory.words import words_of
from certif.employers import Banner, Employer, Establishment
from certif.kit import clock
from certif.kit.db import db
from certif.kit.languages import folded
from certif.programs import Level, Program, ProgramVersion
from certif.standing import Status
from certif.territory import Mrc, Region

Values = dict[str, Any]
_LONGEST_KEY = 60


def listed(condition: ColumnElement[bool]) -> Iterator[tuple[Values, set[str]]]:
    """Give what each code that may be shown today says, as the values of its listing, with its words.

    Takes: a condition on `Verification`.
    """
    rows = db.session.execute(_statement().where(condition).order_by(Verification.id, Certification.cycle.desc(), Badge.issue.desc())).all()
    versions = _versions({row.version_id for row in rows if row.version_id is not None})
    for _id, cycles in itertools.groupby(rows, key=lambda row: row.verification_id):
        values = _listing(list(cycles), versions)
        if values is not None:
            yield values, words_of((values["name"], values["place"], values["municipality"], values.pop("banner")))


def _statement() -> Select[Any]:
    lifted = exists().where(Reinstatement.suspension_id == Suspension.id)
    suspended = exists().where(Suspension.certification_id == Certification.id, ~lifted)
    covers_others = exists().where(Badge.certification_id == Certification.id).correlate(Certification)
    is_path = and_(Certification.employer_id == Establishment.employer_id, Certification.program_id == Verification.program_id)
    is_badge = and_(Badge.certification_id == Certification.id, Badge.verification_id == Verification.id)
    return (
        select(
            Verification.id.label("verification_id"), Verification.code, Verification.program_id, Employer.id.label("employer_id"),
            Employer.trade_name, Employer.legal_name, Employer.sector, Employer.hires, Banner.name.label("banner"),
            Establishment.name.label("place"), Establishment.municipality, Establishment.closed_at,
            Mrc.slug.label("mrc"), Region.code.label("region"), EmployerProfile.hires_students, EmployerProfile.is_unlisted,
            Certification.version_id, covers_others.label("covers_others"), suspended.label("is_suspended"), Revocation.revoked_at,
            Badge.level, Badge.valid_from, Badge.valid_until, Badge.expires_on,
        )
        .select_from(Verification)
        .join(Establishment, Establishment.id == Verification.establishment_id)
        .join(Employer, Employer.id == Establishment.employer_id)
        .join(Mrc, Mrc.id == Establishment.mrc_id)
        .join(Program, Program.id == Verification.program_id)
        .join(Region, Region.id == Program.region_id)
        .outerjoin(Banner, Banner.id == Employer.banner_id)
        .outerjoin(EmployerProfile, EmployerProfile.employer_id == Employer.id)
        .outerjoin(Certification, is_path)
        .outerjoin(Badge, is_badge)
        .outerjoin(Revocation, Revocation.certification_id == Certification.id)
    )  # fmt: skip


def _versions(wanted: Iterable[int]) -> dict[int, tuple[dict[str, Level], bool]]:
    """Give, of each version, its levels by code, and whether it shows the paths under way."""
    found = {}
    for version in db.session.scalars(select(ProgramVersion).where(ProgramVersion.id.in_(list(wanted)))):
        rules = version.rules
        found[version.id] = ({level.code: level for level in rules.levels}, rules.shows_in_progress)
    return found


def _listing(cycles: list[Row[Any]], versions: dict[int, tuple[dict[str, Level], bool]]) -> Values | None:
    row = next((row for row in cycles if row.expires_on is not None), cycles[0])
    if row.version_id is None or row.closed_at is not None or row.is_unlisted:
        return None
    levels, shows_in_progress = versions[row.version_id]
    if row.expires_on is None:
        return _values(row, Status.IN_PROGRESS, None) if shows_in_progress and not row.covers_others else None
    if row.revoked_at is not None or clock.today() > row.expires_on:
        return None
    if row.is_suspended:
        return _values(row, Status.SUSPENDED, None)
    level = levels.get(row.level)
    status = Status.SUPPORTER if level is not None and level.is_supporter else Status.CERTIFIED
    return _values(row, status, _level_today(cycles, versions))


def _level_today(cycles: list[Row[Any]], versions: dict[int, tuple[dict[str, Level], bool]]) -> Level | None:
    """Give the level of the badge of today: one renewed early begins the day after the one before it ends, and so does its level."""
    granted = [row for row in cycles if row.expires_on is not None]
    running = next((row for row in granted if row.valid_from <= clock.today()), granted[0])
    return versions[running.version_id][0].get(running.level)


def _values(row: Row[Any], status: Status, level: Level | None) -> Values:
    name = row.trade_name or row.legal_name
    return {
        "verification_id": row.verification_id,
        "code": row.code,
        "employer_id": row.employer_id,
        "program_id": row.program_id,
        "name": name,
        "place": row.place,
        "municipality": row.municipality,
        "banner": row.banner,
        "name_key": folded(name)[:_LONGEST_KEY] or name.casefold()[:_LONGEST_KEY],
        "region": row.region,
        "mrc": row.mrc,
        "sector": row.sector,
        "level": folded(level.name.fr).replace(" ", "-") if level else "",
        "level_fr": level.name.fr if level else "",
        "level_en": level.name.en if level else "",
        "hires_students": hires_by_default(row.hires) if row.hires_students is None else row.hires_students,
        "status": status.value,
        "valid_until": row.valid_until,
        "expires_on": row.expires_on or NEVER,
    }
