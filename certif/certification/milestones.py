"""Promises to be met some months after the certification: each falls due on a day, and is declared done by the employer, or not yet."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import ColumnElement, ForeignKey, UniqueConstraint, and_, exists, select
from sqlalchemy.orm import Mapped, aliased, mapped_column, relationship

from certif.certification.model import Badge, Certification, Stage
from certif.certification.stages import at
from certif.kit import clock, tokens
from certif.kit.db import Model, db
from certif.programs import Commitment, Text, months_after


class Progress(StrEnum):
    """Where a milestone stands today."""

    TO_DO = "to_do"
    DONE = "done"
    OVERDUE = "overdue"


class Milestone(Model):
    """A commitment that was signed falls due on a day, counted from the first day of the certification. `commitment`: its id."""

    __tablename__ = "milestone"
    __table_args__ = (UniqueConstraint("certification_id", "commitment"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    certification_id: Mapped[int] = mapped_column(ForeignKey("certification.id"))
    commitment: Mapped[str]
    due_on: Mapped[dt.date] = mapped_column(index=True)

    certification: Mapped[Certification] = relationship()
    completion: Mapped[MilestoneCompletion | None] = relationship()

    @property
    def text(self) -> Text:
        """What was promised, without its delay."""
        return self.certification.version.commitment(self.commitment).text

    @property
    def sentence(self) -> str:
        """The same, where it stands alone, in the reader's language."""
        words = str(self.text)
        return words[:1].upper() + words[1:]

    @property
    def progress(self) -> Progress:
        """Where it stands today. `overdue()` says the same for lists."""
        if self.completion is not None:
            return Progress.DONE
        return Progress.OVERDUE if self.due_on < clock.today() else Progress.TO_DO


class MilestoneCompletion(Model):
    """The employer says that a promise is met, and how if it likes."""

    __tablename__ = "milestone_completion"

    id: Mapped[int] = mapped_column(primary_key=True)
    milestone_id: Mapped[int] = mapped_column(ForeignKey("milestone.id"), unique=True)
    note: Mapped[str]
    declared_at: Mapped[dt.datetime]
    declared_by: Mapped[str]
    declarer: Mapped[str]

    @property
    def declared_on(self) -> dt.date:
        """The day it was declared, in Québec."""
        return self.declared_at.astimezone(clock.TORONTO).date()


def milestones_of(certification: Certification) -> list[Milestone]:
    """Give the milestones of a certification, the first to fall due first."""
    mine = select(Milestone).where(Milestone.certification_id == certification.id)
    return list(db.session.scalars(mine.order_by(Milestone.due_on, Milestone.id)))


def set_milestones(certification: Certification) -> list[Milestone]:
    """Let each promise of a certification that was just granted fall due in its time.

    One that an earlier cycle has met already, in the same words, is met: nobody is asked for it twice. A supporter promises none.
    """
    if certification.signature is None or certification.is_supporter:
        return []
    start, met = min(badge.valid_from for badge in certification.badges), _met_before(certification)
    promised = [one for one in _taken(certification) if one.within_months and (one.id, one.text) not in met]
    found = [
        Milestone(certification=certification, commitment=one.id, due_on=months_after(start, one.within_months or 0)) for one in promised
    ]
    db.session.add_all(found)
    db.session.flush()
    return found


def is_followed() -> ColumnElement[bool]:
    """Give the condition that a later cycle of the same employer and program speaks in the place of a `Certification`."""
    later, badge = aliased(Certification), aliased(Badge)
    return exists().where(
        later.employer_id == Certification.employer_id,
        later.program_id == Certification.program_id,
        later.cycle > Certification.cycle,
        badge.certification_id == later.id,
    )


def waits() -> ColumnElement[bool]:
    """Give the condition that a `Milestone`, of the `Certification` of a query, is awaited: it counts, and is not declared done."""
    is_done = exists().where(MilestoneCompletion.milestone_id == Milestone.id)
    return and_(~is_done, at(Stage.CERTIFIED), ~is_followed())


def overdue() -> ColumnElement[bool]:
    """Give the condition that a `Milestone` is awaited, and its day has passed."""
    return and_(Milestone.due_on < clock.today(), waits())


def _taken(certification: Certification) -> list[Commitment]:
    version = certification.version
    picked = certification.signature.commitments if certification.signature else []
    every = [version.commitment(one.id) for one in version.rules.commitments]
    return [one for one in every if one.is_required or one.id in picked]


def _met_before(certification: Certification) -> set[tuple[str, Text]]:
    earlier = (
        select(Milestone)
        .join(Certification)
        .join(MilestoneCompletion, MilestoneCompletion.milestone_id == Milestone.id)
        .where(Certification.employer_id == certification.employer_id, Certification.program_id == certification.program_id)
        .where(Certification.cycle < certification.cycle)
    )
    return {(one.commitment, one.text) for one in db.session.scalars(earlier)}
