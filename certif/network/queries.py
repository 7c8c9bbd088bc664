"""Questions about the register: which bodies, where they work, who sits where, and what each gave."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, exists, func, select, true
from sqlalchemy.orm import joinedload
from werkzeug.exceptions import NotFound

from certif.kit.access import STAFF, Actor, Role
from certif.kit.db import db
from certif.kit.languages import folded
from certif.kit.money import Money
from certif.kit.paging import Slice, cut, read_cursor
from certif.network.committee_model import Committee, CommitteeSeat
from certif.network.model import BodyContact, BodyPlace, MemberCategory, NetworkBody, Provision, ProvisionKind
from certif.programs import Program, programs_of
from certif.territory import Mrc, Partner, mrcs, partners, territory_of

Row = TypeVar("Row")

WORKERS = (Role.ADMIN, Role.MANAGER, Role.AGENT)
"""Who of the region keeps the register, and works with the committees."""

DECIDERS = (Role.ADMIN, Role.MANAGER)
"""Who decides that a committee ends, and on what others are consulted."""


@dataclass(frozen=True)
class BodyFilter:
    """What narrows the register."""

    kind: str | None = None
    mrc: str | None = None
    category: str | None = None


@dataclass(frozen=True)
class Given:
    """What a body gave in a period, added up."""

    body: NetworkBody
    money: Money
    hours: int
    rooms: int
    prizes: int
    worth: Money


@dataclass(frozen=True)
class Place:
    """Who works in an MRC, and which tables are about it or hold a body that works there."""

    mrc: Mrc
    bodies: list[NetworkBody]
    seats: list[CommitteeSeat]

    @property
    def tables(self) -> dict[Committee, list[CommitteeSeat]]:
        """The seats, by committee."""
        found: dict[Committee, list[CommitteeSeat]] = defaultdict(list)
        for seat in self.seats:
            found[seat.committee].append(seat)
        return found


def is_mine(actor: Actor, program_id: ColumnElement[Any], *roles: Role) -> ColumnElement[bool]:
    """Give the condition that a row is of one of this person’s programs."""
    held = actor.program_ids(*(roles or WORKERS))
    return true() if held is None else program_id.in_(held)


def one(wanted: Select[tuple[Row]]) -> Row:
    """Give the one row of a statement. Refuses (404) when there is none."""
    found = db.session.scalar(wanted)
    if found is None:
        raise NotFound
    return found


def bodies_of(actor: Actor, asked: BodyFilter, after: str | None) -> Slice[NetworkBody]:
    """Give a page of the bodies of this person’s programs, archived ones left out, the last noted first."""
    found = (
        select(NetworkBody, NetworkBody.noted_at.label("since"), NetworkBody.ref)
        .options(joinedload(NetworkBody.program), joinedload(NetworkBody.category))
        .where(is_mine(actor, NetworkBody.program_id.expression), NetworkBody.archived_at.is_(None), *_narrowed(asked))
    )
    page = cut(found, NetworkBody.noted_at.expression, NetworkBody.ref.expression, read_cursor(after), newest_first=True)
    return Slice([row.NetworkBody for row in page.rows], page.next)


def body_of(actor: Actor, ref: str) -> NetworkBody:
    """Give a body to staff of its program. Refuses (404) any other."""
    return one(select(NetworkBody).where(NetworkBody.ref == ref, is_mine(actor, NetworkBody.program_id.expression)))


def standing_bodies(program: Program) -> Sequence[NetworkBody]:
    """Give the bodies of a program that are not archived, by name."""
    mine = NetworkBody.program_id == program.id, NetworkBody.archived_at.is_(None)
    return db.session.scalars(select(NetworkBody).where(*mine).order_by(NetworkBody.name)).all()


def body_in(program: Program, ref: str) -> NetworkBody:
    """Give a body of a program. Refuses (404) any other."""
    return one(select(NetworkBody).where(NetworkBody.program_id == program.id, NetworkBody.ref == ref))


def categories_of(program: Program) -> Sequence[MemberCategory]:
    """Give the member categories of a program, as they were added."""
    mine = MemberCategory.program_id == program.id
    return db.session.scalars(select(MemberCategory).where(mine).order_by(MemberCategory.id)).all()


def categories_seen(actor: Actor) -> Sequence[MemberCategory]:
    """Give the member categories of this person’s programs, by name."""
    mine = is_mine(actor, MemberCategory.program_id.expression)
    return db.session.scalars(select(MemberCategory).where(mine).order_by(MemberCategory.name)).all()


def mrcs_of(program: Program) -> list[Mrc]:
    """Give the MRC of a program: those it is limited to, or all of its region."""
    return list(program.mrcs) or mrcs(program.region)


def partners_of(program: Program) -> list[Partner]:
    """Give the bodies that the territory knows in the region of a program."""
    return partners(region=program.region)


def places_of(body: NetworkBody) -> Sequence[BodyPlace]:
    """Give where a body works or worked, the places of today first."""
    found = select(BodyPlace).join(Mrc).where(BodyPlace.body_id == body.id).options(joinedload(BodyPlace.mrc))
    return db.session.scalars(found.order_by(BodyPlace.until_on.is_not(None), Mrc.name, BodyPlace.id)).all()


def contacts_of(body: NetworkBody) -> Sequence[BodyContact]:
    """Give whom to reach in a body today."""
    mine = BodyContact.body_id == body.id, BodyContact.ended_at.is_(None)
    return db.session.scalars(select(BodyContact).where(*mine).order_by(BodyContact.id)).all()


def contact_in(body: NetworkBody, ref: str) -> BodyContact:
    """Give somebody to reach in a body. Refuses (404) any other."""
    return one(select(BodyContact).where(BodyContact.body_id == body.id, BodyContact.ref == ref))


def contacts_in(program: Program) -> Sequence[BodyContact]:
    """Give whom to reach in all the bodies of a program that are not archived."""
    mine = NetworkBody.program_id == program.id, NetworkBody.archived_at.is_(None), BodyContact.ended_at.is_(None)
    return db.session.scalars(select(BodyContact).join(NetworkBody).where(*mine).order_by(BodyContact.id)).all()


def experts_of(program: Program) -> Sequence[BodyContact]:
    """Give the experts of the register: those who can be reached today and advise others."""
    mine = NetworkBody.program_id == program.id, BodyContact.ended_at.is_(None), BodyContact.expertise != ""
    found = select(BodyContact).join(NetworkBody).where(*mine).options(joinedload(BodyContact.body))
    return db.session.scalars(found.order_by(BodyContact.name)).all()


def seats_of_body(body: NetworkBody) -> Sequence[CommitteeSeat]:
    """Give where a body sits or sat, the seats of today first."""
    found = select(CommitteeSeat).where(CommitteeSeat.body_id == body.id).options(joinedload(CommitteeSeat.committee))
    return db.session.scalars(found.order_by(CommitteeSeat.until_on.is_not(None), CommitteeSeat.id)).all()


def provisions_of(body: NetworkBody) -> Sequence[Provision]:
    """Give what a body gave, the newest hundred first, those struck out left out."""
    mine = Provision.body_id == body.id, Provision.struck_at.is_(None)
    return db.session.scalars(select(Provision).where(*mine).order_by(Provision.given_on.desc(), Provision.id.desc()).limit(100)).all()


def provision_in(body: NetworkBody, ref: str) -> Provision:
    """Give something that a body gave. Refuses (404) any other."""
    return one(select(Provision).where(Provision.body_id == body.id, Provision.ref == ref))


def given_between(program: Program, first: dt.date, last: dt.date) -> list[Given]:
    """Give what each body of a program gave from a day to a day, both included, by name: archived bodies among them."""
    counts = Provision.struck_at.is_(None), Provision.given_on.between(first, last)
    rows = db.session.execute(
        select(NetworkBody, Provision.kind, func.sum(Provision.cents), func.sum(Provision.quantity))
        .join(Provision, Provision.body_id == NetworkBody.id)
        .where(NetworkBody.program_id == program.id, *counts)
        .group_by(NetworkBody.id, Provision.kind)
    )
    sums: dict[NetworkBody, dict[str, tuple[int, int]]] = defaultdict(dict)
    for body, kind, cents, quantity in rows:
        sums[body][kind] = int(cents), int(quantity)
    return [_given(body, sums[body]) for body in sorted(sums, key=lambda each: folded(each.name))]


def territories_of(actor: Actor) -> list[tuple[Program, list[Mrc]]]:
    """Give the programs of this person with the MRC that they may see in each: for a partner, those that it serves."""
    found = []
    for program in programs_of(actor, *STAFF):
        whole = mrcs_of(program)
        if not actor.holds(program.id, *WORKERS):
            theirs = [each for each in actor.grants if each.program_id == program.id and each.partner_id is not None]
            served = {mrc.id for each in theirs for mrc in territory_of(db.session.get_one(Partner, each.partner_id))}
            whole = [mrc for mrc in whole if mrc.id in served]
        found.append((program, whole))
    return found


def counts_by_mrc(program: Program) -> dict[int, int]:
    """Count the bodies that work in each MRC today."""
    standing = BodyPlace.until_on.is_(None), NetworkBody.archived_at.is_(None), NetworkBody.program_id == program.id
    found = select(BodyPlace.mrc_id, func.count()).join(NetworkBody).where(*standing).group_by(BodyPlace.mrc_id)
    return dict(db.session.execute(found).tuples().all())


def place_shown(program: Program, mrc: Mrc) -> Place:
    """Give who works in an MRC today, and who of them sits where."""
    there = exists().where(BodyPlace.body_id == NetworkBody.id, BodyPlace.mrc_id == mrc.id, BodyPlace.until_on.is_(None))
    mine = NetworkBody.program_id == program.id, NetworkBody.archived_at.is_(None)
    bodies = db.session.scalars(select(NetworkBody).where(there, *mine).order_by(NetworkBody.name)).all()
    standing = CommitteeSeat.until_on.is_(None), Committee.dissolved_at.is_(None), Committee.program_id == program.id
    about = (Committee.mrc_id == mrc.id) | (Committee.mrc_id.is_(None) & there)
    seats = db.session.scalars(
        select(CommitteeSeat).join(Committee).join(NetworkBody, NetworkBody.id == CommitteeSeat.body_id).where(about, *standing)
        .options(joinedload(CommitteeSeat.committee), joinedload(CommitteeSeat.body)).order_by(Committee.name, NetworkBody.name)
    ).all()  # fmt: skip
    return Place(mrc, list(bodies), list(seats))


def _narrowed(asked: BodyFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if asked.kind:
        found.append(NetworkBody.kind == asked.kind)
    if asked.category:
        found.append(exists().where(MemberCategory.id == NetworkBody.category_id, MemberCategory.ref == asked.category))
    if asked.mrc:
        there = BodyPlace.body_id == NetworkBody.id, BodyPlace.until_on.is_(None), Mrc.id == BodyPlace.mrc_id, Mrc.slug == asked.mrc
        found.append(exists().where(*there))
    return found


def _given(body: NetworkBody, sums: dict[str, tuple[int, int]]) -> Given:
    none = (0, 0)
    money, hours, rooms, prizes = (sums.get(kind.value, none) for kind in ProvisionKind)
    return Given(body, Money(money[0]), hours[1], rooms[1], prizes[1], Money(prizes[0]))
