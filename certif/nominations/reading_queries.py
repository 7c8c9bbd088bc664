"""Questions about the reading of nominations: what waits, one of them, what may be told of it, what comes next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, false, func, select
from sqlalchemy.orm import contains_eager, joinedload
from werkzeug.exceptions import NotFound

from certif.campaigns import Campaign
from certif.kit.access import Actor
from certif.kit.db import db
from certif.kit.languages import _l, language
from certif.kit.paging import Slice, cut, read_cursor
from certif.kit.striking import StrikeKind, digest_of, pieces_of
from certif.nominations.boss_queries import among, seen_mrcs, sees
from certif.nominations.desk_model import NominationStrike
from certif.nominations.model import Boss, Nomination, NominationWithdrawal, ReadingOutcome
from certif.nominations.reading_hints import hints_in
from certif.programs import Text, english, french
from certif.territory import Mrc

MOST_COUNTED = 1000
"""A pile is counted up to here: beyond, there are «more than 1000»."""


class Pile(StrEnum):
    """Where nominations stand before their readers."""

    HELD = "a-lire"
    APPROVED = "approuvees"
    APART = "de-cote"


PILES = {Pile.HELD: _l("À lire"), Pile.APPROVED: _l("Approuvées"), Pile.APART: _l("Mises de côté")}
_OUTCOMES = {Pile.APPROVED: ReadingOutcome.APPROVED.value, Pile.APART: ReadingOutcome.SET_ASIDE.value}


@dataclass(frozen=True)
class Told:
    """One answer of a nomination: what was asked, what was said, and which words may have to be struck."""

    prompt: str
    asked: str
    words: str
    language: str
    hints: dict[int, StrikeKind]

    @property
    def printed(self) -> str:
        """The words as they are printed."""
        return (french if self.language == "fr" else english)(self.words)

    @property
    def pieces(self) -> list[tuple[str, StrikeKind | None, str]]:
        """The words one by one, each with what it may say that nobody must read, and the space that follows it."""
        pieces = pieces_of(self.words)
        after = [*pieces[1:], ""]
        return [(piece, self.hints.get(place), _space(piece, after[place])) for place, piece in enumerate(pieces)]


def nomination_of(actor: Actor, ref: str) -> Nomination:
    """Give the nomination named `ref` to staff who see its boss. Refuses (404) any other, and one that was withdrawn."""
    found = db.session.scalar(select(Nomination).where(Nomination.ref == ref))
    if found is None or found.withdrawal is not None or not sees(actor, found.boss):
        raise NotFound
    return found


def nominations_of(campaign: Campaign, actor: Actor, pile: Pile, mrc: str | None, after: str | None) -> Slice[Any]:
    """Give a page of a pile, the oldest first: rows of a `Nomination`."""
    found = piled(campaign, actor, pile, mrc).add_columns(Nomination.nominated_at.label("since"), Nomination.ref)
    return cut(found, Nomination.nominated_at.expression, Nomination.ref.expression, read_cursor(after), newest_first=False)


def piled(campaign: Campaign, actor: Actor, pile: Pile, mrc: str | None = None) -> Select[Any]:
    """Give the statement of a pile of nominations that this person sees, each with its boss."""
    found = (
        select(Nomination)
        .join(Boss, Boss.id == Nomination.boss_id)
        .options(contains_eager(Nomination.boss).joinedload(Boss.mrc), joinedload(Nomination.named), joinedload(Nomination.campaign))
        .where(Nomination.campaign_id == campaign.id, *_in_pile(pile), *among(seen_mrcs(actor, campaign.program_id)))
    )
    return found.where(Boss.mrc_id == select(Mrc.id).where(Mrc.slug == mrc).scalar_subquery()) if mrc else found


def in_order(campaign: Campaign, actor: Actor, pile: Pile, mrc: str | None) -> Iterator[Nomination]:
    """Give a whole pile, the oldest first, some at a time."""
    found = piled(campaign, actor, pile, mrc).order_by(Nomination.nominated_at, Nomination.ref)
    yield from db.session.scalars(found.execution_options(yield_per=500))


def counts_of(campaign: Campaign, actor: Actor) -> dict[Pile, int]:
    """Count each pile, up to `MOST_COUNTED` and one more: as fast for a million as for a thousand."""
    return {pile: count_of(campaign, actor, pile) for pile in Pile}


def count_of(campaign: Campaign, actor: Actor, pile: Pile) -> int:
    """Count one pile, up to `MOST_COUNTED` and one more."""
    mrcs = seen_mrcs(actor, campaign.program_id)
    within = select(Nomination.id).where(Nomination.campaign_id == campaign.id, *_in_pile(pile)).limit(MOST_COUNTED + 1)
    if mrcs is not None:
        within = within.join(Boss, Boss.id == Nomination.boss_id).where(Boss.mrc_id.in_(mrcs) if mrcs else false())
    return db.session.scalar(select(func.count()).select_from(within.subquery())) or 0


def next_held(nomination: Nomination, actor: Actor) -> Nomination | None:
    """Give the nomination to read after this one: the next that came, else the oldest that waits."""
    waits = piled(nomination.campaign, actor, Pile.HELD).where(Nomination.id != nomination.id)
    ordered = waits.order_by(Nomination.nominated_at, Nomination.ref).limit(1)
    later = Nomination.nominated_at >= nomination.nominated_at
    found: Nomination | None = db.session.scalar(ordered.where(later)) or db.session.scalar(ordered)
    return found


def told_in(nomination: Nomination) -> list[Told]:
    """Give the answers of a nomination in the order of the contest's prompts, with what may have to be struck in each."""
    boss, said = nomination.boss, dict(nomination.answers)
    known = [boss.person, boss.name, boss.municipality, nomination.named.person, nomination.named.name, nomination.school]
    asked = {one.id: _printed(one.name) for one in nomination.campaign.definition.prompts}
    order = [*(one for one in asked if said.get(one)), *(one for one in said if one not in asked and said[one])]
    return [Told(one, asked.get(one, ""), said[one], nomination.language, hints_in(said[one], known)) for one in order]


