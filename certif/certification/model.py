"""The path of an employer and its result, for one cycle: facts as rows, and the stage read from them."""

from __future__ import annotations

import datetime as dt
from enum import Enum

from sqlalchemy import ForeignKey, UniqueConstraint, and_
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from certif.certification.signatures import (
    ContractDecline,
    ContractDelivery,
    ContractSignature,
    LanguageChoice,
    SigningCode,
    signature_counts,
)
from certif.contributions import Contribution
from certif.employers import Employer, Establishment
from certif.kit import clock, tokens
from certif.kit.db import Model
from certif.programs import Contract, Program, ProgramVersion


class Stage(Enum):
    """Where a certification stands; the first that fits, from the top."""

    REVOKED = "revoked"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    CERTIFIED = "certified"
    AWAITING_CONTRACT = "awaiting_contract"
    AWAITING_CONTRIBUTION = "awaiting_contribution"
    SENT_BACK = "sent_back"
    AWAITING_VALIDATION = "awaiting_validation"


class Decision(Model):
    """What staff decided on a file: granted, or sent back with reasons. `number` counts from 1: nobody takes the same decision twice."""

    __tablename__ = "decision"
    __table_args__ = (UniqueConstraint("certification_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    certification_id: Mapped[int] = mapped_column(ForeignKey("certification.id"))
    number: Mapped[int]
    is_granted: Mapped[bool]
    level: Mapped[str | None]
    visited_on: Mapped[dt.date | None]
    reason: Mapped[str]
    decided_at: Mapped[dt.datetime]
    decided_by: Mapped[str]
    decider: Mapped[str]

    resubmission: Mapped[Resubmission | None] = relationship()


class Resubmission(Model):
    """The employer's answer to a file sent back."""

    __tablename__ = "resubmission"

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), unique=True)
    note: Mapped[str]
    resubmitted_at: Mapped[dt.datetime]
    resubmitted_by: Mapped[str]


