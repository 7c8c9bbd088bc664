"""The tables of surveys: questionnaires, surveys and their ways in, and two ledgers that never touch.

*That* someone has answered is a day on an invitation. *What* was said is a response: it has no key to an invitation, to a way in, to an
address or to an instant, and lies in no order. Answers wait in a box until enough of them are there; a job then moves them all at once,
shuffled, and counts them, so that neither the order of the rows nor the moment of writing says whose they are.
"""

from __future__ import annotations

import datetime as dt
import uuid
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.employers import Establishment
from certif.kit import tokens
from certif.kit.db import Model
from certif.programs import Program
from certif.territory import Mrc, Partner

LEAST_SHOWN = 10
"""How many answers a figure needs, at least, before it leaves a region's team. A region may ask for more, never for fewer."""
LEAST_SHOWN_INSIDE = 5
"""How many answers a figure needs before the region's own team, or the employer it is about, sees it."""

COUNTED_AS = 2
"""The way in which answers are counted today: those of places of work apart, and by grade. A new way has a new number."""

NO_ORDER = {"sqlite_with_rowid": False}
"""Rows whose key is random and that keep no hidden number of arrival."""


class Audience(StrEnum):
    """Whom a questionnaire is for."""

    STUDENTS = "students"
    PARENTS = "parents"
    TEACHERS = "teachers"


class DoorKind(StrEnum):
    """How people come to a survey: one code for a class or a school, a tablet passed around, a link that serves once, anyone who has it."""

    CLASS = "class"
    SCHOOL = "school"
    KIOSK = "kiosk"
    INVITATIONS = "invitations"
    OPEN = "open"


class UnderFourteen(StrEnum):
    """What a region has chosen for children under 14: thank them and keep nothing, or ask their parent first."""

    CLOSE = "close"
    PARENT = "parent"


class Cut(StrEnum):
    """By what answers are counted. Fixed: a figure that nobody planned for cannot be subtracted from another."""

    ALL = "all"
    MRC = "mrc"
    SCHOOL_BODY = "school_body"
    LEVEL = "level"
    GRADE = "grade"
    SECTOR = "sector"
    MRC_SECTOR = "mrc_sector"
    ESTABLISHMENT = "establishment"


