"""What an employer says of itself, as its public page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row

from certif.directory import EmployerProfile, said


@dataclass(frozen=True)
class Profile:
    """What an employer says of itself to the public, in the reader's language; each part empty where it says nothing."""

    description: str
    offers: str
    website: str
    hires_students: bool
    contact: str
    email: str
    phone: str


PROFILE = (
    EmployerProfile.description_fr, EmployerProfile.description_en, EmployerProfile.offers_fr, EmployerProfile.offers_en,
    EmployerProfile.website, EmployerProfile.hires_students, EmployerProfile.shown_contact, EmployerProfile.shown_email,
    EmployerProfile.shown_phone, EmployerProfile.is_unlisted,
)  # fmt: skip
"""What a statement reads of it."""


def profile_in(row: Row[Any]) -> Profile | None:
    """Give what the employer says of itself; nothing where it wrote nothing, or asked not to be listed."""
    if row.hires_students is None or row.is_unlisted:
        return None
    words = said(row.description_fr, row.description_en), said(row.offers_fr, row.offers_en)
    return Profile(*words, row.website, row.hires_students, row.shown_contact, row.shown_email, row.shown_phone)
