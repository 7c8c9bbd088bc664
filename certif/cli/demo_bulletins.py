"""What the demonstration shows of bulletins and of job offers: one that was published, another being written; jobs, and a report."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from certif.accounts import actor_of
from certif.bulletins import (
    BlockKind,
    BlockTerms,
    Bulletin,
    BulletinSubscriber,
    add_block,
    ask_for_bulletin,
    confirm_subscription,
    draft_bulletin,
    prepare_bulletin,
)
from certif.certification import Badge, Certification
from certif.consents import PURPOSES
from certif.employers import members_of
from certif.kit import clock
from certif.kit.access import VISITOR, Actor
from certif.kit.db import checkpoint, db, transaction
from certif.law import StudentGroup
from certif.mailings import confirm_mailing
from certif.offers import OfferTerms, ReportReason, Season, post_offer, report_offer
from certif.offers.standing import places_offering
from certif.programs import Program, Text

_READERS = (("lectrice@exemple.com", "fr"), ("conseil@exemple.com", "fr"), ("reader@exemple.com", "en"))
_JOBS = (
    (Text("Commis de fin de semaine", "Weekend clerk"), Text("Servir la clientèle, placer les produits, tenir la caisse.", "")),
    (Text("Aide au service", "Service assistant"), Text("Accueillir, préparer, ranger. Une collègue d’expérience t’accompagne.", "")),
)


def load(program: Program, manager: Actor) -> None:
    """Let a program write to its readers, and its certified employers offer jobs."""
    with transaction():
        _subscribe(program)
    with transaction():
        _offer(program)
        _publish(program, manager)
        draft_bulletin(program, Text("Les emplois d’été", "Summer jobs"), Text("Avant les grandes vacances."), by=manager)


def _subscribe(program: Program) -> None:
    for email, language in _READERS:
        ask_for_bulletin(program, email, language=language, version=PURPOSES["bulletin"].version, by=VISITOR)
        checkpoint()
    for subscriber in db.session.scalars(select(BulletinSubscriber).order_by(BulletinSubscriber.id)).all():
        confirm_subscription(subscriber, by=VISITOR)


def _publish(program: Program, manager: Actor) -> Bulletin:
    lead = Text(
        "Voici ce que des employeurs de la région font pour leurs élèves cet automne.", "Here is what employers do for students this fall."
    )
    bulletin = draft_bulletin(program, Text("L’automne au travail et à l’école", "Fall at work and at school"), lead, by=manager)
    weeks = Text(
        "Affichez les semaines d’examens près de l’horaire de travail.\n\nUn calendrier de la direction de l’école suffit.",
        "Post exam weeks next to the work schedule.\n\nA calendar from the school is enough.",
    )
    add_block(bulletin, BlockKind.TEXT, BlockTerms(Text("Une idée simple", "A simple idea"), weeks), by=manager)
    story = Text("Ici, personne ne travaille la veille d’un examen : l’horaire se fait à partir du calendrier scolaire.", "")
    employer = next((one.employer for one in _certified(program) if places_offering(one.employer)), None)
    if employer is not None:
        add_block(bulletin, BlockKind.STORY, BlockTerms(Text(), story, employer=employer), by=manager)
    day = clock.today() + dt.timedelta(days=45)
    held = BlockTerms(Text("Journées de la persévérance scolaire", "Hooked on School Days"), Text(), held_on=day)
    add_block(bulletin, BlockKind.DATE, held, by=manager)
    confirm_mailing(prepare_bulletin(bulletin, by=manager), by=manager)
    return bulletin


def _offer(program: Program) -> None:
    today = clock.today()
    for certification in _certified(program):
        employer = certification.employer
        places, owner = places_offering(employer), next((one.user for one in members_of(employer) if one.is_owner), None)
        if not places or owner is None:
            continue
        for title, tasks in _JOBS:
            terms = OfferTerms(
                title, tasks, StudentGroup.EVERYONE, Season.SCHOOL, 10, 4, dt.time(20, 30), 15, today + dt.timedelta(days=14),
                today + dt.timedelta(days=60), apply_email=employer.contact_email,
            )  # fmt: skip
            offer = post_offer(employer, places[0].code, terms, by=actor_of(owner))
        report_offer(offer, ReportReason.HOURS, "On m’a parlé de vingt heures.", by=VISITOR)


def _certified(program: Program) -> list[Certification]:
    wanted = select(Certification).where(Certification.program_id == program.id, Certification.id.in_(select(Badge.certification_id)))
    return list(db.session.scalars(wanted.order_by(Certification.id).limit(10)))
