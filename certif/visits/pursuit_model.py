"""The tables of prospects on their way: where each stands, who follows it, what was decided of it, who covers which ground."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.accounts import User
from certif.employers import Employer
from certif.imports import Prospect
from certif.kit import clock, tokens
from certif.kit.db import Model
from certif.kit.languages import _l
from certif.programs import Program
from certif.territory import Mrc
from certif.visits.reservation_model import Reservation

_STOP = text("kind = 'stop'")
_COVERED = text("ended_at IS NULL AND mrc_id IS NOT NULL")
_COVERED_BY_POST = text("ended_at IS NULL AND postal_prefix IS NOT NULL")
_BY_NOBODY = text("employer_id IS NULL")


class PursuitStage(StrEnum):
    """How far a prospect is: the way that leads to the badge, or set aside for a time or for good."""

    PROSPECT = "prospect"
    SENSITISED = "sensitised"
    APPLIED = "applied"
    CERTIFIED = "certified"
    LATER = "later"
    NEVER = "never"


PURSUIT_STAGES = {
    PursuitStage.PROSPECT: _l("À approcher"),
    PursuitStage.SENSITISED: _l("Sensibilisé"),
    PursuitStage.APPLIED: _l("Inscrit"),
    PursuitStage.CERTIFIED: _l("Certifié"),
    PursuitStage.LATER: _l("Pas maintenant"),
    PursuitStage.NEVER: _l("Jamais"),
}
PURSUIT_LOOKS = {
    PursuitStage.PROSPECT: "action",
    PursuitStage.SENSITISED: "in_progress",
    PursuitStage.APPLIED: "waiting",
    PursuitStage.CERTIFIED: "certified",
    PursuitStage.LATER: "paused",
    PursuitStage.NEVER: "revoked",
}
"""The look of each one's tag."""

OPEN = (PursuitStage.PROSPECT, PursuitStage.SENSITISED, PursuitStage.LATER)
"""Where somebody of the team may still have something to do."""


class Origin(StrEnum):
    """Where a prospect comes from."""

    FILE = "file"
    PLATFORM = "platform"
    REFERRAL = "referral"
    STREET = "street"


ORIGINS = {
    Origin.FILE: _l("Liste importée"),
    Origin.PLATFORM: _l("Nommé sur la plateforme"),
    Origin.REFERRAL: _l("Nommé par un employeur"),
    Origin.STREET: _l("Repéré sur le terrain"),
}
"""`PLATFORM`: by students who named it, or by who looked for it."""


