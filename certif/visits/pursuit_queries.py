"""Questions about prospects on their way: which ones, at which stage, whose turn it is, what happened. None reads more than it shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, func, literal, select, tuple_, union_all
from sqlalchemy.orm import joinedload
from werkzeug.exceptions import NotFound

from certif.accounts import User, staff_of
from certif.certification import Certification
from certif.certification import visible_to as files_visible_to
from certif.employers import Employer, name_key
from certif.imports import KEEPERS, Prospect, visible_to
from certif.kit import clock
from certif.kit.access import Actor, Role
from certif.kit.db import db
from certif.kit.languages import _l
from certif.kit.paging import PAGE, Cursor, Slice, cut, read_cursor
from certif.programs import Program, program_of, programs_of
from certif.territory import Mrc, Partner, mrcs, territory_of
from certif.visits.contact_model import Approach
from certif.visits.model import Visit, VisitCancellation
from certif.visits.pursuit_model import AgentTerritory, Pursuit, PursuitDecision, PursuitStage, Sighting

DECIDERS = (Role.ADMIN, Role.MANAGER)
"""Who gives prospects and territories, and decides of the cadence."""

MOST_COUNTED = 10_000
"""Beyond, a count says «and more»: no page reads a whole region."""
ON_BOARD = 6
"""How many cards a column of the board shows."""
SHOWN = 50

DUE = {"today": _l("Aujourd’hui ou en retard"), "week": _l("D’ici sept jours")}


@dataclass(frozen=True)
class PursuitFilter:
    """What narrows the list and the board of a program."""

    program: Program
    stage: PursuitStage | None = None
    agent: User | None = None
    mrc: Mrc | None = None
    origin: str | None = None
    due: str | None = None


@dataclass(frozen=True)
class Column:
    """A column of the board: how many there are, and the first ones."""

    stage: PursuitStage
    count: int
    rows: Sequence[Pursuit]

    @property
    def is_more(self) -> bool:
        """Whether there are more than are counted."""
        return self.count > MOST_COUNTED


@dataclass(frozen=True)
class Story:
    """What happened to a prospect, the newest first."""

    approaches: Sequence[Approach]
    decision: PursuitDecision | None
    sightings: Sequence[Sighting]
    visits: Sequence[Visit]


def program_asked(actor: Actor, slug: str | None) -> Program:
    """Give the program that was asked, or the first of this person's. Refuses (404): one that is not theirs; none at all."""
    if slug:
        return program_of(actor, slug)
    mine = programs_of(actor)
    if not mine:
        raise NotFound
    return mine[0]


def pursuits_of(actor: Actor, asked: PursuitFilter, after: str | None) -> Slice[Pursuit]:
    """Give the prospects of a program that this person may see: the last touched first, or by day where what is due was asked."""
    at = Pursuit.due_at if asked.due else Pursuit.touched_at
    found = _with_names(select(Pursuit, at.label("since"), Pursuit.ref))
    if asked.stage or asked.due:
        found = found.where(*_narrowed(actor, asked))
    else:
        found = found.where(Pursuit.id.in_(_first_of_each_stage(actor, asked, read_cursor(after))))
    page = cut(found, at.expression, Pursuit.ref.expression, read_cursor(after), newest_first=not asked.due)
    return Slice([row.Pursuit for row in page.rows], page.next)


def board_of(actor: Actor, asked: PursuitFilter) -> list[Column]:
    """Give the columns of the board: a few cards each, the last touched first."""
    counts = counts_of(actor, asked)
    columns = []
    for stage in PursuitStage:
        mine = select(Pursuit).where(*_narrowed(actor, replace(asked, stage=stage)))
        rows = _with_names(mine).order_by(Pursuit.touched_at.desc(), Pursuit.ref.desc()).limit(ON_BOARD)
        columns.append(Column(stage, counts[stage], db.session.scalars(rows).all()))
    return columns


