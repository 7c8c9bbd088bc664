"""Credentials given: one row each, with its place in the status lists; and what these lists say today, read from the facts."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Row, Select, UniqueConstraint, and_, exists, func, select
from sqlalchemy.orm import Mapped, aliased, mapped_column
from werkzeug.exceptions import NotFound

from certif import badges
from certif.certification.model import Badge, Certification, Reinstatement, Revocation, Suspension, Verification
from certif.employers import Establishment
from certif.kit import clock, tokens
from certif.kit.db import Model, db
from certif.kit.evidence import Evidence
from certif.kit.settings import settings
from certif.kit.web import absolute_url

ISSUER = "Certif"
HALF_FULL = badges.ENTRIES // 2
"""How many credentials a list takes in: with as many free places, one drawn at random is soon found."""


class CredentialKind(StrEnum):
    """What a credential says: that a badge was given, or that a path is under way."""

    BADGE = "badge"
    IN_PROGRESS = "in_progress"


class Credential(Model):
    """A signed credential, kept as evidence byte for byte, and its place, the same in the list of each purpose.

    `issue` is that of its badge; 0 while in progress.

    Keeps: names that the public page shows, for as long as the badge it proves.
    """

    __tablename__ = "credential"
    __table_args__ = (
        UniqueConstraint("certification_id", "verification_id", "kind", "issue"),
        UniqueConstraint("list_number", "list_index"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    certification_id: Mapped[int] = mapped_column(ForeignKey("certification.id"))
    verification_id: Mapped[int] = mapped_column(ForeignKey("verification.id"), index=True)
    kind: Mapped[str]
    issue: Mapped[int]
    list_number: Mapped[int]
    list_index: Mapped[int]
    valid_until: Mapped[dt.datetime]
    digest: Mapped[str] = mapped_column(ForeignKey("evidence.digest"))
    issued_at: Mapped[dt.datetime]
    issued_by: Mapped[str]


def issuer_keys() -> list[badges.IssuerKey]:
    """Give every key of this site's issuer, the oldest first; the last one signs."""
    return badges.issuer_keys(settings().data_dir, settings().secret_key)


def issuer_document() -> dict[str, Any]:
    """Give what says which keys are the issuer's."""
    return badges.did_document(settings().public_base_url, issuer_keys())


def did() -> str:
    """Give the name of the issuer, which leads to its keys."""
    return badges.issuer_did(settings().public_base_url)


def next_place() -> tuple[int, int]:
    """Give a free place for one more credential: the number of a list, and an index drawn at random in it."""
    number = (db.session.scalar(select(func.max(Credential.id))) or 0) // HALF_FULL + 1
    while True:
        index = tokens.below(badges.ENTRIES)
        if not db.session.scalar(select(Credential.id).where(Credential.list_number == number, Credential.list_index == index)):
            return number, index


def list_addresses(number: int) -> tuple[str, ...]:
    """Give the addresses of the lists that hold places of this number, in the order of their purposes."""
    return tuple(str(absolute_url("public.status_list", name=f"{purpose}-{number}")) for purpose in badges.PURPOSES)


def list_facts(name: str) -> Row[Any]:
    """Give what the list of this name depends on, in one cheap statement: equal as long as it says the same.

    Refuses (404): a list that holds no credential.
    """
    _purpose, number = _named(name)
    newest = [select(func.max(kind.id)).scalar_subquery() for kind in (Revocation, Suspension, Reinstatement, Badge, Credential)]
    closed = select(func.max(Establishment.closed_at)).scalar_subquery()
    found = db.session.execute(select(*newest, closed).where(exists().where(Credential.list_number == number))).one_or_none()
    if found is None:
        raise NotFound
    return found


def signed_list(name: str) -> dict[str, Any]:
    """Give the list of this name, signed. The same facts, on the same day, give the same bytes."""
    purpose, number = _named(name)
    asked = _revoked(number) if purpose == badges.REVOCATION else _suspended(number)
    day = clock.midnight(clock.today()).astimezone(clock.TORONTO)
    address = str(absolute_url("public.status_list", name=name))
    base = settings().public_base_url
    document = badges.status_list(address, purpose, db.session.scalars(asked), did=did(), issuer=ISSUER, base_url=base, day=day)
    return badges.signed(document, issuer_keys()[-1], did(), day)


def purposes_against(number: int, index: int) -> list[str]:
    """Give what the lists say today of one place: the purposes for which it is set, those that weigh most first."""
    said = {badges.REVOCATION: _revoked(number), badges.SUSPENSION: _suspended(number)}
    return [purpose for purpose, asked in said.items() if _holds(asked, index)]


def originals_at(code: str) -> list[str]:
    """Give every credential that was ever given for a code, byte for byte, the newest first."""
    found = (
        select(Evidence.content).join(Credential, Credential.digest == Evidence.digest).join(Verification).where(Verification.code == code)
    )
    return [content.decode() for content in db.session.scalars(found.order_by(Credential.id.desc()))]


def _holds(asked: Any, index: int) -> bool:
    places = asked.subquery()
    return bool(db.session.scalar(select(exists().where(places.c.list_index == index))))


def _revoked(number: int) -> Select[tuple[int]]:
    """Ask for what is withdrawn for good: revoked, of a place that was closed, of a badge that another level replaced, or in progress until
    the badge came."""
    here = Credential.list_number == number
    few = Credential.list_number + 0 == number  # begin with the few that are withdrawn, and not with the whole list
    revoked = _of_cycles_up_to(Revocation.certification_id).where(few)
    closed = (
        select(Credential.list_index)
        .join(Verification, Verification.id == Credential.verification_id)
        .join(Establishment, Establishment.id == Verification.establishment_id)
        .where(Establishment.closed_at.is_not(None), few)
    )
    is_its = and_(Badge.certification_id == Credential.certification_id, Badge.verification_id == Credential.verification_id)
    replaced = (
        select(Credential.list_index)
        .join(Badge, and_(is_its, Badge.issue > Credential.issue))
        .where(Badge.issue > 1, Credential.kind == CredentialKind.BADGE.value, few)
    )
    given = exists().where(Badge.certification_id == Credential.certification_id)
    done = select(Credential.list_index).where(Credential.kind == CredentialKind.IN_PROGRESS.value, given, here)
    return revoked.union(closed, replaced, done)  # type: ignore[return-value]


def _suspended(number: int) -> Select[tuple[int]]:
    lifted = exists().where(Reinstatement.suspension_id == Suspension.id)
    return _of_cycles_up_to(Suspension.certification_id).where(~lifted, Credential.list_number + 0 == number)  # as in _revoked


def _of_cycles_up_to(decided: Any) -> Select[tuple[int]]:
    """Ask for the credentials of what was decided of, and of the cycles before it: renewed early, the badge of before still runs when the
    one that follows it is withdrawn, and the public page speaks for both."""
    named, mine = aliased(Certification), aliased(Certification)
    is_earlier = and_(mine.employer_id == named.employer_id, mine.program_id == named.program_id, mine.cycle <= named.cycle)
    found = select(Credential.list_index).select_from(decided.class_).join(named, named.id == decided).join(mine, is_earlier)
    return found.join(Credential, Credential.certification_id == mine.id)


def _named(name: str) -> tuple[str, int]:
    purpose, _dash, number = name.partition("-")
    if purpose not in badges.PURPOSES or not number.isascii() or not number.isdecimal() or number.startswith("0") or len(number) > 6:
        raise NotFound
    return purpose, int(number)
