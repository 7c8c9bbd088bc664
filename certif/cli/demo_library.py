"""The library of the demonstration: a story that was accepted and one that waits, an adapted tool, hand-outs, testimonials, the watch."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from certif import accounts, employers, territory
from certif.consents import PURPOSES
from certif.employers import Employer
from certif.kit import clock, tallies
from certif.kit.access import Actor
from certif.kit.db import db, transaction
from certif.library import Tool, ToolKind, Topic, load_tools, tools_of
from certif.library.actions import Filing, Wording, adapt_tool, add_tool, publish_version
from certif.library.beat_actions import write_piece
from certif.library.beat_model import PieceKind
from certif.library.beat_queries import beat_by_slug
from certif.library.counting import note_download
from certif.library.handing import note_hand_out
from certif.library.queries import STORY, newest_of
from certif.library.word_actions import TESTIMONIAL, agree_to_story, note_watch, offer_testimonial, publish_testimonial
from certif.plans import Audience
from certif.programs import Program, Text

_HAND_OUTS = (
    (0, Audience.EMPLOYERS, 25, 40),
    (1, Audience.STUDENTS, 60, 33),
    (1, Audience.PARENTS, 30, 21),
    (3, Audience.EMPLOYERS, 12, 9),
    (5, Audience.PARTNERS, 8, 5),
    (2, Audience.SCHOOLS, 40, 2),
)
"""Place, audience, copies, and how many days ago."""


def load(program: Program, manager: Actor) -> None:
    """Fill the library of a program, with what comes with the platform and what its people made of it."""
    load_tools()
    with transaction():
        told = db.session.scalars(select(Employer).where(Employer.legal_name == "Épicerie Desrochers et filles")).one()
        owner = accounts.actor_of(employers.members_of(told)[0].user)
        _tell_stories(program, told, owner, manager)
        _adapt(program, manager)
        _hand_out(program, manager)
        _say(program, told, owner, manager)
    _download(program)


def _tell_stories(program: Program, told: Employer, owner: Actor, manager: Actor) -> None:
    stories = (
        ("L’horaire sur le frigo", "The schedule on the fridge", "À l’épicerie, les dates d’examens sont affichées à côté de l’horaire.",
         "At the grocery store, exam dates are posted beside the schedule."),
        ("Une pause pour réviser", "A break to study", "Une demi-heure payée pour ouvrir ses notes, la semaine des examens.",
         "Half an hour, paid, to open one’s notes in exam week."),
    )  # fmt: skip
    for number, (title_fr, title_en, fr, en) in enumerate(stories):
        tool = add_tool(program, title_fr, Filing(ToolKind.STORY, Audience.EMPLOYERS, Topic.BALANCE, True, told), by=manager)
        text = Text(f"{fr}\n\n## Ce qu’on en retient\n- Un petit geste.\n- Le même pour tout le monde.",
                    f"{en}\n\n## What to keep in mind\n- A small gesture.\n- The same for everyone.")  # fmt: skip
        version = publish_version(tool, Wording(Text(title_fr, title_en), Text(fr, en), text), seen=0, by=manager)
        if number == 0:
            agree_to_story(version, consent=PURPOSES[STORY].version, language="fr", by=owner)


def _adapt(program: Program, manager: Actor) -> None:
    kit = db.session.scalars(select(Tool).where(Tool.slug == "trousse-ecoles")).one()
    adapt_tool(kit, program, by=manager)
    beat = beat_by_slug("avant-les-fetes")
    said = Text(
        "Joyeuses Fêtes à tous les employeurs qui font une place aux études !",
        "Happy Holidays to every employer that makes room for studies!",
    )
    write_piece(beat, program, PieceKind.POST, Text("Le mot de la région", "A word from the region"), said, by=manager)


def _hand_out(program: Program, manager: Actor) -> None:
    tools, places = [one for one in tools_of(program) if one.kind != ToolKind.STORY], territory.mrcs(program.region)
    for number, (place, audience, count, days) in enumerate(_HAND_OUTS):
        on = clock.today() - dt.timedelta(days=days)
        note_hand_out(tools[number % len(tools)], program, count, mrc=places[place], audience=audience, on=on, by=manager)


def _say(program: Program, told: Employer, owner: Actor, manager: Actor) -> None:
    consent = PURPOSES[TESTIMONIAL].version
    with clock.frozen(clock.now() - dt.timedelta(days=12)):
        said = "Depuis qu’on est certifiés, nos élèves nous donnent leurs dates d’examens d’eux-mêmes. Et ils restent."
        publish_testimonial(offer_testimonial(told, program, said, consent=consent, language="fr", by=owner), by=manager)
    offer_testimonial(told, program, "La vignette dans la vitrine, les parents nous en parlent.", consent=consent, language="fr", by=owner)
    note_watch(
        program, "Plus de la moitié des élèves du secondaire travaillent", "51 % ont travaillé pendant l’année scolaire (ISQ, 2022-2023).",
        topic=Topic.WORK, link="https://statistique.quebec.ca/", language="fr", is_public=True, by=manager,
    )  # fmt: skip
    note_watch(
        program, "À suivre : les horaires d’été des municipalités", "Trois municipalités veulent afficher leurs horaires en mai.",
        topic=Topic.BALANCE, link="", language="fr", is_public=False, by=manager,
    )  # fmt: skip


def _download(program: Program) -> None:
    for number, tool in enumerate(tools_of(program)[:6]):
        version = newest_of(tool)
        for _each in range(3 + 2 * number if version else 0):
            assert version is not None
            note_download(version, "en" if number % 3 == 2 and version.text_en else "fr", program)
    tallies.flush()
