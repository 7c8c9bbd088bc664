"""Bosses and nominations to try things with."""

from __future__ import annotations

from typing import Any

from certif.campaigns import Campaign
from certif.employers import Establishment, name_key
from certif.kit import clock, tokens
from certif.kit.db import db
from certif.nominations import Boss, BossTally, Nomination, NominationReading, NominatorContact, ReadingOutcome, Way
from certif.territory import mrcs
from tests.factories import unit


def make_boss(campaign: Campaign, name: str = "Café du Coin", *, establishment: Establishment | None = None, **known: Any) -> Boss:
    """Give a boss of a contest: a place described in words, or one of the register."""
    with unit():
        mrc = known.pop("mrc", None) or (establishment.mrc if establishment else mrcs(campaign.program.region)[0])
        shown = establishment.name if establishment else name
        boss = Boss(
            campaign=campaign, establishment=establishment, name=shown, name_key=name_key(shown), mrc=mrc, named_at=clock.now(),
            municipality=establishment.municipality if establishment else known.pop("municipality", "Joliette"),
            sector=known.pop("sector", None), person=known.pop("person", "Julie"),
        )  # fmt: skip
        db.session.add(boss)
        db.session.flush()
        db.session.add(BossTally(boss_id=boss.id, campaign_id=campaign.id, mrc_id=mrc.id, count=0))
    return boss


def make_nomination(boss: Boss, who: str = "", *, approved: bool = True, **said: Any) -> Nomination:
    """Give a nomination of a boss by a student (`who`, an address), read and approved unless said otherwise."""
    who = who or f"eleve-{tokens.ref().lower()}@exemple.com"
    with unit():
        plain: dict[str, Any] = {
            "nominator_key": tokens.digest(f"{boss.campaign.ref} {who}"), "receipt_digest": tokens.digest(tokens.secret()),
            "way": Way.EMAIL.value, "first_name": "Alexis", "school": "École secondaire de la Rivière", "level": "secondary",
            "age_band": "16_17", "hours": 12, "is_intern": False, "answers": {"exams": "Elle me donne congé avant mes examens."},
            "language": "fr", "nominated_by": "visitor",
        }  # fmt: skip
        nomination = Nomination(campaign=boss.campaign, named=boss, boss=boss, nominated_at=clock.now(), **plain | said)
        nomination.contact = NominatorContact(email=who)
        if approved:
            nomination.outcome = outcome = ReadingOutcome.APPROVED.value
            nomination.readings = [NominationReading(number=1, outcome=outcome, reason="", read_at=clock.now(), read_by="system")]
        db.session.add(nomination)
        db.session.get_one(BossTally, boss.id).count += 1
    return nomination
