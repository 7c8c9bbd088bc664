"""What an employer says of itself to the public. Published only while its certification stands; nothing of a person unless typed here."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from certif.employers import Employer, Hires
from certif.kit.db import Model, db
from certif.kit.languages import language


class EmployerProfile(Model):
    """The public words of an employer. Each text is empty where nothing is to be shown; a contact is shown only as it was typed here.

    Keeps: the name, address and telephone that an employer chose to publish, until it takes them back; why: so that young people can
    reach it.
    """

    __tablename__ = "employer_profile"
    __table_args__ = (CheckConstraint("website = '' OR website LIKE 'https://%'", name="https"),)

    employer_id: Mapped[int] = mapped_column(ForeignKey("employer.id"), primary_key=True, autoincrement=False)
    description_fr: Mapped[str] = mapped_column(default="")
    description_en: Mapped[str] = mapped_column(default="")
    offers_fr: Mapped[str] = mapped_column(default="")
    offers_en: Mapped[str] = mapped_column(default="")
    website: Mapped[str] = mapped_column(default="")
    hires_students: Mapped[bool]
    shown_contact: Mapped[str] = mapped_column(default="")
    shown_email: Mapped[str] = mapped_column(default="")
    shown_phone: Mapped[str] = mapped_column(default="")
    is_unlisted: Mapped[bool] = mapped_column(default=False)
    edited_at: Mapped[dt.datetime]
    edited_by: Mapped[str]


def profile_of(employer: Employer) -> EmployerProfile | None:
    """Give the public profile of an employer, or None while it has written none."""
    return db.session.get(EmployerProfile, employer.id)


def hires_by_default(hires: str) -> bool:
    """Whether an employer that has written no profile is shown as hiring students: what it said when it registered."""
    return hires == Hires.STUDENTS


def said(french: str, english: str) -> str:
    """Give a text of a profile in the reader's language, or in the other where there is only that one."""
    return (english or french) if language() == "en" else (french or english)


def answers_of(employer: Employer) -> dict[str, Any]:
    """Give the profile as its form shows it; one that was never written says only whether students are hired."""
    profile = profile_of(employer)
    if profile is None:
        return {"hires_students": hires_by_default(employer.hires)}
    return {column.key: getattr(profile, column.key) for column in EmployerProfile.__table__.columns}
