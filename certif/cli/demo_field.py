"""The field in the demonstration: a fortnight of meetings of one agent, who is invited to them, a tour, workshops that are asked for."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from certif import territory
from certif.accounts import User, actor_of
from certif.employers import Employer
from certif.kit import clock, tokens
from certif.kit.access import VISITOR, Actor
from certif.kit.db import db, transaction
from certif.plans import Audience
from certif.programs import Program
from certif.visits import InvitationAnswer, Visit, VisitKind
from certif.visits.invitation_actions import invite_person, note_answer
from certif.visits.plan_actions import cancel_visit, plan_visit
from certif.visits.plan_terms import About, VisitTerms, VisitTime
from certif.visits.slot_actions import SlotTerms, open_slots
from certif.visits.tour_actions import make_tour, plan_stop
from certif.visits.workshop_actions import WorkshopWish, ask_for_workshop

AGENT, PARTNER = "agent-14@exemple.com", "partenaire-14@exemple.com"

_MEETINGS = (
    (0, "09:00", 45, "Épicerie Desrochers et filles", "joliette", VisitKind.VISIT, Audience.EMPLOYERS),
    (0, "11:00", 60, "Rencontre des commerces de la rue Principale", "matawinie", VisitKind.EVENT, Audience.EMPLOYERS),
    (0, "13:30", 45, "Pharmacie Lavoie", "joliette", VisitKind.VISIT, Audience.EMPLOYERS),
    (1, "10:15", 75, "Atelier – École secondaire du Ruisseau", "l-assomption", VisitKind.WORKSHOP, Audience.STUDENTS),
    (2, "14:00", 60, "Conseil au carrefour jeunesse-emploi", "joliette", VisitKind.ADVICE, Audience.PARTNERS),
    (4, "08:30", 30, "Quincaillerie du Pont", "les-moulins", VisitKind.VISIT, Audience.EMPLOYERS),
    (7, "19:00", 90, "Soirée d’information pour les parents", "d-autray", VisitKind.WORKSHOP, Audience.PARENTS),
    (9, "13:00", 60, "Resto Chez Mado", "d-autray", VisitKind.VISIT, Audience.EMPLOYERS),
)
"""In how many days from the first of them, when, how long, what, where."""

_REQUESTS = (
    ("École secondaire de la Rivière", "matawinie", Audience.STUDENTS, 56, "Deux groupes de quatrième secondaire, une période chacun."),
    ("Caisse de la Plaine", "les-moulins", Audience.EMPLOYERS, 12, "Pour les gestionnaires qui embauchent des élèves, en fin de journée."),
)


def fill_the_calendar(seed: int, program: Program, manager: Actor) -> None:
    """Fill the calendar of the agent of a program: meetings, invitations, hours that are offered, a tour, workshops asked for."""
    first = _next_working_day(clock.today())
    with tokens.drawn_from(seed + 6), clock.frozen(clock.now() - dt.timedelta(days=3)), transaction():
        agent, partner = (db.session.scalars(select(User).where(User.email == email)).one() for email in (AGENT, PARTNER))
        by = actor_of(agent)
        visits = [_plan(program, meeting, first, agent, by) for meeting in _MEETINGS]
        _invite(visits, by)
        _offer(program, agent, by)
        _tour(program, partner, manager)
        for body, slug, audience, people, wished in _REQUESTS:
            wish = WorkshopWish(audience, body, people, wished, None, "Louise Caron", f"{slug}@exemple.com", None, "fr")
            ask_for_workshop(territory.mrc(slug), wish, by=VISITOR)


def _plan(program: Program, meeting: tuple[int, str, int, str, str, VisitKind, Audience], first: dt.date, agent: User, by: Actor) -> Visit:
    days, hour, minutes, title, slug, kind, audience = meeting
    start = dt.datetime.combine(first + dt.timedelta(days=days), dt.time.fromisoformat(hour), clock.TORONTO).astimezone(dt.UTC)
    where = territory.mrc(slug)
    employer = db.session.scalar(select(Employer).where(Employer.legal_name == title))
    when = VisitTime(start, start + dt.timedelta(minutes=minutes), title if employer else "Salle communautaire", "", where)
    terms = VisitTerms(kind, audience, "" if employer else title)
    return plan_visit(program, terms, when, goers=[agent], about=About(employer=employer), by=by)


def _invite(visits: list[Visit], by: Actor) -> None:
    said = (
        (0, "Chantal Desrochers", InvitationAnswer.ACCEPTED, None, ""),
        (2, "Marc Lavoie", None, None, ""),
        (5, "Réjean Pont", InvitationAnswer.PROPOSED, visits[5].starts_at + dt.timedelta(days=1, hours=2), "Le lendemain m’irait mieux."),
    )
    for number, name, answer, proposed_at, note in said:
        invitation = invite_person(visits[number], name=name, email=f"invitation-{number}@exemple.com", language="fr", by=by)
        if answer is not None:
            note_answer(invitation, answer, proposed_at=proposed_at, note=note, by=VISITOR)
    cancel_visit(visits[7], "Le restaurant est fermé cette semaine-là.", by=by)


def _offer(program: Program, agent: User, by: Actor) -> None:
    today = clock.today()
    terms = SlotTerms(
        "Mireille Côté", "mireille-cote@exemple.com", "fr", "À votre commerce", "", today + dt.timedelta(days=1),
        today + dt.timedelta(days=21), "12345", "09:00", "16:00", 45, 15,
    )  # fmt: skip
    open_slots(program, terms, user=agent, mrc=territory.mrc("joliette"), about=About(), by=by)


def _tour(program: Program, partner: User, by: Actor) -> None:
    tour = make_tour(program, "Conseils de MRC, cette année", Audience.ELECTED, mrcs=territory.mrcs(program.region), by=by)
    day = _next_working_day(clock.today() + dt.timedelta(days=12))
    for number, stop in enumerate(tour.stops[:2]):
        start = dt.datetime.combine(day + dt.timedelta(days=number), dt.time(19, 30), clock.TORONTO).astimezone(dt.UTC)
        when = VisitTime(start, start + dt.timedelta(minutes=30), "Salle du conseil", "", stop.mrc)
        plan_stop(stop, VisitTerms(VisitKind.TOUR, Audience.ELECTED, "Séance du conseil"), when, goers=[partner], by=by)


def _next_working_day(day: dt.date) -> dt.date:
    while day.isoweekday() > 5:
        day += dt.timedelta(days=1)
    return day
