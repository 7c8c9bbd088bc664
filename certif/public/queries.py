"""What everyone may know of a code: one indexed statement, whatever the number of employers."""

from __future__ import annotations

import datetime as dt
import itertools
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from typing import Any

from sqlalchemy import Row, Select, Text, and_, bindparam, case, cast, exists, func, select
from werkzeug.exceptions import NotFound

from certif.certification import (
    Badge,
    Certification,
    ContractSignature,
    Credential,
    CredentialKind,
    Reinstatement,
    Revocation,
    Suspension,
    Verification,
    signature_counts,
    unbroken,
)
from certif.directory import EmployerProfile
from certif.employers import Employer, Establishment
from certif.kit import clock
from certif.kit.db import db
from certif.kit.web import absolute_url
from certif.network import ambassador_in, is_founder
from certif.nominations import open_campaign
from certif.programs import Level, Program, ProgramVersion, PromiseAndFloor, criteria_of, is_paused_clause, promise_and_floor, sentence
from certif.public.later import Later, later_column, read_later
from certif.public.profiles import PROFILE, Profile, profile_in
from certif.public.teams import TEAM, Team, team_in
from certif.standing import Status
from certif.surveys import is_asking
from certif.territory import Mrc, Partner, Region


@dataclass(frozen=True)
class Shown:
    """What a code says today.

    `valid_from` and `valid_until` are None while nothing was granted; `since` is the first day held without a gap, and `valid_until` the
    last day granted, that of the next cycle once it is; `credential` is the SHA-256 of its credential, once it is signed; `is_asking`,
    whether students may answer a survey here today; `contest`, the public name of the one where they may name this boss today, if any;
    `ambassador`, the MRC where the employer speaks for the program.
    """

    code: str
    status: Status
    employer: str
    establishment: str
    municipality: str
    mrc: str
    region: str
    program: str
    body: str
    team: Team
    is_closed: bool
    version: ProgramVersion
    picked: tuple[str, ...] = ()
    later: tuple[Later, ...] = ()
    number: str | None = None
    level: Level | None = None
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None
    since: dt.date | None = None
    revoked_on: dt.date | None = None
    credential: str | None = None
    profile: Profile | None = None
    is_asking: bool = False
    contest: str = ""
    is_founder: bool = False
    ambassador: str = ""

    @property
    def is_in_grace(self) -> bool:
        """Whether the last day has passed but the certification may still be renewed without a gap."""
        return self.status.is_held and self.valid_until is not None and self.valid_until < clock.today()

    @property
    def place(self) -> str:
        """The establishment and its municipality, the name left out where it only repeats the employer's."""
        return self.municipality if self.establishment == self.employer else f"{self.establishment}, {self.municipality}"


Facts = Sequence[Row[Any]]
"""What is known of a code, the newest cycle first, read in one statement and equal as long as nothing has changed."""


def facts_at(code: str) -> Facts:
    """Read what is known of a code, however it is typed: capitals and dashes do not count."""
    return db.session.execute(_statement(), {"code": code.replace("-", "").upper()}).all()


def shown_at(code: str) -> Shown:
    """Give what the public may know of a code. Refuses (404) as `shown_by` does."""
    return shown_by(facts_at(code))


def shown_by(facts: Facts) -> Shown:
    """Give what these facts say today.

    Refuses (404): a code that was never given; one whose path is under way in a program that does not show it, alike.
    """
    granted = [row for row in facts if row.number is not None]
    if granted:
        return _held(granted)
    if not facts or facts[0].rules is None or facts[0].covers_others or not _version(facts[0]).rules.shows_in_progress:
        raise NotFound
    return _shown(facts[0], Status.PAUSED if facts[0].is_paused else Status.IN_PROGRESS)