class Pursuit(Model):
    """Where a prospect stands, folded from the rows that say what happened: written with each of them, and caught up by a job.

    `ref`, that of the prospect; `due_at`, the first instant of the day on which it is somebody's turn; `attempts`, how often it was
    approached; `touched_at`, the last time that something happened to it. Counting it anew from the rows gives the same.
    """

    __tablename__ = "pursuit"
    __table_args__ = (
        Index("ix_pursuit_stage", "program_id", "stage", "touched_at", "ref"),
        Index("ix_pursuit_agent", "program_id", "user_id", "stage", "touched_at", "ref"),
        Index("ix_pursuit_mrc", "program_id", "mrc_id", "stage", "touched_at", "ref"),
        Index("ix_pursuit_origin", "program_id", "origin", "stage", "touched_at", "ref"),
        Index("ix_pursuit_due", "user_id", "due_at", "ref"),
        Index("ix_pursuit_back", "stage", "due_at"),
        Index("ix_pursuit_program_due", "program_id", "due_at", "ref"),
        Index("ix_pursuit_postal", "program_id", "postal_code"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True)
    prospect_id: Mapped[int] = mapped_column(ForeignKey("prospect.id", ondelete="CASCADE"), unique=True)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    stage: Mapped[str]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    is_by_hand: Mapped[bool]
    mrc_id: Mapped[int | None] = mapped_column(ForeignKey("mrc.id"))
    postal_code: Mapped[str | None]
    origin: Mapped[str]
    due_at: Mapped[dt.datetime | None]
    attempts: Mapped[int]
    last_contact_at: Mapped[dt.datetime | None]
    reservation_id: Mapped[int | None] = mapped_column(ForeignKey("reservation.id"), index=True)
    touched_at: Mapped[dt.datetime]

    prospect: Mapped[Prospect] = relationship()
    user: Mapped[User | None] = relationship()
    mrc: Mapped[Mrc | None] = relationship()
    reservation: Mapped[Reservation | None] = relationship()

    @property
    def next_on(self) -> dt.date | None:
        """The day on which it is somebody's turn, in Québec."""
        return self.due_at.astimezone(clock.TORONTO).date() if self.due_at else None

    @property
    def stage_label(self) -> str:
        """How far it is, in the reader's language."""
        return str(PURSUIT_STAGES[PursuitStage(self.stage)])

    @property
    def look(self) -> str:
        """The look of its tag."""
        return PURSUIT_LOOKS[PursuitStage(self.stage)]

    @property
    def is_late(self) -> bool:
        """Whether the day to do something has passed."""
        return self.next_on is not None and self.next_on < clock.today()


class Assignment(Model):
    """A prospect was given to somebody, or taken back from everyone; the last row counts. `is_by_hand`: rather than by the territory."""

    __tablename__ = "assignment"

    id: Mapped[int] = mapped_column(primary_key=True)
    prospect_id: Mapped[int] = mapped_column(ForeignKey("prospect.id", ondelete="CASCADE"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    is_by_hand: Mapped[bool]
    assigned_at: Mapped[dt.datetime]
    assigned_by: Mapped[str]


class DecisionKind(StrEnum):
    """What was decided of a prospect: not now, never, a word that stops everything, or to take it up again."""

    LATER = "later"
    NEVER = "never"
    STOP = "stop"
    RESUMED = "resumed"


class PursuitDecision(Model):
    """What the team decided of a prospect; the last row counts, a `STOP` for good. `until_on`, the day it comes back (`LATER`)."""

    __tablename__ = "pursuit_decision"
    __table_args__ = (
        UniqueConstraint("prospect_id", "number"),
        CheckConstraint("(kind = 'later') = (until_on IS NOT NULL)", name="until"),
        Index("uq_pursuit_decision_stop", "prospect_id", unique=True, sqlite_where=_STOP, postgresql_where=_STOP),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    prospect_id: Mapped[int] = mapped_column(ForeignKey("prospect.id"))
    number: Mapped[int]
    kind: Mapped[str]
    until_on: Mapped[dt.date | None]
    reason: Mapped[str]
    decided_at: Mapped[dt.datetime]
    decided_by: Mapped[str]


class AgentTerritory(Model):
    """Who follows the prospects of an MRC, or of the addresses whose postal code begins so, from one day to another; one at a time."""

    __tablename__ = "agent_territory"
    __table_args__ = (
        CheckConstraint("(mrc_id IS NULL) <> (postal_prefix IS NULL)", name="place"),
        Index("uq_agent_territory_mrc", "program_id", "mrc_id", unique=True, sqlite_where=_COVERED, postgresql_where=_COVERED),
        Index(
            "uq_agent_territory_postal", "program_id", "postal_prefix", unique=True,
            sqlite_where=_COVERED_BY_POST, postgresql_where=_COVERED_BY_POST,
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    mrc_id: Mapped[int | None] = mapped_column(ForeignKey("mrc.id"))
    postal_prefix: Mapped[str | None]
    given_at: Mapped[dt.datetime]
    given_by: Mapped[str]
    ended_at: Mapped[dt.datetime | None]
    ended_by: Mapped[str | None]

    program: Mapped[Program] = relationship()
    user: Mapped[User] = relationship()
    mrc: Mapped[Mrc | None] = relationship()

    @property
    def place(self) -> str:
        """Which ground, in words."""
        return self.mrc.name if self.mrc else f"{self.postal_prefix}…"

    @property
    def scope(self) -> str:
        """The program whose staff follow it in the journal."""
        return self.program.ref


class Sighting(Model):
    """Somebody of the team came upon an organisation: in the street, or because an employer named it (`employer_id`)."""

    __tablename__ = "sighting"
    __table_args__ = (
        UniqueConstraint("prospect_id", "employer_id"),
        Index("uq_sighting_street", "prospect_id", unique=True, sqlite_where=_BY_NOBODY, postgresql_where=_BY_NOBODY),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    prospect_id: Mapped[int] = mapped_column(ForeignKey("prospect.id"))
    employer_id: Mapped[int | None] = mapped_column(ForeignKey("employer.id"), index=True)
    seen_at: Mapped[dt.datetime]
    seen_by: Mapped[str]

    employer: Mapped[Employer | None] = relationship()
