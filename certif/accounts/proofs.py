"""What a person can show besides an address: one-time codes, recovery codes, passkeys."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.accounts.model import User
from certif.kit import tokens
from certif.kit.db import Model


class OneTimeSecret(Model):
    """What a person's authenticator application shares with us, sealed. `last_counter` is the last code accepted: a code is used once.

    Keeps: a sealed secret, as long as the person uses it; why: second factor of staff.
    """

    __tablename__ = "one_time_secret"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), unique=True)
    sealed: Mapped[bytes]
    confirmed_at: Mapped[dt.datetime]
    last_counter: Mapped[int]


class RecoveryCode(Model):
    """One code for the day the telephone is lost. `selector` finds it; `hashed` (argon2id) proves it. Used once."""

    __tablename__ = "recovery_code"
    __table_args__ = (Index("uq_recovery_code_user_id_selector", "user_id", "selector", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    selector: Mapped[str]
    hashed: Mapped[str]
    made_at: Mapped[dt.datetime]
    used_at: Mapped[dt.datetime | None]


class Passkey(Model):
    """A key that a person's device holds.

    Keeps: a public key and the name the person gave it, as long as the person uses it; why: to sign in.
    """

    __tablename__ = "passkey"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    credential_id: Mapped[bytes] = mapped_column(unique=True)
    public_key: Mapped[bytes]
    sign_count: Mapped[int]
    name: Mapped[str]
    added_at: Mapped[dt.datetime]
    last_used_at: Mapped[dt.datetime | None]

    user: Mapped[User] = relationship()