def counts_of(actor: Actor, asked: PursuitFilter) -> dict[PursuitStage, int]:
    """Count each stage, up to a bound, in one statement that reads an index only."""
    bounded = [
        select(Pursuit.id).where(*_narrowed(actor, replace(asked, stage=stage))).limit(MOST_COUNTED + 1).subquery()
        for stage in PursuitStage
    ]
    row = db.session.execute(select(*(select(func.count()).select_from(one).scalar_subquery() for one in bounded))).one()
    return dict(zip(PursuitStage, (int(count) for count in row), strict=True))


def due_of(actor: Actor, program: Program, agent: User, after: str | None) -> Slice[Pursuit]:
    """Give the prospects that await somebody today, the longest waiting first."""
    found = _with_names(select(Pursuit, Pursuit.due_at.label("since"), Pursuit.ref))
    found = found.where(Pursuit.user_id == agent.id, Pursuit.due_at <= clock.now(), *_in_sight(actor, program))
    page = cut(found, Pursuit.due_at.expression, Pursuit.ref.expression, read_cursor(after), newest_first=False)
    return Slice([row.Pursuit for row in page.rows], page.next)


def pursuit_of(prospect: Prospect) -> Pursuit | None:
    """Give where a prospect stands; None until it is followed."""
    found: Pursuit | None = db.session.scalar(_with_names(select(Pursuit).where(Pursuit.prospect_id == prospect.id)))
    return found


def story_of(prospect: Prospect) -> Story:
    """Give what happened to a prospect: the last approaches, visits and decision, and who named it."""
    approaches = select(Approach).where(Approach.prospect_id == prospect.id).options(joinedload(Approach.user))
    decision = select(PursuitDecision).where(PursuitDecision.prospect_id == prospect.id)
    sightings = select(Sighting).where(Sighting.prospect_id == prospect.id).options(joinedload(Sighting.employer))
    called_off = select(VisitCancellation.visit_id)
    visits = select(Visit).where(Visit.prospect_id == prospect.id, Visit.id.not_in(called_off)).options(joinedload(Visit.report))
    return Story(
        db.session.scalars(approaches.order_by(Approach.number.desc()).limit(SHOWN)).all(),
        db.session.scalar(decision.order_by(PursuitDecision.number.desc()).limit(1)),
        db.session.scalars(sightings.order_by(Sighting.id).limit(SHOWN)).all(),
        db.session.scalars(visits.order_by(Visit.starts_at.desc()).limit(SHOWN)).all(),
    )


def prospects_named(actor: Actor, program: Program, refs: Sequence[str]) -> Sequence[Prospect]:
    """Give the prospects of a program that were ticked, those that this person may see."""
    asked = select(Prospect).where(Prospect.ref.in_(refs[:200]), Prospect.program_id == program.id, visible_to(actor))
    return db.session.scalars(asked.order_by(Prospect.id)).all()


def alike(actor: Actor, program: Program, name: str) -> Sequence[Prospect]:
    """Give the prospects of a program that bear the same name, case, accents and signs aside."""
    same = Prospect.program_id == program.id, Prospect.name_key == name_key(name)
    return db.session.scalars(select(Prospect).where(*same, visible_to(actor)).order_by(Prospect.id).limit(5)).all()


def employer_named(actor: Actor, text: str) -> Employer | None:
    """Give the employer of this NEQ or of this very name, among those whose files this person may see."""
    digits = "".join(sign for sign in text if sign.isdigit())
    same = Employer.neq == digits if len(digits) == 10 else Employer.name_key == name_key(text)
    seen = select(Certification.employer_id).where(Certification.employer_id == Employer.id, files_visible_to(actor))
    return db.session.scalar(select(Employer).where(same, seen.exists()).order_by(Employer.id).limit(1))


def team_of(program: Program) -> list[User]:
    """Give those who may follow prospects of a program, by name."""
    return sorted(staff_of(program), key=lambda one: one.shown_name.casefold())


def colleague(program: Program, ref: str | None) -> User | None:
    """Give somebody of the team by their public name; None for any other."""
    return next((one for one in team_of(program) if one.ref == ref), None)


