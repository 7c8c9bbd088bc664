"""The tables of approaches: each time a prospect was written to, called or met; how often one may; who is called no more."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.accounts import User
from certif.imports import Prospect
from certif.kit.db import Model
from certif.kit.languages import _l
from certif.programs import Program


class Channel(StrEnum):
    """How a prospect is approached."""

    IN_PERSON = "in_person"
    PHONE = "phone"
    EMAIL = "email"
    POST = "post"


CHANNELS = {
    Channel.IN_PERSON: _l("En personne"),
    Channel.PHONE: _l("Téléphone"),
    Channel.EMAIL: _l("Courriel"),
    Channel.POST: _l("Lettre par la poste"),
}


class Answer(StrEnum):
    """What came of it."""

    INTERESTED = "interested"
    THINKING = "thinking"
    REFUSED = "refused"
    MESSAGE = "message"
    NOBODY = "nobody"
    STOP = "stop"


ANSWERS = {
    Answer.INTERESTED: _l("Intéressé : veut s’inscrire"),
    Answer.THINKING: _l("Sensibilisé : y réfléchit"),
    Answer.REFUSED: _l("A refusé"),
    Answer.MESSAGE: _l("Message laissé"),
    Answer.NOBODY: _l("Aucune réponse"),
    Answer.STOP: _l("A dit d’arrêter"),
}
REACHED = (Answer.INTERESTED, Answer.THINKING, Answer.REFUSED, Answer.STOP)
"""Somebody answered: the organisation has heard of it."""


class Approach(Model):
    """One time that a prospect was approached, numbered. `next_on`, the day of the next one, as it was said or worked out then.

    Keeps: who approached, and what was answered, as long as the prospect; its `note`, two years; why: not to come too often, and to go on
    where one was. Names of persons met do not belong in `note`.
    """

    __tablename__ = "approach"
    __table_args__ = (
        UniqueConstraint("prospect_id", "number"),
        Index("ix_approach_user_id_approached_at", "user_id", "approached_at"),
        Index("ix_approach_approached_at", "approached_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    prospect_id: Mapped[int] = mapped_column(ForeignKey("prospect.id"))
    number: Mapped[int]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    channel: Mapped[str]
    answer: Mapped[str]
    note: Mapped[str]
    next_on: Mapped[dt.date | None]
    approached_at: Mapped[dt.datetime]
    approached_by: Mapped[str]

    prospect: Mapped[Prospect] = relationship()
    user: Mapped[User | None] = relationship()

    @property
    def channel_label(self) -> str:
        """How, in the reader's language."""
        return str(CHANNELS[Channel(self.channel)])

    @property
    def answer_label(self) -> str:
        """What came of it, in the reader's language."""
        return str(ANSWERS[Answer(self.answer)])

    @property
    def has_reached(self) -> bool:
        """Whether somebody answered."""
        return self.answer in REACHED


class Cadence(Model):
    """How a program approaches prospects, numbered; the last row counts.

    `attempts` in a row without an answer, `days` apart; then one waits `rest_months`, as for who thinks it over; who refused is not
    approached before `refused_months`. `only_given`: a partner sees the prospects of its territory that were given to it, not the others.
    """

    __tablename__ = "cadence"
    __table_args__ = (
        UniqueConstraint("program_id", "number"),
        CheckConstraint("attempts > 0 AND days > 0 AND rest_months > 0 AND refused_months >= rest_months", name="bounds"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    number: Mapped[int]
    attempts: Mapped[int]
    days: Mapped[int]
    rest_months: Mapped[int]
    refused_months: Mapped[int]
    only_given: Mapped[bool]
    set_at: Mapped[dt.datetime]
    set_by: Mapped[str]

    program: Mapped[Program] = relationship()


class CallStop(Model):
    """Someone said stop: this number is called no more, by anyone.

    Keeps: a digest of the number, for as long as the site runs; why: a stop that is forgotten is none.
    """

    __tablename__ = "call_stop"

    id: Mapped[int] = mapped_column(primary_key=True)
    number_digest: Mapped[str] = mapped_column(unique=True)
    stopped_at: Mapped[dt.datetime]
