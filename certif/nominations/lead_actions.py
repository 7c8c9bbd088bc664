"""A nomination of an employer that is not certified becomes a prospect of the program: without the student, and with its words only while
that student agrees."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from certif.consents import agreed_among
from certif.imports import change_note, note_prospect
from certif.kit import audit, clock
from certif.kit.access import SYSTEM, Actor
from certif.kit.db import db, lock, transaction
from certif.kit.inserting import insert_new
from certif.kit.jobs import recurring
from certif.kit.languages import _, _l, speaking
from certif.nominations.boss_queries import is_certified, standing_boss
from certif.nominations.desk_model import BossLead
from certif.nominations.model import Boss, Nomination
from certif.nominations.reading_queries import sentence_of

audit.declare("boss_led", _l("Ce boss n’est pas certifié : il est devenu un prospect, « %(name)s »."), "name")

PUBLISHES = "nomination_words"
"""The purpose under which the words of a student may be told."""

_BATCH = 200


def note_lead(nomination: Nomination, *, by: Actor) -> BossLead | None:
    """Make a prospect of the boss of an approved nomination, once, where no certification of its employer is in force.

    Gives: the lead; None for an employer that is certified, or registered: staff have its file already.
    """
    boss = standing_boss(nomination.boss)
    if boss.establishment_id is not None:
        return None  # certified, or registered and followed by its file
    lead = lead_of(boss)
    agrees = bool(agreed_among([nomination], PUBLISHES))
    if lead is not None:
        if lead.nomination_id is None and agrees:
            _tell(lead, nomination, by)
        return lead
    with speaking("fr"):  # what is kept is read by all of the team
        source = _("Nommé par des élèves : %(contest)s, %(year)s", contest=boss.campaign.title_fr, year=boss.campaign.year)
        note = _note(nomination) if agrees else ""
    prospect = note_prospect(
        boss.campaign.program, boss.name, boss.municipality, boss.mrc, boss.sector, source=source, note=note, by=by
    )  # fmt: skip
    if prospect is None:
        return None
    row = {
        "boss_id": boss.id, "prospect_id": prospect.id, "nomination_id": nomination.id if agrees and prospect.note == note else None,
        "led_at": clock.now(), "led_by": by.ref,
    }  # fmt: skip
    if insert_new(BossLead, [row], BossLead.id):
        audit.record("boss_led", boss, by=by, name=prospect.name)
    made = lead_of(boss)
    if made is not None and made.nomination_id is None and agrees:
        _tell(made, nomination, by)
    return made


@recurring("hush_leads", every=dt.timedelta(hours=1))
def hush_leads() -> None:
    """Take the words of students who do not agree any more, or whose nomination does not stand, out of prospects."""
    last = 0
    while True:
        with transaction():
            found = db.session.scalars(
                select(BossLead).where(BossLead.nomination_id.is_not(None), BossLead.id > last).order_by(BossLead.id).limit(_BATCH)
            ).all()
            if not found:
                return
            last = found[-1].id
            agreed = agreed_among([one.nomination for one in found if one.nomination is not None], PUBLISHES)
            for lead in found:
                told = lead.nomination
                assert told is not None
                if (told.ref, PUBLISHES) not in agreed or not told.is_approved:
                    lock(lead)
                    change_note(lead.prospect, "", by=SYSTEM)
                    lead.nomination_id = None


def lead_of(boss: Boss) -> BossLead | None:
    """Give the lead that a boss became, if it did."""
    return db.session.scalar(select(BossLead).where(BossLead.boss_id == boss.id))


def is_certified_now(boss: Boss) -> bool:
    """Whether the employer of a boss has a certification in force."""
    return bool(db.session.scalar(select(is_certified()).where(Boss.id == boss.id)))


def _tell(lead: BossLead, nomination: Nomination, by: Actor) -> None:
    if lead.prospect.note is None:
        with speaking("fr"):
            change_note(lead.prospect, _note(nomination), by=by)
        lead.nomination_id = nomination.id


def _note(nomination: Nomination) -> str:
    return _("Un·e élève dit : « %(words)s »", words=sentence_of(nomination))
