"""Files of rows that staff bring in, line by line, and the prospects that come of them. Each thing done with a file is a row."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.certification import Certification
from certif.imports.grounds import GROUNDS, Ground
from certif.kit import tokens
from certif.kit.db import Model
from certif.programs import Program
from certif.territory import Mrc

_SPOKEN_OF = text("intake_id IS NULL AND postal_code IS NULL")
"""Prospects that no file brought: somebody spoke of them."""


class Kind(StrEnum):
    """What a file holds; rooms to the right add kinds of their own."""

    PROSPECTS = "prospects"
    CERTIFIED = "certified"


class Step(StrEnum):
    """What was done with a file, each once: every line was looked at, someone agreed, every line was
    brought in, and all of it back; the contacts of employers certified before were invited."""

    READ = "read"
    CONFIRMED = "confirmed"
    WRITTEN = "written"
    UNDO_ASKED = "undo_asked"
    UNDONE = "undone"
    INVITED = "invited"


class Intake(Model):
    """One file of rows, as it was sent. `headings` are its own, in order; `lines` counts its rows, those left blank aside."""

    __tablename__ = "intake"
    __table_args__ = (Index("ix_intake_program_id_uploaded_at", "program_id", "uploaded_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    kind: Mapped[str]
    file_name: Mapped[str]
    headings: Mapped[list[str]] = mapped_column(JSON)
    lines: Mapped[int]
    uploaded_at: Mapped[dt.datetime]
    uploaded_by: Mapped[str]
    uploader: Mapped[str]

    program: Mapped[Program] = relationship()
    steps: Mapped[list[IntakeStep]] = relationship(order_by="IntakeStep.id")

    @property
    def scope(self) -> str:
        """The program whose staff follow it in the journal."""
        return self.program.ref

    def step(self, kind: Step) -> IntakeStep | None:
        """Give the step, if it was taken."""
        return next((one for one in self.steps if one.kind == kind), None)

    @property
    def is_prospects(self) -> bool:
        """Whether its rows are prospects."""
        return self.kind == Kind.PROSPECTS

    @property
    def is_past_certified(self) -> bool:
        """Whether its rows are employers certified before, rather than prospects."""
        return self.kind == Kind.CERTIFIED


class IntakeStep(Model):
    """One thing done with a file; nobody does the same twice."""

    __tablename__ = "intake_step"
    __table_args__ = (UniqueConstraint("intake_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    intake_id: Mapped[int] = mapped_column(ForeignKey("intake.id"))
    kind: Mapped[str]
    taken_at: Mapped[dt.datetime]
    taken_by: Mapped[str]
    taker: Mapped[str]


class IntakeFile(Model):
    """The bytes of a file that is being looked at.

    Keeps: what the file holds, addresses included, until every line has been looked at; why: so that a stopped server goes on.
    """

    __tablename__ = "intake_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    intake_id: Mapped[int] = mapped_column(ForeignKey("intake.id"), unique=True)
    content: Mapped[bytes]


class IntakeLine(Model):
    """One row of a file, by its number there (1 for the headings).

    `values`, what was understood, empty when something must be corrected; `cells`, what was typed, and `faults`, pairs of a column and of
    what is wrong, when something must be; `twin`, where the same organisation already is.

    Keeps: what the file holds, addresses included, 90 days; why: to correct it, and to say what came of each line.
    """

    __tablename__ = "intake_line"
    __table_args__ = (
        UniqueConstraint("intake_id", "number"),
        Index("ix_intake_line_neq", "intake_id", "neq"),
        Index("ix_intake_line_place_key", "intake_id", "place_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    intake_id: Mapped[int] = mapped_column(ForeignKey("intake.id"))
    number: Mapped[int]
    name: Mapped[str]
    neq: Mapped[str | None]
    place_key: Mapped[str | None]
    values: Mapped[dict[str, Any]] = mapped_column(JSON)
    cells: Mapped[list[str]] = mapped_column(JSON)
    faults: Mapped[list[list[str]]] = mapped_column(JSON)
    is_faulty: Mapped[bool]
    twin: Mapped[str | None]
    twin_line: Mapped[int | None]
    settled_at: Mapped[dt.datetime | None]


class Prospect(Model):
    """An organisation that is known and not registered, in one program: nobody's account, and seen by staff only.

    `name_key` is the name as it is compared. `contact_ground` says why the contact may be written to, `contact_source` where the address
    came from. Whether it was invited or has registered is read from other rows.

    Keeps: name, address and telephone of a contact, two years after the last news (then only the organisation stays); why: to invite.
    """

    __tablename__ = "prospect"
    __table_args__ = (
        UniqueConstraint("program_id", "neq"),
        UniqueConstraint("program_id", "name_key", "postal_code"),
        UniqueConstraint("intake_id", "line_number"),
        Index("ix_prospect_program_id_noted_at", "program_id", "noted_at"),
        Index(
            "uq_prospect_spoken_of", "program_id", "name_key", "mrc_id", unique=True, sqlite_where=_SPOKEN_OF, postgresql_where=_SPOKEN_OF
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    intake_id: Mapped[int | None] = mapped_column(ForeignKey("intake.id"))
    line_number: Mapped[int | None]
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(index=True)
    neq: Mapped[str | None] = mapped_column(index=True)
    municipality: Mapped[str | None]
    postal_code: Mapped[str | None]
    mrc_id: Mapped[int | None] = mapped_column(ForeignKey("mrc.id"), index=True)
    sector: Mapped[str | None]
    contact_name: Mapped[str | None]
    contact_email: Mapped[str | None]
    contact_phone: Mapped[str | None]
    contact_ground: Mapped[str | None]
    contact_source: Mapped[str | None]
    language: Mapped[str]
    note: Mapped[str | None]
    source: Mapped[str | None]
    noted_at: Mapped[dt.datetime]
    noted_by: Mapped[str]

    program: Mapped[Program] = relationship()
    mrc: Mapped[Mrc | None] = relationship()
    intake: Mapped[Intake | None] = relationship()
    invitations: Mapped[list[ProspectInvitation]] = relationship(order_by="ProspectInvitation.number", back_populates="prospect")

    @property
    def scope(self) -> str:
        """The program whose staff follow it in the journal."""
        return self.program.ref

    @property
    def ground_label(self) -> str:
        """Why its contact may be written to, in the reader's language."""
        return str(GROUNDS[Ground(self.contact_ground)]) if self.contact_ground else ""


