"""What stands behind the doors of a contest that is over: its phases, and a laureate that nobody may name."""

from __future__ import annotations

from typing import Any

from certif.campaigns import Campaign, PhaseKind
from certif.kit import clock, tokens
from certif.kit.db import db
from certif.programs import Program
from certif.sampling import ticket_of
from certif.selections import Laureate, Vote, VoteTrace
from certif.selections.phase_recipe import vote_digest
from tests.factories import unit
from tests.nominations.making import make_boss, make_nomination
from tests.selections.choosing import contest, on, phase


def chosen(program: Program, secret: str) -> dict[str, dict[str, Any]]:
    """A phase to close, an entry to judge, a laureate under embargo."""
    campaign = contest(phase("verification", PhaseKind.CHECK, 5), phase("vote", PhaseKind.VOTE, 10, keeps=1), program=program)
    with on(-10):
        nomination = make_nomination(make_boss(campaign, secret))
    boss = nomination.boss
    with unit():
        laureate = Laureate(
            campaign=campaign, boss=boss, nomination=nomination, category="", cell="", mrc=boss.mrc, year=campaign.year, position=1,
            employer_name=secret, municipality=boss.municipality, boss_name="Julie", boss_said="", student_name="Alexis", student_said="",
            citation="", photo_digest=None, named_at=clock.now(), named_by="system",
        )  # fmt: skip
        db.session.add(laureate)
    _voted(campaign, nomination.ref, secret)
    of_the_laureate = ("show_laureate", "edit_laureate", "show_photo", "withdraw_laureate", "replace_laureate", "show_laureate_photo")
    return {
        "selections.*": {
            "ref": campaign.ref, "phase": "verification", "entry": nomination.ref, "token": "x", "side": "student",
            "purpose": "laureate_student",
        },
        **{f"selections.{name}": {"ref": laureate.ref} for name in of_the_laureate},
        "selections.ask_agreement": {"ref": laureate.ref, "side": "student"},
        **{f"selections.{name}": {"ref": campaign.ref, "phase": "vote", "sign": "throwaway-1"} for name in ("show_votes", "weigh_votes")},
    }  # fmt: skip


def _voted(campaign: Campaign, entry: str, secret: str) -> None:
    """A vote from an address for a few minutes."""
    with unit():
        vote = Vote(
            campaign=campaign, phase="vote", number=1, entry=entry, previous="", receipt_digest=tokens.digest(secret), cast_at=clock.now()
        )
        vote.digest = vote_digest("", 1, ticket_of(entry), vote.receipt_digest)
        db.session.add(vote)
        db.session.flush()
        db.session.add(VoteTrace(vote_id=vote.id, domain="yopmail.com", network_digest=""))
