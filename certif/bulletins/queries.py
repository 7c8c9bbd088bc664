"""Questions about bulletins: whose they are, which anyone may read, what a block may point at, how many receive them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, exists, func, or_, select, true
from sqlalchemy.orm import contains_eager, joinedload, selectinload
from werkzeug.exceptions import NotFound

from certif.bulletins.model import Bulletin, BulletinBlock, BulletinPublication, BulletinSubscriber, StopReason
from certif.campaigns import Campaign
from certif.certification import Badge, Certification, Stage, Verification, at
from certif.employers import Employer, name_key
from certif.kit.access import Actor
from certif.kit.db import db
from certif.kit.paging import Slice, cut, read_cursor
from certif.library import Tool
from certif.mailings import SENDERS
from certif.programs import Program
from certif.selections import ResultRelease

NEWEST = 20
_MOST_OFFERED = 100


@dataclass(frozen=True)
class Reach:
    """How many addresses there are of each kind."""

    active: int
    awaited: int
    unsubscribed: int
    refused: int


def bulletin_of(actor: Actor, ref: str) -> Bulletin:
    """Give the bulletin named `ref` to those who write for its program. Refuses (404) any other."""
    found = db.session.scalar(select(Bulletin).where(Bulletin.ref == ref))
    if found is None or not actor.holds(found.program_id, *SENDERS):
        raise NotFound
    return found


def block_in(bulletin: Bulletin, ref: str) -> BulletinBlock:
    """Give a block of a bulletin. Refuses (404) any other."""
    found = next((one for one in bulletin.blocks if one.ref == ref), None)
    if found is None:
        raise NotFound
    return found


def bulletins_of(actor: Actor, after: str | None) -> Slice[Bulletin]:
    """Give the bulletins of this person's programs, the newest first."""
    held = actor.program_ids(*SENDERS)
    found = select(Bulletin, Bulletin.drafted_at.label("since"), Bulletin.ref).where(
        Bulletin.program_id.in_(held) if held is not None else true()
    )
    found = found.options(joinedload(Bulletin.program), joinedload(Bulletin.mailing), joinedload(Bulletin.publication))
    page = cut(found, Bulletin.drafted_at.expression, Bulletin.ref.expression, read_cursor(after), newest_first=True)
    return Slice([row.Bulletin for row in page.rows], page.next)


def reach_of(program: Program) -> Reach:
    """Count the addresses of a program, in one statement."""
    one = BulletinSubscriber
    is_kept, is_stopped = one.email.is_not(None), one.stopped_at.is_not(None)
    conditions = (
        and_(is_kept, one.confirmed_at.is_not(None), ~is_stopped),
        and_(is_kept, or_(one.confirmed_at.is_(None), is_stopped)),
        and_(~is_kept, one.stopped_why == StopReason.UNSUBSCRIBED),
        and_(~is_kept, one.stopped_why == StopReason.REFUSED),
    )
    counted = select(*(func.count().filter(condition) for condition in conditions)).where(one.program_id == program.id)
    return Reach(*db.session.execute(counted).one())


def published_bulletins(program: Program | None, after: str | None) -> Slice[Bulletin]:
    """Give what stands in the archive, of one program or of all, the newest first."""
    found = _published().where(BulletinPublication.program_id == program.id if program else true())
    page = cut(found, BulletinPublication.published_at.expression, Bulletin.ref.expression, read_cursor(after), newest_first=True)
    return Slice([row.Bulletin for row in page.rows], page.next)


def newest_bulletins(program: Program | None) -> Sequence[Bulletin]:
    """Give the last ones of the archive."""
    found = _published().where(BulletinPublication.program_id == program.id if program else true())
    return db.session.scalars(found.order_by(BulletinPublication.published_at.desc(), Bulletin.ref.desc()).limit(NEWEST)).all()


def published_bulletin(ref: str) -> Bulletin:
    """Give a bulletin that stands in the archive. Refuses (404) any other."""
    blocks = selectinload(Bulletin.blocks)
    found: Bulletin | None = db.session.scalar(
        _published()
        .where(Bulletin.ref == ref)
        .options(
            blocks.joinedload(BulletinBlock.tool), blocks.joinedload(BulletinBlock.employer), blocks.joinedload(BulletinBlock.campaign)
        )
    )
    if found is None:
        raise NotFound
    return found


def public_tools(program: Program) -> Sequence[Tool]:
    """Give the tools that a bulletin of a program may show: public, and not retired."""
    here = or_(Tool.program_id == program.id, Tool.program_id.is_(None)), Tool.is_public.is_(True), Tool.retired_at.is_(None)
    return db.session.scalars(select(Tool).where(*here).order_by(Tool.title_fr, Tool.id)).all()


def told_campaigns(program: Program) -> Sequence[Campaign]:
    """Give the contests of a program whose results were told, the newest first."""
    told = exists().where(ResultRelease.campaign_id == Campaign.id)
    wanted = select(Campaign).where(Campaign.program_id == program.id, told)
    return db.session.scalars(wanted.order_by(Campaign.closes_on.desc(), Campaign.id).limit(_MOST_OFFERED)).all()


def certified_employers(program: Program, asked: str) -> Sequence[Employer]:
    """Give the employers that a program certifies today under this name, or this public code: two are enough to know."""
    here = Certification.program_id == program.id, at(Stage.CERTIFIED)
    coded = (
        select(Badge.certification_id)
        .join(Verification, Verification.id == Badge.verification_id)
        .where(Verification.code == asked.strip().rstrip("/").rpartition("/")[2].upper())
    )
    named = Certification.employer_id.in_(select(Employer.id).where(Employer.name_key == name_key(asked)))
    found = select(Certification.employer_id).where(*here, or_(Certification.id.in_(coded), named))
    return db.session.scalars(select(Employer).where(Employer.id.in_(found)).order_by(Employer.id).limit(2)).all()


def _published() -> Select[Any]:
    return (
        select(Bulletin, BulletinPublication.published_at.label("since"), Bulletin.ref.label("ref"))
        .join(BulletinPublication, BulletinPublication.bulletin_id == Bulletin.id)
        .join(Bulletin.program)
        .where(BulletinPublication.withdrawn_at.is_(None))
        .options(contains_eager(Bulletin.program).joinedload(Program.body), joinedload(Bulletin.publication))
    )
