"""Laureates to honour, with what they agreed to."""

from __future__ import annotations

import itertools
from typing import Any

from certif.campaigns import Campaign
from certif.consents import PURPOSES, give_consent
from certif.employers import Establishment
from certif.kit import clock
from certif.kit.access import SYSTEM
from certif.kit.db import db
from certif.selections import Laureate
from tests.factories import unit
from tests.nominations.making import make_boss, make_nomination

ALL = ("laureate_employer", "laureate_student", "laureate_image", "laureate_employer_image")
_number = itertools.count(1)


def make_laureate(
    campaign: Campaign,
    employer: str = "Café du Coin",
    student: str = "Noé Lévesque",
    *,
    agrees: tuple[str, ...] = ALL,
    establishment: Establishment | None = None,
    **said: Any,
) -> Laureate:
    """Give a laureate of a contest: a duo, or an employer alone where `student` is empty. `agrees`: the purposes that were agreed to."""
    number = next(_number)
    boss = make_boss(campaign, f"{employer} {number}", establishment=establishment)
    nomination = make_nomination(boss, said.pop("who", "")) if student else None
    with unit():
        plain = {
            "category": "", "cell": "", "year": campaign.year, "position": number, "employer_name": employer, "municipality": "Joliette",
            "boss_name": "Éloïse Bélanger", "boss_said": "é-lo-IZ bé-lan-JÉ", "student_name": student, "student_said": "",
            "citation": "Pendant les examens, l’horaire s’allège.", "photo_digest": None, "named_by": "system",
        }  # fmt: skip
        laureate = Laureate(campaign=campaign, boss=boss, nomination=nomination, mrc=boss.mrc, named_at=clock.now(), **plain | said)
        db.session.add(laureate)
        db.session.flush()
        for purpose in agrees:
            give_consent(laureate, purpose, version=PURPOSES[purpose].version, language="fr", by=SYSTEM)
    return laureate
