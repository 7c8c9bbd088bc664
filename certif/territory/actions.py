"""What can happen in territory: a partner is added, a school calendar is set."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise

from sqlalchemy import select

from certif.kit import audit
from certif.kit.access import Actor
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.languages import _, _l, folded
from certif.territory.model import Mrc, NoServicePeriod, Partner, PartnerKind, PartnerTerritory, Regime, Region, SchoolCalendar
from certif.territory.queries import partners, school_year_of

audit.declare("partner_added", _l("%(by)s a ajouté le partenaire « %(name)s »."), "name")
audit.declare(
    "school_calendar_set", _l("%(by)s a inscrit le calendrier scolaire %(school_year)s."), "school_year", "first_day", "last_day", "breaks"
)


def add_partner(
    name: str,
    *,
    kind: PartnerKind,
    source: str,
    by: Actor,
    short_name: str = "",
    language: str = "fr",
    regions: Sequence[Region] = (),
    mrcs: Sequence[Mrc] = (),
    from_on: dt.date | None = None,
) -> Partner:
    """Add a youth employment centre (CJE) or a chamber of commerce, with its territory.

    Takes: `kind`, CJE or CHAMBER; `source`, where this is known from; `regions` and `mrcs`, what it serves, from `from_on` (None: always).
    Gives: the partner, marked unverified (U), under the privacy act of enterprises.
    Refuses: another kind of body; no territory; a partner of the same kind and name.
    """
    if kind not in {PartnerKind.CJE, PartnerKind.CHAMBER}:
        raise Refusal(_("Seuls un carrefour jeunesse-emploi ou une chambre de commerce peuvent être ajoutés ici."))
    if not regions and not mrcs:
        raise Refusal(_("Indiquez au moins une région ou une MRC que ce partenaire dessert."))
    if any(folded(known.name) == folded(name) for known in partners(kind)):
        raise Refusal(_("Ce partenaire existe déjà."))
    known = {"source": source, "confidence": "U"}
    partner = Partner(kind=kind, name=name, short_name=short_name or name, regime=Regime.PRIVATE, language=language, **known)
    db.session.add(partner)
    db.session.add_all(PartnerTerritory(partner=partner, region=region, from_on=from_on, **known) for region in regions)
    db.session.add_all(PartnerTerritory(partner=partner, mrc=mrc, from_on=from_on, **known) for mrc in mrcs)
    db.session.flush()  # a partner added twice at once is refused now, by the unique constraint
    audit.record("partner_added", partner, by=by, name=name)
    return partner


def set_school_calendar(
    partner: Partner,
    *,
    first_day: dt.date,
    last_day: dt.date,
    by: Actor,
    breaks: Sequence[tuple[dt.date, dt.date, str]] = (),
    source: str = "",
    confidence: str = "U",
) -> SchoolCalendar:
    """Set the calendar of a school body for one school year; setting it again replaces what was said, and the journal keeps both. What
    changes nothing leaves nothing.

    Takes: the first and last day of classes; `breaks`, the days without classes as (first, last, label), both ends included, in any order;
    `source`, where this is written; `confidence`, A to C, or U.
    Refuses: a partner that is no school body; days out of order or of two school years; a break outside the year, or over another.
    """
    if partner.kind != PartnerKind.SCHOOL_BODY:
        raise Refusal(_("Seul un organisme scolaire a un calendrier scolaire."))
    if first_day >= last_day or school_year_of(first_day) != school_year_of(last_day):
        raise Refusal(_("Le premier et le dernier jour de classe doivent être dans l’ordre, et dans la même année scolaire."))
    ordered = sorted(breaks)
    if any(start > end or start < first_day or end > last_day for start, end, _label in ordered):
        raise Refusal(_("Chaque congé doit commencer et finir entre le premier et le dernier jour de classe."))
    if any(end >= next_start for (_start, end, _label), (next_start, _end, _next_label) in pairwise(ordered)):
        raise Refusal(_("Deux congés ne peuvent pas se chevaucher."))
    calendar = _calendar(partner, school_year_of(first_day))
    if _says(calendar) == (first_day, last_day, source, confidence, ordered):
        return calendar
    calendar.first_day, calendar.last_day, calendar.source, calendar.confidence = first_day, last_day, source, confidence
    calendar.breaks = [NoServicePeriod(first_day=start, last_day=end, label=label) for start, end, label in ordered]
    db.session.add(calendar)
    told = {"school_year": calendar.school_year, "first_day": first_day.isoformat(), "last_day": last_day.isoformat()}
    said = [[start.isoformat(), end.isoformat(), label] for start, end, label in ordered]
    audit.record("school_calendar_set", partner, by=by, breaks=said, **told)
    return calendar


def _calendar(partner: Partner, school_year: str) -> SchoolCalendar:
    wanted = select(SchoolCalendar).where(SchoolCalendar.partner_id == partner.id, SchoolCalendar.school_year == school_year)
    found = db.session.scalar(wanted)
    return lock(found) if found else SchoolCalendar(partner=partner, school_year=school_year)


def _says(calendar: SchoolCalendar) -> tuple[object, ...]:
    breaks = [(one.first_day, one.last_day, one.label) for one in calendar.breaks]
    return calendar.first_day, calendar.last_day, calendar.source, calendar.confidence, breaks