class PastCertification(Model):
    """A certification that a line of a file entered: what marks it as granted before the platform was there."""

    __tablename__ = "past_certification"
    __table_args__ = (UniqueConstraint("intake_id", "line_number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    intake_id: Mapped[int] = mapped_column(ForeignKey("intake.id"))
    line_number: Mapped[int]
    certification_id: Mapped[int] = mapped_column(ForeignKey("certification.id"), unique=True)

    certification: Mapped[Certification] = relationship()


class IntakeEntry(Model):
    """What a line of a file of another room brought, by its public name there."""

    __tablename__ = "intake_entry"
    __table_args__ = (UniqueConstraint("intake_id", "line_number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    intake_id: Mapped[int] = mapped_column(ForeignKey("intake.id"))
    line_number: Mapped[int]
    entered: Mapped[str] = mapped_column(unique=True)


class ProspectInvitation(Model):
    """A letter that invites a prospect to register. Only the digest of its link's token is here.

    Keeps: when it left, at which address, as long as the prospect; why: not to write too often, and to show that it was allowed.
    """

    __tablename__ = "prospect_invitation"
    __table_args__ = (UniqueConstraint("prospect_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    prospect_id: Mapped[int] = mapped_column(ForeignKey("prospect.id"))
    number: Mapped[int]
    email: Mapped[str]
    token_digest: Mapped[str] = mapped_column(unique=True)
    invited_at: Mapped[dt.datetime] = mapped_column(index=True)
    invited_by: Mapped[str]
    inviter: Mapped[str]

    prospect: Mapped[Prospect] = relationship(back_populates="invitations")


class LetterStop(Model):
    """Someone said stop: no more invitations to this address, whoever sends them.

    Keeps: a digest of the address, for as long as the site runs; why: a stop that is forgotten is none.
    """

    __tablename__ = "letter_stop"

    id: Mapped[int] = mapped_column(primary_key=True)
    address_digest: Mapped[str] = mapped_column(unique=True)
    stopped_at: Mapped[dt.datetime]
