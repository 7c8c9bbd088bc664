"""The tables of what students say in their own words: in the box, then before the team, and what became of it.

Words have no key to an answer, to a way in or to an instant, and lie in no order. They wait in a box until a few are there; a job then
moves them all at once, shuffled, so that whoever reads them never sees the words of one who has just left the class.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship, synonym

from certif.kit.db import Model
from certif.programs import english, french
from certif.surveys.model import NO_ORDER, Survey


class WordsOutcome(StrEnum):
    """What became of words that were read."""

    PUBLISHED = "published"
    SET_ASIDE = "set_aside"


class BoxedWords(Model):
    """Words that were just left, in the box: nobody reads them before a few are there.

    Keeps: the words, until the box is emptied, or thirty days after the survey's last day where too few came; why: to be read together.
    """

    __tablename__ = "boxed_words"
    __table_args__ = (NO_ORDER,)

    id: Mapped[str] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), index=True)
    language: Mapped[str]
    words: Mapped[str]
    has_consent: Mapped[bool]


class VoxPop(Model):
    """What a student says in a few words, and the Monday of the week the box was emptied. `has_consent`: whether it may be published.

    Keeps: the words, a year when they are not published, 90 days once set aside or withdrawn; why: to hear students, and to let others
    hear them. What was struck is kept nowhere.
    """

    __tablename__ = "vox_pop"
    __table_args__ = (NO_ORDER,)

    id: Mapped[str] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), index=True)
    week: Mapped[dt.date]
    language: Mapped[str]
    words: Mapped[str]
    has_consent: Mapped[bool]

    ref: Mapped[str] = synonym("id")
    survey: Mapped[Survey] = relationship()
    settlement: Mapped[WordsSettlement | None] = relationship(back_populates="vox_pop")

    @property
    def scope(self) -> str:
        """The program whose staff follow it in the journal."""
        return self.survey.program.ref

    @property
    def printed(self) -> str:
        """The words as they are printed."""
        return printed(self.words, self.language)

    @property
    def is_published(self) -> bool:
        """Whether anyone may read it today."""
        return self.settlement is not None and self.settlement.outcome == WordsOutcome.PUBLISHED and self.settlement.withdrawal is None


class WordsStrike(Model):
    """Words were struck out: how many, of what kind, when and by whom; never which."""

    __tablename__ = "words_strike"
    __table_args__ = (
        CheckConstraint("kind IN ('name', 'insult', 'marks', 'health', 'other')", name="kind"),
        CheckConstraint("count > 0", name="count"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    vox_pop_id: Mapped[str] = mapped_column(ForeignKey("vox_pop.id"), index=True)
    kind: Mapped[str]
    count: Mapped[int]
    struck_at: Mapped[dt.datetime]
    struck_by: Mapped[str]


class WordsSettlement(Model):
    """What became of words: published, or set aside and why."""

    __tablename__ = "words_settlement"
    __table_args__ = (CheckConstraint("outcome IN ('published', 'set_aside')", name="outcome"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    vox_pop_id: Mapped[str] = mapped_column(ForeignKey("vox_pop.id"), unique=True)
    outcome: Mapped[str]
    reason: Mapped[str]
    settled_at: Mapped[dt.datetime]
    settled_by: Mapped[str]

    vox_pop: Mapped[VoxPop] = relationship(back_populates="settlement")
    withdrawal: Mapped[WordsWithdrawal | None] = relationship()


class WordsWithdrawal(Model):
    """Published words are no longer shown, and why."""

    __tablename__ = "words_withdrawal"

    id: Mapped[int] = mapped_column(primary_key=True)
    settlement_id: Mapped[int] = mapped_column(ForeignKey("words_settlement.id"), unique=True)
    reason: Mapped[str]
    withdrawn_at: Mapped[dt.datetime]
    withdrawn_by: Mapped[str]


def printed(words: str, language: str) -> str:
    """Give words with the signs and spaces of their language."""
    return french(words) if language == "fr" else english(words)
