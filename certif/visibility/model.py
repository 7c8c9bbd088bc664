"""The rows of the visibility kit: the logo an employer gave, and the kits that staff ordered for many at once."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.certification import Verification
from certif.employers import Employer
from certif.kit import tokens
from certif.kit.db import Model
from certif.programs import Program


class EmployerLogo(Model):
    """The logo that an employer gave, or took back (`digest` None); the last counts. What is kept was redrawn: see `badges.redrawn`.

    Keeps: a picture taken back or replaced, 30 days (then `digest` is None); why: to undo a mistake.
    """

    __tablename__ = "employer_logo"
    __table_args__ = (UniqueConstraint("employer_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    employer_id: Mapped[int] = mapped_column(ForeignKey("employer.id"))
    number: Mapped[int]
    digest: Mapped[str | None] = mapped_column(ForeignKey("sent_file.digest"))
    given_at: Mapped[dt.datetime]
    given_by: Mapped[str]

    employer: Mapped[Employer] = relationship()


class KitOrder(Model):
    """Kits that staff asked for, for many employers of a program at once. `parts`: in how many files they are handed over."""

    __tablename__ = "kit_order"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"), index=True)
    parts: Mapped[int]
    ordered_at: Mapped[dt.datetime]
    ordered_by: Mapped[str]
    ordered_by_name: Mapped[str]

    program: Mapped[Program] = relationship()

    @property
    def scope(self) -> str:
        """The program whose staff follow this order in the journal."""
        return self.program.ref


class OrderedKit(Model):
    """One kit of an order: whose it is, and in which part it goes."""

    __tablename__ = "ordered_kit"
    __table_args__ = (UniqueConstraint("order_id", "verification_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("kit_order.id"))
    verification_id: Mapped[int] = mapped_column(ForeignKey("verification.id"), index=True)
    part: Mapped[int]

    order: Mapped[KitOrder] = relationship()
    verification: Mapped[Verification] = relationship()


class TypesetKit(Model):
    """A kit of an order is done, once. `is_left_out`: the certification had ended meanwhile, so there was nothing to typeset."""

    __tablename__ = "typeset_kit"

    id: Mapped[int] = mapped_column(primary_key=True)
    ordered_kit_id: Mapped[int] = mapped_column(ForeignKey("ordered_kit.id"), unique=True)
    is_left_out: Mapped[bool]
    typeset_at: Mapped[dt.datetime]


class KitPart(Model):
    """One file of an order is whole and may be fetched, until it is removed from the disk (`KEPT_DAYS` later); it can be made again."""

    __tablename__ = "kit_part"
    __table_args__ = (UniqueConstraint("order_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("kit_order.id"))
    number: Mapped[int]
    size_bytes: Mapped[int]
    closed_at: Mapped[dt.datetime]
