"""The tables of what a program tells: notices, questions, what became of each, and what was taken back."""

from __future__ import annotations

import datetime as dt
import re
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.kit import clock, tokens
from certif.kit.db import Model
from certif.kit.languages import _l, language
from certif.programs import Program, Text, french


class Kind(StrEnum):
    """What a notice is about."""

    GENERAL = "general"
    DATES = "dates"
    CONTRACT = "contract"
    PAUSE = "pause"

    @property
    def label(self) -> object:
        """The kind in words (lazy)."""
        return KINDS[self]


KINDS = {
    Kind.GENERAL: _l("Information"),
    Kind.DATES: _l("Changement de dates"),
    Kind.CONTRACT: _l("Nouveau contrat moral"),
    Kind.PAUSE: _l("Pause ou reprise"),
}


class Outcome(StrEnum):
    """What became of a question."""

    PUBLISHED = "published"
    ANSWERED = "answered"
    SET_ASIDE = "set_aside"

    @property
    def label(self) -> object:
        """The outcome in words (lazy)."""
        return OUTCOMES[self]


OUTCOMES = {
    Outcome.PUBLISHED: _l("Réponse publiée"),
    Outcome.ANSWERED: _l("Réponse envoyée"),
    Outcome.SET_ASIDE: _l("Mise de côté"),
}


class ProgramNotice(Model):
    """Something that a program lets everyone know, on a day. Never changed: it is withdrawn, and another is published."""

    __tablename__ = "program_notice"
    __table_args__ = (Index("ix_program_notice_program_id_published_at", "program_id", "published_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    kind: Mapped[str]
    title_fr: Mapped[str]
    title_en: Mapped[str]
    body_fr: Mapped[str]
    body_en: Mapped[str]
    published_at: Mapped[dt.datetime]
    published_by: Mapped[str]
    publisher: Mapped[str]

    program: Mapped[Program] = relationship()
    withdrawal: Mapped[NoticeWithdrawal | None] = relationship()

    @property
    def scope(self) -> str:
        """The program whose staff follow it in the journal."""
        return self.program.ref

    @property
    def title(self) -> Text:
        """What it is called, in both languages, or in French alone."""
        return Text(self.title_fr, self.title_en)

    @property
    def body(self) -> Text:
        """What it says, in both languages, or in French alone."""
        return Text(self.body_fr, self.body_en)

    @property
    def kind_label(self) -> object:
        """What it is about, in words."""
        return Kind(self.kind).label

    @property
    def published_on(self) -> dt.date:
        """The day it was published, in Québec."""
        return self.published_at.astimezone(clock.TORONTO).date()

    @property
    def is_in_french_only(self) -> bool:
        """Whether it was asked for in English, and there is only French to give."""
        return language() == "en" and not self.body_en


class NoticeWithdrawal(Model):
    """A notice is no longer shown, and why."""

    __tablename__ = "notice_withdrawal"

    id: Mapped[int] = mapped_column(primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("program_notice.id"), unique=True)
    reason: Mapped[str]
    withdrawn_at: Mapped[dt.datetime]
    withdrawn_by: Mapped[str]


class ProgramQuestion(Model):
    """What somebody asked about a program, without saying who they are.

    Keeps: the words until 90 days after the question is settled, a year when nobody settles it; the address, if one was left, only until
    the answer has been sent. Why: to answer. None of it is published: what is published was written anew by staff.
    """

    __tablename__ = "program_question"
    __table_args__ = (Index("ix_program_question_program_id_asked_at", "program_id", "asked_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    language: Mapped[str]
    words: Mapped[str]
    email: Mapped[str | None]
    asked_at: Mapped[dt.datetime] = mapped_column(index=True)

    program: Mapped[Program] = relationship()
    settlement: Mapped[Settlement | None] = relationship(back_populates="question")

    @property
    def scope(self) -> str:
        """The program whose staff follow it in the journal."""
        return self.program.ref

    @property
    def excerpt(self) -> str:
        """Its first words, for lists, as they are printed."""
        words = re.sub(r"[ \n]+", " ", french(self.words) if self.language == "fr" else self.words)
        return words if len(words) <= 100 else f"{words[:99].rstrip()}…"


class Settlement(Model):
    """What became of a question: published with its answer, both written by staff; answered to the person alone; set aside, and why."""

    __tablename__ = "question_settlement"
    __table_args__ = (Index("ix_question_settlement_outcome_settled_at", "outcome", "settled_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    question_id: Mapped[int] = mapped_column(ForeignKey("program_question.id"), unique=True)
    outcome: Mapped[str]
    question_fr: Mapped[str]
    question_en: Mapped[str]
    answer_fr: Mapped[str]
    answer_en: Mapped[str]
    reason: Mapped[str]
    settled_at: Mapped[dt.datetime]
    settled_by: Mapped[str]
    settler: Mapped[str]

    question: Mapped[ProgramQuestion] = relationship(back_populates="settlement")
    withdrawal: Mapped[AnswerWithdrawal | None] = relationship()

    @property
    def asked(self) -> Text:
        """The question as staff reworded it."""
        return Text(self.question_fr, self.question_en)

    @property
    def answer(self) -> Text:
        """The answer that is published."""
        return Text(self.answer_fr, self.answer_en)

    @property
    def outcome_label(self) -> object:
        """What became of the question, in words."""
        return Outcome(self.outcome).label

    @property
    def settled_on(self) -> dt.date:
        """The day it was settled, in Québec."""
        return self.settled_at.astimezone(clock.TORONTO).date()

    @property
    def is_in_french_only(self) -> bool:
        """Whether it was asked for in English, and there is only French to give."""
        return language() == "en" and not self.answer_en


class AnswerWithdrawal(Model):
    """A published answer is no longer shown, and why."""

    __tablename__ = "answer_withdrawal"

    id: Mapped[int] = mapped_column(primary_key=True)
    settlement_id: Mapped[int] = mapped_column(ForeignKey("question_settlement.id"), unique=True)
    reason: Mapped[str]
    withdrawn_at: Mapped[dt.datetime]
    withdrawn_by: Mapped[str]
