"""The tables of agreements: what is promised, by whom, what each signed, how it ended; what was said of an internship."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.agreements.kinds import KINDS, LOOKS, SIDES, STATES, AgreementKind, AgreementState, Side
from certif.certification import Certification
from certif.employers import Establishment
from certif.kit import clock, tokens
from certif.kit.db import Model
from certif.territory import Partner


class Agreement(Model):
    """What is promised, as it was sent to be signed; it never changes: other terms are another agreement.

    `words`: all that is signed, by language; `french_digest`, the SHA-256 (hex) of the French ones. `shifts`: the usual week, triples
    (weekday from Monday, start, end). `exception`: the case of the regulation under which a child under 14 may work, else nothing.

    Keeps: of a student, a band of age, the studies and the school body, until 90 days after the end (`erased_at`); why: to check the hours
    against the law. What concerns no student stays three years after the end.
    """

    __tablename__ = "agreement"
    __table_args__ = (
        CheckConstraint("kind IN ('student', 'school', 'internship')", name="kind"),
        CheckConstraint("last_day >= first_day", name="order"),
        CheckConstraint("week_hours > 0", name="week_hours"),
        CheckConstraint("total_hours > 0", name="total_hours"),
        Index("ix_agreement_certification_id_opened_at", "certification_id", "opened_at", "ref"),
        Index("ix_agreement_kind_opened_at", "kind", "opened_at", "ref"),
        Index("ix_agreement_last_day", "last_day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    certification_id: Mapped[int] = mapped_column(ForeignKey("certification.id"))
    establishment_id: Mapped[int] = mapped_column(ForeignKey("establishment.id"), index=True)
    kind: Mapped[str]
    text_version: Mapped[int]
    words: Mapped[dict[str, Any]] = mapped_column(JSON)
    french_digest: Mapped[str]
    age_band: Mapped[str]
    exception: Mapped[str]
    study_group: Mapped[str]
    school_body_id: Mapped[int | None] = mapped_column(ForeignKey("partner.id"), index=True)
    school: Mapped[str]
    week_hours: Mapped[int | None]
    total_hours: Mapped[int | None]
    shifts: Mapped[list[list[Any]]] = mapped_column(JSON)
    first_day: Mapped[dt.date]
    last_day: Mapped[dt.date]
    opened_at: Mapped[dt.datetime]
    opened_by: Mapped[str]
    erased_at: Mapped[dt.datetime | None]

    certification: Mapped[Certification] = relationship()
    establishment: Mapped[Establishment] = relationship()
    school_body: Mapped[Partner | None] = relationship()
    parties: Mapped[list[AgreementParty]] = relationship(order_by="AgreementParty.id", back_populates="agreement", lazy="selectin")
    seal: Mapped[AgreementSeal | None] = relationship(lazy="joined")
    end: Mapped[AgreementEnd | None] = relationship(lazy="joined")
    evaluations: Mapped[list[InternshipEvaluation]] = relationship(order_by="InternshipEvaluation.id")

    @property
    def scope(self) -> str:
        """The program whose staff follow it."""
        return self.certification.program.ref

    @property
    def state(self) -> AgreementState:
        """Where it stands today. `queries.state_column` says the same for lists; a test holds them together."""
        if self.end is not None:
            return AgreementState.REVOKED if self.seal is not None else AgreementState.WITHDRAWN
        if self.last_day < clock.today():
            return AgreementState.OVER
        return AgreementState.IN_FORCE if self.seal is not None else AgreementState.AWAITING

    @property
    def state_label(self) -> str:
        """The state in words."""
        return str(STATES[self.state])

    @property
    def kind_label(self) -> str:
        """The kind in words."""
        return str(KINDS[AgreementKind(self.kind)])

    @property
    def look(self) -> str:
        """How the state looks, as `stage_tag` names it."""
        return LOOKS[self.state]

    @property
    def is_internship(self) -> bool:
        """Whether it is about an internship."""
        return self.kind == AgreementKind.INTERNSHIP

    @property
    def is_about_student(self) -> bool:
        """Whether it speaks of a student."""
        return self.kind != AgreementKind.SCHOOL

    @property
    def middle(self) -> dt.date:
        """The day in the middle, when an internship is first looked at."""
        return self.first_day + (self.last_day - self.first_day) / 2


class AgreementParty(Model):
    """Who signs on one side. `name`, the first name alone of a student; nothing is written of a child under 14.

    Keeps: a name and an address, until 90 days after the end of what concerns a student, three years of the rest; why: to write, and to
    prove who signed.
    """

    __tablename__ = "agreement_party"
    __table_args__ = (
        UniqueConstraint("agreement_id", "side"),
        CheckConstraint("side IN ('employer', 'student', 'parent', 'school')", name="side"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"))
    side: Mapped[str]
    name: Mapped[str]
    email: Mapped[str]
    language: Mapped[str]

    agreement: Mapped[Agreement] = relationship(back_populates="parties")
    links: Mapped[list[AgreementLink]] = relationship(order_by="AgreementLink.id", back_populates="party")
    codes: Mapped[list[AgreementCode]] = relationship(order_by="AgreementCode.id")
    signature: Mapped[AgreementSignature | None] = relationship(lazy="selectin")

    @property
    def side_label(self) -> str:
        """On whose behalf, in words."""
        return str(SIDES[Side(self.side)])


class AgreementLink(Model):
    """A secret link that was written to a party, to sign (`sign`) or to say how an internship goes (`midterm`, `final`). Any of them opens
    all that the party may do. `token_digest`: SHA-256 of what it ends with."""

    __tablename__ = "agreement_link"
    __table_args__ = (
        UniqueConstraint("party_id", "purpose", "number"),
        CheckConstraint("purpose IN ('sign', 'midterm', 'final')", name="purpose"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    party_id: Mapped[int] = mapped_column(ForeignKey("agreement_party.id"))
    purpose: Mapped[str]
    number: Mapped[int]
    token_digest: Mapped[str] = mapped_column(unique=True)
    sent_at: Mapped[dt.datetime]
    sent_by: Mapped[str]

    party: Mapped[AgreementParty] = relationship(back_populates="links")


class AgreementCode(Model):
    """Six digits sent to a party's own address; only their digest is kept. The last counts."""

    __tablename__ = "agreement_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    party_id: Mapped[int] = mapped_column(ForeignKey("agreement_party.id"), index=True)
    digest: Mapped[str]
    sent_at: Mapped[dt.datetime]
    valid_until: Mapped[dt.datetime]

    def fits(self, code: str) -> bool:
        """Whether `code` is the one that was sent, and still in time."""
        return clock.now() < self.valid_until and self.digest == tokens.digest(f"{self.party_id} {code}")


