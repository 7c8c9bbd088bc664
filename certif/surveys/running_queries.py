"""Questions about surveys as staff run them: whose they are, where they stand, which ways in they have."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, true
from sqlalchemy.orm import joinedload
from werkzeug.exceptions import NotFound

from certif.kit import clock
from certif.kit.access import Actor, Role
from certif.kit.db import db
from certif.kit.languages import _l, language
from certif.kit.paging import PAGE, Slice, cut, read_cursor
from certif.programs import Program
from certif.surveys.model import Audience, BoxedResponse, DoorTally, Questionnaire, Survey, SurveyDoor, SurveyInvitation
from certif.surveys.running_model import SurveyPlan
from certif.territory import Partner, territory_of

RUNNERS = (Role.ADMIN, Role.MANAGER, Role.AGENT)
"""Who opens surveys and their ways in. A partner only reads, in the territory it serves."""
READERS = (*RUNNERS, Role.PARTNER)


class SurveyState(StrEnum):
    """Where a survey stands today."""

    COMING = "coming"
    OPEN = "open"
    OVER = "over"


STATES = {SurveyState.COMING: _l("À venir"), SurveyState.OPEN: _l("Ouvert"), SurveyState.OVER: _l("Terminé")}
LOOKS = {SurveyState.COMING: "waiting", SurveyState.OPEN: "certified", SurveyState.OVER: "expired"}
"""The look of each one's tag."""


@dataclass(frozen=True)
class Listed:
    """A survey as lists show it."""

    survey: Survey
    state: SurveyState
    count: int


def state_of(survey: Survey) -> SurveyState:
    """Say where a survey stands: both of its days are included, and closing it ends it at once."""
    today = clock.today()
    if survey.closing is not None or today > survey.closes_on:
        return SurveyState.OVER
    return SurveyState.COMING if today < survey.opens_on else SurveyState.OPEN


def last_day_of(survey: Survey) -> dt.date:
    """Give the day on which a survey ends or ended."""
    if survey.closing is None:
        return survey.closes_on
    return min(survey.closes_on, survey.closing.closed_at.astimezone(clock.TORONTO).date())


def title_of(survey: Survey, spoken: str | None = None) -> str:
    """Give the title in a language, that of the page by default."""
    return survey.title_en if (spoken or language()) == "en" else survey.title_fr


def survey_of(actor: Actor, ref: str, *roles: Role) -> Survey:
    """Give the survey named `ref` to those who hold one of `roles` in its program (any reader by default). Refuses (404) any other."""
    found = db.session.scalar(select(Survey).where(Survey.ref == ref))
    if found is None or not actor.holds(found.program_id, *(roles or READERS)):
        raise NotFound
    return found


def surveys_of(actor: Actor, after: str | None) -> Slice[Listed]:
    """Give the surveys of this person's programs, the newest first."""
    held = actor.program_ids(*READERS)
    found = select(Survey, Survey.created_at.label("since"), Survey.ref).options(joinedload(Survey.program), joinedload(Survey.closing))
    found = found.where(Survey.program_id.in_(held) if held is not None else true())
    page = cut(found, Survey.created_at.expression, Survey.ref.expression, read_cursor(after), newest_first=True)
    counts = counts_of([row.Survey.id for row in page.rows])
    return Slice([Listed(row.Survey, state_of(row.Survey), counts.get(row.Survey.id, 0)) for row in page.rows], page.next)


def counts_of(survey_ids: list[int]) -> dict[int, int]:
    """Count the answers of surveys: those counted already, and those still in the box."""
    counted = select(SurveyDoor.survey_id, func.sum(DoorTally.count)).join(DoorTally, DoorTally.door_id == SurveyDoor.id)
    counted = counted.where(SurveyDoor.survey_id.in_(survey_ids))
    boxed = select(BoxedResponse.survey_id, func.count()).where(BoxedResponse.survey_id.in_(survey_ids))
    found: dict[int, int] = {}
    for statement in (counted.group_by(SurveyDoor.survey_id), boxed.group_by(BoxedResponse.survey_id)):
        for survey_id, count in db.session.execute(statement):
            found[survey_id] = found.get(survey_id, 0) + int(count)
    return found


def has_answers(survey: Survey) -> bool:
    """Whether anybody has answered."""
    return counts_of([survey.id]).get(survey.id, 0) > 0


def may_still_count(program: Program, school_year: str, audience: Audience) -> bool:
    """Whether the figures of a program's surveys of an audience and a year may still change: one is not over, or enough lie in its box."""
    of_them = Survey.questionnaire.has(Questionnaire.audience == audience)
    asked = select(Survey).where(Survey.program_id == program.id, Survey.school_year == school_year, of_them)
    surveys = db.session.scalars(asked.options(joinedload(Survey.closing))).all()
    if any(state_of(one) is not SurveyState.OVER for one in surveys):
        return True
    boxed = select(BoxedResponse.survey_id, func.count()).where(BoxedResponse.survey_id.in_([one.id for one in surveys]))
    least = {one.id: one.least_shown for one in surveys}
    return any(many >= least[row] for row, many in db.session.execute(boxed.group_by(BoxedResponse.survey_id)))