def places_of(actor: Actor, program: Program) -> list[Mrc]:
    """Give the MRC of a program where this person works: all of them, or those that a partner serves."""
    whole = program.mrcs or mrcs(program.region)
    if actor.holds(program.id, *KEEPERS):
        return list(whole)
    mine = [grant for grant in actor.grants if grant.role is Role.PARTNER and grant.program_id == program.id]
    served = {mrc.id for grant in mine for mrc in territory_of(db.session.get_one(Partner, grant.partner_id))}
    return [mrc for mrc in whole if mrc.id in served]


def territories_of(program: Program) -> Sequence[AgentTerritory]:
    """Give who covers which ground today, by name."""
    now = AgentTerritory.program_id == program.id, AgentTerritory.ended_at.is_(None)
    asked = select(AgentTerritory).where(*now).options(joinedload(AgentTerritory.user), joinedload(AgentTerritory.mrc))
    return sorted(db.session.scalars(asked), key=lambda one: (one.user.shown_name.casefold(), one.place))


def territory_decided_by(actor: Actor, ref: str) -> AgentTerritory:
    """Give a territory to those who decide of it. Refuses (404) any other."""
    found = db.session.scalar(select(AgentTerritory).where(AgentTerritory.ref == ref))
    if found is None or not actor.holds(found.program_id, *DECIDERS):
        raise NotFound
    return found


def agent_asked(actor: Actor, program: Program, ref: str | None) -> User:
    """Give whose turn is looked at: somebody of the team, for staff of the program; oneself otherwise."""
    asked = colleague(program, ref) if ref and actor.holds(program.id, *KEEPERS) else None
    return asked or db.session.get_one(User, actor.user_id)


def _narrowed(actor: Actor, asked: PursuitFilter) -> list[ColumnElement[bool]]:
    conditions = _in_sight(actor, asked.program)
    if asked.stage:
        conditions.append(Pursuit.stage == asked.stage)
    if asked.agent:
        conditions.append(Pursuit.user_id == asked.agent.id)
    if asked.mrc:
        conditions.append(Pursuit.mrc_id == asked.mrc.id)
    if asked.origin:
        conditions.append(Pursuit.origin == asked.origin)
    if asked.due:
        ahead = dt.timedelta(days=7 if asked.due == "week" else 0)
        conditions.append(Pursuit.due_at <= clock.now() + ahead)
    return conditions


def _first_of_each_stage(actor: Actor, asked: PursuitFilter, after: Cursor | None) -> CompoundSelect[tuple[int]]:
    """Give the ids of a page of each stage: indexes are ordered within a stage, so that a page over all of them sorts a few rows only."""
    pages = []
    for stage in PursuitStage:
        one = select(Pursuit.id).where(*_narrowed(actor, replace(asked, stage=stage)))
        if after is not None:
            here = tuple_(literal(after.at, Pursuit.touched_at.type), literal(after.ref))
            one = one.where(tuple_(Pursuit.touched_at, Pursuit.ref) < here)
        pages.append(one.order_by(Pursuit.touched_at.desc(), Pursuit.ref.desc()).limit(PAGE + 1).subquery())
    return union_all(*(select(one.c.id) for one in pages))


def _in_sight(actor: Actor, program: Program) -> list[ColumnElement[bool]]:
    """Give the conditions under which this person sees a `Pursuit` of a program; staff of the program see all of it."""
    mine: list[ColumnElement[bool]] = [Pursuit.program_id == program.id]
    if not actor.holds(program.id, *KEEPERS):
        mine.append(Pursuit.prospect_id.in_(select(Prospect.id).where(visible_to(actor))))
    return mine


def _with_names(found: Select[Any]) -> Select[Any]:
    named = joinedload(Pursuit.prospect), joinedload(Pursuit.user), joinedload(Pursuit.mrc), joinedload(Pursuit.reservation)
    return found.options(*named)
