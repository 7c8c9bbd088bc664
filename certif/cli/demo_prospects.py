"""The road of the demonstration: prospects at every stage, some due today, grounds that are covered, a walk that is kept."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from certif.accounts import User, grants_of, user_for
from certif.employers import Employer
from certif.imports import Intake, Kind, Prospect, confirm_intake, reading, upload_file, writing
from certif.kit import clock, tokens
from certif.kit.access import Actor, Granted
from certif.kit.db import db, transaction
from certif.programs import Program
from certif.territory import mrc
from certif.visits import (
    Answer,
    ApproachTerms,
    Channel,
    ReservationTerms,
    SightingTerms,
    note_approach,
    note_sighting,
    put_off,
    reserve,
    rule_out,
)
from certif.visits.pursuit_actions import assign_prospects, give_territory
from certif.visits.pursuit_jobs import follow_prospects

_HEADS = "Nom;Municipalité;Code postal;MRC;Personne-ressource;Courriel;Téléphone;Fondement;Provenance du courriel"
_PUBLISHED = "Adresse professionnelle publiée;Site Web"
_GIVEN = "Adresse remise par la personne;Salon de l’emploi"
_LINES = (
    f"Fromagerie du Rang Double;Saint-Jacques;J0K 2R0;Montcalm;Laurence Poirier;fromagerie@exemple.com;450 555-0101;{_PUBLISHED}",
    f"Serres Belle-Saison;Saint-Esprit;J0K 2L0;Montcalm;Olivier Daigle;serres@exemple.com;450 555-0102;{_PUBLISHED}",
    "Quilles de la Plaza;Joliette;J6E 3Z9;Joliette;;;;;",
    f"Crèmerie du Vieux-Moulin;Joliette;J6E 4T1;Joliette;Maude Lessard;cremerie@exemple.com;450 555-0103;{_GIVEN}",
    "Animalerie Poils et plumes;Joliette;J6E 3Z2;Joliette;;;;;",
    f"Restaurant La Tablée;Joliette;J6E 5B7;Joliette;Hugo Thériault;tablee@exemple.com;450 555-0104;{_PUBLISHED}",
    "Boutique Fil de laine;Notre-Dame-des-Prairies;J6E 0L4;Joliette;;;;;",
    "Marina des Îles;Berthierville;J0K 1A0;D’Autray;;;;;",
    "Verger Côté Soleil;Lavaltrie;J5T 2H5;D’Autray;Rosalie Hamel;verger@exemple.com;450 555-0105;Relation en cours;Foire",
    "Lave-auto Express du Nord;Rawdon;J0K 1S0;Matawinie;;;;;",
    "Auberge du Lac Perdu;Saint-Donat;J0T 2C0;Matawinie;;;;;",
    "Imprimerie Papier fin;Repentigny;J6A 2T9;L’Assomption;;;;;",
    "Centre de jardin Les Semis;Mascouche;J7K 1P4;Les Moulins;;;;;",
)  # fmt: skip
_TOLD = (
    ("Fromagerie du Rang Double", 20, Channel.PHONE, Answer.THINKING, "En parle à son associée."),
    ("Serres Belle-Saison", 15, Channel.EMAIL, Answer.MESSAGE, ""),
    ("Serres Belle-Saison", 8, Channel.PHONE, Answer.MESSAGE, "Rappeler après 16 h."),
    ("Crèmerie du Vieux-Moulin", 9, Channel.IN_PERSON, Answer.INTERESTED, "Veut voir le contrat moral."),
    ("Restaurant La Tablée", 7, Channel.PHONE, Answer.NOBODY, ""),
    ("Quilles de la Plaza", 30, Channel.IN_PERSON, Answer.REFUSED, "Aucun élève à l’emploi."),
    ("Animalerie Poils et plumes", 3, Channel.IN_PERSON, Answer.THINKING, ""),
)  # fmt: skip
"""Who was approached, how many days ago, how, and what came of it."""


def load(seed: int, program: Program, manager: Actor) -> None:
    """Load prospects of a program, through the real acts."""
    with tokens.drawn_from(seed + 36):
        agent, partner = (user_for(f"{name}-{program.region.code}@exemple.com") for name in ("agent", "partenaire"))
        assert agent is not None
        with transaction():
            for slug in ("joliette", "montcalm", "d-autray"):
                give_territory(program, agent, mrc=mrc(slug), by=manager)
        _bring(program, manager)
        follow_prospects()
        _live(program, agent, partner, manager)


def _bring(program: Program, manager: Actor) -> None:
    content = "\n".join((_HEADS, *_LINES)).encode()
    with clock.frozen(clock.now() - dt.timedelta(days=45)):
        with transaction():
            intake = upload_file(program, Kind.PROSPECTS, "commerces-de-la-region.csv", content, by=manager)
        reading.read_intake(intake.ref)
        with transaction():
            confirm_intake(db.session.scalars(select(Intake).where(Intake.ref == intake.ref)).one(), by=manager)
        writing.write_intake(intake.ref)


def _live(program: Program, agent: User, partner: User | None, manager: Actor) -> None:
    mine = tuple(Granted(one.role, one.program_id) for one in grants_of(agent))
    by = Actor(agent.ref, agent.name, agent.email, agent.id, frozenset(one.role for one in mine), mine)
    named = {one.name: one for one in db.session.scalars(select(Prospect).where(Prospect.program_id == program.id))}
    for name, days_ago, channel, answer, note in _TOLD:
        with clock.frozen(clock.now() - dt.timedelta(days=days_ago)), transaction():
            note_approach(named[name], ApproachTerms(channel, answer, note), by=by)
    with transaction():
        put_off(named["Restaurant La Tablée"], clock.today() + dt.timedelta(days=75), "Rouvre au printemps.", by=by)
        rule_out(named["Quilles de la Plaza"], "N’embauche aucun élève.", by=by)
        if partner is not None:
            assign_prospects([named["Marina des Îles"]], partner, by=manager)
        employer = db.session.scalar(select(Employer).order_by(Employer.id).limit(1))
        note_sighting(program, SightingTerms("Cordonnerie Pas à pas", "Joliette", mrc("joliette"), "", employer), by=by)
        note_sighting(program, SightingTerms("Casse-croûte du Quai", "Lavaltrie", mrc("d-autray"), "Ouvert l’été"), by=by)
    with transaction():
        reserve(program, ReservationTerms(3, clock.today() + dt.timedelta(days=10), mrc=mrc("joliette"), near="J6E"), by=by)
