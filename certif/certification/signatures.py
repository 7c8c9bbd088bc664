"""What is kept of the moral contract: its French text delivered, a language chosen, codes sent, a signature or a reason not to sign.

A signature may have been given on paper, and recorded by staff; the employer may contest that one, and staff may set it aside.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import JSON, ColumnElement, ForeignKey, UniqueConstraint, exists
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.kit import clock, tokens
from certif.kit.db import Model
from certif.kit.languages import _l
from certif.programs import Contract


class Mandate(StrEnum):
    """Why a signatory may bind the organisation in whose name they sign."""

    OFFICE = "office"
    RESOLUTION = "resolution"
    PROXY = "proxy"

    @property
    def label(self) -> object:
        """The mandate in words (lazy)."""
        return _MANDATES[self]


_MANDATES = {
    Mandate.OFFICE: _l("par sa fonction"),
    Mandate.RESOLUTION: _l("par résolution"),
    Mandate.PROXY: _l("par mandat écrit ou procuration"),
}


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
    """The moral contract, signed. `number` counts from 1: one that was set aside is followed by another.

    `signed_at`: the instant; of a signature given on `paper`, that of its recording. `french_shown_at`: None where the French text was
    given on paper only. `on_behalf_of`: the legal name at that time; None before it was kept.

    Keeps: who signed, from where, what was read and when; why: evidence that this person signed this text
    (Civil Code s. 2827; LCCJTI s. 38); as long as the certification and three years after it."""

    __tablename__ = "contract_signature"
    __table_args__ = (UniqueConstraint("certification_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    certification_id: Mapped[int] = mapped_column(ForeignKey("certification.id"))
    number: Mapped[int] = mapped_column(default=1)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"))
    french_digest: Mapped[str]
    english_digest: Mapped[str]
    french_shown_at: Mapped[dt.datetime | None]
    language: Mapped[str]
    language_chosen_at: Mapped[dt.datetime | None]
    commitments: Mapped[list[str]] = mapped_column(JSON)
    signatory: Mapped[str]
    signatory_role: Mapped[str]
    on_behalf_of: Mapped[str | None]
    mandate: Mapped[str] = mapped_column(default=Mandate.OFFICE.value)
    mandate_source: Mapped[str | None]
    email: Mapped[str]
    network_address: Mapped[str]
    agent: Mapped[str]
    signed_at: Mapped[dt.datetime]
    signed_by: Mapped[str]
    pdf_digest: Mapped[str] = mapped_column(ForeignKey("evidence.digest"))

    contract: Mapped[Contract] = relationship()
    paper: Mapped[PaperSignature | None] = relationship()
    contest: Mapped[SignatureContest | None] = relationship()

    @property
    def signed_on(self) -> dt.date:
        """The day of signing, in Québec."""
        return self.paper.signed_on if self.paper else self.signed_at.astimezone(clock.TORONTO).date()

    @property
    def mandate_label(self) -> str:
        """Why the signatory may bind the organisation, in the reader's language."""
        return str(Mandate(self.mandate).label) + (f" ({self.mandate_source})" if self.mandate_source else "")


class PaperSignature(Model):
    """A signature was given on paper, and recorded by staff with a picture of the page.

    Keeps: who recorded it and why, in whose presence it was given, where the original is, the digest of the scan; as long as the signature.
    """

    __tablename__ = "paper_signature"

    id: Mapped[int] = mapped_column(primary_key=True)
    signature_id: Mapped[int] = mapped_column(ForeignKey("contract_signature.id"), unique=True)
    signed_on: Mapped[dt.date]
    witness: Mapped[str | None]
    reason: Mapped[str]
    original_at: Mapped[str]
    scan_digest: Mapped[str] = mapped_column(ForeignKey("evidence.digest"))
    recorded_at: Mapped[dt.datetime]
    recorded_by: Mapped[str]
    recorder: Mapped[str]


class SignatureContest(Model):
    """The employer says that a signature recorded from paper is not theirs, and why. Staff do not decide while it stands."""

    __tablename__ = "signature_contest"

    id: Mapped[int] = mapped_column(primary_key=True)
    signature_id: Mapped[int] = mapped_column(ForeignKey("contract_signature.id"), unique=True)
    reason: Mapped[str]
    contested_at: Mapped[dt.datetime]
    contested_by: Mapped[str]


class SignatureSetAside(Model):
    """A signature recorded from paper counts no more, and why. What was recorded stays, with its scan."""

    __tablename__ = "signature_set_aside"

    id: Mapped[int] = mapped_column(primary_key=True)
    signature_id: Mapped[int] = mapped_column(ForeignKey("contract_signature.id"), unique=True)
    reason: Mapped[str]
    set_aside_at: Mapped[dt.datetime]
    set_aside_by: Mapped[str]
    setter: Mapped[str]

    signature: Mapped[ContractSignature] = relationship()


def signature_counts() -> ColumnElement[bool]:
    """Give the condition that a `ContractSignature` was not set aside."""
    return ~exists().where(SignatureSetAside.signature_id == ContractSignature.id).correlate_except(SignatureSetAside)


class ContractDecline(Model):
    """The employer would rather not sign, and says why. It may still sign later."""

    __tablename__ = "contract_decline"

    id: Mapped[int] = mapped_column(primary_key=True)
    certification_id: Mapped[int] = mapped_column(ForeignKey("certification.id"), index=True)
    reason: Mapped[str]
    declined_at: Mapped[dt.datetime]
    declined_by: Mapped[str]
