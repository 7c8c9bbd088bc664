"""A certification for each status that the public may be told, and its code."""

from __future__ import annotations

from certif import programs
from certif.accounts import actor_of
from certif.certification import Certification, Stage, verifications_of
from certif.kit.access import SYSTEM, Actor
from certif.standing import Status
from tests.factories import make_certification, make_program, owner_of, unit


def code_of(certification: Certification) -> str:
    return verifications_of(certification)[0].code


def make(status: Status) -> Certification:
    """Make a certification that shows this status today."""
    if status is Status.IN_PROGRESS:
        return make_certification(Stage.AWAITING_CONTRACT, make_program(shows_in_progress=True))
    if status is Status.SUPPORTER:
        return make_certification(Stage.CERTIFIED, make_program("generation-c4"), hires="none")
    if status is Status.PAUSED:
        certification = make_certification()
        with unit():
            programs.pause_program(certification.program, reason="Relève à trouver.", by=SYSTEM)
        return certification
    return make_certification(Stage(status.value))


def owner_actor(certification: Certification) -> Actor:
    """Give the person who registered the employer, as who acts."""
    return actor_of(owner_of(certification.employer))