def plan_of(survey: Survey) -> SurveyPlan | None:
    """Give what staff decided of how a survey is run, or None for one that nobody planned here."""
    return db.session.scalar(select(SurveyPlan).where(SurveyPlan.survey_id == survey.id))


def earlier_surveys(actor: Actor) -> list[Survey]:
    """Give the surveys that another may follow: those of this person's programs, the newest first, a hundred at most."""
    held = actor.program_ids(*RUNNERS)
    mine = Survey.program_id.in_(held) if held is not None else true()
    return list(db.session.scalars(select(Survey).where(mine).order_by(Survey.created_at.desc(), Survey.ref).limit(100)))


def door_of(actor: Actor, ref: str, *roles: Role) -> SurveyDoor:
    """Give the way in named `ref` to those who may see it. Refuses (404) any other."""
    found = db.session.scalar(select(SurveyDoor).where(SurveyDoor.ref == ref, seen_by(actor)))
    if found is None or not actor.holds(found.survey.program_id, *(roles or READERS)):
        raise NotFound
    return found


def seen_by(actor: Actor) -> ColumnElement[bool]:
    """Give the condition under which staff see a `SurveyDoor`: their programs; for a partner, its own, and those of its territory."""
    whole = actor.program_ids(*RUNNERS)
    if whole is None:
        return true()
    seen: list[ColumnElement[bool]] = [_is_in(whole)]
    for grant in actor.grants:
        if grant.role is Role.PARTNER and grant.partner_id is not None and grant.program_id is not None:
            served = [mrc.id for mrc in territory_of(db.session.get_one(Partner, grant.partner_id))]
            near = or_(SurveyDoor.mrc_id.in_(served), SurveyDoor.school_body_id == grant.partner_id)
            seen.append(and_(_is_in(frozenset({grant.program_id})), near))
    return or_(*seen)


def _is_in(program_ids: Collection[int]) -> ColumnElement[bool]:
    return SurveyDoor.survey_id.in_(select(Survey.id).where(Survey.program_id.in_(program_ids)))


def doors_of(survey: Survey, actor: Actor, after: str | None) -> Slice[SurveyDoor]:
    """Give the ways in of a survey, by school and name. `after`: the public name of the last one of the page before."""
    ordered = func.coalesce(SurveyDoor.school, ""), SurveyDoor.label, SurveyDoor.ref
    found = select(SurveyDoor).where(SurveyDoor.survey_id == survey.id, seen_by(actor))
    last = db.session.scalar(select(SurveyDoor).where(SurveyDoor.ref == after, SurveyDoor.survey_id == survey.id)) if after else None
    if last is not None:
        school, label, ref = ordered
        here = last.school or ""
        later = or_(school > here, and_(school == here, or_(label > last.label, and_(label == last.label, ref > last.ref))))
        found = found.where(later)
    rows = db.session.scalars(found.order_by(*ordered).limit(PAGE + 1)).all()
    return Slice(rows[:PAGE], rows[PAGE - 1].ref if len(rows) > PAGE else None)


def answers_by(door: SurveyDoor) -> tuple[int, int]:
    """Count the answers that came by a way in: those counted already, which nothing tells from others any more, and those in the box."""
    counted = db.session.scalar(select(DoorTally.count).where(DoorTally.door_id == door.id)) or 0
    boxed = select(func.count()).where(BoxedResponse.survey_id == door.survey_id, BoxedResponse.door_id == door.id)
    return counted, db.session.scalar(boxed) or 0


def links_of(door: SurveyDoor) -> tuple[int, int]:
    """Count the single-use links of a way in: made, and used."""
    used = func.count(SurveyInvitation.used_on)
    made, spent = db.session.execute(select(func.count(), used).where(SurveyInvitation.door_id == door.id)).one()
    return made, spent


def has_doors(survey: Survey) -> bool:
    """Whether a survey has a way in."""
    return bool(db.session.scalar(select(exists().where(SurveyDoor.survey_id == survey.id))))


def school_year_choices(today: dt.date) -> list[str]:
    """Give the school years that a survey may be opened for: the one before, this one, the next."""
    first = today.year if today.month >= 7 else today.year - 1
    return [f"{year}-{year + 1}" for year in (first - 1, first, first + 1)]


def programs_by_slug(programs: list[Program]) -> list[tuple[str, str]]:
    """Give programs as a form offers them."""
    return [(one.slug, one.name) for one in programs]
