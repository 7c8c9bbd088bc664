"""What the demonstration shows of the years: an employer in renewal, a level asked for, a draw and an examination under way."""

from __future__ import annotations

import datetime as dt

from certif import accounts, employers, sampling, standing
from certif.certification import Certification, higher_levels
from certif.kit import clock
from certif.kit.access import Actor
from certif.programs import criteria_lines


def live_on(renewing: Certification, rising: Certification, manager: Actor) -> None:
    """Let one employer answer the draw of its program and begin its renewal, and another ask for a higher level.

    Takes: `manager`, who answers for the program of `renewing`.
    """
    with clock.frozen(clock.now() - dt.timedelta(days=12)):
        draw = sampling.announce_draw(renewing.program, by=manager)
    with clock.frozen(clock.now() - dt.timedelta(days=9)):
        drawn = sampling.draw_sample(draw, by=manager)
    with clock.frozen(clock.now() - dt.timedelta(days=4)):
        for examination in drawn[:1]:
            words = "L’horaire est fait le jeudi avec chaque élève, et allégé pendant les examens. Line y veille."
            sampling.answer(examination, words, None, by=_owner(examination.certification))
        _ask_for_level(rising)
    with clock.frozen(clock.now() - dt.timedelta(days=1)):
        standing.renew(renewing, seen=standing.digest_of(standing.answers_of(renewing)), by=_owner(renewing))


def _ask_for_level(rising: Certification) -> None:
    grid = criteria_lines(higher_levels(rising)[0], rising.version.rules)
    said = [standing.Said("Oui : voyez l’horaire affiché, et demandez à nos élèves.") for _line in grid]
    standing.ask_for_level(rising, said, by=_owner(rising))


def _owner(certification: Certification) -> Actor:
    return accounts.actor_of(employers.members_of(certification.employer)[0].user)
