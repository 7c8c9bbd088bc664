"""What is kept of the moral contract: its French text delivered, a language chosen, codes sent, a signature or a reason not to sign."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.kit import clock, tokens
from certif.kit.db import Model
from certif.programs import Contract


class ContractDelivery(Model):
    """The French text was put before the person, and when. Source: Charter of the French language, s. 55."""

    __tablename__ = "contract_delivery"
    __table_args__ = (UniqueConstraint("certification_id", "contract_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    certification_id: Mapped[int] = mapped_column(ForeignKey("certification.id"))
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"))
    french_shown_at: Mapped[dt.datetime]
    shown_to: Mapped[str]

    contract: Mapped[Contract] = relationship()


class LanguageChoice(Model):
    """An express choice of the language that binds, once the French text was delivered. Never erased."""

    __tablename__ = "language_choice"

    id: Mapped[int] = mapped_column(primary_key=True)
    certification_id: Mapped[int] = mapped_column(ForeignKey("certification.id"), index=True)
    language: Mapped[str]
    chosen_at: Mapped[dt.datetime]
    chosen_by: Mapped[str]


class SigningCode(Model):
    """A six-digit code sent to the signatory's own address; only its digest is kept. The last counts."""

    __tablename__ = "signing_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    certification_id: Mapped[int] = mapped_column(ForeignKey("certification.id"), index=True)
    email: Mapped[str]
    digest: Mapped[str]
    sent_at: Mapped[dt.datetime]
    valid_until: Mapped[dt.datetime]

    def fits(self, code: str, *, email: str) -> bool:
        """Whether `code` is the one sent to `email`, and still in time."""
        return self.is_usable(email=email) and self.digest == tokens.digest(f"{self.certification_id} {code}")

    def is_usable(self, *, email: str) -> bool:
        """Whether it was sent to `email`, and still in time."""
        return self.email == email and clock.now() < self.valid_until


class ContractSignature(Model):
    """The moral contract, signed. Keeps: who signed, from where, what was read and when; why: evidence that this person signed this text
    (Civil Code s. 2827; LCCJTI s. 38); as long as the certification and three years after it."""

    __tablename__ = "contract_signature"

    id: Mapped[int] = mapped_column(primary_key=True)
    certification_id: Mapped[int] = mapped_column(ForeignKey("certification.id"), unique=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"))
    french_digest: Mapped[str]
    english_digest: Mapped[str]
    french_shown_at: Mapped[dt.datetime]
    language: Mapped[str]
    language_chosen_at: Mapped[dt.datetime | None]
    commitments: Mapped[list[str]] = mapped_column(JSON)
    signatory: Mapped[str]
    signatory_role: Mapped[str]
    email: Mapped[str]
    network_address: Mapped[str]
    agent: Mapped[str]
    signed_at: Mapped[dt.datetime]
    signed_by: Mapped[str]
    pdf_digest: Mapped[str] = mapped_column(ForeignKey("evidence.digest"))

    contract: Mapped[Contract] = relationship()


class ContractDecline(Model):
    """The employer would rather not sign, and says why. It may still sign later."""

    __tablename__ = "contract_decline"

    id: Mapped[int] = mapped_column(primary_key=True)
    certification_id: Mapped[int] = mapped_column(ForeignKey("certification.id"), index=True)
    reason: Mapped[str]
    declined_at: Mapped[dt.datetime]
    declined_by: Mapped[str]