class AgreementSignature(Model):
    """A party signed. `french_digest`: SHA-256 (hex) of the French text that was read; `language`, the one that was chosen.

    Keeps: the name that was typed; for a child under 14, its first name, given by the parent who consents; as long as the party; why: proof
    of who promised what. Neither a network address nor a browser is kept: the code went to the party's own address.
    """

    __tablename__ = "agreement_signature"

    id: Mapped[int] = mapped_column(primary_key=True)
    party_id: Mapped[int] = mapped_column(ForeignKey("agreement_party.id"), unique=True)
    french_digest: Mapped[str]
    language: Mapped[str]
    signatory: Mapped[str]
    child_name: Mapped[str]
    signed_at: Mapped[dt.datetime]
    signed_by: Mapped[str]


class AgreementSeal(Model):
    """Every party has signed, and the PDF is sealed. `pdf_digest`: None once it is erased with what it names."""

    __tablename__ = "agreement_seal"

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), unique=True)
    pdf_digest: Mapped[str | None] = mapped_column(ForeignKey("sent_file.digest"), index=True)
    sealed_at: Mapped[dt.datetime]


class AgreementEnd(Model):
    """A party put an end to it, before or after it was signed by all. Nobody has to say why."""

    __tablename__ = "agreement_end"

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), unique=True)
    side: Mapped[str]
    ended_at: Mapped[dt.datetime]
    ended_by: Mapped[str]


class InternshipEvaluation(Model):
    """What one side said of an internship, half-way or at its end; once each. `answers`: a mark from 1 to 4 for each question.

    Keeps: marks and words, until 90 days after the end; why: so that the intern, the employer and the school can adjust.
    """

    __tablename__ = "internship_evaluation"
    __table_args__ = (
        UniqueConstraint("agreement_id", "moment", "side"),
        CheckConstraint("moment IN ('midterm', 'final')", name="moment"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"))
    side: Mapped[str]
    moment: Mapped[str]
    answers: Mapped[dict[str, int]] = mapped_column(JSON)
    words: Mapped[str]
    given_at: Mapped[dt.datetime]
    given_by: Mapped[str]
