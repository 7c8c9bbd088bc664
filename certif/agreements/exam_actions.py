"""What can happen to exam weeks: staff note them and take them out; an employer makes, or changes, the address of its calendar."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from certif.agreements.exam_model import ExamFeed, ExamKind, ExamPeriod
from certif.agreements.exam_queries import feed_of, is_certified
from certif.employers import Establishment
from certif.kit import audit, clock, tokens
from certif.kit.access import Actor
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.inserting import insert_new
from certif.kit.languages import _, _l
from certif.territory import Partner

MOST_DAYS = 31

audit.declare("exam_period_noted", _l("%(by)s a inscrit une période d’examens, du %(first_day)s au %(last_day)s."), "first_day", "last_day")
audit.declare("exam_period_dropped", _l("%(by)s a retiré la période d’examens du %(first_day)s au %(last_day)s."), "first_day", "last_day")
audit.declare("exam_feed_made", _l("%(by)s a créé ou changé l’adresse du calendrier des examens d’un établissement."))


@dataclass(frozen=True)
class PeriodTerms:
    """What is noted of an exam period. Takes: `source`, where the days are written; `confidence`, A to C, or U."""

    kind: ExamKind
    first_day: dt.date
    last_day: dt.date
    source: str
    confidence: str


def note_exam_period(bodies: list[Partner], terms: PeriodTerms, *, by: Actor) -> int:
    """Note when school bodies hold the same exams; what was noted before stays as it is.

    Gives: how many were not known yet.
    Refuses: days out of order, or too many; a period that is known for all of them.
    """
    if not 0 <= (terms.last_day - terms.first_day).days < MOST_DAYS:
        raise Refusal(_("Choisissez un dernier jour après le premier, un mois plus tard au plus."))
    plain = {
        "kind": terms.kind.value, "first_day": terms.first_day, "last_day": terms.last_day, "source": terms.source,
        "confidence": terms.confidence, "noted_at": clock.now(), "noted_by": by.ref,
    }  # fmt: skip
    made = insert_new(ExamPeriod, [{**plain, "ref": tokens.ref(), "partner_id": body.id} for body in bodies], ExamPeriod.id)
    if not made:
        raise Refusal(_("Cette période est déjà inscrite. Retirez-la d’abord pour en changer la fin."))
    for body in bodies:
        audit.record("exam_period_noted", body, by=by, **_days(terms.first_day, terms.last_day))
    return len(made)


def drop_exam_period(period: ExamPeriod, *, by: Actor) -> None:
    """Take an exam period out: it leaves every calendar that reads it. The journal keeps its days."""
    lock(period)
    audit.record("exam_period_dropped", period.partner, by=by, **_days(period.first_day, period.last_day))
    db.session.delete(period)


def make_exam_feed(place: Establishment, *, by: Actor) -> ExamFeed:
    """Make the address where a place’s calendar reads the exam weeks around it; made again, the one before stops working.

    Refuses: an employer that is not certified; a closed place.
    """
    lock(place)
    if place.closed_at is not None or not is_certified(place.employer):
        raise Refusal(_("Le calendrier des examens est pour les employeurs certifiés."))
    before = feed_of(place)
    feed = ExamFeed(establishment=place, number=before.number + 1 if before else 1, made_at=clock.now(), made_by=by.ref)
    db.session.add(feed)
    db.session.flush()
    audit.record("exam_feed_made", place, by=by)
    return feed


def _days(first_day: dt.date, last_day: dt.date) -> dict[str, str]:
    return {"first_day": first_day.isoformat(), "last_day": last_day.isoformat()}
