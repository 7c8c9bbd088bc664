"""The tables of programs: a program, its versions, the contract of each, and its pauses. Published means immutable; the database itself
refuses to forget it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.kit import clock, tokens
from certif.kit.access import Role
from certif.kit.db import Model
from certif.kit.money import Money
from certif.programs.contracts import ContractParts, filled, filled_commitments, parts_of
from certif.programs.reading import read_rules, write_rules
from certif.programs.values import Commitment, Level, Rules, Terms, months_after
from certif.territory import Mrc, Partner, Region


class Program(Model):
    """What a regional body offers to the employers of its region, or of some of its MRC.

    `postal_address`, `email`, `phone` and `website` are where its team is reached, None until they are given: those of the organisation,
    not of a person.
    """

    __tablename__ = "program"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"), index=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("partner.id"), index=True)
    postal_address: Mapped[str | None]
    email: Mapped[str | None]
    phone: Mapped[str | None]
    website: Mapped[str | None]
    created_at: Mapped[dt.datetime]
    created_by: Mapped[str]

    region: Mapped[Region] = relationship()
    body: Mapped[Partner] = relationship()
    mrcs: Mapped[list[Mrc]] = relationship(secondary="program_mrc", order_by=Mrc.name)

    @property
    def scope(self) -> str:
        """Whose journal tells of it: its own."""
        return self.ref


class ProgramMrc(Model):
    """A program is limited to this MRC (and to the others it names). None named: the whole region."""

    __tablename__ = "program_mrc"

    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"), primary_key=True)
    mrc_id: Mapped[int] = mapped_column(ForeignKey("mrc.id"), primary_key=True, index=True)


class ProgramVersion(Model):
    """What a program decides, from a day on. A draft until it is published; immutable ever after.

    A certified employer keeps the version it signed, whatever is published later.
    """

    __tablename__ = "program_version"
    __table_args__ = (
        UniqueConstraint("program_id", "number"),
        CheckConstraint("price_cents >= 0", name="price"),
        CheckConstraint("price_cents > 0 OR NOT requires_contribution", name="contribution"),
        CheckConstraint("validity_months > 0 AND grace_days >= 0", name="durations"),
        CheckConstraint(
            "(published_at IS NULL) = (published_by IS NULL) AND (published_at IS NULL) = (effective_on IS NULL)", name="published"
        ),
        Index(
            "uq_program_version_draft",
            "program_id",
            unique=True,
            sqlite_where=text("published_at IS NULL"),
            postgresql_where=text("published_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    number: Mapped[int]
    model: Mapped[str | None]
    price_cents: Mapped[int]
    requires_signature: Mapped[bool]
    requires_contribution: Mapped[bool]
    requires_visit: Mapped[bool]
    validity_months: Mapped[int]
    grace_days: Mapped[int]
    rules_json: Mapped[dict[str, Any]] = mapped_column("rules", JSON)
    drafted_at: Mapped[dt.datetime]
    drafted_by: Mapped[str]
    published_at: Mapped[dt.datetime | None]
    published_by: Mapped[str | None]
    published_by_name: Mapped[str | None]
    effective_on: Mapped[dt.date | None]

    program: Mapped[Program] = relationship()

    @property
    def is_published(self) -> bool:
        """Whether it can no longer change."""
        return self.published_at is not None

    @property
    def rules(self) -> Rules:
        """All that this version decides besides its terms."""
        return read_rules(self.rules_json)

    @rules.setter
    def rules(self, rules: Rules) -> None:
        """Decide otherwise, while it is a draft."""
        self.rules_json = write_rules(rules)

    @property
    def terms(self) -> Terms:
        """Price, requirements and durations, as one value."""
        return Terms(
            self.price_cents,
            self.requires_signature,
            self.requires_contribution,
            self.requires_visit,
            self.validity_months,
            self.grace_days,
        )

    @terms.setter
    def terms(self, terms: Terms) -> None:
        """Decide otherwise, while it is a draft."""
        self.price_cents = terms.price_cents
        self.requires_signature, self.requires_contribution = terms.requires_signature, terms.requires_contribution
        self.requires_visit, self.validity_months, self.grace_days = terms.requires_visit, terms.validity_months, terms.grace_days

    @property
    def price(self) -> Money:
        """The contribution asked of those whose band of size has none of its own."""
        return Money(self.price_cents)

    def price_for(self, size: str) -> Money:
        """Give the contribution asked of an employer of a band of size: that of its band, or the one of all the others."""
        return Money(self.rules.prices_by_size.get(size, self.price_cents))

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels, lowest first; none where certified is certified."""
        return self.rules.levels

    def level(self, code: str | None) -> Level | None:
        """Give the level of a code, or None."""
        return next((level for level in self.levels if level.code == code), None)

    @property
    def commitments(self) -> list[Commitment]:
        """What the employer promises, or shares as a value where nothing is signed."""
        return filled_commitments(self.rules)

    def commitment(self, name: str) -> Commitment:
        """Give a commitment by its id, its numbers filled in, without its delay."""
        rules = self.rules
        return next(replace(one, text=filled(one.text, rules.hours)) for one in rules.commitments if one.id == name)

    def may_receive(self, *roles: Role) -> bool:
        """Whether one of these roles may receive applications. An administrator always may."""
        return Role.ADMIN in roles or not set(roles).isdisjoint(self.rules.receivers)

    def may_validate(self, *roles: Role) -> bool:
        """Whether one of these roles may decide. An administrator always may."""
        return Role.ADMIN in roles or not set(roles).isdisjoint(self.rules.validators)

    def valid_until(self, valid_from: dt.date) -> dt.date:
        """Give the last day of a certification that begins on a day: the same day, `validity_months` later, or the month’s last."""
        return months_after(valid_from, self.validity_months)

    def grace_until(self, valid_until: dt.date) -> dt.date:
        """Give the last day on which a certification that has ended may still be renewed without a gap."""
        return valid_until + dt.timedelta(days=self.grace_days)


