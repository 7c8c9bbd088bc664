"""The tables of the register of confidentiality incidents: each incident, what is known of it, what was done, and who keeps the register.

Sources: Act respecting the protection of personal information in the private sector, ss. 3.5 to 3.8; Regulation respecting
confidentiality incidents (A-2.1, r. 3.1), s. 7 for what the register says and s. 8 for the five years.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.accounts import User
from certif.kit import clock, tokens
from certif.kit.db import Model
from certif.kit.languages import _l
from certif.programs import Program

YEARS_KEPT = 5
"""How long an incident stays in the register after it was known. Source: Regulation respecting confidentiality incidents, s. 8."""
TIME_TO_NOTIFY = dt.timedelta(days=3)
"""After how many days we write to whoever keeps the register. The Act says « promptly » and gives no number; this one is ours."""
TIME_BETWEEN = dt.timedelta(days=7)
"""How long after a letter the next one comes, while something remains to be done."""


class StepKind(StrEnum):
    """What was done about an incident."""

    MEASURE = "measure"
    AUTHORITY = "authority"
    PEOPLE = "people"
    PUBLIC = "public"
    OTHERS = "others"
    DEFERRED = "deferred"
    CLOSED = "closed"


STEP_KINDS = {
    StepKind.MEASURE: _l("Mesure prise pour réduire le risque"),
    StepKind.AUTHORITY: _l("Avis à la Commission d’accès à l’information"),
    StepKind.PEOPLE: _l("Avis aux personnes concernées"),
    StepKind.PUBLIC: _l("Avis public"),
    StepKind.OTHERS: _l("Avis à qui peut réduire le risque"),
    StepKind.DEFERRED: _l("Avis retardé : il nuirait à une enquête"),
    StepKind.CLOSED: _l("Incident clos"),
}


class IncidentStage(StrEnum):
    """Where an incident stands: read from what was written of it, first match wins."""

    CLOSED = "closed"
    TO_ASSESS = "to_assess"
    TO_NOTIFY = "to_notify"
    TO_REDUCE = "to_reduce"
    TO_CLOSE = "to_close"


STAGES = {
    IncidentStage.CLOSED: _l("Clos"),
    IncidentStage.TO_ASSESS: _l("Risque à évaluer"),
    IncidentStage.TO_NOTIFY: _l("Avis à donner"),
    IncidentStage.TO_REDUCE: _l("Mesures à noter"),
    IncidentStage.TO_CLOSE: _l("À clore"),
}


class PrivacyOfficer(Model):
    """Who keeps the register of incidents of a program, beside the administrators: a manager of it, one at a time.

    Keeps: who was named and by whom, as long as the program; why: to show who answered for it.
    """

    __tablename__ = "privacy_officer"
    __table_args__ = (Index("ix_privacy_officer_one", "program_id", unique=True, sqlite_where=text("ended_at IS NULL"),
                            postgresql_where=text("ended_at IS NULL")),)  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    named_at: Mapped[dt.datetime]
    named_by: Mapped[str]
    ended_at: Mapped[dt.datetime | None]

    program: Mapped[Program] = relationship()
    user: Mapped[User] = relationship()


class PrivacyIncident(Model):
    """A confidentiality incident. `number`, in the register; `known_on`, the day we became aware of it, which never changes.

    Keeps: five years after `known_on`, then nothing; why: the regulation asks for it.
    """

    __tablename__ = "privacy_incident"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    number: Mapped[int] = mapped_column(unique=True)
    program_id: Mapped[int | None] = mapped_column(ForeignKey("program.id"), index=True)
    known_on: Mapped[dt.date] = mapped_column(index=True)
    noted_at: Mapped[dt.datetime]
    noted_by: Mapped[str]
    recalled_on: Mapped[dt.date | None]

    program: Mapped[Program | None] = relationship()
    accounts: Mapped[list[IncidentAccount]] = relationship(order_by="IncidentAccount.number", passive_deletes=True)
    steps: Mapped[list[IncidentStep]] = relationship(order_by="IncidentStep.number", passive_deletes=True)

    @property
    def told(self) -> IncidentAccount:
        """What is known of it by now."""
        return self.accounts[-1]

    @property
    def notify_by(self) -> dt.date:
        """By when, at the latest, the risk is weighed and those who must know are told."""
        return self.known_on + TIME_TO_NOTIFY

    @property
    def is_late(self) -> bool:
        """Whether a notice, or weighing whether one is due, waits for longer than it should."""
        waits = self.stage in (IncidentStage.TO_ASSESS, IncidentStage.TO_NOTIFY)
        return waits and clock.today() > self.notify_by

    @property
    def kept_until(self) -> dt.date:
        """Until when it stays in the register, both days included."""
        year = self.known_on.year + YEARS_KEPT
        is_leap_day = (self.known_on.month, self.known_on.day) == (2, 29)
        return dt.date(year, 3, 1) if is_leap_day else self.known_on.replace(year=year)

    @property
    def stage(self) -> IncidentStage:
        """Where it stands. Whatever is written after it was closed opens it again."""
        if self.steps and self.steps[-1].kind == StepKind.CLOSED and self.steps[-1].account == self.told.number:
            return IncidentStage.CLOSED
        done = {StepKind(step.kind) for step in self.steps}
        if self.told.is_serious is None:
            return IncidentStage.TO_ASSESS
        people_know = done & {StepKind.PEOPLE, StepKind.PUBLIC, StepKind.DEFERRED}
        if self.told.is_serious and not (StepKind.AUTHORITY in done and people_know):
            return IncidentStage.TO_NOTIFY
        return IncidentStage.TO_CLOSE if StepKind.MEASURE in done else IncidentStage.TO_REDUCE


class IncidentAccount(Model):
    """What was known of an incident at a moment: a later one counts, each stays. `is_serious` None: the risk is not weighed yet."""

    __tablename__ = "incident_account"
    __table_args__ = (
        UniqueConstraint("incident_id", "number"),
        CheckConstraint("people IS NULL OR people >= 0", name="people"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    incident_id: Mapped[int] = mapped_column(ForeignKey("privacy_incident.id", ondelete="CASCADE"))
    number: Mapped[int]
    what: Mapped[str]
    circumstances: Mapped[str]
    from_on: Mapped[dt.date | None]
    until_on: Mapped[dt.date | None]
    when_words: Mapped[str]
    people: Mapped[int | None]
    people_words: Mapped[str]
    is_serious: Mapped[bool | None]
    reasons: Mapped[str]
    written_at: Mapped[dt.datetime]
    written_by: Mapped[str]
    writer: Mapped[str]


class IncidentStep(Model):
    """Something that was done about an incident, on a day: a measure, a notice, its end. `account`, the number of the last one by then."""

    __tablename__ = "incident_step"
    __table_args__ = (UniqueConstraint("incident_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    incident_id: Mapped[int] = mapped_column(ForeignKey("privacy_incident.id", ondelete="CASCADE"))
    number: Mapped[int]
    account: Mapped[int]
    kind: Mapped[str]
    done_on: Mapped[dt.date]
    words: Mapped[str]
    noted_at: Mapped[dt.datetime]
    noted_by: Mapped[str]
    writer: Mapped[str]

    @property
    def label(self) -> str:
        """What it is, in words."""
        return str(STEP_KINDS[StepKind(self.kind)])
