"""A whole year, lived in a moment on an empty database of its own, at a frozen clock: what a region would see, month by month."""

from __future__ import annotations

import dataclasses
import datetime as dt
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select

from certif import accounts, portraits, programs, standing, surveys, territory
from certif.certification import Certification, Stage, at, stage_label
from certif.cli import demo, demo_surveys
from certif.cli.demo_stories import STORIES
from certif.kit import audit, clock, jobs, schema
from certif.kit.access import SYSTEM, Actor, Granted, Role
from certif.kit.db import db, transaction
from certif.kit.languages import filled
from certif.kit.outbox import Letter
from certif.kit.settings import Settings, settings
from certif.programs import Program

_REGION = "14"


def live(build: Callable[[Settings], Flask]) -> Iterator[str]:
    """Live the year in a house of its own, put together by `build`; give its story, a line at a time."""
    with tempfile.TemporaryDirectory() as folder:
        own = dataclasses.replace(
            settings(), data_dir=Path(folder), database_url=f"sqlite:///{folder}/rehearsal.sqlite3", smtp_url=None, stripe_secret_key=None
        )
        schema.upgrade(own.database_url)
        app = build(own)
        with app.app_context():
            yield from _live()
            db.session.remove()
            db.engine.dispose()


def _live() -> Iterator[str]:
    start = clock.midnight(dt.date(clock.today().year, 8, 24)) + dt.timedelta(hours=14)
    with clock.frozen(start), transaction():
        territory.load_reference_data()
        program, manager = _open_program()
    yield _line(start, f"{program.name} ouvre ses portes.")
    for month, story in enumerate(STORIES[:6]):
        moment = start + dt.timedelta(days=30 * month)
        with clock.frozen(moment):
            with transaction():
                said = demo.tell(dataclasses.replace(story, region=_REGION, days_ago=0, ends_at="certified"), month, program, manager)
            yield _line(moment, f"{said.employer.name} s’inscrit, signe, contribue. État : {stage_label(said.stage).lower()}.")
            jobs.run_due()
    yield from _survey(start, program, manager)
    yield from _silence(start, program, manager)
    yield from _standing(start, manager)
    yield from _over_the_years(start, manager)
    yield from _end(start)


def _survey(start: dt.datetime, program: Program, manager: Actor) -> Iterator[str]:
    """Let students answer, some by a code that was passed around, and release what they said."""
    moment = start + dt.timedelta(days=151)
    with clock.frozen(moment):
        survey = demo_surveys.live_once(program, (64, 48), seed=151)
        aside = db.session.scalar(select(func.count()).select_from(surveys.BoxedResponse)) or 0
        with transaction():
            release = portraits.release_portrait(program, survey.school_year, by=manager)
        works = next(iter(portraits.compared(release))).ours
    yield _line(moment, f"Des élèves répondent au sondage. Mises de côté, venues d’un code qui a trop circulé : {aside} réponses.")
    yield _line(moment, f"Le portrait est diffusé : {works.percent if works else '–'} % travaillent pendant l’année scolaire.")


def _silence(start: dt.datetime, program: Program, manager: Actor) -> Iterator[str]:
    """Let an employer open its path and go silent; it is reminded three times, and no more."""
    silent = dataclasses.replace(STORIES[3], name="Librairie de la Rive", region=_REGION, days_ago=0, ends_at="awaiting_contract")
    opened = start + dt.timedelta(days=152)
    with clock.frozen(opened), transaction():
        found = demo.tell(silent, len(STORIES), program, manager)
    for days, words in (
        (0, f"{found.employer.name} s’inscrit, et ne signe pas."),
        (7, "Une semaine de silence : un rappel part."),
        (21, "Trois semaines : un deuxième."),
        (45, "Six semaines : le dernier."),
    ):
        moment = opened + dt.timedelta(days=days)
        with clock.frozen(moment):
            jobs.run_due()
            told = len(standing.reminders_of(found))
        yield _line(moment, f"{words} Rappels reçus : {told}.")


