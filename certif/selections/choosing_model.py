"""The tables of choosing: seeds bound to before a draw, what deciders say of each entry, votes, and who was asked to be named."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.campaigns import Campaign
from certif.kit import tokens
from certif.kit.db import Model
from certif.nominations import Boss, Nomination
from certif.selections.model import Laureate


class DrawSeed(Model):
    """The seed of a draw, or of what breaks ties, chosen beforehand. Its digest is public from then on; the seed, once the phase is closed.

    `seed` is told to nobody before.
    """

    __tablename__ = "draw_seed"
    __table_args__ = (UniqueConstraint("campaign_id", "phase"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    phase: Mapped[str]
    seed: Mapped[str]
    seed_digest: Mapped[str]
    committed_at: Mapped[dt.datetime]
    committed_by: Mapped[str]

    campaign: Mapped[Campaign] = relationship()


class Verdict(Model):
    """What a decider says of an entry in a phase: whether it may go on, its place among equals, and why. Many; the last counts.

    `entry`, the ref of the nomination where duos are chosen, else that of the boss.

    Keeps: a reason that may speak of an employer, two years after the contest; why: to answer for the choice.
    """

    __tablename__ = "verdict"
    __table_args__ = (
        UniqueConstraint("campaign_id", "phase", "entry", "number"),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("place > 0", name="place"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    phase: Mapped[str]
    entry: Mapped[str]
    boss_id: Mapped[int] = mapped_column(ForeignKey("boss.id"))
    nomination_id: Mapped[int | None] = mapped_column(ForeignKey("nomination.id"))
    number: Mapped[int]
    is_kept: Mapped[bool]
    place: Mapped[int | None]
    reason: Mapped[str]
    given_at: Mapped[dt.datetime]
    given_by: Mapped[str]
    giver: Mapped[str]

    campaign: Mapped[Campaign] = relationship()
    boss: Mapped[Boss] = relationship()
    nomination: Mapped[Nomination | None] = relationship()


class VoteProof(Model):
    """A code was sent to an address that wants to vote for a finalist. The address itself is in the letter only.

    `domain`, of the address; `network_digest`, of where it was asked from: see `VoteTrace`.

    Keeps: a keyed digest of the address, and what follows its at sign, a day; why: to know whose vote the code confirms.
    """

    __tablename__ = "vote_proof"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_digest: Mapped[str] = mapped_column(unique=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    phase: Mapped[str]
    voter_key: Mapped[str]
    entry: Mapped[str]
    code_digest: Mapped[str]
    sent_at: Mapped[dt.datetime] = mapped_column(index=True)
    valid_until: Mapped[dt.datetime]
    domain: Mapped[str | None]
    network_digest: Mapped[str | None]

    campaign: Mapped[Campaign] = relationship()


class Vote(Model):
    """A vote of somebody with a verified address: one a person and phase, never changed.

    `digest` covers the vote before, so that none is added, taken out or changed unseen; it does not cover `voter_key`, which is forgotten
    while the chain stays. `receipt_digest`: SHA-256 of the code by which a voter finds the vote in the published list.

    Keeps: a keyed digest of the address, 90 days after the results; why: one vote a person.
    """

    __tablename__ = "vote"
    __table_args__ = (UniqueConstraint("campaign_id", "phase", "voter_key"), UniqueConstraint("campaign_id", "phase", "number"))

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    phase: Mapped[str]
    number: Mapped[int]
    entry: Mapped[str]
    voter_key: Mapped[str | None]
    receipt_digest: Mapped[str] = mapped_column(unique=True)
    previous: Mapped[str]
    digest: Mapped[str]
    cast_at: Mapped[dt.datetime]

    campaign: Mapped[Campaign] = relationship()


class VoteTrace(Model):
    """How a vote came: the domain of its address, and a keyed digest of its network, good for one contest.

    Keeps: neither address nor name, 90 days after the results; why: to see votes that come of one hand.
    """

    __tablename__ = "vote_trace"

    vote_id: Mapped[int] = mapped_column(ForeignKey("vote.id"), primary_key=True)
    domain: Mapped[str]
    network_digest: Mapped[str]


class VoteSetAside(Model):
    """A vote stays in the chain and is not counted, and why; until it is put back, if it is. One at a time stands."""

    __tablename__ = "vote_set_aside"
    __table_args__ = (
        CheckConstraint("(put_back_at IS NULL) = (put_back_by IS NULL)", name="put_back"),
        Index(
            "uq_vote_set_aside_standing", "vote_id", unique=True,
            sqlite_where=text("put_back_at IS NULL"), postgresql_where=text("put_back_at IS NULL"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    vote_id: Mapped[int] = mapped_column(ForeignKey("vote.id"))
    reason: Mapped[str]
    set_aside_at: Mapped[dt.datetime]
    set_aside_by: Mapped[str]
    put_back_at: Mapped[dt.datetime | None]
    put_back_by: Mapped[str | None]

    vote: Mapped[Vote] = relationship()


class LaureateInvitation(Model):
    """A laureate's student, or employer, was asked by letter to be named in public, behind a link. The last one of each counts.

    Keeps: the digest of a link; the address is in the letter only.
    """

    __tablename__ = "laureate_invitation"
    __table_args__ = (CheckConstraint("side IN ('student', 'employer')", name="side"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    laureate_id: Mapped[int] = mapped_column(ForeignKey("laureate.id"), index=True)
    side: Mapped[str]
    token_digest: Mapped[str] = mapped_column(unique=True)
    sent_at: Mapped[dt.datetime]
    sent_by: Mapped[str]

    laureate: Mapped[Laureate] = relationship()