def granted_between(first: int, last: int) -> list[Shown]:
    """Give what is worth today each code that was ever granted something, of those numbered from `first` to `last`: one statement."""
    rows = db.session.execute(_facts().where(Verification.id.between(first, last)).order_by(Verification.id, *_NEWEST_FIRST))
    groups = ([row for row in group if row.number is not None] for _code, group in groupby(rows, key=lambda row: row.code))
    return [_held(granted) for granted in groups if granted]


def promise_of(shown: Shown) -> PromiseAndFloor | None:
    """Give what this employer promises, the commitments it picked included, and beside it what the law demands of all.

    Nothing is promised while the certification does not count; a supporter, who employs no student, promises what its level asks.
    """
    if not shown.status.is_held:
        return None
    if shown.status is Status.SUPPORTER and shown.level is not None:
        return PromiseAndFloor(tuple(dict(criteria_of(shown.version.rules))[str(shown.level.name)]), ())
    told = {one.commitment: one.said(shown.version) for one in shown.later}
    sides = promise_and_floor(shown.version, told=told)
    picked = (one for one in shown.version.commitments if one.id in shown.picked and not one.is_required)
    return PromiseAndFloor((*sides.promise, *(told.get(one.id) or sentence(str(one.text)) for one in picked)), sides.floor)


def as_json(shown: Shown) -> dict[str, str | None]:
    """Give the same to programs, names in French. `credential`: the address of the Open Badges credential, when there is one."""
    return {
        "code": shown.code,
        "status": shown.status.value,
        "employer": shown.employer,
        "establishment": shown.establishment,
        "municipality": shown.municipality,
        "region": shown.region,
        "level": shown.level.name.fr if shown.level else None,
        "valid_from": shown.valid_from.isoformat() if shown.valid_from else None,
        "valid_until": shown.valid_until.isoformat() if shown.valid_until else None,
        "credential": str(absolute_url("public.credential_json", code=shown.code)) if shown.credential else None,
    }


_NEWEST_FIRST = Certification.cycle.desc(), Badge.issue.desc()


@cache
def _statement() -> Select[Any]:
    return _facts().where(Verification.code == bindparam("code")).order_by(*_NEWEST_FIRST)


@cache
def _facts() -> Select[Any]:
    lifted = exists().where(Reinstatement.suspension_id == Suspension.id)
    suspended = exists().where(Suspension.certification_id == Certification.id, ~lifted)
    covers_others = exists().where(Badge.certification_id == Certification.id).correlate(Certification)
    is_path = and_(Certification.employer_id == Establishment.employer_id, Certification.program_id == Verification.program_id)
    is_badge = and_(Badge.certification_id == Certification.id, Badge.verification_id == Verification.id)
    kind = case((Badge.id.is_not(None), CredentialKind.BADGE.value), else_=CredentialKind.IN_PROGRESS.value)
    is_credential = and_(
        Credential.certification_id == Certification.id, Credential.verification_id == Verification.id, Credential.kind == kind,
        Credential.issue == func.coalesce(Badge.issue, 0),
    )  # fmt: skip
    return (
        select(
            Verification.code, Employer.trade_name, Employer.legal_name,
            Establishment.name.label("establishment"), Establishment.municipality, Establishment.closed_at,
            Mrc.name.label("mrc"), Region.name.label("region"), Program.name.label("program"), Partner.name.label("body"),
            is_paused_clause().label("is_paused"), covers_others.label("covers_others"), suspended.label("is_suspended"),
            Revocation.revoked_at, Badge.number, Badge.level, Badge.valid_from, Badge.valid_until, Badge.expires_on,
            *TEAM, *PROFILE, later_column(),
            ContractSignature.commitments, ProgramVersion.requires_signature, cast(ProgramVersion.rules_json, Text).label("rules"),
            Credential.digest.label("credential"), is_asking(Program.id).label("is_asking"), open_campaign().label("contest"),
            is_founder(Employer.id, Program.id).label("is_founder"), ambassador_in(Employer.id, Program.id).label("ambassador"),
        )
        .select_from(Verification)
        .join(Establishment, Establishment.id == Verification.establishment_id)
        .join(Employer, Employer.id == Establishment.employer_id)
        .join(Mrc, Mrc.id == Establishment.mrc_id)
        .join(Program, Program.id == Verification.program_id)
        .join(Region, Region.id == Program.region_id)
        .join(Partner, Partner.id == Program.body_id)
        .outerjoin(EmployerProfile, EmployerProfile.employer_id == Employer.id)
        .outerjoin(Certification, is_path)
        .outerjoin(Badge, is_badge)
        .outerjoin(Credential, is_credential)
        .outerjoin(Revocation, Revocation.certification_id == Certification.id)
        .outerjoin(ContractSignature, and_(ContractSignature.certification_id == Certification.id, signature_counts()))
        .outerjoin(ProgramVersion, ProgramVersion.id == Certification.version_id)
    )  # fmt: skip


