"""A letter to many: who drafted it and for whom, what was decided, and what came of each recipient."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.kit import tokens
from certif.kit.db import Model
from certif.kit.languages import _l
from certif.programs import Program

FOUR_EYES_ABOVE = 200
"""Beyond so many recipients, a second person confirms."""


class Audience(StrEnum):
    """Whom a mailing is for."""

    AWAITING_CONTRACT = "awaiting_contract"
    AWAITING_CONTRIBUTION = "awaiting_contribution"
    EXPIRING = "expiring"
    NEVER_INVITED = "never_invited"
    SELECTED = "selected"
    BULLETIN = "bulletin"


AUDIENCES = {
    Audience.AWAITING_CONTRACT: _l("Contrat à signer depuis plus de sept jours"),
    Audience.AWAITING_CONTRIBUTION: _l("Contribution attendue depuis plus de sept jours"),
    Audience.EXPIRING: _l("Certification qui se termine d’ici quatre-vingt-dix jours"),
    Audience.NEVER_INVITED: _l("Prospects jamais invités"),
    Audience.SELECTED: _l("Dossiers choisis dans une liste"),
    Audience.BULLETIN: _l("Personnes abonnées au bulletin"),
}

SKIPPED = {
    "changed": _l("N’attend plus cette étape"),
    "recent": _l("Déjà rappelé cette semaine"),
    "gone": _l("Retiré depuis"),
    "refused": _l("Ne peut pas être invité"),
    "unsubscribed": _l("Ne veut plus le recevoir"),
}


class Step(StrEnum):
    """What was decided of a mailing, each once; `DONE` when every recipient is settled."""

    CONFIRMED = "confirmed"
    SECONDED = "seconded"
    STOPPED = "stopped"
    DONE = "done"


class Mailing(Model):
    """One letter to each of an audience. `size` counts who it is for; `note`, what the sender adds."""

    __tablename__ = "mailing"
    __table_args__ = (Index("ix_mailing_program_id_drafted_at", "program_id", "drafted_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    audience: Mapped[str]
    note: Mapped[str]
    size: Mapped[int]
    drafted_at: Mapped[dt.datetime]
    drafted_by: Mapped[str]
    drafter: Mapped[str]

    program: Mapped[Program] = relationship()
    steps: Mapped[list[MailingStep]] = relationship(order_by="MailingStep.id")

    @property
    def scope(self) -> str:
        """The program whose staff follow it in the journal."""
        return self.program.ref

    @property
    def audience_label(self) -> str:
        """Whom it is for, in the reader's language."""
        return str(AUDIENCES[Audience(self.audience)])

    @property
    def needs_second(self) -> bool:
        """Whether two people confirm it."""
        return self.size > FOUR_EYES_ABOVE

    def step(self, kind: Step) -> MailingStep | None:
        """Give the step, if it was taken."""
        return next((one for one in self.steps if one.kind == kind), None)

    @property
    def is_agreed(self) -> bool:
        """Whether all who must have confirmed it."""
        return self.step(Step.CONFIRMED) is not None and (not self.needs_second or self.step(Step.SECONDED) is not None)


class MailingStep(Model):
    """One thing decided of a mailing; nobody decides the same twice."""

    __tablename__ = "mailing_step"
    __table_args__ = (UniqueConstraint("mailing_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    mailing_id: Mapped[int] = mapped_column(ForeignKey("mailing.id"))
    kind: Mapped[str]
    taken_at: Mapped[dt.datetime]
    taken_by: Mapped[str]
    taker: Mapped[str]


class MailingRecipient(Model):
    """One recipient of a mailing, once: `key` is `file:`, `prospect:` or `subscriber:`, and the ref of what it is about.

    `settled_at`, when its turn came: a letter was written, or `skipped` says why there is none.

    Keeps: a name and an address, two years; why: to say who was written to.
    """

    __tablename__ = "mailing_recipient"
    __table_args__ = (UniqueConstraint("mailing_id", "key"), Index("ix_mailing_recipient_key", "key", "settled_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    mailing_id: Mapped[int] = mapped_column(ForeignKey("mailing.id"))
    key: Mapped[str]
    name: Mapped[str]
    email: Mapped[str]
    settled_at: Mapped[dt.datetime | None]
    skipped: Mapped[str | None]

    mailing: Mapped[Mailing] = relationship()

    @property
    def ref(self) -> str:
        """The public name of what it is about."""
        return self.key.partition(":")[2]

    @property
    def is_file(self) -> bool:
        """Whether it is about a file."""
        return self.key.startswith("file:")

    @property
    def is_prospect(self) -> bool:
        """Whether it is about a prospect."""
        return self.key.startswith("prospect:")

    @property
    def skipped_label(self) -> str:
        """Why there is no letter, in the reader's language."""
        return str(SKIPPED[self.skipped]) if self.skipped else ""
