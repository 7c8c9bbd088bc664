"""A draw of the year, the employers it fell on, and what came of each: evidence, a finding, a reply, a conclusion."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.certification import Certification
from certif.kit import tokens
from certif.kit.db import Model
from certif.kit.languages import _l
from certif.programs import Program
from certif.sampling.recipe import picked


class Outcome(StrEnum):
    """What an examination comes to. A suspension is only proposed: a manager decides of it, apart."""

    UPHELD = "upheld"
    ADVICE = "advice"
    SUSPENSION_PROPOSED = "suspension_proposed"

    @property
    def label(self) -> str:
        """The outcome in a few words."""
        return str(_OUTCOMES[self])


_OUTCOMES = {
    Outcome.UPHELD: _l("Les engagements sont tenus"),
    Outcome.ADVICE: _l("Des conseils sont donnés"),
    Outcome.SUSPENSION_PROPOSED: _l("Une suspension est proposée"),
}


class SampleDraw(Model):
    """The draw of a program in a year. The digest of its seed is public from the day it is announced; the seed and the tickets, from the
    day it is drawn. `seed` is told to nobody before."""

    __tablename__ = "sample_draw"
    __table_args__ = (
        UniqueConstraint("program_id", "year"),
        CheckConstraint("(drawn_at IS NULL) = (drawn_by IS NULL) AND (drawn_at IS NULL) = (tickets IS NULL)", name="drawn"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    year: Mapped[int]
    percent: Mapped[int]
    seed: Mapped[str]
    seed_digest: Mapped[str]
    announced_at: Mapped[dt.datetime]
    announced_by: Mapped[str]
    drawn_at: Mapped[dt.datetime | None]
    drawn_by: Mapped[str | None]
    tickets: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))

    program: Mapped[Program] = relationship()

    @property
    def scope(self) -> str:
        """The program whose staff follow it in the journal."""
        return self.program.ref

    @property
    def is_drawn(self) -> bool:
        """Whether the seed is public."""
        return self.drawn_at is not None

    @property
    def picked(self) -> list[str]:
        """The tickets drawn, worked out anew from what is published."""
        return picked(self.seed, self.tickets or [], self.percent)


class EvidenceSent(Model):
    """What the employer shows: words, and a file that supports them, if any.

    Keeps: words and file, two years after the conclusion or the end of the cycle, whichever is later; then that something was shown. Why:
    to conclude, and to answer for it.
    """

    __tablename__ = "examination_evidence"
    __table_args__ = (UniqueConstraint("examination_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    examination_id: Mapped[int] = mapped_column(ForeignKey("examination.id"))
    number: Mapped[int]
    words: Mapped[str]
    piece_digest: Mapped[str | None] = mapped_column(ForeignKey("sent_file.digest"))
    piece_name: Mapped[str | None]
    sent_at: Mapped[dt.datetime]
    sent_by: Mapped[str]


class Reply(Model):
    """The employer's answer to a finding, before anything is concluded."""

    __tablename__ = "examination_reply"

    id: Mapped[int] = mapped_column(primary_key=True)
    finding_id: Mapped[int] = mapped_column(ForeignKey("examination_finding.id"), unique=True)
    words: Mapped[str]
    replied_at: Mapped[dt.datetime]
    replied_by: Mapped[str]


class Finding(Model):
    """What staff intend to conclude, and why. The employer may reply until `reply_by`."""

    __tablename__ = "examination_finding"

    id: Mapped[int] = mapped_column(primary_key=True)
    examination_id: Mapped[int] = mapped_column(ForeignKey("examination.id"), unique=True)
    outcome: Mapped[str]
    reason: Mapped[str]
    reply_by: Mapped[dt.date]
    found_at: Mapped[dt.datetime]
    found_by: Mapped[str]
    finder: Mapped[str]

    reply: Mapped[Reply | None] = relationship()

    @property
    def label(self) -> str:
        """What is intended, in a few words."""
        return Outcome(self.outcome).label


class Conclusion(Model):
    """The end of an examination."""

    __tablename__ = "examination_conclusion"

    id: Mapped[int] = mapped_column(primary_key=True)
    examination_id: Mapped[int] = mapped_column(ForeignKey("examination.id"), unique=True)
    outcome: Mapped[str]
    reason: Mapped[str]
    concluded_at: Mapped[dt.datetime]
    concluded_by: Mapped[str]
    concluder: Mapped[str]

    @property
    def label(self) -> str:
        """What it came to, in a few words."""
        return Outcome(self.outcome).label


class Examination(Model):
    """The draw fell on this certification: its employer shows what it does until `answer_by`."""

    __tablename__ = "examination"
    __table_args__ = (UniqueConstraint("draw_id", "certification_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    draw_id: Mapped[int] = mapped_column(ForeignKey("sample_draw.id"))
    certification_id: Mapped[int] = mapped_column(ForeignKey("certification.id"), index=True)
    ticket: Mapped[str]
    answer_by: Mapped[dt.date]
    asked_at: Mapped[dt.datetime]

    draw: Mapped[SampleDraw] = relationship()
    certification: Mapped[Certification] = relationship()
    evidence: Mapped[list[EvidenceSent]] = relationship(order_by=EvidenceSent.number)
    finding: Mapped[Finding | None] = relationship()
    conclusion: Mapped[Conclusion | None] = relationship()

    @property
    def state(self) -> str:
        """Where it stands, in a few words."""
        if self.conclusion:
            return self.conclusion.label
        if self.finding:
            return str(_STATES["replied" if self.finding.reply else "found"])
        return str(_STATES["answered" if self.evidence else "asked"])


_STATES = {
    "asked": _l("Attend l’employeur"),
    "answered": _l("À examiner"),
    "found": _l("Droit de réponse en cours"),
    "replied": _l("À conclure"),
}