def _standing(start: dt.datetime, manager: Actor) -> Iterator[str]:
    first, second = db.session.scalars(select(Certification).order_by(Certification.id).limit(2))
    names = [{"employer": one.employer.name} for one in (first, second)]
    for days, act, words in (
        (
            200,
            lambda: standing.suspend(first, "Une vérification est en cours.", by=manager),
            filled("La certification de %(employer)s est suspendue.", names[0]),
        ),
        (
            214,
            lambda: standing.reinstate(first, "Tout est réglé.", by=manager),
            filled("La suspension de %(employer)s est levée.", names[0]),
        ),
        (
            240,
            lambda: standing.revoke(second, "Les engagements ne sont pas tenus.", by=manager),
            filled("La certification de %(employer)s est révoquée.", names[1]),
        ),
    ):
        moment = start + dt.timedelta(days=days)
        with clock.frozen(moment):
            with transaction():
                act()
            jobs.run_due()
        yield _line(moment, words)


def _over_the_years(start: dt.datetime, manager: Actor) -> Iterator[str]:
    """Let reminders leave, day after day, the first employer renew, and the program pause and reopen."""
    first = db.session.scalars(select(Certification).order_by(Certification.id).limit(1)).one()
    for days, act, words in (
        (275, None, "Le premier rappel part."),
        (290, lambda: demo.renew(first, manager), f"{first.employer.name} renouvelle, et ne perd pas un jour."),
        (300, lambda: programs.pause_program(first.program, reason="Financement.", by=manager), "Le programme se met en pause."),
        (345, None, "Pendant la pause, rien ne part."),
        (350, lambda: programs.resume_program(first.program, by=manager), "Le programme rouvre, d’un seul geste."),
        (358, None, "Les rappels reprennent, un seul par employeur."),
    ):
        moment = start + dt.timedelta(days=days)
        with clock.frozen(moment):
            if act is not None:
                with transaction():
                    act()
            jobs.run_due()
            told = db.session.scalar(select(func.count()).select_from(standing.Reminder)) or 0
        yield _line(moment, f"{words} Rappels envoyés jusqu’ici : {told}.")


def _end(start: dt.datetime) -> Iterator[str]:
    end = start + dt.timedelta(days=365)
    with clock.frozen(end):
        jobs.run_due()
        counts = [(stage, db.session.scalar(select(func.count()).select_from(Certification).where(at(stage))) or 0) for stage in Stage]
        told = ", ".join(f"{stage_label(stage).lower()} : {count}" for stage, count in counts if count)
        yield _line(end, f"Un an plus tard, certifications par état : {told}.")
        letters, entries = (db.session.scalar(select(func.count()).select_from(kind)) or 0 for kind in (Letter, audit.JournalEntry))
        with db.engine.connect() as connection:
            whole = audit.first_broken(connection) is None
        yield _line(end, f"{letters} courriels ont été écrits.")
        yield _line(end, f"Le journal compte {entries} entrées et {'se tient' if whole else 'NE SE TIENT PAS'}.")


def _open_program() -> tuple[Program, Actor]:
    region = territory.region(_REGION)
    body = territory.partners(territory.PartnerKind.IRC, region)[0]
    program = programs.create_program("Programme de la répétition", region=region, body=body, by=SYSTEM)
    draft = programs.draft_version(program, model="provincial", by=SYSTEM)
    programs.edit_draft(draft, terms=dataclasses.replace(draft.terms, validity_months=12), by=SYSTEM)
    programs.publish_version(draft, by=SYSTEM)
    user = accounts.add_staff("gestion@exemple.com", Role.MANAGER, [program], name="Camille Roy")
    return program, Actor(user.ref, user.name, user.email, user.id, frozenset({Role.MANAGER}), (Granted(Role.MANAGER, program.id),))


def _line(at_: dt.datetime, words: str) -> str:
    return f"{at_.astimezone(clock.TORONTO):%Y-%m-%d}  {words}"
