"""The register: banner → employer (one legal entity) → establishment (a place of work), and who acts for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from sqlalchemy import ColumnElement, ForeignKey, Index, and_, select, text, true
from sqlalchemy.orm import Mapped, mapped_column, relationship
from werkzeug.exceptions import NotFound

from certif.accounts import User
from certif.employers.kinds import HIRING, KINDS, ROLES, Hires, MemberRole
from certif.kit import tokens
from certif.kit.access import Actor
from certif.kit.db import Model, db
from certif.kit.languages import _, folded
from certif.programs import SIZES
from certif.territory import Mrc

_CURRENT = text("ended_at IS NULL")


class Banner(Model):
    """A brand shared by several employers: a restaurant chain, a group of pharmacies. `name_key`, its name folded, is written once."""

    __tablename__ = "banner"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(unique=True)


class Employer(Model):
    """One legal entity: a company, a municipality, a school, a non-profit.

    `neq` is ten digits, or nothing where an organisation has none (no check digit is documented). `name_key` is the legal name as it is
    compared. `language` is that of letters to the contact.

    Keeps: name, role, address and telephone of the contact, as long as the employer is registered, then as the retention schedule says;
    why: to reach the person who answers for the commitments.
    """

    __tablename__ = "employer"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    neq: Mapped[str | None] = mapped_column(unique=True)
    legal_name: Mapped[str]
    name_key: Mapped[str] = mapped_column(index=True)
    trade_name: Mapped[str | None]
    banner_id: Mapped[int | None] = mapped_column(ForeignKey("banner.id"), index=True)
    kind: Mapped[str]
    sector: Mapped[str]
    size: Mapped[str]
    hires: Mapped[str]
    federally_regulated: Mapped[bool]
    contact_name: Mapped[str]
    contact_role: Mapped[str]
    contact_email: Mapped[str]
    contact_phone: Mapped[str | None]
    website: Mapped[str | None]
    language: Mapped[str] = mapped_column(default="fr")
    registered_at: Mapped[dt.datetime]
    registered_by: Mapped[str]

    banner: Mapped[Banner | None] = relationship()

    @property
    def name(self) -> str:
        """The name the public knows."""
        return self.trade_name or self.legal_name

    @property
    def hires_nobody(self) -> bool:
        """Whether it takes on no student and no intern, and so backs the cause as a supporter."""
        return self.hires == Hires.NONE

    @property
    def kind_label(self) -> str:
        """What it is, in the reader's language."""
        return str(KINDS[self.kind])

    @property
    def size_label(self) -> str:
        """How many people work there, in the reader's language."""
        return str(SIZES.get(self.size) or _("Non précisée"))

    @property
    def hires_label(self) -> str:
        """Whom it takes on, in the reader's language."""
        return str(HIRING[Hires(self.hires)])


class Establishment(Model):
    """A place of work, in one MRC. One open establishment of each employer is the main one. A closed one stays, for what it was."""

    __tablename__ = "establishment"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    employer_id: Mapped[int] = mapped_column(ForeignKey("employer.id"), index=True)
    name: Mapped[str]
    address: Mapped[str]
    municipality: Mapped[str]
    postal_code: Mapped[str]
    mrc_id: Mapped[int] = mapped_column(ForeignKey("mrc.id"), index=True)
    is_main: Mapped[bool]
    closed_at: Mapped[dt.datetime | None] = mapped_column(index=True)

    employer: Mapped[Employer] = relationship()
    mrc: Mapped[Mrc] = relationship()