def _status(row: Row[Any]) -> Status:
    """Give what the newest badge of a code is worth today; the first that fits."""
    level = _level(row.rules, row.level)
    facts = {
        Status.REVOKED: row.revoked_at is not None,
        Status.EXPIRED: row.closed_at is not None or clock.today() > row.expires_on,
        Status.SUSPENDED: row.is_suspended,
        Status.PAUSED: row.is_paused,
        Status.SUPPORTER: level is not None and level.is_supporter,
        Status.CERTIFIED: True,
    }
    return next(status for status, fits in facts.items() if fits)


def _held(granted: Sequence[Row[Any]]) -> Shown:
    """Give what the badges of a code say today: the one that runs, good until the last day granted."""
    return _shown(_running(granted), _status(granted[0]), since=_held_since(granted), until=granted[0].valid_until)


def _running(granted: Sequence[Row[Any]]) -> Row[Any]:
    """Give the badge of today: the newest that has begun. One renewed early begins the day after the one before it ends."""
    return next((row for row in granted if row.valid_from <= clock.today()), granted[0])


def _held_since(granted: Sequence[Row[Any]]) -> dt.date | None:
    """Give the first day of the badges that follow one another without a gap, the newest first."""
    whole = itertools.takewhile(lambda row: row is granted[0] or row.revoked_at is None, granted)
    return unbroken((row.valid_from, row.expires_on) for row in whole)


def _version(row: Row[Any]) -> ProgramVersion:
    """Give what a row holds of its version: the rules, and whether a contract is signed. Published, it is never changed."""
    return ProgramVersion(rules_json=_rules(row.rules), requires_signature=row.requires_signature)


@lru_cache(64)
def _rules(text: str) -> Any:
    return json.loads(text)


@lru_cache(256)
def _level(rules: str, code: str | None) -> Level | None:
    return ProgramVersion(rules_json=_rules(rules)).level(code)


def _shown(row: Row[Any], status: Status, since: dt.date | None = None, until: dt.date | None = None) -> Shown:
    version = _version(row)
    return Shown(
        code=row.code,
        status=status,
        employer=row.trade_name or row.legal_name,
        establishment=row.establishment,
        municipality=row.municipality,
        mrc=row.mrc,
        region=row.region,
        program=row.program,
        body=row.body,
        team=team_in(row),
        is_closed=row.closed_at is not None,
        version=version,
        picked=tuple(row.commitments or ()),
        later=read_later(row.later),
        number=row.number,
        level=_level(row.rules, row.level),
        valid_from=row.valid_from,
        valid_until=until,
        since=since,
        revoked_on=row.revoked_at.astimezone(clock.TORONTO).date() if row.revoked_at else None,
        credential=row.credential,
        profile=profile_in(row) if status.is_held else None,
        is_asking=row.is_asking and row.closed_at is None,
        contest=row.contest or "" if row.closed_at is None else "",
        is_founder=row.is_founder and status.is_held,
        ambassador=row.ambassador or "" if status.is_held else "",
    )
