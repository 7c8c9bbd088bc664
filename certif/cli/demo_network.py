"""What the demonstration shows of the network: who is around the program, a committee that met twice, and what others ask and offer."""

from __future__ import annotations

import datetime as dt

from certif import accounts, network
from certif.certification import Certification
from certif.employers import members_of
from certif.kit import clock
from certif.kit.access import VISITOR, Actor
from certif.kit.money import Money
from certif.network import BodyKind, BodyTerms, ContactTerms, DistinctionKind, HelpKind, MeetingTerms, ProvisionKind, ProvisionTerms
from certif.programs import Program
from certif.territory import Mrc, mrc

_BODIES = (
    ("MRC de la démonstration", BodyKind.MUNICIPAL, ("joliette",), "Plan de développement social 2024-2029"),
    ("Maison des jeunes du Ruisseau", BodyKind.YOUTH, ("l-assomption", "les-moulins"), ""),
    ("Corporation de développement communautaire des Érables", BodyKind.COMMUNITY, ("matawinie", "montcalm"), "Comité persévérance"),
    ("Caisse de la région", BodyKind.FUNDER, ("joliette", "d-autray"), ""),
    ("Services Québec, bureau de démonstration", BodyKind.GOVERNMENT, ("joliette", "l-assomption"), ""),
)  # fmt: skip


def surround(program: Program, certified: Certification, by: Actor) -> None:
    """Fill the register of a program, let its committee meet, and let an employer be honoured and help.

    Takes: `certified`, a certified employer of the program; `by`, who decides in it.
    """
    with clock.frozen(clock.now() - dt.timedelta(days=150)):
        bodies = _bodies(program, by)
        committee = network.form_committee(
            program, "Comité Mobilisation", mandate="Conseiller l’équipe et mobiliser les milieux.", is_ours=True, mrc=None, by=by
        )
        table = network.form_committee(program, "Table jeunesse de Joliette", mandate="", is_ours=False, mrc=mrc("joliette"), by=by)
        seats = [network.give_seat(committee, body, delegate=contact, role="", by=by) for body, contact in bodies[:3]]
        network.give_seat(table, bodies[0][0], delegate=None, role="Présidence", by=by)
    _meet(committee, seats, by)
    _help(program, certified, by)


def _bodies(program: Program, by: Actor) -> list[tuple[network.NetworkBody, network.BodyContact]]:
    found = []
    for number, (name, kind, slugs, goal) in enumerate(_BODIES, 1):
        where: list[Mrc] = [mrc(slug) for slug in slugs]
        body = network.note_body(program, BodyTerms(name, kind, where, goal=goal), by=by)
        expertise = "Parcours atypiques et raccrochage" if kind is BodyKind.COMMUNITY else ""
        terms = ContactTerms(f"Personne déléguée {number}", "Direction", f"reseau-{number}@exemple.com", expertise=expertise)
        found.append((body, network.note_contact(body, terms, by=by)))
        network.note_provision(body, ProvisionTerms(ProvisionKind.HOURS, clock.today(), "Rencontres et jury", quantity=6 + number), by=by)
    sponsor = ProvisionTerms(ProvisionKind.MONEY, clock.today(), "Commandite du gala", Money.dollars(2500))
    network.note_provision(found[3][0], sponsor, by=by)
    return found


def _meet(committee: network.Committee, seats: list[network.CommitteeSeat], by: Actor) -> None:
    today = clock.today()
    first, second, coming = (
        network.plan_meeting(committee, MeetingTerms(today + dt.timedelta(days=days), "13:30", place, agenda), by=by)
        for days, place, agenda in (
            (-100, "Salle de la MRC, Joliette", "- Plan de l’année\n- Tournée des chambres"),
            (-12, "En visioconférence", "- Adoption du procès-verbal\n- Gala"),
            (45, "Maison des jeunes du Ruisseau", "- Bilan\n- Balises du prochain contrat"),
        )
    )
    for meeting in (first, second):
        network.note_attendance(meeting, {seat.id for seat in seats[:2]}, {seats[2].id}, by=by)
    network.write_minutes(first, "## Plan de l’année\n\nLe plan est présenté.\n\n- Visites en octobre\n- Gala en juin", by=by)
    network.note_decision(first, "Adopter le plan de l’année.", version=None, by=by)
    network.adopt_minutes(first, second, by=by)
    network.write_minutes(second, "## Gala\n\nLa salle est réservée.", by=by)
    network.note_decision(second, "Confier le gala à la chambre de commerce.", version=None, by=by)
    network.note_task(second, "Écrire aux écoles secondaires", due_on=today + dt.timedelta(days=10), seat=seats[0], by=by)
    network.send_synthesis(second, "Merci de votre présence. Voici ce que l’on retient.", by=by)
    assert coming.held_on > today


def _help(program: Program, certified: Certification, by: Actor) -> None:
    owner = accounts.actor_of(members_of(certified.employer)[0].user)
    founder = network.offer_distinction(certified, DistinctionKind.FOUNDER, mrc=None, by=by)
    network.accept_distinction(founder, by=owner)
    network.offer_distinction(certified, DistinctionKind.AMBASSADOR, mrc=mrc("joliette"), by=by)
    network.offer_help(certified, [HelpKind.TALKS, HelpKind.TOURS], "Les vendredis, à partir de 13 h.", by=owner)
    asked = network.AskTerms(
        "school", "École secondaire des Cascades", "Noémie Roy", "ecole-soutien@exemple.com",
        "Nous aimerions un atelier sur le travail et les études pour nos groupes de 4e secondaire, en avril.",
    )  # fmt: skip
    network.ask_for_support(program, asked, by=VISITOR)
