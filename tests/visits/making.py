"""Meetings to try things with, through the real acts."""

from __future__ import annotations

import datetime as dt
from typing import Any

from certif.accounts import User
from certif.kit import clock
from certif.kit.access import Actor, Granted, Role
from certif.plans import Audience
from certif.programs import Program
from certif.territory import Mrc, mrcs
from certif.visits import Tour, Visit, VisitKind, VisitReport, WorkshopRequest
from certif.visits.invitation_actions import invite_person
from certif.visits.invitation_model import VisitInvitation
from certif.visits.plan_actions import plan_visit
from certif.visits.plan_terms import About, VisitTerms, VisitTime
from certif.visits.slot_actions import SlotTerms, open_slots
from certif.visits.slot_model import SlotOffer
from certif.visits.tour_actions import make_tour
from certif.visits.workshop_actions import WorkshopWish, ask_for_workshop
from tests.factories import make_user, unit

BOSS = Actor("decider", "La direction", "direction@exemple.com", 1, frozenset({Role.MANAGER}), (Granted(Role.ADMIN),))
"""Who decides everywhere, for the acts of tests."""


def at(day: dt.date, hour: str = "10:00") -> dt.datetime:
    """Give an instant from a day and an hour in Québec."""
    return dt.datetime.combine(day, dt.time.fromisoformat(hour), clock.TORONTO).astimezone(dt.UTC)


def soon(days: int = 7) -> dt.date:
    """Give a day to come."""
    return clock.today() + dt.timedelta(days=days)


def make_visit(program: Program, *goers: User, starts_at: dt.datetime | None = None, minutes: int = 60, **said: Any) -> Visit:
    """Give a meeting in a week, in the first MRC of the program, to which somebody goes."""
    start = starts_at or at(soon())
    where: dict[str, Any] = {"place": "Hôtel de ville", "address": "1, rue Principale", "mrc": (program.mrcs or mrcs(program.region))[0]}
    where |= {name: said.pop(name) for name in ("place", "address", "mrc") if name in said}
    terms = VisitTerms(said.pop("kind", VisitKind.VISIT), said.pop("audience", Audience.EMPLOYERS), said.pop("title", "Rencontre"))
    when = VisitTime(start, start + dt.timedelta(minutes=minutes), **where)
    with unit():
        about = About(**{name: said.pop(name) for name in ("prospect", "employer", "partner") if name in said})
        return plan_visit(program, terms, when, goers=goers or [make_user()], about=about, by=BOSS, **said)


def make_invitation(visit: Visit, email: str = "chantal@exemple.com", **said: Any) -> VisitInvitation:
    """Give somebody who is invited to a meeting."""
    with unit():
        return invite_person(visit, name=said.pop("name", "Chantal Roy"), email=email, language=said.pop("language", "fr"), by=BOSS)


def report(visit: Visit, outcome: str = "held") -> None:
    """Note what became of a meeting."""
    from certif.kit.db import db

    plain = {"people_met": 3, "minutes": 45, "kilometres": 20, "needs_training": False, "note": "", "photo_digest": None}
    with unit():
        db.session.add(
            VisitReport(
                client_key=visit.ref, visit_id=visit.id, program_id=visit.program_id, user_id=None, outcome=outcome, met_on=clock.today(),
                written_at=clock.now(), filed_at=clock.now(), filed_by="x", **plain,
            )
        )  # fmt: skip


def slot_terms(**said: Any) -> SlotTerms:
    """Give what is offered: Mondays to Fridays of the next fortnight, from nine to noon."""
    plain: dict[str, Any] = {
        "contact_name": "Chantal Roy", "contact_email": "chantal@exemple.com", "language": "fr", "place": "À votre commerce", "address": "",
        "from_on": soon(1), "until_on": soon(14), "weekdays": "12345", "from_hour": "09:00", "until_hour": "12:00", "minutes": 45,
        "buffer_minutes": 15,
    }  # fmt: skip
    return SlotTerms(**plain | said)


def make_offer(
    program: Program, user: User | None = None, *, mrc: Mrc | None = None, about: About | None = None, by: Actor = BOSS, **said: Any
) -> SlotOffer:
    """Give hours that are offered."""
    with unit():
        return open_slots(program, slot_terms(**said), user=user or make_user(), mrc=mrc, about=about or About(), by=by)


def make_a_tour(program: Program, title: str = "Conseils de MRC", *, stops: int = 3) -> Tour:
    """Give a tour of the first councils of a program."""
    with unit():
        return make_tour(program, title, Audience.ELECTED, mrcs=(list(program.mrcs) or mrcs(program.region))[:stops], by=BOSS)


def make_request(program: Program, body: str = "École de la Rivière", **said: Any) -> WorkshopRequest:
    """Give a workshop that is asked for, in the first MRC of a program."""
    plain: dict[str, Any] = {
        "audience": Audience.STUDENTS, "people": 28, "wished": "Avant Noël.", "preferred_on": None, "contact_name": "Louise Caron",
        "contact_email": "louise@exemple.com", "contact_phone": None, "language": "fr",
    }  # fmt: skip
    with unit():
        where = (list(program.mrcs) or mrcs(program.region))[0]
        return ask_for_workshop(where, WorkshopWish(body=body, **plain | said), by=BOSS)
