"""The ways in: what a code opens, in one statement, and what is known there already and need not be asked."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Date, Row, Select, SQLColumnExpression, and_, bindparam, exists, literal, null, select
from sqlalchemy.orm import aliased

from certif.certification import Verification
from certif.employers import Employer, Establishment
from certif.kit import clock, tokens
from certif.kit.db import db
from certif.kit.languages import language
from certif.programs import Program
from certif.surveys.definitions import Answers, Definition
from certif.surveys.model import Audience, DoorKind, Questionnaire, Survey, SurveyClosing, SurveyDoor, SurveyInvitation
from certif.surveys.queries import definition_at
from certif.territory import Partner

_Closing = aliased(SurveyClosing)
_MOST_SIGNS = 64
_LOOK_ALIKES = str.maketrans("OIL", "011")
_AS_LETTERS = str.maketrans("01", "OI")


class WayState(StrEnum):
    """Whether one may answer by a way in today, and if not, why."""

    OPEN = "open"
    COMING = "coming"
    OVER = "over"
    SHUT = "shut"
    USED = "used"


@dataclass(frozen=True)
class Way:
    """A way in, as it stands today. `invitation`: the digest of the link that brought here, when it serves once."""

    code: str
    door_id: int
    kind: DoorKind
    state: WayState
    survey_id: int
    questionnaire: tuple[int, str]
    titles: tuple[str, str]
    days: tuple[dt.date, dt.date]
    asks_parents: bool
    program: str
    body: str
    school: str | None
    level: str | None
    invitation: str | None = None
    establishment_id: int | None = None
    establishment: str | None = None
    sector: str | None = None

    @property
    def title(self) -> str:
        """The title of the survey in the reader's language."""
        return self.titles[language() == "en"]

    @property
    def is_kiosk(self) -> bool:
        """Whether a device is passed around."""
        return self.kind is DoorKind.KIOSK

    @property
    def opens_on(self) -> dt.date:
        """The first day."""
        return self.days[0]

    @property
    def closes_on(self) -> dt.date:
        """The last day."""
        return self.days[1]

    @cached_property
    def definition(self) -> Definition:
        """What is asked."""
        return definition_at(*self.questionnaire)

    @cached_property
    def known(self) -> Answers:
        """What the way in says by itself, by question: it is kept with the answers and never asked."""
        found: Answers = {}
        level = self.level or self.definition.level
        question = self.definition.of_role("level")
        if level is not None and (question is None or level in question.option_ids):
            found[question.id if question else "level"] = level
        sector = self.definition.of_role("sector")
        if self.sector is not None and sector is not None:
            found[sector.id] = self.sector if self.sector in sector.option_ids else "other"
        return found


def spellings(typed: str) -> tuple[str, ...]:
    """Give what may have been meant by a code as it was typed: capitals, spaces and dashes do not count, nor O for 0, I or L for 1."""
    bare = "".join(sign for sign in typed.upper() if sign.isascii() and sign.isalnum())[:_MOST_SIGNS]
    return tuple(dict.fromkeys((bare, bare.translate(_LOOK_ALIKES), bare.translate(_AS_LETTERS))))


def way_at(code: str) -> Way | None:
    """Give the way in that a code opens, however it is typed; None when there is none. One statement."""
    codes = spellings(code)
    row = db.session.connection().execute(_by_code(), {"codes": codes, "digests": [tokens.digest(one) for one in codes]}).first()
    return _way(row, codes[0]) if row else None


@cache
def _by_code() -> Select[Any]:
    codes: BindParameter[Any] = bindparam("codes", expanding=True)
    digests: BindParameter[Any] = bindparam("digests", expanding=True)
    link, door = SurveyInvitation, SurveyDoor
    by_link = select(link.door_id).where(link.token_digest.in_(digests)).limit(1).scalar_subquery()
    by_code = select(door.id).where(door.code.in_(codes), door.kind != DoorKind.INVITATIONS).limit(1).scalar_subquery()
    return (
        _ways(link.token_digest, link.used_on, null(), null(), null())
        .outerjoin(link, and_(link.door_id == door.id, link.token_digest.in_(digests)))
        .where(door.id.in_((by_link, by_code)))
        .order_by(link.token_digest.is_(None))
        .limit(1)
    )


