"""A contest, its team, and students who say things: what the tests of the desk start from."""

from __future__ import annotations

from typing import Any

from certif.campaigns import Campaign
from certif.consents import PURPOSES, give_consent
from certif.kit.access import SYSTEM, VISITOR, Role
from certif.kit.db import db
from certif.kit.jobs import run_due
from certif.nominations import Boss, BossTally, Nomination, approve_nomination, said_digest
from certif.programs import Program
from certif.territory import PartnerKind, add_partner, mrcs, region
from tests.campaigns.making import make_campaign
from tests.factories import Person, make_program, make_staff, unit
from tests.nominations.making import make_boss, make_nomination


def contest(**decided: Any) -> tuple[Campaign, Person]:
    """Give a contest of region 14, and who manages its program."""
    program = make_program(code="14")
    return make_campaign(program, **decided), make_staff(Role.MANAGER, program)


def near_partner(program: Program, place: int = 0) -> Person:
    """Give somebody of a body that serves one MRC of region 14 only, by its place in the alphabet."""
    mrc = mrcs(region("14"))[place]
    with unit():
        body = add_partner(f"CJE {mrc.name}", kind=PartnerKind.CJE, source="essai", mrcs=[mrc], by=SYSTEM)
    return make_staff(Role.PARTNER, program, partner=body)


def agree(nomination: Nomination, *purposes: str) -> Nomination:
    """Let the student of a nomination agree to these purposes."""
    with unit():
        for purpose in purposes:
            give_consent(nomination, purpose, version=PURPOSES[purpose].version, language="fr", by=VISITOR)
    return nomination


def approve(nomination: Nomination, by: Person) -> Nomination:
    """Let somebody read and approve a nomination."""
    with unit():
        approve_nomination(nomination, digest=said_digest(nomination), by=by.actor)
    return nomination


def held(boss: Boss, words: str = "Elle me donne congé avant mes examens.", who: str = "", **said: Any) -> Nomination:
    """Give a nomination that waits to be read."""
    return make_nomination(boss, who, approved=False, **{"answers": {"exams": words}, **said})


def tally(boss: Boss) -> int:
    """Give what is counted of a boss."""
    db.session.expire_all()
    return db.session.get_one(BossTally, boss.id).count


def run_jobs() -> None:
    """Do all that is due now, and see that nothing failed."""
    for _turn in range(20):
        ran = run_due(limit=200)
        assert [one for one in ran if one.error] == []
        if not ran:
            return


__all__ = ["agree", "approve", "contest", "held", "make_boss", "make_nomination", "near_partner", "run_jobs", "tally"]
