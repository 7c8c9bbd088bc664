"""The tables of the register: the bodies around a program, where they work, whom to reach there, and what each gives to the work."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.kit import tokens
from certif.kit.db import Model
from certif.kit.languages import _l
from certif.kit.money import Money
from certif.programs import Program
from certif.territory import Mrc, Partner


class BodyKind(StrEnum):
    """What kind of body it is."""

    REGIONAL = "regional"
    SCHOOL = "school"
    EMPLOYMENT = "employment"
    CHAMBER = "chamber"
    MUNICIPAL = "municipal"
    YOUTH = "youth"
    COMMUNITY = "community"
    FUNDER = "funder"
    GOVERNMENT = "government"
    OTHER = "other"


BODY_KINDS = {
    BodyKind.REGIONAL: _l("Instance régionale"),
    BodyKind.SCHOOL: _l("Milieu scolaire"),
    BodyKind.EMPLOYMENT: _l("Carrefour jeunesse-emploi, employabilité"),
    BodyKind.CHAMBER: _l("Chambre de commerce"),
    BodyKind.MUNICIPAL: _l("MRC, ville, municipalité"),
    BodyKind.YOUTH: _l("Maison de jeunes, Aire ouverte"),
    BodyKind.COMMUNITY: _l("Organisme communautaire, CDC"),
    BodyKind.FUNDER: _l("Centraide, fondation, caisse"),
    BodyKind.GOVERNMENT: _l("Services Québec, santé, ministère"),
    BodyKind.OTHER: _l("Autre organisme"),
}


class ProvisionKind(StrEnum):
    """What a body gives to the common work."""

    MONEY = "money"
    HOURS = "hours"
    ROOMS = "rooms"
    PRIZES = "prizes"


PROVISION_KINDS = {
    ProvisionKind.MONEY: _l("Argent"),
    ProvisionKind.HOURS: _l("Heures de travail"),
    ProvisionKind.ROOMS: _l("Prêt de salles"),
    ProvisionKind.PRIZES: _l("Prix et cadeaux"),
}


class MemberCategory(Model):
    """A category under which a program counts its members, such as « membre actif » or « allié ». Each program names its own."""

    __tablename__ = "member_category"
    __table_args__ = (UniqueConstraint("program_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    name: Mapped[str]
    added_at: Mapped[dt.datetime]
    added_by: Mapped[str]


class NetworkBody(Model):
    """A body of the network of a program. `partner`, where the territory knows it as one; `goal`, the plan or goal by which it acts
    against dropping out, empty where nobody knows of one. One that is gone is archived: what it gave and where it sat stay.
    """

    __tablename__ = "network_body"
    __table_args__ = (
        UniqueConstraint("program_id", "name"),
        UniqueConstraint("program_id", "partner_id"),
        CheckConstraint("(archived_at IS NULL) = (archived_by IS NULL)", name="archived"),
        Index("ix_network_body_program_id_kind", "program_id", "kind"),
        Index("ix_network_body_noted_at", "noted_at", "ref"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    partner_id: Mapped[int | None] = mapped_column(ForeignKey("partner.id"), index=True)
    category_id: Mapped[int | None] = mapped_column(ForeignKey("member_category.id"), index=True)
    kind: Mapped[str]
    name: Mapped[str]
    website: Mapped[str]
    goal: Mapped[str]
    noted_at: Mapped[dt.datetime]
    noted_by: Mapped[str]
    archived_at: Mapped[dt.datetime | None]
    archived_by: Mapped[str | None]

    program: Mapped[Program] = relationship()
    partner: Mapped[Partner | None] = relationship()
    category: Mapped[MemberCategory | None] = relationship()

    @property
    def scope(self) -> str:
        """The program whose staff follow it in the journal."""
        return self.program.ref

    @property
    def kind_label(self) -> object:
        """What kind of body it is, in words."""
        return BODY_KINDS[BodyKind(self.kind)]


class BodyPlace(Model):
    """A body works in an MRC, from a day until another, which no longer counts."""

    __tablename__ = "body_place"
    __table_args__ = (
        Index(
            "uq_body_place_standing", "body_id", "mrc_id", unique=True,
            sqlite_where=text("until_on IS NULL"), postgresql_where=text("until_on IS NULL"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("network_body.id"), index=True)
    mrc_id: Mapped[int] = mapped_column(ForeignKey("mrc.id"), index=True)
    from_on: Mapped[dt.date]
    until_on: Mapped[dt.date | None]
    noted_by: Mapped[str]

    body: Mapped[NetworkBody] = relationship()
    mrc: Mapped[Mrc] = relationship()


class BodyContact(Model):
    """Somebody to reach in a body. `expertise`, on what they advise others; empty for those who are no expert of the register.

    Keeps: name, role, address and telephone, while they are the one to reach and a year after; why: to work together. Then the name,
    address and telephone are erased, and what they took part in stays without them.
    """

    __tablename__ = "body_contact"
    __table_args__ = (
        CheckConstraint("(ended_at IS NULL) = (ended_by IS NULL)", name="ended"),
        CheckConstraint("language IN ('fr', 'en')", name="language"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    body_id: Mapped[int] = mapped_column(ForeignKey("network_body.id"), index=True)
    name: Mapped[str]
    role: Mapped[str]
    email: Mapped[str | None]
    phone: Mapped[str | None]
    language: Mapped[str]
    expertise: Mapped[str]
    noted_at: Mapped[dt.datetime]
    noted_by: Mapped[str]
    ended_at: Mapped[dt.datetime | None] = mapped_column(index=True)
    ended_by: Mapped[str | None]

    body: Mapped[NetworkBody] = relationship()


class Provision(Model):
    """What a body gave to the common work on a day. `cents`, money, or what prizes are worth; `quantity`, whole hours, or how many rooms
    or prizes. One noted by mistake is struck out, and no longer counts."""

    __tablename__ = "body_provision"
    __table_args__ = (
        CheckConstraint("kind IN ('money', 'hours', 'rooms', 'prizes')", name="kind"),
        CheckConstraint("cents >= 0 AND quantity >= 0 AND cents + quantity > 0", name="amount"),
        CheckConstraint("(struck_at IS NULL) = (struck_by IS NULL)", name="struck"),
        Index("ix_body_provision_body_id_given_on", "body_id", "given_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    body_id: Mapped[int] = mapped_column(ForeignKey("network_body.id"))
    kind: Mapped[str]
    cents: Mapped[int]
    quantity: Mapped[int]
    given_on: Mapped[dt.date]
    what: Mapped[str]
    noted_at: Mapped[dt.datetime]
    noted_by: Mapped[str]
    struck_at: Mapped[dt.datetime | None]
    struck_by: Mapped[str | None]

    body: Mapped[NetworkBody] = relationship()

    @property
    def kind_label(self) -> object:
        """What was given, in words."""
        return PROVISION_KINDS[ProvisionKind(self.kind)]

    @property
    def amount(self) -> Money:
        """The money, or what prizes are worth."""
        return Money(self.cents)
