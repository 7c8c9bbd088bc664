"""A day of an agent in the demonstration: meetings to report, some that were, two accounts of one, and an employer at its counter."""

from __future__ import annotations

import datetime as dt

from certif import accounts, territory
from certif.kit import clock, tokens
from certif.kit.access import Actor, Granted, Role
from certif.kit.db import db, transaction
from certif.plans import Audience
from certif.programs import Program
from certif.visits import Outcome, Told, Visit, VisitGoer, VisitKind, file_report, open_sitting

_VISITS = (
    ("Fromagerie du Rang Double", "joliette", VisitKind.VISIT, Audience.EMPLOYERS, -50, Outcome.INTERESTED),
    ("Atelier à la polyvalente", "joliette", VisitKind.WORKSHOP, Audience.STUDENTS, -30, Outcome.HELD),
    ("Marché Beaulieu", "matawinie", VisitKind.VISIT, Audience.EMPLOYERS, -240, Outcome.THINKING),
    ("Salon de coiffure Mèche et cie", "joliette", VisitKind.VISIT, Audience.EMPLOYERS, -3, None),
    ("Conseil des maires de la MRC", "d-autray", VisitKind.TOUR, Audience.ELECTED, 2, None),
)
"""Where one goes: what, the MRC, the kind, whom it addresses, in how many hours, and what came of it."""

_COUNTER = {
    "neq": None, "legal_name": "Casse-croûte du Quai", "postal_code": "J0K 1A0", "trade_name": None, "banner": None, "kind": "company",
    "sector": "72", "size": "1-4", "hires": "students", "federally_regulated": False, "contact_name": "Rolande Asselin",
    "contact_role": "Propriétaire", "contact_email": "casse-croute@exemple.com", "contact_phone": None, "language": "fr",
}  # fmt: skip
_PLACE = {"name": "", "address": "3, rue du Quai", "municipality": "Berthierville", "postal_code": "J0K 1A0", "mrc": "d-autray"}


def live_a_day(program: Program, seed: int) -> None:
    """Let the agent of a program live a day, and a manager tell one of its meetings otherwise."""
    agent, manager = _of("agent", program), _of("gestion", program)
    with tokens.drawn_from(seed + 9), transaction():
        for title, mrc, kind, audience, hours, outcome in _VISITS:
            visit = _visit(program, agent, title, mrc, (kind, audience, hours))
            if outcome is not None:
                with clock.frozen(visit.ends_at + dt.timedelta(minutes=5)):
                    first = file_report(visit, _told(outcome, f"{title} 1", "Bon accueil ; une trousse est restée au comptoir."), by=agent)
                if outcome is Outcome.INTERESTED and first is not None:
                    file_report(visit, _told(Outcome.THINKING, f"{title} 2", "Veut en parler à son associé."), by=manager)
    with tokens.drawn_from(seed + 10), transaction():
        open_sitting(program, _COUNTER, _PLACE, by=agent)


def _of(part: str, program: Program) -> Actor:
    user = accounts.user_for(f"{part}-{program.region.code}@exemple.com")
    assert user is not None
    role = Role.AGENT if part == "agent" else Role.MANAGER
    return Actor(user.ref, user.name, user.email, user.id, frozenset({role}), (Granted(role, program.id),))


def _visit(program: Program, agent: Actor, title: str, mrc: str, when: tuple[VisitKind, Audience, int]) -> Visit:
    kind, audience, hours = when
    at = (clock.now() + dt.timedelta(hours=hours)).replace(minute=0, second=0, microsecond=0)
    visit = Visit(
        program=program, kind=kind.value, audience=audience.value, title=title, mrc=territory.mrc(mrc), place=title,
        address="Rue Principale", starts_at=at, ends_at=at + dt.timedelta(hours=1), planned_at=clock.now(), planned_by=agent.ref,
    )  # fmt: skip
    visit.goers.append(VisitGoer(user_id=agent.user_id, added_at=clock.now(), added_by=agent.ref))
    db.session.add(visit)
    db.session.flush()
    return visit


def _told(outcome: Outcome, key: str, note: str) -> Told:
    now = clock.now()
    people = 28 if outcome is Outcome.HELD else 2
    return Told(
        f"demonstration {key}", outcome.value, now.astimezone(clock.TORONTO).date(), now, people, 40, 36, outcome is Outcome.HELD, note=note
    )