class Membership(Model):
    """A person acts for an employer, from `since` to `ended_at`; once at a time.

    Keeps: who acted for whom and when, as long as the employer's file; why: to know who could sign and decide.
    """

    __tablename__ = "membership"
    __table_args__ = (
        Index("uq_membership_current", "user_id", "employer_id", unique=True, sqlite_where=_CURRENT, postgresql_where=_CURRENT),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    employer_id: Mapped[int] = mapped_column(ForeignKey("employer.id"), index=True)
    role: Mapped[str]
    since: Mapped[dt.datetime]
    added_by: Mapped[str]
    ended_at: Mapped[dt.datetime | None]
    ended_by: Mapped[str | None]

    user: Mapped[User] = relationship()
    employer: Mapped[Employer] = relationship()

    @property
    def is_owner(self) -> bool:
        """Whether this person decides who else acts for the employer."""
        return self.role == MemberRole.OWNER

    @property
    def role_label(self) -> str:
        """What this person may do, in the reader's language."""
        return str(ROLES[MemberRole(self.role)])


def employers_of(actor: Actor) -> list[Employer]:
    """Give the employers for which this person acts, by name."""
    if actor.user_id is None:
        return []
    query = select(Employer).join(Membership, _current_membership_of(actor.user_id)).order_by(Employer.name_key, Employer.id)
    return list(db.session.scalars(query))


def employer_of(actor: Actor, ref: str) -> Employer:
    """Give the employer named `ref`. Refuses (404) what is not there and what is not this person's, alike."""
    return membership_of(actor, ref).employer


def membership_of(actor: Actor, ref: str) -> Membership:
    """Give this person's current membership of the employer named `ref`. Refuses (404) where there is none."""
    query = select(Membership).join(Employer, _current_membership_of(actor.user_id or 0)).where(Employer.ref == ref)
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    return found


def establishment_of(actor: Actor, ref: str, *, even_closed: bool = False) -> Establishment:
    """Give the open establishment named `ref` of one of this person's employers. Refuses (404) any other."""
    state = true() if even_closed else Establishment.closed_at.is_(None)
    found = db.session.scalar(
        select(Establishment)
        .join(Employer, Establishment.employer_id == Employer.id)
        .join(Membership, _current_membership_of(actor.user_id or 0))
        .where(Establishment.ref == ref, state)
    )
    if found is None:
        raise NotFound
    return found


def establishments_of(employer: Employer) -> list[Establishment]:
    """Give the open establishments, the main one first."""
    query = select(Establishment).where(Establishment.employer_id == employer.id, Establishment.closed_at.is_(None))
    return list(db.session.scalars(query.order_by(Establishment.is_main.desc(), Establishment.id)))


def members_of(employer: Employer) -> list[Membership]:
    """Give who acts for this employer today, the oldest member first."""
    query = select(Membership).where(Membership.employer_id == employer.id, Membership.ended_at.is_(None))
    return list(db.session.scalars(query.order_by(Membership.since, Membership.id)))


def is_member(user_id: int | None, employer: Employer) -> bool:
    """Whether this person acts for this employer today."""
    return any(membership.user_id == user_id for membership in members_of(employer))


def find_similar(neq: str | None, name: str, *postal_codes: str, other_than: Iterable[str] = ()) -> Employer | None:
    """Find who may be the same organisation: the same NEQ, or the same name (case, accents, signs aside) at one of these postal codes.

    Takes: `other_than`, refs of employers known to be others; the same NEQ is found all the same.
    """
    here = Establishment.employer_id == Employer.id, Establishment.postal_code.in_(postal_codes), Establishment.closed_at.is_(None)
    same_place = select(Establishment.id).where(*here).exists()
    same_name = and_(Employer.name_key == name_key(name), same_place, Employer.ref.not_in(list(other_than)))
    by_neq = db.session.scalar(select(Employer).where(Employer.neq == neq)) if neq else None
    return by_neq or db.session.scalar(select(Employer).where(same_name).order_by(Employer.id).limit(1))


def name_key(name: str) -> str:
    """Give a name as it is compared; one made of signs only stays itself."""
    return folded(name) or name.casefold()


def _current_membership_of(user_id: int) -> ColumnElement[bool]:
    return and_(Membership.employer_id == Employer.id, Membership.user_id == user_id, Membership.ended_at.is_(None))