def said_digest(nomination: Nomination) -> str:
    """Give what tells that the words of a nomination have not changed since they were on a screen."""
    return digest_of("\n".join(f"{name} {words}" for name, words in sorted(nomination.answers.items())))


def sentence_of(nomination: Nomination) -> str:
    """Give the words of a nomination that are told first, as they are printed; empty where it says nothing."""
    told = next(iter(told_in(nomination)), None)
    return "" if told is None else told.printed


def strikes_of(nomination: Nomination) -> Sequence[NominationStrike]:
    """Give what was struck of a nomination, the first first."""
    return db.session.scalars(
        select(NominationStrike).where(NominationStrike.nomination_id == nomination.id).order_by(NominationStrike.id)
    ).all()


def approved_of(boss: Boss, most: int) -> Sequence[Nomination]:
    """Give the nominations of a boss that were approved and stand, the first first."""
    fit = Nomination.boss_id == boss.id, Nomination.outcome == ReadingOutcome.APPROVED.value, _not_withdrawn()
    found = select(Nomination).where(*fit).order_by(Nomination.nominated_at, Nomination.id).limit(most)
    return db.session.scalars(found.options(joinedload(Nomination.campaign))).all()


def _printed(text: Text) -> str:
    return (french if language() == "fr" else english)(str(text))


def _space(piece: str, following: str) -> str:
    return "\u00a0" if piece.endswith("«") or following[:1] in {":", ";", "!", "?", "»", "%"} else " "


def _in_pile(pile: Pile) -> list[ColumnElement[bool]]:
    outcome = _OUTCOMES.get(pile)
    return [Nomination.outcome.is_(None) if outcome is None else Nomination.outcome == outcome, _not_withdrawn()]


def _not_withdrawn() -> ColumnElement[bool]:
    return ~exists().where(NominationWithdrawal.nomination_id == Nomination.id).correlate(Nomination)
