"""What is forgotten, and when: drafts after a day; addresses after the results; what may show stuffing, passes and counts after the
contest; words and names two years after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from sqlalchemy import Select, delete, select, update

from certif.campaigns import Campaign
from certif.kit import clock
from certif.kit.db import db, transaction
from certif.kit.jobs import recurring
from certif.nominations.model import Boss, Nomination, NominationTrace, NominatorContact
from certif.nominations.nominate_model import NamedPerson, NominationDraft, NominatorTally
from certif.nominations.pass_model import NominationPass, PassLot

DRAFTS_KEPT = dt.timedelta(days=1)
CONTACTS_KEPT_AFTER_RESULTS, CONTACTS_KEPT_WITHOUT = dt.timedelta(days=180), dt.timedelta(days=365)
TRACES_KEPT = dt.timedelta(days=90)
WORDS_KEPT = dt.timedelta(days=730)

_PLAIN = {"synchronize_session": False}
_released: list[Callable[[dt.date], Select[tuple[int]]]] = []


def say_released(question: Callable[[dt.date], Select[tuple[int]]]) -> None:
    """Let the room of results say which contests were released long ago. Takes: `question`, given a day, the numbers of the contests whose
    results were released before it."""
    _released.append(question)


@recurring("forget_nomination_drafts", every=dt.timedelta(hours=1), retention=True)
def forget_nomination_drafts() -> None:
    """Forget what nobody has shown to be theirs within a day."""
    with transaction():
        db.session.execute(delete(NominationDraft).where(NominationDraft.kept_at < clock.now() - DRAFTS_KEPT), execution_options=_PLAIN)


@recurring("forget_nominators", every=dt.timedelta(days=1), retention=True)
def forget_nominators() -> None:
    """Forget who nominated, contest by contest, as the models say."""
    with transaction():
        told = [question(clock.today() - CONTACTS_KEPT_AFTER_RESULTS) for question in _released]
        for contests in (*told, _over_for(CONTACTS_KEPT_WITHOUT)):
            theirs = select(Nomination.id).where(Nomination.campaign_id.in_(contests))
            db.session.execute(delete(NominatorContact).where(NominatorContact.nomination_id.in_(theirs)), execution_options=_PLAIN)
        over = _over_for(TRACES_KEPT)
        db.session.execute(delete(NominationTrace).where(NominationTrace.campaign_id.in_(over)), execution_options=_PLAIN)
        db.session.execute(delete(NominatorTally).where(NominatorTally.campaign_id.in_(over)), execution_options=_PLAIN)
        lots = select(PassLot.id).where(PassLot.campaign_id.in_(over))
        db.session.execute(delete(NominationPass).where(NominationPass.lot_id.in_(lots)), execution_options=_PLAIN)


@recurring("forget_nomination_words", every=dt.timedelta(days=1), retention=True)
def forget_nomination_words() -> None:
    """Forget what students wrote, and of whom, two years after a contest; how many nominated stays."""
    over = _over_for(WORDS_KEPT)
    with transaction():
        old = Nomination.campaign_id.in_(over), Nomination.first_name != ""
        theirs = select(Nomination.id).where(Nomination.campaign_id.in_(over))
        db.session.execute(delete(NamedPerson).where(NamedPerson.nomination_id.in_(theirs)), execution_options=_PLAIN)
        db.session.execute(update(Nomination).where(*old).values(first_name="", school="", answers={}), execution_options=_PLAIN)
        db.session.execute(update(Boss).where(Boss.campaign_id.in_(over), Boss.person != "").values(person=""), execution_options=_PLAIN)


def _over_for(long: dt.timedelta) -> Select[tuple[int]]:
    return select(Campaign.id).where(Campaign.closes_on < clock.today() - long)
