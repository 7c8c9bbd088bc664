"""Which level may be granted to whom, and for how long an employer may stay at the first one."""

from __future__ import annotations

import datetime as dt
import itertools

from certif.certification.cycles import cycles_of, first_days, unbroken
from certif.certification.model import Certification, Stage
from certif.kit.errors import Refusal
from certif.kit.languages import _, format_day
from certif.programs import Level, months_after


def check_level(certification: Certification, level: str | None) -> None:
    """Let a level be granted that the program names and that suits the employer.

    Refuses: a supporter's level for one who hires, and the reverse; a level that the program does not name; the entry level for one
    who has been there as long as the program allows.
    """
    version, hires_nobody = certification.version, certification.employer.hires_nobody
    supporter = version.rules.supporter_level
    if hires_nobody and supporter is not None and level != supporter.code:
        raise Refusal(_("Cette organisation n’embauche aucun élève : seul le niveau « %(name)s » lui convient.", name=supporter.name))
    if supporter is not None and level == supporter.code and not hires_nobody:
        raise Refusal(_("Le niveau « %(name)s » est pour les organisations qui n’embauchent aucun élève.", name=supporter.name))
    if version.levels and version.level(level) is None:
        raise Refusal(_("Choisissez un niveau de ce programme."))
    if level is not None and version.level(level) is None:
        raise Refusal(_("Ce programme n’a pas de niveaux."))
    must_leave_on = entry_level_ends(certification)
    if must_leave_on is not None and _is_entry(certification, level) and first_days(certification)[0] > must_leave_on:
        raise Refusal(
            _(
                "Cette organisation aura atteint le %(day)s la durée permise au niveau d’entrée. Accordez-lui un niveau plus haut.",
                day=format_day(must_leave_on),
            )
        )


def last_day_at(certification: Certification, level: str | None, start: dt.date) -> dt.date:
    """Give the last day of a cycle that begins on `start`: the whole term, or less where the time at the entry level runs out first."""
    until = certification.version.valid_until(start)
    must_leave_on = entry_level_ends(certification)
    if must_leave_on is None and (months := certification.version.rules.entry_level_months):
        must_leave_on = months_after(start, months)
    return min(until, must_leave_on) if must_leave_on is not None and _is_entry(certification, level) else until


def entry_level_ends(certification: Certification) -> dt.date | None:
    """Give the last day that an employer may spend at the entry level it holds; None where nothing is held there, or nothing caps it."""
    months, spans = certification.version.rules.entry_level_months, []
    held = [one for one in cycles_of(certification.employer, certification.program) if one.badges]
    if not held or held[0].stage is Stage.EXPIRED:
        return None
    for one in itertools.takewhile(lambda one: one.stage is not Stage.REVOKED and _is_entry(certification, one.level), held):
        spans += [(badge.valid_from, badge.expires_on) for badge in reversed(one.badges)]
    since = unbroken(spans)
    return months_after(since, months) if months and since else None


def higher_levels(certification: Certification) -> list[Level]:
    """Give the levels above the one held, lowest first; none for a supporter, nor where certified is certified."""
    earned, held = certification.version.rules.earned_levels, certification.level
    codes = [level.code for level in earned]
    return list(earned[codes.index(held) + 1 :]) if held in codes else []


def _is_entry(certification: Certification, level: str | None) -> bool:
    earned = certification.version.rules.earned_levels
    return len(earned) > 1 and level == earned[0].code