class Questionnaire(Model):
    """What is asked, as a file says it. A draft until it is published; immutable ever after. Without a program: shipped with the platform.

    `definition` is what `surveys.definitions` reads and writes; `digest`, SHA-256 (hex) of its canonical form.
    """

    __tablename__ = "questionnaire"
    __table_args__ = (
        UniqueConstraint("program_id", "slug", "number"),
        CheckConstraint("audience IN ('students', 'parents', 'teachers')", name="audience"),
        CheckConstraint("(published_at IS NULL) = (published_by IS NULL)", name="published"),
        Index(
            "uq_questionnaire_shipped",
            "slug",
            "number",
            unique=True,
            sqlite_where=text("program_id IS NULL"),
            postgresql_where=text("program_id IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    program_id: Mapped[int | None] = mapped_column(ForeignKey("program.id"))
    slug: Mapped[str]
    number: Mapped[int]
    audience: Mapped[str]
    definition: Mapped[dict[str, Any]] = mapped_column(JSON)
    digest: Mapped[str]
    drafted_at: Mapped[dt.datetime]
    drafted_by: Mapped[str]
    published_at: Mapped[dt.datetime | None]
    published_by: Mapped[str | None]

    program: Mapped[Program | None] = relationship()

    @property
    def scope(self) -> str | None:
        """The program whose staff follow it in the journal."""
        return self.program.ref if self.program else None

    @property
    def is_published(self) -> bool:
        """Whether it can no longer change."""
        return self.published_at is not None


class Survey(Model):
    """A questionnaire asked in a program, in a school year (such as `2026-2027`), between two days, both included.

    `least_shown`: how many answers a figure needs before it leaves the team, never under `LEAST_SHOWN`. `counted_as`: the way in which its
    answers were counted (`COUNTED_AS`); those that were counted in an older one are counted anew by a job.
    """

    __tablename__ = "survey"
    __table_args__ = (
        CheckConstraint("closes_on >= opens_on", name="order"),
        CheckConstraint(f"least_shown >= {LEAST_SHOWN}", name="least_shown"),
        CheckConstraint("under_fourteen IN ('close', 'parent')", name="under_fourteen"),
        Index("ix_survey_program_id_school_year", "program_id", "school_year"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaire.id"))
    title_fr: Mapped[str]
    title_en: Mapped[str]
    school_year: Mapped[str]
    opens_on: Mapped[dt.date]
    closes_on: Mapped[dt.date]
    least_shown: Mapped[int] = mapped_column(default=LEAST_SHOWN)
    under_fourteen: Mapped[str] = mapped_column(default=UnderFourteen.CLOSE)
    counted_as: Mapped[int] = mapped_column(default=COUNTED_AS, server_default="1")
    created_at: Mapped[dt.datetime]
    created_by: Mapped[str]

    program: Mapped[Program] = relationship()
    questionnaire: Mapped[Questionnaire] = relationship()
    closing: Mapped[SurveyClosing | None] = relationship(back_populates="survey")

    @property
    def scope(self) -> str:
        """The program whose staff follow it in the journal."""
        return self.program.ref


class SurveyClosing(Model):
    """A survey was closed before its last day."""

    __tablename__ = "survey_closing"

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), unique=True)
    reason: Mapped[str]
    closed_at: Mapped[dt.datetime]
    closed_by: Mapped[str]

    survey: Mapped[Survey] = relationship(back_populates="closing")


class SurveyDoor(Model):
    """A way in: `/s/<code>`. What it knows of the place (school body, school, MRC, level) is not asked again.

    `expected`, how many people it was handed to, when that is known. `contact_email`, the person of the school who is written to.
    `held_at`: nothing that came by it and is still in the box counts.
    Keeps: that address until a year after the survey's last day; why: to send the code, the reminders and the school's own figures.
    """

    __tablename__ = "survey_door"
    __table_args__ = (
        CheckConstraint("kind IN ('class', 'school', 'kiosk', 'invitations', 'open')", name="kind"),
        CheckConstraint("expected > 0", name="expected"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), index=True)
    kind: Mapped[str]
    code: Mapped[str] = mapped_column(unique=True)
    label: Mapped[str]
    school_body_id: Mapped[int | None] = mapped_column(ForeignKey("partner.id"))
    school: Mapped[str | None]
    mrc_id: Mapped[int | None] = mapped_column(ForeignKey("mrc.id"))
    level: Mapped[str | None]
    expected: Mapped[int | None]
    contact_email: Mapped[str | None]
    opened_at: Mapped[dt.datetime]
    opened_by: Mapped[str]
    shut_at: Mapped[dt.datetime | None]
    shut_by: Mapped[str | None]
    held_at: Mapped[dt.datetime | None]
    held_by: Mapped[str | None]

    survey: Mapped[Survey] = relationship()
    school_body: Mapped[Partner | None] = relationship()
    mrc: Mapped[Mrc | None] = relationship()


class SurveyInvitation(Model):
    """THAT someone has answered: a link that serves once. Only the digest of its token is here, and the day it served, never the instant.

    It has no key to an answer and no answer has a key to it; `used_on` is written again for all at once when the box is emptied.
    """

    __tablename__ = "survey_invitation"
    __table_args__ = (NO_ORDER,)

    token_digest: Mapped[str] = mapped_column(primary_key=True)
    door_id: Mapped[int] = mapped_column(ForeignKey("survey_door.id"), index=True)
    used_on: Mapped[dt.date | None]


class BoxedResponse(Model):
    """An answer that was just given, in the box: on disk before the person is thanked, and not yet counted.

    Keeps: which way in it came by, until the box is emptied; why: to count how many came by each. Nothing else here is kept longer.
    """

    __tablename__ = "boxed_response"
    __table_args__ = (NO_ORDER,)

    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: uuid.uuid4().hex)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), index=True)
    door_id: Mapped[int | None] = mapped_column(ForeignKey("survey_door.id"))
    establishment_id: Mapped[int | None] = mapped_column(ForeignKey("establishment.id"))
    language: Mapped[str]
    answers: Mapped[dict[str, Any]] = mapped_column(JSON)
    is_flagged: Mapped[bool]


class SurveyResponse(Model):
    """WHAT was said: the answers by question, the Monday of the week the box was emptied, and the place as finely as it may be told.

    `is_flagged`: implausible though possible; every figure exists with and without these.
    Keeps: answers that name nobody, as long as portraits are compared; why: to recompute what was published.
    """

    __tablename__ = "survey_response"
    __table_args__ = (NO_ORDER,)

    id: Mapped[str] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), index=True)
    week: Mapped[dt.date]
    mrc_id: Mapped[int | None] = mapped_column(ForeignKey("mrc.id"))
    school_body_id: Mapped[int | None] = mapped_column(ForeignKey("partner.id"))
    establishment_id: Mapped[int | None] = mapped_column(ForeignKey("establishment.id"))
    language: Mapped[str]
    answers: Mapped[dict[str, Any]] = mapped_column(JSON)
    is_flagged: Mapped[bool]

    establishment: Mapped[Establishment | None] = relationship()


class SurveyTally(Model):
    """How many answers of a survey gave this value to this question, in one cell of one cut.

    `key`: empty for ALL, an MRC's slug, a school body's ref, a level, `level/grade`, a sector's code, `mrc/sector`, an establishment's
    ref. `value`: an option, or a whole number of hours. The question `*` counts the answers themselves, under an empty value.
    """

    __tablename__ = "survey_tally"
    __table_args__ = (NO_ORDER,)

    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), primary_key=True)
    cut: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    question: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(primary_key=True)
    is_flagged: Mapped[bool] = mapped_column(primary_key=True)
    count: Mapped[int]


class DoorTally(Model):
    """How many answers came by a way in, once they left the box."""

    __tablename__ = "door_tally"

    door_id: Mapped[int] = mapped_column(ForeignKey("survey_door.id"), primary_key=True)
    count: Mapped[int]
