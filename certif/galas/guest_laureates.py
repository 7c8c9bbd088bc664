"""Laureates as guests of the evening that honours them: listed before they are invited, and told of it once they know that they are."""

from __future__ import annotations

from sqlalchemy import exists, select

from certif.consents import agreed_among
from certif.galas.guest_model import Guest, Side
from certif.galas.honours import Honour, honours_of
from certif.galas.model import Gala
from certif.kit import clock, tokens
from certif.kit.access import Actor
from certif.kit.db import db
from certif.kit.inserting import insert_new
from certif.nominations import Nomination
from certif.selections import LaureateWithdrawal, sides_that_know

PAIR = 2
"""How many seats a laureate is offered: its own, and one more."""


def list_laureates(gala: Gala, by: Actor) -> None:
    """Make a guest of each employer that is honoured and of each student who agreed to come, where they are none yet."""
    honours = honours_of(gala)
    nominations = [one.laureate.nomination for one in honours if one.laureate.nomination]
    willing = {ref for ref, _purpose in agreed_among(nominations, "nomination_gala")}
    rows = [row for one in honours for row in (_employer(one), _student(one, willing)) if row]
    plain = {"gala_id": gala.id, "seats": PAIR, "reply_digest": None, "added_at": clock.now(), "added_by": by.ref}
    insert_new(Guest, [{**plain, **row, "ref": tokens.ref()} for row in rows], Guest.id)


def _employer(honour: Honour) -> dict[str, object]:
    laureate = honour.laureate
    known = laureate.boss.establishment.employer if laureate.boss.establishment else None
    return {
        "laureate_id": laureate.id, "side": Side.EMPLOYER.value, "name": laureate.boss_name or laureate.employer_name,
        "body": laureate.employer_name, "email": known.contact_email if known else None, "language": known.language if known else "fr",
    }  # fmt: skip


def _student(honour: Honour, willing: set[str]) -> dict[str, object] | None:
    nomination: Nomination | None = honour.laureate.nomination
    if nomination is None or nomination.ref not in willing or nomination.withdrawal is not None:
        return None
    return {
        "laureate_id": honour.laureate.id, "side": Side.STUDENT.value, "name": honour.laureate.student_name or nomination.first_name,
        "body": "", "email": nomination.contact.email if nomination.contact else None, "language": nomination.language,
    }  # fmt: skip


def waiting_laureates(gala: Gala) -> list[Guest]:
    """Give the laureates with an address who have no invitation yet, and who know that they are honoured: nothing new is told."""
    mine = Guest.gala_id == gala.id, Guest.laureate_id.is_not(None), Guest.email.is_not(None), Guest.reply_digest.is_(None)
    stood_down = exists().where(LaureateWithdrawal.laureate_id == Guest.laureate_id)
    found = db.session.scalars(select(Guest).where(*mine, ~stood_down).order_by(Guest.id)).all()
    known = sides_that_know([one.laureate_id for one in found if one.laureate_id is not None])
    return [one for one in found if (one.laureate_id, one.side) in known]
