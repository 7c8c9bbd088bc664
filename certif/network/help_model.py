"""The tables of what employers do beside their certification: distinctions that they accept, and ways to help that they offer."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.employers import Employer
from certif.kit import tokens
from certif.kit.db import Model
from certif.kit.languages import _l
from certif.programs import Program
from certif.territory import Mrc


class DistinctionKind(StrEnum):
    """What an employer is to the program: one of the first (*noyau*), or its spokesperson in an MRC."""

    FOUNDER = "founder"
    AMBASSADOR = "ambassador"


DISTINCTION_KINDS = {
    DistinctionKind.FOUNDER: _l("Noyau d’employeurs conciliants"),
    DistinctionKind.AMBASSADOR: _l("Employeur ambassadeur"),
}


class HelpKind(StrEnum):
    """What an employer offers to do for young people."""

    MENTORSHIP = "mentorship"
    INTERNSHIPS = "internships"
    TOURS = "tours"
    TALKS = "talks"
    SPONSORSHIP = "sponsorship"


HELP_KINDS = {
    HelpKind.MENTORSHIP: _l("Être mentor d’un ou d’une élève"),
    HelpKind.INTERNSHIPS: _l("Accueillir des stages"),
    HelpKind.TOURS: _l("Ouvrir ses portes : visites industrielles"),
    HelpKind.TALKS: _l("Parler de son métier en classe"),
    HelpKind.SPONSORSHIP: _l("Commanditer un gala ou un prix"),
}


class Distinction(Model):
    """A distinction that staff offered to an employer, which the employer accepted or declined. Shown to the public from its acceptance
    until it ends, and never before: being named is consented to.

    Keeps: who accepted for the employer, as long as the program; why: it is the consent.
    """

    __tablename__ = "distinction"
    __table_args__ = (
        Index(
            "uq_distinction_standing", "program_id", "employer_id", "kind", unique=True,
            sqlite_where=text("ended_at IS NULL"), postgresql_where=text("ended_at IS NULL"),
        ),
        CheckConstraint("kind IN ('founder', 'ambassador')", name="kind"),
        CheckConstraint("(kind = 'ambassador') = (mrc_id IS NOT NULL)", name="place"),
        CheckConstraint("(accepted_at IS NULL) = (accepted_by IS NULL) AND (ended_at IS NULL) = (ended_by IS NULL)", name="steps"),
        Index("ix_distinction_offered_at", "offered_at", "ref"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    employer_id: Mapped[int] = mapped_column(ForeignKey("employer.id"), index=True)
    kind: Mapped[str]
    mrc_id: Mapped[int | None] = mapped_column(ForeignKey("mrc.id"), index=True)
    offered_at: Mapped[dt.datetime]
    offered_by: Mapped[str]
    accepted_at: Mapped[dt.datetime | None]
    accepted_by: Mapped[str | None]
    ended_at: Mapped[dt.datetime | None]
    ended_by: Mapped[str | None]

    program: Mapped[Program] = relationship()
    employer: Mapped[Employer] = relationship()
    mrc: Mapped[Mrc | None] = relationship()

    @property
    def scope(self) -> str:
        """The program whose staff follow it in the journal."""
        return self.program.ref

    @property
    def kind_label(self) -> object:
        """What it is called."""
        return DISTINCTION_KINDS[DistinctionKind(self.kind)]


class HelpOffer(Model):
    """A certified employer offers a way to help, until it takes it back. `note`, what to know of it, in its own words."""

    __tablename__ = "help_offer"
    __table_args__ = (
        Index(
            "uq_help_offer_standing", "program_id", "employer_id", "kind", unique=True,
            sqlite_where=text("withdrawn_at IS NULL"), postgresql_where=text("withdrawn_at IS NULL"),
        ),
        CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by IS NULL)", name="withdrawn"),
        Index("ix_help_offer_offered_at", "offered_at", "ref"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    employer_id: Mapped[int] = mapped_column(ForeignKey("employer.id"), index=True)
    kind: Mapped[str]
    note: Mapped[str]
    offered_at: Mapped[dt.datetime]
    offered_by: Mapped[str]
    withdrawn_at: Mapped[dt.datetime | None]
    withdrawn_by: Mapped[str | None]

    program: Mapped[Program] = relationship()
    employer: Mapped[Employer] = relationship()

    @property
    def kind_label(self) -> object:
        """What is offered, in words."""
        return HELP_KINDS[HelpKind(self.kind)]
