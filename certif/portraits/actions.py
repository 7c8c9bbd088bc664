"""What can happen to portraits, in story order: the region says how many students it has, a portrait is released, and withdrawn."""

from __future__ import annotations

import datetime as dt
import hmac
from typing import Any

from certif.kit import audit, clock
from certif.kit.access import SYSTEM, Actor
from certif.kit.db import db, lock, transaction
from certif.kit.errors import Refusal
from certif.kit.jobs import recurring
from certif.kit.languages import _, _l
from certif.kit.settings import settings
from certif.portraits.compass import point
from certif.portraits.gathering import (
    OTHERS,
    Gathered,
    all_written,
    digest_of,
    dressed,
    gather,
    has_enough,
    past_of,
    put_together,
    was_told,
)  # fmt: skip
from certif.portraits.measures import LEVELS
from certif.portraits.model import PortraitRelease, PortraitWithdrawal, StudentTotal
from certif.portraits.queries import RELEASERS, due_tonight, student_totals
from certif.portraits.withholding import WHOLE
from certif.programs import Program
from certif.surveys import LEAST_SHOWN_INSIDE, Audience

audit.declare(
    "portrait_released", _l("%(by)s a diffusé le portrait %(school_year)s, parution %(number)s."), "school_year", "number", "digest"
)  # fmt: skip
audit.declare(
    "portrait_withdrawn", _l("%(by)s a retiré la parution %(number)s du portrait %(school_year)s. Motif : %(reason)s"),
    "school_year", "number", "reason",
)  # fmt: skip
audit.declare("student_totals_entered", _l("%(by)s a donné le nombre d’élèves de %(school_year)s, pour la pondération."), "school_year")


def enter_student_totals(program: Program, school_year: str, totals: dict[str, int], *, by: Actor) -> None:
    """Say how many students of each level there are, so that the next release is weighed by them. What is not said weighs nothing.

    Refuses: someone who may not release.
    """
    _let_release(program, by)
    known = {one.level: one for one in student_totals(program, school_year)}
    for level in LEVELS:
        one, students = known.get(level), totals.get(level)
        if students is None:
            if one is not None:
                db.session.delete(one)
        elif one is not None:
            one.students, one.entered_at, one.entered_by = students, clock.now(), by.ref
        else:
            db.session.add(
                StudentTotal(
                    program=program, school_year=school_year, level=level, students=students, entered_at=clock.now(), entered_by=by.ref
                )
            )
    audit.record("student_totals_entered", program, by=by, school_year=school_year)


def release_portrait(program: Program, school_year: str, *, by: Actor, is_by_itself: bool = False) -> PortraitRelease:
    """Release the portrait of a year to everyone, from the answers counted by now: those of students, of parents, of teachers.

    Takes: `is_by_itself`, when nobody decided: only the voices that were told already are told.
    Gives: an immutable release. What changed by too few answers since an earlier one is told as it was.
    Refuses: someone who may not; too few answers, or too few new ones, of every one of them.
    """
    _let_release(program, by)
    lock(program)
    past = past_of(program, school_year)
    last = past[-1] if past else None
    number = last.number + 1 if last else 1
    gathered = {voice: gather(program, school_year, voice) for voice in Audience}
    speaking = [voice for voice in Audience if voice == Audience.STUDENTS or not is_by_itself or was_told(past, voice)]
    if not any(has_enough(gathered[voice], past) for voice in speaking):
        least = gathered[Audience.STUDENTS].least
        raise Refusal(_("Il faut au moins %(least)s nouvelles réponses comptées pour une parution. Attendez encore un peu.", least=least))
    made = {voice: put_together(program, gathered[voice], past, number=number) for voice in speaking}
    students = made[Audience.STUDENTS]
    others = {voice: made[voice].told for voice in OTHERS if voice in made and made[voice].told["people"][WHOLE][""][0]}
    told = dressed(students.told, program, school_year, others)
    release = PortraitRelease(
        program=program, school_year=school_year, number=number, least_shown=gathered[Audience.STUDENTS].least,
        answers=students.told["people"][WHOLE][""][0] or 0, told=told, digest=digest_of(told),
        compass=_compass(program, school_year, gathered[Audience.STUDENTS], last),
        ledger=all_written({voice: one.ledger for voice, one in made.items()}), released_at=clock.now(), released_by=by.ref,
    )  # fmt: skip
    db.session.add(release)
    db.session.flush()
    audit.record("portrait_released", release, by=by, school_year=school_year, number=number, digest=release.digest)
    return release


def _compass(program: Program, school_year: str, gathered: Gathered, last: PortraitRelease | None) -> dict[str, Any]:
    thresholds = {"establishment": LEAST_SHOWN_INSIDE, "mrc_sector": gathered.least}
    key = hmac.digest(settings().secret_key.encode(), f"weeks of students {program.ref} {school_year}".encode(), "sha256")
    return point(gathered.tallies, thresholds, last.compass if last else {}, asked=gathered.asked, key=key)


def withdraw_portrait(release: PortraitRelease, reason: str, *, by: Actor) -> None:
    """Withdraw a release: the one before it is read again, if any. Nothing is released by itself any more until someone releases anew.

    Refuses: someone who may not; a release already withdrawn.
    """
    _let_release(release.program, by)
    lock(release)
    if release.withdrawal is not None:
        raise Refusal(_("Cette parution est déjà retirée."))
    release.withdrawal = PortraitWithdrawal(reason=reason, withdrawn_at=clock.now(), withdrawn_by=by.ref)
    db.session.flush()
    audit.record("portrait_withdrawn", release, by=by, school_year=release.school_year, number=release.number, reason=reason)


@recurring("release_portraits", every=dt.timedelta(hours=12))
def release_portraits() -> None:
    """Release anew what a region has released already while its surveys go on: twice a day, where enough answers have come."""
    for program_id, school_year in due_tonight():
        with transaction():
            try:
                release_portrait(db.session.get_one(Program, program_id), school_year, by=SYSTEM, is_by_itself=True)
            except Refusal:
                continue


def _let_release(program: Program, by: Actor) -> None:
    if by is not SYSTEM and not by.holds(program.id, *RELEASERS):
        raise Refusal(_("Seules les personnes qui gèrent le programme peuvent diffuser un portrait."))
