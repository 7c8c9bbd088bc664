"""Every boss that was named is thanked within a day: by a letter where the register knows whom to write to, else by a card to hand over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

from sqlalchemy import exists, select

from certif.campaigns import Campaign
from certif.kit import audit, clock, outbox
from certif.kit.access import SYSTEM, Actor
from certif.kit.db import db, lock, transaction
from certif.kit.errors import Refusal
from certif.kit.inserting import insert_new
from certif.kit.jobs import enqueue, job
from certif.kit.languages import _, _l, speaking
from certif.nominations.boss_queries import KEEPERS, is_merged, sees, standing_boss
from certif.nominations.desk_model import BossThanks, Carrier, Thanks, ThanksHandover
from certif.nominations.model import Boss, Nomination, ReadingOutcome
from certif.nominations.reading_queries import approved_of
from certif.nominations.thanks_queries import quotes_of

audit.declare("boss_thanked", _l("%(by)s a remercié ce boss par courriel."))
audit.declare("card_made_ready", _l("%(by)s a préparé une carte de remerciement : le registre ne dit pas à qui écrire."))
audit.declare("card_handed_over", _l("%(by)s a remis la carte de remerciement, ou l’a postée."))

AFTER = dt.timedelta(hours=2)
"""How long after the first approval a boss is thanked: long enough to change one’s mind, and well within a day."""

_BATCH = 100
_LETTERS = {Thanks.NAMED: "nominations/boss_thanked", Thanks.RESULTS: "nominations/boss_thanked_after_results"}


def ask_for_thanks(boss: Boss) -> None:
    """Let a boss be thanked soon, unless it was."""
    if _is_thanked(boss, Thanks.NAMED):
        return
    at = clock.now() + AFTER
    enqueue("thank_boss", once=f"thank_boss {boss.ref} {at:%Y%m%d%H}", due_at=at, boss=boss.ref)


@job("thank_boss")
def thank_boss(boss: str) -> None:
    """Thank the boss that one stands for today, if a nomination of it is still approved."""
    with transaction():
        found = db.session.scalar(select(Boss).where(Boss.ref == boss))
        if found is not None:
            thank(standing_boss(found), Thanks.NAMED, by=SYSTEM)


def thank(boss: Boss, kind: Thanks, *, by: Actor) -> BossThanks | None:
    """Thank a boss, once for each reason.

    Gives: the thanks; None for a boss that was thanked already, or of which no nomination is approved.
    """
    lock(boss)
    if not approved_of(boss, 1) or _is_thanked(boss, kind):
        return None
    place = boss.establishment
    carrier = Carrier.LETTER if place is not None and place.employer.contact_email else Carrier.CARD
    row = {
        "campaign_id": boss.campaign_id, "boss_id": boss.id, "kind": kind.value, "carrier": carrier.value, "thanked_at": clock.now(),
        "thanked_by": by.ref,
    }  # fmt: skip
    [made] = insert_new(BossThanks, [row], BossThanks.id) or [None]
    if made is None:
        return None
    if carrier is Carrier.LETTER:
        _write(boss, kind)
    audit.record("boss_thanked" if carrier is Carrier.LETTER else "card_made_ready", boss, by=by)
    return db.session.get_one(BossThanks, made)


def thank_after_results(campaign: Campaign, laureate_boss_ids: Collection[int], *, by: Actor) -> None:
    """Thank all the bosses that were named and are not laureates, little by little.

    Refuses: someone who does not keep this contest.
    """
    if by.ref != SYSTEM.ref and not by.holds(campaign.program_id, *KEEPERS):
        raise Refusal(_("Dans ce programme, votre rôle ne permet pas de remercier les boss."))
    _go_on(campaign.ref, sorted(laureate_boss_ids), 0)


@job("thank_after_results")
def thank_the_others(campaign: str, laureates: list[int], after: int) -> None:
    """Thank some of the bosses that are not laureates; then ask for the rest."""
    with transaction():
        found = _others(campaign, after)
        for boss in found:
            if boss.id not in laureates:
                thank(boss, Thanks.RESULTS, by=SYSTEM)
        if found:
            _go_on(campaign, laureates, found[-1].id)


def hand_over_cards(thanks: Sequence[BossThanks], *, by: Actor) -> int:
    """Note that cards were handed over, or posted. Gives: how many were not yet.

    Refuses: someone who has no say in one of these places.
    """
    count = 0
    for one in thanks:
        if not sees(by, one.boss):
            raise Refusal(_("Dans ce concours, votre rôle ne permet pas de remettre les cartes de cet endroit."))
        row = {"thanks_id": one.id, "handed_over_at": clock.now(), "handed_over_by": by.ref}
        if one.carrier == Carrier.CARD and insert_new(ThanksHandover, [row], ThanksHandover.id):
            audit.record("card_handed_over", one.boss, by=by)
            count += 1
    return count


def _is_thanked(boss: Boss, kind: Thanks) -> bool:
    return db.session.scalar(select(BossThanks.id).where(BossThanks.boss_id == boss.id, BossThanks.kind == kind.value)) is not None


def _others(campaign: str, after: int) -> Sequence[Boss]:
    is_approved = exists().where(Nomination.boss_id == Boss.id, Nomination.outcome == ReadingOutcome.APPROVED.value)
    wanted = select(Boss).join(Campaign, Campaign.id == Boss.campaign_id).where(Campaign.ref == campaign, Boss.id > after, is_approved)
    return db.session.scalars(wanted.where(~is_merged()).order_by(Boss.id).limit(_BATCH)).all()


def _go_on(campaign: str, laureates: list[int], after: int) -> None:
    enqueue("thank_after_results", once=f"thank_after_results {campaign} {after}", campaign=campaign, laureates=laureates, after=after)


def _write(boss: Boss, kind: Thanks) -> None:
    assert boss.establishment is not None
    employer, program = boss.establishment.employer, boss.campaign.program
    with speaking(employer.language):
        outbox.queue(
            _LETTERS[kind], employer.contact_email, language=employer.language, scope=program.ref, employer=employer.name,
            place=boss.establishment.name, person=boss.person, title=boss.campaign.definition.title.said_in(employer.language),
            year=boss.campaign.year, body_name=program.body.name, quotes=quotes_of(boss),
        )  # fmt: skip
