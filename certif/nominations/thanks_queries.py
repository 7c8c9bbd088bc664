"""Questions about thanks: what may be told to a boss, who was thanked and how, which cards wait."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import contains_eager, joinedload

from certif.campaigns import Campaign
from certif.consents import agreed_among
from certif.kit.access import Actor
from certif.kit.db import db
from certif.kit.paging import PAGE, Slice
from certif.nominations.boss_queries import among, seen_mrcs
from certif.nominations.desk_model import BossThanks, Carrier, Thanks, ThanksHandover
from certif.nominations.model import Boss
from certif.nominations.reading_queries import approved_of, sentence_of

WORDS, NAME, TELL = "nomination_words", "nomination_name", "nomination_boss"
"""The purposes of a student: the words may be published; with the first name; the boss may know who it was, and read the words."""

MOST_QUOTES, MOST_CARDS = 3, 100
_READ = 40
"""How many nominations of a boss are looked at for words that may be told."""


@dataclass(frozen=True)
class Quote:
    """Words that a boss may read. `first_name`: empty unless the student agrees both to be named and to be known to the boss."""

    words: str
    language: str
    first_name: str


def quotes_of(boss: Boss) -> list[Quote]:
    """Give a few sentences that students agree their boss read, each with a first name only where they agree to that too."""
    approved = approved_of(boss, _READ)
    agreed = agreed_among(approved, WORDS, NAME, TELL)
    found = []
    for nomination in approved:
        given, words = {purpose for ref, purpose in agreed if ref == nomination.ref}, sentence_of(nomination)
        if words and given & {WORDS, TELL}:
            found.append(Quote(words, nomination.language, nomination.first_name if {NAME, TELL} <= given else ""))
    return found[:MOST_QUOTES]


def thanks_of(campaign: Campaign, actor: Actor, *, waiting: bool, after: str | None) -> Slice[Any]:
    """Give who is thanked in a contest, the last first: those whose card waits to be handed over, or all. `after`: a boss and a reason."""
    found = _thanked(campaign, actor, waiting=waiting)
    last = _read_place(campaign, after)
    if last is not None:
        found = found.where(BossThanks.id < last)
    rows = db.session.scalars(found.order_by(BossThanks.id.desc()).limit(PAGE + 1)).all()
    is_more = len(rows) > PAGE
    return Slice(rows[:PAGE], place_of(rows[PAGE - 1]) if is_more else None)


def cards_waiting(campaign: Campaign, actor: Actor, until: str | None = None) -> Sequence[BossThanks]:
    """Give the cards to print and hand over, the first first, a hundred at most. `until`: the place of the last one that is meant."""
    found = _thanked(campaign, actor, waiting=True).order_by(BossThanks.id).limit(MOST_CARDS)
    if until is not None:
        found = found.where(BossThanks.id <= (_read_place(campaign, until) or 0))
    return db.session.scalars(found).all()


def place_of(thanks: BossThanks) -> str:
    """Give what tells one thanks from the others of its contest, in an address or a form."""
    return f"{thanks.kind}.{thanks.boss.ref}"


def count_waiting(campaign: Campaign, actor: Actor) -> int:
    """Count the cards that wait, up to a thousand."""
    within = _thanked(campaign, actor, waiting=True).with_only_columns(BossThanks.id).limit(1001).subquery()
    return db.session.scalar(select(func.count()).select_from(within)) or 0


def thanks_given(boss: Boss) -> Sequence[BossThanks]:
    """Give how a boss was thanked."""
    return db.session.scalars(select(BossThanks).where(BossThanks.boss_id == boss.id).order_by(BossThanks.id)).all()


def _thanked(campaign: Campaign, actor: Actor, *, waiting: bool) -> Any:
    found = (
        select(BossThanks)
        .join(Boss, Boss.id == BossThanks.boss_id)
        .options(contains_eager(BossThanks.boss).options(joinedload(Boss.mrc), joinedload(Boss.campaign)))
        .where(BossThanks.campaign_id == campaign.id, *among(seen_mrcs(actor, campaign.program_id)))
    )
    return found.where(BossThanks.carrier == Carrier.CARD.value, ~_handed_over()) if waiting else found


def _handed_over() -> ColumnElement[bool]:
    return exists().where(ThanksHandover.thanks_id == BossThanks.id).correlate(BossThanks)


def _read_place(campaign: Campaign, after: str | None) -> int | None:
    kind, _dot, ref = (after or "").partition(".")
    if kind not in set(Thanks):
        return None
    wanted = select(BossThanks.id).join(Boss, Boss.id == BossThanks.boss_id)
    return db.session.scalar(wanted.where(Boss.ref == ref, BossThanks.campaign_id == campaign.id, BossThanks.kind == kind))
