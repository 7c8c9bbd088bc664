"""Questions about orders of kits: whom they are for, who may see them, how far they have come."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import ColumnElement, Select, and_, exists, func, select, true
from werkzeug.exceptions import NotFound

from certif.certification import Badge, Certification, Revocation, Stage, Verification, at
from certif.employers import Establishment
from certif.kit import clock
from certif.kit.access import Actor, Role
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.kit.languages import _
from certif.programs import Program
from certif.visibility import batches
from certif.visibility.model import KitOrder, KitPart, OrderedKit, TypesetKit

KIT_MAKERS = (Role.ADMIN, Role.MANAGER, Role.AGENT)
"""Who orders kits and prints stickers."""

PAGE = 25


@dataclass(frozen=True)
class Part:
    """One file of an order: `is_there`, whether it can be fetched now."""

    number: int
    kits: int
    size_bytes: int
    is_there: bool


@dataclass(frozen=True)
class Progress:
    """How far an order has come. `withdrawn`: the parts that hold the kit of a certification revoked since, to be made again without it."""

    total: int
    done: int
    left_out: int
    parts: list[Part]
    keeps_until: dt.date
    withdrawn: list[int]

    @property
    def is_whole(self) -> bool:
        """Whether everything can be fetched now."""
        return all(part.is_there for part in self.parts)

    @property
    def percent(self) -> int:
        """How much is done, in hundredths."""
        return 100 * self.done // self.total if self.total else 100


def certified_in(program: Program, *, only_new: bool) -> list[int]:
    """Give the ids of the public codes that hold a badge in this program today. `only_new`: those whose kit was never ordered."""
    never = ~exists().where(OrderedKit.verification_id == Badge.verification_id)
    query = (
        select(Badge.verification_id)
        .join(Certification, Certification.id == Badge.certification_id)
        .join(Verification, Verification.id == Badge.verification_id)
        .join(Establishment, Establishment.id == Verification.establishment_id)
        .where(Certification.program_id == program.id, at(Stage.CERTIFIED), Badge.expires_on >= clock.today())
        .where(Establishment.closed_at.is_(None), never if only_new else true())
        .group_by(Badge.verification_id)
        .order_by(Badge.verification_id)
    )
    return list(db.session.scalars(query))


def orders_of(actor: Actor, after: str | None) -> tuple[list[tuple[KitOrder, int, int]], str | None]:
    """Give the orders that this person may see, newest first, each with how many kits it has and how many are done; and where the next
    page begins.

    Takes: `after`, the ref of the last order of the page before.
    """
    query = select(KitOrder).where(_is_seen_by(actor))
    last = db.session.scalar(select(KitOrder.id).where(KitOrder.ref == after)) if after else None
    if last is not None:
        query = query.where(KitOrder.id < last)
    found = list(db.session.scalars(query.order_by(KitOrder.id.desc()).limit(PAGE + 1)))
    shown = found[:PAGE]
    counts = {row[0]: (row[1], row[2]) for row in db.session.execute(_counts([order.id for order in shown]))}
    return [(order, *counts.get(order.id, (0, 0))) for order in shown], shown[-1].ref if len(found) > PAGE else None


def order_of(actor: Actor, ref: str) -> KitOrder:
    """Give the order of this ref. Refuses (404) any that this person may not see."""
    found = db.session.scalar(select(KitOrder).where(KitOrder.ref == ref, _is_seen_by(actor)))
    if found is None:
        raise NotFound
    return found


def progress_of(order: KitOrder) -> Progress:
    """Say how far an order has come."""
    counted = select(OrderedKit.part, func.count(), func.count(TypesetKit.id)).outerjoin(TypesetKit).where(OrderedKit.order_id == order.id)
    rows = db.session.execute(counted.group_by(OrderedKit.part).order_by(OrderedKit.part)).all()
    left_out = db.session.scalar(
        select(func.count()).select_from(TypesetKit).join(OrderedKit).where(OrderedKit.order_id == order.id, TypesetKit.is_left_out)
    )
    closed = {part.number: part.size_bytes for part in db.session.scalars(select(KitPart).where(KitPart.order_id == order.id))}
    withdrawn = withdrawn_parts(order)
    there = {row[0] for row in rows if row[0] not in withdrawn and batches.path_of(order, row[0]).exists()}
    parts = [Part(part, total, closed.get(part, 0), part in there) for part, total, _done in rows]
    last = order.ordered_at.astimezone(clock.TORONTO).date() + dt.timedelta(days=batches.KEPT_DAYS)
    return Progress(sum(row[1] for row in rows), sum(row[2] for row in rows), left_out or 0, parts, last, withdrawn)


def withdrawn_parts(order: KitOrder) -> list[int]:
    """Give the parts, on the disk or not, that hold the kit of a certification revoked since they were made."""
    query = (
        select(OrderedKit.part)
        .join(KitPart, and_(KitPart.order_id == OrderedKit.order_id, KitPart.number == OrderedKit.part))
        .join(Verification, Verification.id == OrderedKit.verification_id)
        .join(Establishment, Establishment.id == Verification.establishment_id)
        .join(
            Certification,
            and_(Certification.employer_id == Establishment.employer_id, Certification.program_id == Verification.program_id),
        )
        .join(Revocation, Revocation.certification_id == Certification.id)
        .where(OrderedKit.order_id == order.id, Revocation.revoked_at >= KitPart.closed_at)
    )
    return sorted(set(db.session.scalars(query)))


def part_to_fetch(order: KitOrder, number: int) -> Path:
    """Give where a part of an order is.

    Refuses: one that holds the kit of a certification revoked since (404: one that is not on the disk).
    """
    path = batches.path_of(order, number)
    if not path.exists():
        raise NotFound
    if number in withdrawn_parts(order):
        raise Refusal(_("Une certification de cette partie est révoquée depuis. Relancez la commande : elle sera refaite sans elle."))
    return path


def _counts(ids: list[int]) -> Select[tuple[int, int, int]]:
    return (
        select(OrderedKit.order_id, func.count(), func.count(TypesetKit.id))
        .outerjoin(TypesetKit, TypesetKit.ordered_kit_id == OrderedKit.id)
        .where(OrderedKit.order_id.in_(ids))
        .group_by(OrderedKit.order_id)
    )


def _is_seen_by(actor: Actor) -> ColumnElement[bool]:
    programs = actor.program_ids(*KIT_MAKERS)
    return KitOrder.program_id.in_(programs) if programs is not None else true()
