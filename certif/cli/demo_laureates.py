"""The laureates of the demonstration: each phase of a contest that is over closed in its time, by the real acts, down to the results."""

from __future__ import annotations

import datetime as dt
import re
from contextlib import AbstractContextManager

from sqlalchemy import select

from certif.campaigns import Campaign, Phase, PhaseKind
from certif.consents import PURPOSES, give_consent
from certif.kit import clock
from certif.kit.access import SYSTEM, Actor
from certif.kit.db import db, transaction
from certif.kit.outbox import Letter
from certif.selections import (
    Laureate,
    close_phase,
    commit_seed,
    confirm_vote,
    entries_of,
    judge_entry,
    name_laureates,
    prepare_laureate,
    release_results,
    send_vote_code,
    steps_of,
)
from certif.selections.laureate_actions import Words
from certif.selections.laureate_agreements import sides_of

_CITATION = "Un horaire qui s’écrit autour des examens, et une équipe qui demande des nouvelles de l’école."
_VOTERS = (5, 3, 2)
"""How many vote for each of the first finalists."""
_STUFFED = 4
"""How many votes come of one domain, for the last."""


def honour(campaign: Campaign, manager: Actor, *, tells: bool = True) -> list[Laureate]:
    """Choose the laureates of a contest, and tell them to everyone; a contest whose jury is not done stops where it is.

    Takes: `campaign`, over, with approved nominations; `manager`, who decides of every phase; `tells`, whether everyone is told: not where
    a gala will.
    Gives: the laureates; none where a phase could not be closed.
    Called in no unit of work: each step is one of its own, at its hour.
    """
    for phase in steps_of(campaign):
        if phase.kind is PhaseKind.JURY:
            return []
        _close(campaign, phase, manager)
    last = max(phase.until_on for phase in campaign.definition.phases)
    with _noon(last + dt.timedelta(days=2)), transaction():
        named = name_laureates(campaign, by=manager)
        for laureate in named:
            words = Words(laureate.boss_name, "", laureate.student_name, "", _CITATION)
            prepare_laureate(laureate, words, by=manager)
            for name, _photo in sides_of(laureate).values():
                give_consent(laureate, name, version=PURPOSES[name].version, language="fr", by=SYSTEM)
        if tells:
            release_results(campaign, by=manager)
    return named


def bring_to_today(campaign: Campaign, manager: Actor) -> None:
    """Close the phases that have ended, and let the public vote in one that runs: some from one domain, as staff should see.

    Called in no unit of work.
    """
    for phase in campaign.definition.phases:
        if phase.until_on < clock.today():
            _close(campaign, phase, manager)
        elif phase.kind is PhaseKind.VOTE and phase.from_on <= clock.today():
            _vote(campaign, phase, clock.today() - dt.timedelta(days=1))
            stuffed = entries_of(campaign, phase)[-1].ref
            for number in range(_STUFFED):
                _cast(campaign, stuffed, f"votre-ami-{number}@pizzeria.exemple.com", "203.0.113.7")


def _close(campaign: Campaign, phase: Phase, manager: Actor) -> None:
    with _noon(phase.from_on + dt.timedelta(days=1)), transaction():
        if phase.kind in {PhaseKind.DRAW, PhaseKind.VOTE}:
            commit_seed(campaign, phase, by=manager)
        if phase.kind is PhaseKind.CHOICE:
            of_each_boss = {one.boss.id: one for one in reversed(entries_of(campaign, phase))}
            for entry in list(of_each_boss.values())[: phase.keeps]:
                judge_entry(campaign, phase, entry, is_kept=True, place=None, reason="Horaires souples pendant les examens.", by=manager)
    if phase.kind is PhaseKind.VOTE:
        _vote(campaign, phase, phase.until_on)
    with _noon(phase.until_on + dt.timedelta(days=1)), transaction():
        close_phase(campaign, phase.id, "L’équipe régionale a suivi les modalités du concours.", by=manager)


def _vote(campaign: Campaign, phase: Phase, day: dt.date) -> None:
    """Let a few people vote: each receives a code, and types it."""
    with _noon(day):
        for entry, voters in zip(entries_of(campaign, phase), _VOTERS, strict=False):
            for number in range(voters):
                _cast(campaign, entry.ref, f"vote@famille-{number}-{entry.ref.lower()}.exemple.com", f"198.51.100.{number}")


def _cast(campaign: Campaign, entry: str, email: str, network: str) -> None:
    with transaction():
        token = send_vote_code(campaign, entry, email, language="fr", by=SYSTEM, network=network)
    with transaction():
        confirm_vote(token, _code_sent_to(email), by=SYSTEM)


def _code_sent_to(email: str) -> str:
    letter = db.session.scalars(select(Letter).where(Letter.to_address == email)).one()
    found = re.search(r"\b\d{6}\b", letter.body)
    assert found
    return found.group()


def _noon(day: dt.date) -> AbstractContextManager[None]:
    return clock.frozen(clock.midnight(day) + dt.timedelta(hours=12))
