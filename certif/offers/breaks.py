"""Is a job of a break really in one? Asked of the calendars of the school bodies around, where somebody has entered them.

Source: LNT s. 84.4: the limits of hours are lifted in breaks of more than seven days only, and each school body has its own.
"""

from __future__ import annotations

import datetime as dt

from certif.agreements import legal_calendar
from certif.kit.languages import _, format_day
from certif.law import SchoolCalendar, school_year_of
from certif.offers.hours import is_for_pupils
from certif.offers.model import Season
from certif.offers.terms import OfferTerms
from certif.territory import Mrc, Partner, PartnerKind, partners_serving

_DAY = dt.timedelta(days=1)


def fault_of(terms: OfferTerms, mrc: Mrc) -> str:
    """Say that the days of an offer are those of a break at no school body around; nothing where it is one somewhere, or nobody knows."""
    told = _class_days(terms, mrc)
    if not told or None in told.values():
        return ""
    body, day = next((body, day) for body, day in told.items() if day is not None)
    return _(
        "Ce n’est pas un congé : il y a classe le %(day)s (%(body)s). Choisissez d’autres dates, ou une offre pendant l’école.",
        day=format_day(day), body=body.short_name,
    )  # fmt: skip


def warning_of(terms: OfferTerms, mrc: Mrc) -> str:
    """Say at which school bodies around there is class in the days of an offer, though not at all of them; nothing where there is none."""
    told = _class_days(terms, mrc)
    held = [f"{body.short_name}, {format_day(day)}" for body, day in told.items() if day is not None]
    if not held or None not in told.values():
        return ""
    return _(
        "Il y a classe ces jours-là ailleurs autour de vous (%(held)s) : ces élèves n’y ont droit qu’aux heures d’une semaine d’école.",
        held=" · ".join(held),
    )


def _class_days(terms: OfferTerms, mrc: Mrc) -> dict[Partner, dt.date | None]:
    """Give the first day that is in no long break, by school body whose calendar is known; None where there is none."""
    if terms.season is not Season.BREAK or terms.ends_on is None or not is_for_pupils(terms.group):
        return {}
    found: dict[Partner, dt.date | None] = {}
    for body in partners_serving(mrc, PartnerKind.SCHOOL_BODY):
        years = {school_year_of(terms.starts_on): terms.starts_on, school_year_of(terms.ends_on): terms.ends_on}
        calendars = {year: calendar for year, day in years.items() if (calendar := legal_calendar(body, day)) is not None}
        if calendars:
            found[body] = _first_class(terms.starts_on, terms.ends_on, calendars)
    return found


def _first_class(first: dt.date, last: dt.date, calendars: dict[int, SchoolCalendar]) -> dt.date | None:
    """Give the first day of class; days of a year whose calendar is not known tell nothing."""
    for number in range((last - first).days + 1):
        day = first + number * _DAY
        calendar = calendars.get(school_year_of(day))
        if calendar is not None and calendar.has_service(day):
            return day
    return None