def way_at_work(code: str) -> Way | None:
    """Give the way in that the public code of a place of work opens: a survey of students, open to anyone, in its program today."""
    is_here = and_(Survey.program_id == Verification.program_id, Verification.code == code.replace("-", "").upper())
    wanted = (
        _ways(literal(None), literal(None), Establishment.id, Establishment.name, Employer.sector)
        .join(Verification, is_here)
        .join(Establishment, Establishment.id == Verification.establishment_id)
        .join(Employer, Employer.id == Establishment.employer_id)
        .where(*_is_open_to_anyone(), Establishment.closed_at.is_(None))
        .order_by(Survey.id.desc(), SurveyDoor.id)
        .limit(1)
    )
    row = db.session.connection().execute(wanted, {"today": clock.today()}).first()
    return _way(row, code) if row else None


def is_asking(program_id: SQLColumnExpression[int]) -> ColumnElement[bool]:
    """Say, as part of a statement about programs, whether a survey of students is open to anyone in one today."""
    return exists().where(
        Survey.program_id == program_id, SurveyDoor.survey_id == Survey.id, Questionnaire.id == Survey.questionnaire_id,
        *_is_open_to_anyone(),
    )  # fmt: skip


def _is_open_to_anyone() -> tuple[ColumnElement[bool], ...]:
    today = bindparam("today", callable_=clock.today, type_=Date())
    return (
        SurveyDoor.kind == DoorKind.OPEN, SurveyDoor.shut_at.is_(None), Survey.opens_on <= today, Survey.closes_on >= today,
        Questionnaire.audience == Audience.STUDENTS, ~exists().where(_Closing.survey_id == Survey.id),
    )  # fmt: skip


def _ways(link: Any, used_on: Any, establishment_id: Any, establishment: Any, sector: Any) -> Select[Any]:
    return (
        select(
            SurveyDoor.id, SurveyDoor.code, SurveyDoor.kind, SurveyDoor.school, SurveyDoor.level, SurveyDoor.shut_at,
            Survey.id.label("survey_id"), Survey.title_fr, Survey.title_en, Survey.opens_on, Survey.closes_on, Survey.under_fourteen,
            Survey.questionnaire_id, Questionnaire.digest, Program.name.label("program"), Partner.name.label("body"),
            SurveyClosing.closed_at, link.label("link"), used_on.label("used_on"), establishment_id.label("establishment_id"),
            establishment.label("establishment"), sector.label("sector"),
        )
        .select_from(SurveyDoor)
        .join(Survey, Survey.id == SurveyDoor.survey_id)
        .join(Questionnaire, Questionnaire.id == Survey.questionnaire_id)
        .join(Program, Program.id == Survey.program_id)
        .join(Partner, Partner.id == Program.body_id)
        .outerjoin(SurveyClosing, SurveyClosing.survey_id == Survey.id)
    )  # fmt: skip


def _way(row: Row[Any], code: str) -> Way:
    return Way(
        code=code,
        door_id=row.id,
        kind=DoorKind(row.kind),
        state=_state(row),
        survey_id=row.survey_id,
        questionnaire=(row.questionnaire_id, row.digest),
        titles=(row.title_fr, row.title_en),
        days=(row.opens_on, row.closes_on),
        asks_parents=row.under_fourteen == "parent",
        program=row.program,
        body=row.body,
        school=row.school,
        level=row.level,
        invitation=row.link,
        establishment_id=row.establishment_id,
        establishment=row.establishment,
        sector=row.sector,
    )


def _state(row: Row[Any]) -> WayState:
    today = clock.today()
    if row.used_on is not None:
        return WayState.USED
    if row.closed_at is not None or today > row.closes_on:
        return WayState.OVER
    if row.shut_at is not None:
        return WayState.SHUT
    return WayState.COMING if today < row.opens_on else WayState.OPEN
