"""Questions about printed stickers: lots, who holds how many, what hangs where, what is to be replaced."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select, true
from sqlalchemy.orm import aliased, selectinload
from werkzeug.exceptions import NotFound

from certif.accounts import User
from certif.certification import Badge, Certification, Stage, Verification, at
from certif.kit import clock
from certif.kit.access import Actor
from certif.kit.db import db
from certif.visibility.orders import KIT_MAKERS, PAGE
from certif.visibility.serials import Sticker, StickerAssignment, StickerHandover, StickerLot, StickerRetirement, StickerScan

SHOWN = 50
_LABEL = re.compile(r"0*([0-9]{1,9})\s*-\s*0*([0-9]{1,4})")


@dataclass(frozen=True)
class LotRow:
    """One lot in a list: how many are still in stock, and how many hang somewhere."""

    lot: StickerLot
    in_stock: int
    hung: int


@dataclass(frozen=True)
class Scans:
    """What is known of the scans of a sticker: the last day, and each of the last thirty days on which there were any."""

    total: int
    last_on: dt.date | None
    days: list[tuple[dt.date, int]]


def lots_of(actor: Actor, after: str | None) -> tuple[list[LotRow], str | None]:
    """Give the lots that this person may see, newest first, and where the next page begins.

    Takes: `after`, the ref of the last lot of the page before.
    """
    query = select(StickerLot).where(_is_seen_by(actor))
    last = db.session.scalar(select(StickerLot.id).where(StickerLot.ref == after)) if after else None
    if last is not None:
        query = query.where(StickerLot.id < last)
    found = list(db.session.scalars(query.order_by(StickerLot.id.desc()).limit(PAGE + 1)))
    shown = found[:PAGE]
    counts = {row[0]: row for row in db.session.execute(_counts([lot.id for lot in shown]))}
    rows = [LotRow(lot, counts[lot.id][1], counts[lot.id][2]) for lot in shown]
    return rows, shown[-1].ref if len(found) > PAGE else None


def lot_of(actor: Actor, ref: str) -> StickerLot:
    """Give the lot of this ref. Refuses (404) any that this person may not see."""
    found = db.session.scalar(select(StickerLot).where(StickerLot.ref == ref, _is_seen_by(actor)))
    if found is None:
        raise NotFound
    return found


def stickers_of(lot: StickerLot) -> list[Sticker]:
    """Give the stickers of a lot, in the order they are printed, with all that became of them."""
    whole = (
        selectinload(Sticker.handover).selectinload(StickerHandover.user),
        selectinload(Sticker.assignment).selectinload(StickerAssignment.verification).selectinload(Verification.establishment),
        selectinload(Sticker.retirement),
    )
    return list(db.session.scalars(select(Sticker).where(Sticker.lot_id == lot.id).order_by(Sticker.number).options(*whole)))


def sticker_of(actor: Actor, serial: str) -> Sticker:
    """Give the sticker of this serial to staff of its program. Refuses (404) any other."""
    query = select(Sticker).join(StickerLot).where(Sticker.ref == serial, _is_seen_by(actor))
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    return found


def find_sticker(actor: Actor, typed: str) -> Sticker | None:
    """Find a sticker by what is printed on it: its short number, its serial, or the whole address; among those this person may see."""
    label = _LABEL.fullmatch(typed.strip())
    which = (
        and_(StickerLot.number == int(label[1]), Sticker.number == int(label[2]))
        if label
        else Sticker.ref == typed.strip().rstrip("/").split("/")[-1].upper()
    )
    return db.session.scalar(select(Sticker).join(StickerLot).where(which, _is_seen_by(actor)))


def sticker_at(serial: str) -> Sticker:
    """Give the sticker of this serial, however it is typed, to anyone who has it before their eyes. Refuses (404) any other."""
    found = db.session.scalar(select(Sticker).where(Sticker.ref == serial.replace("-", "").upper()))
    if found is None:
        raise NotFound
    return found


def stock_of(actor: Actor) -> list[tuple[User, int]]:
    """Give how many stickers each person holds that hang nowhere yet, those who hold most first."""
    query = (
        select(User, func.count())
        .join(StickerHandover, StickerHandover.user_id == User.id)
        .join(Sticker, Sticker.handover_id == StickerHandover.id)
        .join(StickerLot, StickerLot.id == Sticker.lot_id)
        .where(_is_seen_by(actor), _is_in_stock())
        .group_by(User.id)
        .order_by(func.count().desc(), User.id)
    )
    return [(row[0], row[1]) for row in db.session.execute(query.limit(SHOWN))]


def to_replace(actor: Actor) -> list[Sticker]:
    """Give the stickers that hang somewhere and no longer say what is true: certified where nothing is held any more, or in progress where
    the badge has come.
    """
    later, newer = aliased(Certification), aliased(Badge)
    same = later.employer_id == Certification.employer_id, later.program_id == Certification.program_id, later.cycle > Certification.cycle
    follows = exists().where(*same, newer.certification_id == later.id, newer.verification_id == Badge.verification_id)
    held = (
        exists()
        .where(Badge.verification_id == StickerAssignment.verification_id, Badge.certification_id == Certification.id)
        .where(at(Stage.CERTIFIED), Badge.expires_on >= clock.today(), ~follows.correlate(Certification, Badge))
    )
    is_wrong = or_(and_(StickerLot.look == "certified", ~held), and_(StickerLot.look == "in_progress", held))
    query = select(Sticker).join(StickerLot).join(StickerAssignment, StickerAssignment.sticker_id == Sticker.id)
    place = selectinload(Sticker.assignment).selectinload(StickerAssignment.verification).selectinload(Verification.establishment)
    query = query.where(_is_seen_by(actor), ~_is_retired(), is_wrong).order_by(Sticker.id).limit(SHOWN).options(place)
    return list(db.session.scalars(query))


def scans_of(sticker: Sticker) -> Scans:
    """Say how often a sticker was scanned, by day."""
    total, last = db.session.execute(
        select(func.coalesce(func.sum(StickerScan.count), 0), func.max(StickerScan.scanned_on)).where(StickerScan.sticker_id == sticker.id)
    ).one()
    since = clock.today() - dt.timedelta(days=30)
    days = select(StickerScan.scanned_on, StickerScan.count).where(StickerScan.sticker_id == sticker.id, StickerScan.scanned_on > since)
    return Scans(int(total), last, [(row[0], row[1]) for row in db.session.execute(days.order_by(StickerScan.scanned_on))])


def last_scans(lot: StickerLot) -> dict[int, dt.date]:
    """Give the last day on which each sticker of a lot was scanned."""
    query = select(StickerScan.sticker_id, func.max(StickerScan.scanned_on)).join(Sticker).where(Sticker.lot_id == lot.id)
    return {row[0]: row[1] for row in db.session.execute(query.group_by(StickerScan.sticker_id))}


def _counts(ids: list[int]) -> Select[Any]:
    return (
        select(
            Sticker.lot_id,
            func.sum(case((_is_in_stock(), 1), else_=0)),
            func.sum(case((and_(_is_assigned(), ~_is_retired()), 1), else_=0)),
        )
        .where(Sticker.lot_id.in_(ids))
        .group_by(Sticker.lot_id)
    )


def _is_assigned() -> ColumnElement[bool]:
    return exists().where(StickerAssignment.sticker_id == Sticker.id).correlate(Sticker)


def _is_retired() -> ColumnElement[bool]:
    return exists().where(StickerRetirement.sticker_id == Sticker.id).correlate(Sticker)


def _is_in_stock() -> ColumnElement[bool]:
    return and_(~_is_assigned(), ~_is_retired())


def _is_seen_by(actor: Actor) -> ColumnElement[bool]:
    programs = actor.program_ids(*KIT_MAKERS)
    return StickerLot.program_id.in_(programs) if programs is not None else true()