class Verification(Model):
    """The public code of an establishment in a program: what its QR opens, for ever, whatever the cycle."""

    __tablename__ = "verification"
    __table_args__ = (UniqueConstraint("establishment_id", "program_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    establishment_id: Mapped[int] = mapped_column(ForeignKey("establishment.id"))
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    issued_at: Mapped[dt.datetime]
    issued_by: Mapped[str]

    establishment: Mapped[Establishment] = relationship()
    program: Mapped[Program] = relationship()


class Badge(Model):
    """What is given to each place covered. Good through `valid_until`; shown as expired after `expires_on`, the end of the grace.

    `issue` counts from 1: a level granted in the middle of a cycle issues another badge to the same place, and the last one counts.
    """

    __tablename__ = "badge"
    __table_args__ = (UniqueConstraint("certification_id", "verification_id", "issue"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    certification_id: Mapped[int] = mapped_column(ForeignKey("certification.id"))
    verification_id: Mapped[int] = mapped_column(ForeignKey("verification.id"), index=True)
    number: Mapped[str] = mapped_column(unique=True)
    issue: Mapped[int] = mapped_column(default=1)
    level: Mapped[str | None]
    valid_from: Mapped[dt.date]
    valid_until: Mapped[dt.date] = mapped_column(index=True)
    expires_on: Mapped[dt.date]
    certificate_digest: Mapped[str] = mapped_column(ForeignKey("evidence.digest"))

    verification: Mapped[Verification] = relationship()


class Suspension(Model):
    """The certification does not count for a while, and why. One that is not lifted counts."""

    __tablename__ = "suspension"

    id: Mapped[int] = mapped_column(primary_key=True)
    certification_id: Mapped[int] = mapped_column(ForeignKey("certification.id"), index=True)
    reason: Mapped[str]
    suspended_at: Mapped[dt.datetime]
    suspended_by: Mapped[str]

    reinstatement: Mapped[Reinstatement | None] = relationship()


class Reinstatement(Model):
    """The end of a suspension, and why."""

    __tablename__ = "reinstatement"

    id: Mapped[int] = mapped_column(primary_key=True)
    suspension_id: Mapped[int] = mapped_column(ForeignKey("suspension.id"), unique=True)
    reason: Mapped[str]
    reinstated_at: Mapped[dt.datetime]
    reinstated_by: Mapped[str]


class Revocation(Model):
    """The certification is withdrawn for good, and why."""

    __tablename__ = "revocation"

    id: Mapped[int] = mapped_column(primary_key=True)
    certification_id: Mapped[int] = mapped_column(ForeignKey("certification.id"), unique=True)
    reason: Mapped[str]
    revoked_at: Mapped[dt.datetime]
    revoked_by: Mapped[str]


class Certification(Model):
    """An employer's path in a program, for one cycle. `version` is what the region had decided when it was opened, or signed."""

    __tablename__ = "certification"
    __table_args__ = (UniqueConstraint("employer_id", "program_id", "cycle"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    employer_id: Mapped[int] = mapped_column(ForeignKey("employer.id"))
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("program_version.id"))
    contribution_id: Mapped[int | None] = mapped_column(ForeignKey("contribution.id"), unique=True)
    cycle: Mapped[int]
    opened_at: Mapped[dt.datetime]
    opened_by: Mapped[str]

    employer: Mapped[Employer] = relationship()
    program: Mapped[Program] = relationship()
    version: Mapped[ProgramVersion] = relationship()
    contribution: Mapped[Contribution | None] = relationship()
    deliveries: Mapped[list[ContractDelivery]] = relationship(order_by=ContractDelivery.id)
    language_choices: Mapped[list[LanguageChoice]] = relationship(order_by=LanguageChoice.id)
    signing_codes: Mapped[list[SigningCode]] = relationship(order_by=SigningCode.id)
    signature: Mapped[ContractSignature | None] = relationship(
        primaryjoin=lambda: and_(Certification.id == foreign(ContractSignature.certification_id), signature_counts())
    )
    declines: Mapped[list[ContractDecline]] = relationship(order_by=ContractDecline.id)
    decisions: Mapped[list[Decision]] = relationship(order_by=Decision.number)
    badges: Mapped[list[Badge]] = relationship(order_by=Badge.id)
    suspensions: Mapped[list[Suspension]] = relationship(order_by=Suspension.id)
    revocation: Mapped[Revocation | None] = relationship()

    @property
    def scope(self) -> str:
        """The program whose staff follow this file in the journal."""
        return self.program.ref

    @property
    def stage(self) -> Stage:
        """Where this stands today. `stages.at(stage)` says the same for lists; a test holds them together."""
        if self.revocation:
            return Stage.REVOKED
        if self.badges:
            return self._standing
        if self.version.requires_signature and not self.signature:
            return Stage.AWAITING_CONTRACT
        if self.contribution and not self.contribution.is_settled:
            return Stage.AWAITING_CONTRIBUTION
        if self.decisions and not self.decisions[-1].resubmission:
            return Stage.SENT_BACK
        return Stage.AWAITING_VALIDATION

    @property
    def _standing(self) -> Stage:
        if clock.today() > max(badge.expires_on for badge in self.badges):
            return Stage.EXPIRED
        return Stage.SUSPENDED if self.suspension else Stage.CERTIFIED

    @property
    def suspension(self) -> Suspension | None:
        """The suspension that counts now, if any."""
        return next((one for one in self.suspensions if not one.reinstatement), None)

    @property
    def level(self) -> str | None:
        """The key of the level granted, as the program names it."""
        return self.badges[-1].level if self.badges else None

    @property
    def current_badges(self) -> list[Badge]:
        """The badges that count: the last issued to each place."""
        return list({badge.verification: badge for badge in self.badges}.values())

    @property
    def is_supporter(self) -> bool:
        """Whether what was granted is for those who hire nobody and back the cause."""
        level = self.version.level(self.level)
        return level is not None and level.is_supporter

    @property
    def language_choice(self) -> LanguageChoice | None:
        """The choice that counts: the last, if no other French text was delivered since."""
        last = self.language_choices[-1] if self.language_choices else None
        return last if last and all(one.french_shown_at <= last.chosen_at for one in self.deliveries) else None

    @property
    def language(self) -> str:
        """The language of its documents: French, or what was expressly chosen after it."""
        return self.language_choice.language if self.language_choice else "fr"

    def delivery_of(self, contract: Contract) -> ContractDelivery | None:
        """The delivery of this contract's French text, if it took place."""
        return next((one for one in self.deliveries if one.contract_id == contract.id), None)