class Contract(Model):
    """The moral contract of a published version, in both languages, with the digest of each text. Never changed, never removed.

    The text in force is what is signed; French is the one that binds until the signatory has expressly chosen English. Source: Charter
    of the French language, s. 55.
    """

    __tablename__ = "contract"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    version_id: Mapped[int] = mapped_column(ForeignKey("program_version.id"), unique=True)
    text_fr: Mapped[str]
    text_en: Mapped[str]
    digest_fr: Mapped[str]
    digest_en: Mapped[str]

    version: Mapped[ProgramVersion] = relationship()

    @property
    def digest(self) -> str:
        """The SHA-256 of the French text, the first that is shown."""
        return self.digest_fr

    @property
    def program(self) -> Program:
        """Whose contract it is."""
        return self.version.program

    def text(self, language: str) -> str:
        """Give the whole text in `fr` or `en`, exactly as it was digested."""
        return self.text_en if language == "en" else self.text_fr

    def digest_of(self, language: str) -> str:
        """Give the SHA-256 (hex) of the text in a language."""
        return self.digest_en if language == "en" else self.digest_fr

    def parts(self, language: str) -> ContractParts:
        """Give the text part by part, to be shown or typeset; `parts(…).text` is the digested text."""
        return parts_of(self.version.rules, language)

    @property
    def required(self) -> list[Commitment]:
        """The commitments that every signatory takes."""
        return [one for one in self.version.commitments if one.is_required]

    @property
    def optional(self) -> list[Commitment]:
        """The commitments that a signatory may pick (*souple*)."""
        return [one for one in self.version.commitments if not one.is_required]


class Pause(Model):
    """A program takes no new employer, from an instant until another. What was granted stays, and says that the program is paused."""

    __tablename__ = "pause"
    __table_args__ = (
        CheckConstraint("(resumed_at IS NULL) = (resumed_by IS NULL)", name="resumed"),
        Index(
            "uq_pause_open", "program_id", unique=True, sqlite_where=text("resumed_at IS NULL"), postgresql_where=text("resumed_at IS NULL")
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"), index=True)
    reason: Mapped[str]
    paused_at: Mapped[dt.datetime]
    paused_by: Mapped[str]
    paused_by_name: Mapped[str]
    resumed_at: Mapped[dt.datetime | None]
    resumed_by: Mapped[str | None]

    program: Mapped[Program] = relationship()

    @property
    def paused_on(self) -> dt.date:
        """The day it began, in Québec."""
        return self.paused_at.astimezone(clock.TORONTO).date()

    @property
    def resumed_on(self) -> dt.date | None:
        """The day it ended, in Québec; None while it lasts."""
        return self.resumed_at.astimezone(clock.TORONTO).date() if self.resumed_at else None
