"""When a certification may be renewed, and why not now. A program that pauses moves no date: reopened, it gives time to come back."""

from __future__ import annotations

import datetime as dt

from certif.certification import Certification, Stage, latest, places_of
from certif.kit import clock
from certif.kit.languages import _, format_day
from certif.programs import Program, is_paused, last_pause, version_in_force

RENEWAL_OPENS_DAYS = 90
"""How long before its last day a certification may be renewed."""

QUIET_DAYS = 7
"""After a pause, what fell due during it waits so long: staff come back first, and nobody is written to the hour the program reopens."""

FRESH_DAYS = 30
"""After a pause, how long whoever could not renew in time may still do it by the short way."""


def last_day(certification: Certification) -> dt.date:
    """Give the last day for which a certification was granted."""
    return max(badge.valid_until for badge in certification.badges)


def last_grace_day(certification: Certification) -> dt.date:
    """Give the last day of its grace."""
    return max(badge.expires_on for badge in certification.badges)


def renewal_opens_on(certification: Certification) -> dt.date:
    """Give the first day on which it may be renewed."""
    return last_day(certification) - dt.timedelta(days=RENEWAL_OPENS_DAYS)


def renewal_closes_on(certification: Certification) -> dt.date:
    """Give the last day on which it may be renewed: that of its grace or, where a pause stood in the way, some time after it.

    The pause does not lengthen the certification: past its grace it is expired, and the next cycle begins anew.
    """
    closes, pause = last_grace_day(certification), last_pause(certification.program)
    if pause is None or pause.resumed_on is None or not pause.paused_on <= closes:
        return closes
    return max(closes, pause.resumed_on + dt.timedelta(days=FRESH_DAYS)) if pause.resumed_on >= renewal_opens_on(certification) else closes


def rests_after_pause(program: Program, due_on: dt.date) -> bool:
    """Whether what fell due on a day, in a pause that has just ended, still waits."""
    pause = last_pause(program)
    resumed_on = pause.resumed_on if pause else None
    return resumed_on is not None and due_on < resumed_on and clock.today() < resumed_on + dt.timedelta(days=QUIET_DAYS)


def renewal_obstacle(certification: Certification) -> str | None:
    """Say why a certification may not be renewed today, or nothing."""
    if certification.stage in {Stage.REVOKED, Stage.SUSPENDED} or not certification.badges:
        return str(_("Seule une certification en vigueur se renouvelle."))
    if latest(certification.employer, certification.program) is not certification:
        return str(_("Le cycle suivant est déjà ouvert : poursuivez-le depuis votre espace."))
    if is_paused(certification.program) or version_in_force(certification.program) is None:
        return str(_("Le programme est en pause : le renouvellement reprendra à sa réouverture."))
    return _out_of_time(certification)


def _out_of_time(certification: Certification) -> str | None:
    opens, closes = renewal_opens_on(certification), renewal_closes_on(certification)
    if clock.today() < opens:
        return str(_("Le renouvellement ouvre le %(day)s.", day=format_day(opens)))
    if clock.today() > closes:
        return str(_("Le délai pour renouveler a pris fin le %(day)s. Faites une nouvelle demande.", day=format_day(closes)))
    if not places_of(certification):
        return str(_("Aucun de vos établissements n’est dans le territoire de ce programme."))
    return None
