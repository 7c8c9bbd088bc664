"""A contest to try things in: what a small region would decide, changed as a test needs it."""

from __future__ import annotations

import datetime as dt
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
    write_definition,
)
from certif.kit import clock
from certif.kit.db import db
from certif.programs import Program, Text
from tests.factories import unit


def definition_from(today: dt.date, **decided: Any) -> Definition:
    """Give a contest that opens today, for thirty days; then a draw of two duos. `decided` replaces what is named."""
    closes, drawn = today + dt.timedelta(days=30), today + dt.timedelta(days=45)
    plain = Definition(
        title=Text("Mon boss, c’est le meilleur\u00a0!", "My boss is the best!"),
        opens_on=today,
        closes_on=closes,
        unit=Unit.DUO,
        quota=Quota.WHOLE,
        eligibility=Eligibility(),
        prompts=(
            Prompt("exams", Text("Que fait ton boss pendant tes examens\u00a0?", "What does your boss do during your exams?")),
            Prompt("schedule", Text("Et pour ton horaire\u00a0?", "And about your schedule?")),
        ),
        phases=(Phase("tirage", PhaseKind.DRAW, Text("Tirage au sort", "Draw"), closes + dt.timedelta(days=1), drawn, keeps=2),),
        categories=(),
        prizes=(Prize(Text("Carte-cadeau", "Gift card"), Winner.STUDENT, value_cents=100_00),),
        rules=Text("Le concours est gratuit.", "The contest is free."),
    )
    return replace(plain, **decided)


def make_campaign(program: Program, *, published: bool = True, **decided: Any) -> Campaign:
    """Give a contest of a program, published unless said otherwise."""
    with unit():
        definition = definition_from(clock.today(), **decided)
        campaign = Campaign(
            program=program,
            title_fr=definition.title.fr,
            title_en=definition.title.en,
            year=definition.closes_on.year,
            opens_on=definition.opens_on,
            closes_on=definition.closes_on,
            definition_json=write_definition(definition),
            drafted_at=clock.now(),
            drafted_by="system",
            published_at=clock.now() if published else None,
            published_by="system" if published else None,
        )
        db.session.add(campaign)
    return campaign
