"""The evening of the demonstration: a gala that honours the laureates of a contest, with its order, its guests and its room."""

from __future__ import annotations

import datetime as dt

from certif.campaigns import Campaign
from certif.galas import Gala, GalaTerms, GuestTerms, MomentKind, MomentTerms, choose_contests, invite_organiser, plan_gala
from certif.galas.evening import run_sheet_of
from certif.galas.guest_actions import add_guest, note_reply
from certif.galas.honours import honours_of
from certif.galas.moment_actions import add_award, add_moment, place_laureates, stage_laureates
from certif.galas.table_actions import add_table, seat_guest
from certif.kit import clock
from certif.kit.access import Actor
from certif.kit.db import transaction

ORGANISER = "chambre-gala@exemple.com"

_BEFORE = (
    MomentTerms(MomentKind.OTHER, "Accueil et vestiaire", 1800, notes="Table d’accueil : listes par ordre de nom."),
    MomentTerms(MomentKind.SPEECH, "Mot de bienvenue", 300, "La présidence de la chambre", "Fond discret"),
    MomentTerms(MomentKind.MEAL, "Repas", 4500, music="Trio de jazz"),
)
_AFTER = (
    MomentTerms(MomentKind.MUSIC, "Numéro de l’harmonie de l’école", 420, notes="Neuf pupitres côté jardin."),
    MomentTerms(MomentKind.SPEECH, "Mot de la fin", 240, "La direction régionale"),
)
_GUESTS = (
    ("Mairesse de la ville", "Ville de Joliette", 2, True), ("Direction du centre de services", "Centre de services scolaire", 4, True),
    ("Présidence de la caisse", "Caisse de la région", 2, True),
    ("Journal local", "Presse", 1, None), ("Députation", "Assemblée", 2, False),
)  # fmt: skip


def add_gala(campaign: Campaign, *, by: Actor) -> Gala:
    """Make the gala of a contest: planned, put in order, its room filled. Under embargo, as it would be the week before.

    Takes: `campaign`, a contest whose laureates are named; `by`, who decides in its program.
    """
    held_on = clock.today() + dt.timedelta(days=21)
    terms = GalaTerms(
        "Gala des employeurs engagés", "Engaged Employers Gala", "Chambre de commerce de la région", held_on, "17:30",
        "Salle de spectacle", "20, rue Saint-Charles-Borromée Sud, Joliette",
    )  # fmt: skip
    with transaction():
        gala = plan_gala(campaign.program, terms, by=by)
        choose_contests(gala, [campaign], by=by)
        invite_organiser(gala, name="Organisation du gala", email=ORGANISER, language="fr", by=by)
    with transaction():
        _put_in_order(gala, by)
    with transaction():
        _fill_the_room(gala, by)
    return gala


def _put_in_order(gala: Gala, by: Actor) -> None:
    award = add_award(gala, name_fr="Prix Tremplin", name_en="Springboard Award", sponsor="Caisse de la région", by=by)
    honours = honours_of(gala)
    if honours:
        place_laureates(gala, [(one.laureate, award if number == 0 else None) for number, one in enumerate(honours)], by=by)
    for terms in _BEFORE:
        _add_last(gala, terms, by)
    if honours:
        stage_laureates(gala, by=by)
    for terms in _AFTER:
        _add_last(gala, terms, by)


def _add_last(gala: Gala, terms: MomentTerms, by: Actor) -> None:
    lines = run_sheet_of(gala)
    add_moment(gala, terms, after=lines[-1].moment if lines else None, by=by)


def _fill_the_room(gala: Gala, by: Actor) -> None:
    tables = [add_table(gala, str(number), 8, by=by) for number in range(1, 5)]
    for number, (name, body, seats, comes) in enumerate(_GUESTS):
        guest = add_guest(gala, GuestTerms(name, body, seats), by=by)
        if comes is not None:
            note_reply(guest, is_coming=comes, seats=seats if comes else 0, by=by)
        if comes:
            seat_guest(guest, tables[number // 2], by=by)
