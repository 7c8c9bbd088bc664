"""A contest to try things in: what a small region would decide, changed as a test needs it."""

from __future__ import annotations

import datetime as dt
from contextlib import nullcontext
from dataclasses import replace
from typing import Any

from certif.campaigns import (
    Campaign,
    Definition,
    Eligibility,
    Phase,
    PhaseKind,
    Prize,
    Prompt,
    Quota,
    Unit,
    Winner,
    draft_campaign,
    load_model,
    publish_campaign,
    write_definition,
)
from certif.kit import clock
from certif.kit.access import SYSTEM
from certif.kit.db import db
from certif.programs import Program, Text
from certif.territory import PartnerKind, add_partner, mrcs, partners
from tests.factories import unit


def definition_from(today: dt.date, **decided: Any) -> Definition:
    """Give a contest that opens today, for thirty days; then a draw of two duos. `decided` replaces what is named.

    A last phase that says no number keeps ten; where bosses are chosen, the prize is theirs.
    """
    closes, drawn = today + dt.timedelta(days=30), today + dt.timedelta(days=45)
    plain = Definition(
        title=Text("Mon boss, c’est le meilleur !", "My boss is the best!"),
        opens_on=today,
        closes_on=closes,
        unit=Unit.DUO,
        quota=Quota.WHOLE,
        eligibility=Eligibility(),
        prompts=(
            Prompt("exams", Text("Que fait ton boss pendant tes examens ?", "What does your boss do during your exams?")),
            Prompt("schedule", Text("Et pour ton horaire ?", "And about your schedule?")),
        ),
        phases=(Phase("tirage", PhaseKind.DRAW, Text("Tirage au sort", "Draw"), closes + dt.timedelta(days=1), drawn, keeps=2),),
        categories=(),
        prizes=(Prize(Text("Carte-cadeau", "Gift card"), Winner.STUDENT, value_cents=100_00),),
        rules=Text("Le concours est gratuit.", "The contest is free."),
    )
    found = replace(plain, **decided)
    if found.phases and found.phases[-1].keeps is None:
        found = replace(found, phases=(*found.phases[:-1], replace(found.phases[-1], keeps=10)))
    if found.unit is Unit.BOSS and "prizes" not in decided:
        found = replace(found, prizes=(replace(found.prizes[0], to=Winner.EMPLOYER),))
    return found


def make_campaign(program: Program, *, published: bool = True, **decided: Any) -> Campaign:
    """Give a contest of a program, published unless said otherwise: on the day before its first, where that is past."""
    definition = definition_from(clock.today(), **decided)
    return _made(program, definition, model=None, published=published)


def make_sketch(program: Program, **decided: Any) -> Campaign:
    """Give a published contest that no region could publish, where a test tries one phase apart from those that would stand around it."""
    with unit():
        definition = definition_from(clock.today(), **decided)
        campaign = Campaign(
            program=program, title_fr=definition.title.fr, title_en=definition.title.en, year=definition.closes_on.year,
            opens_on=definition.opens_on, closes_on=definition.closes_on, definition_json=write_definition(definition),
            drafted_at=clock.now(), drafted_by="system", published_at=clock.now(), published_by="system",
        )  # fmt: skip
        db.session.add(campaign)
    return campaign


def make_edition(program: Program, model: str, *, opens_on: dt.date | None = None, published: bool = True, **decided: Any) -> Campaign:
    """Give a contest of a program from a model that comes with the platform; it opens today unless said otherwise.

    Where laureates are counted by youth employment centre and none is known, each MRC of the program gets one.
    """
    definition = replace(load_model(model).definition.moved_to(opens_on or clock.today()), **decided)
    if definition.quota is Quota.CJE and not partners(PartnerKind.CJE, program.region):
        with unit():
            for mrc in program.mrcs or mrcs(program.region):
                add_partner(f"CJE {mrc.name}", kind=PartnerKind.CJE, source="essai", mrcs=[mrc], by=SYSTEM)
    return _made(program, definition, model=model, published=published)


def _made(program: Program, definition: Definition, *, model: str | None, published: bool) -> Campaign:
    is_past = definition.closes_on < clock.today()
    before = dt.datetime.combine(definition.opens_on, dt.time(12), dt.UTC) - dt.timedelta(days=1)
    with clock.frozen(before) if is_past else nullcontext(), unit():
        campaign = draft_campaign(program, definition, model=model, by=SYSTEM)
        return publish_campaign(campaign, by=SYSTEM) if published else campaign
