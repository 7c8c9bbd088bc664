"""Letters to those who are invited: the invitation, sent again when it is lost; that the evening moves, or is cancelled.

Those of a whole evening leave by a job, some at a time: a thousand guests keep nobody waiting.
"""

from __future__ import annotations

import datetime as dt
import hmac
from typing import Any

from sqlalchemy import ColumnElement, func, select

from certif.accounts import folded_email, user_for
from certif.galas.evening_model import GalaCancellation
from certif.galas.guest_laureates import list_laureates, waiting_laureates
from certif.galas.guest_model import Guest, GuestNotice, Side
from certif.galas.model import Gala
from certif.galas.queries import cancellation_of, organisers_of
from certif.galas.standing import lock_standing
from certif.galas.terms import GalaTerms
from certif.kit import audit, clock, outbox, tokens
from certif.kit.access import Actor
from certif.kit.db import db, lock, transaction
from certif.kit.errors import Refusal
from certif.kit.inserting import insert_new
from certif.kit.jobs import enqueue, job
from certif.kit.languages import _, _l
from certif.kit.settings import settings
from certif.kit.web import absolute_url

audit.declare("invitation_resent", _l("%(by)s a renvoyé une invitation au gala."))

for _letter in ("guest_invited", "guest_told_moved"):
    outbox.hide_once_sent(f"galas/{_letter}")

AT_ONCE = 100
MOST_RESENT, DAY = 5, dt.timedelta(days=1)
MOVES = ("held_on", "starts_at", "place", "address")
"""What guests must know at once when it changes."""


def write_invitation(guest: Guest) -> None:
    """Write to a guest with an address. The same invitation, written again, has the same link."""
    gala, token = guest.gala, token_for(guest)
    guest.reply_digest = tokens.digest(token)
    outbox.queue(
        "galas/guest_invited", str(guest.email), **_told(guest), seats=guest.seats, is_honoured=guest.side != Side.BODY,
        is_under_embargo=gala.is_under_embargo, reply_url=_reply_url(guest, token),
    )  # fmt: skip


def token_for(guest: Guest) -> str:
    """Give what the link of an invitation ends with: drawn from the guest and the address, so that another address has another link."""
    said = f"gala invitation {guest.ref} {folded_email(str(guest.email))}"
    return hmac.digest(settings().secret_key.encode(), said.encode(), "sha256").hex()


def resend_invitation(guest: Guest, *, by: Actor) -> None:
    """Send an invitation again, to the address of today.

    Must be called before anything is written in the unit of work.
    Refuses: a guest without an address; a cancelled gala, or one that is past; a sixth letter in a day.
    """
    tokens.count_attempt(f"gala invitation {guest.ref}", limit=MOST_RESENT, within=DAY)
    gala = lock_standing(guest.gala)
    lock(guest)
    if gala.held_on < clock.today():
        raise Refusal(_("Cette soirée est passée."))
    if guest.email is None:
        raise Refusal(_("Cette personne n’a pas d’adresse : ajoutez-la d’abord."))
    write_invitation(guest)
    audit.record("invitation_resent", gala, by=by)


def ask_for_invitations(email: str) -> None:
    """Send an address its invitations to the evenings to come, if it has any. Whether it has is told to nobody: the work is the same.

    Must be called before anything is written in the unit of work.
    Refuses: a sixth time in a day for one address.
    """
    address = folded_email(email)
    tokens.count_attempt(f"lost gala invitations {address}", limit=MOST_RESENT, within=DAY)
    theirs = func.lower(Guest.email) == address, Guest.reply_digest.is_not(None), _is_to_come()
    refs = db.session.scalars(select(Guest.ref).join(Gala, Gala.id == Guest.gala_id).where(*theirs).order_by(Guest.id).limit(10)).all()
    enqueue("resend_invitations", guests=list(refs))


@job("resend_invitations")
def resend_invitations(guests: list[str]) -> None:
    """Write to each again."""
    with transaction():
        for guest in db.session.scalars(select(Guest).where(Guest.ref.in_(guests), Guest.email.is_not(None)).order_by(Guest.id)).all():
            write_invitation(guest)


def moved(gala: Gala, terms: GalaTerms) -> dict[str, str] | None:
    """Give what guests knew of an evening that these terms move; None where they move nothing."""
    if all(getattr(gala, name) == getattr(terms, name) for name in MOVES):
        return None
    return {"held_on": gala.held_on.isoformat(), "starts_at": gala.starts_at, "place": gala.place}


def tell_moved(gala: Gala, before: dict[str, str], *, by: Actor) -> int:
    """Write to every guest who has an invitation that the evening moves, and to every laureate who knows and has none yet.

    Gives: to how many.
    """
    about = f"moved {clock.now().isoformat()}"
    list_laureates(gala, by)
    enqueue("tell_guests_moved", once=f"gala {gala.ref} {about}", gala=gala.ref, about=about, before=before, after=0)
    return _many(gala, _invited(gala)) + len(waiting_laureates(gala))


def tell_cancelled(gala: Gala, reason: str, *, by: Actor) -> int:
    """Write to every guest who was invited and did not say no, to every laureate who knows and has no invitation yet, and to those who
    organise it, that it will not be held.

    Gives: how many guests.
    """
    list_laureates(gala, by)
    enqueue("tell_guests_cancelled", once=f"gala {gala.ref} cancelled", gala=gala.ref, after=0)
    for one in organisers_of(gala):
        account = user_for(one.email)
        spoken = account.language if account else "fr"
        said: dict[str, Any] = {"gala": gala, "gala_name": _name_in(gala, spoken), "person": one.name, "reason": reason}
        outbox.queue("galas/organiser_told_cancelled", one.email, language=spoken, scope=gala.scope, **said)
    return _many(gala, _invited(gala)) + len(waiting_laureates(gala))


@job("tell_guests_moved")
def tell_guests_moved(gala: str, about: str, before: dict[str, str], after: int) -> None:
    """Write to the next hundred; those that follow take another job."""
    known: dict[str, Any] = {"was_on": dt.date.fromisoformat(before["held_on"]), "was_at": before["starts_at"], "was_in": before["place"]}
    with transaction():
        found = _following(gala, after)
        if found and cancellation_of(found[0].gala) is None:
            for guest in _untold(found, about):
                token = token_for(guest)
                guest.reply_digest = tokens.digest(token)
                said = {**_told(guest), **known, "reply": guest.reply, "reply_url": _reply_url(guest, token)}
                outbox.queue("galas/guest_told_moved", str(guest.email), **said)
        for guest in _waiting(gala, after, about):
            is_hidden = guest.gala.is_under_embargo
            outbox.queue("galas/laureate_told_moved", str(guest.email), **_told(guest), **known, is_under_embargo=is_hidden)
        if len(found) == AT_ONCE:
            last = found[-1].id
            enqueue("tell_guests_moved", once=f"gala {gala} {about} {last}", gala=gala, about=about, before=before, after=last)


@job("tell_guests_cancelled")
def tell_guests_cancelled(gala: str, after: int) -> None:
    """Write to the next hundred; those that follow take another job."""
    with transaction():
        found = _following(gala, after)
        invited = _untold([one for one in found if one.is_coming], "cancelled")
        told = [*invited, *_waiting(gala, after, "cancelled", even_cancelled=True)]
        cancellation = cancellation_of(told[0].gala) if told else None
        for guest in told:
            said: dict[str, Any] = {"reason": cancellation.reason if cancellation else "", "is_honoured": guest.side != Side.BODY}
            outbox.queue("galas/guest_told_cancelled", str(guest.email), **_told(guest), **said, is_invited=guest in invited)
        if len(found) == AT_ONCE:
            enqueue("tell_guests_cancelled", once=f"gala {gala} cancelled {found[-1].id}", gala=gala, after=found[-1].id)


def _waiting(gala: str, after: int, about: str, *, even_cancelled: bool = False) -> list[Guest]:
    """Give, with the first hundred, the laureates who have no invitation yet and were not told of this."""
    found = db.session.scalar(select(Gala).where(Gala.ref == gala)) if after == 0 else None
    if found is None or (cancellation_of(found) is not None and not even_cancelled):
        return []
    return _untold(waiting_laureates(found), about)


def _untold(guests: list[Guest], about: str) -> list[Guest]:
    """Note that these are told, and give those who were not yet: a job that runs again writes to nobody twice."""
    said = {"about": about, "written_at": clock.now()}
    return [one for one in guests if insert_new(GuestNotice, [{**said, "guest_id": one.id}], GuestNotice.id)]


def _told(guest: Guest) -> dict[str, Any]:
    gala = guest.gala
    known = {"gala": gala, "gala_name": _name_in(gala, guest.language), "person": guest.name}
    return {"language": guest.language, "scope": gala.scope, **known}


def _name_in(gala: Gala, language: str) -> str:
    return gala.name_en if language == "en" and gala.name_en else gala.name_fr


def _reply_url(guest: Guest, token: str) -> str:
    return absolute_url("galas.answer_invitation", token=token, language=guest.language)


def _invited(gala: Gala) -> list[ColumnElement[bool]]:
    return [Guest.gala_id == gala.id, Guest.email.is_not(None), Guest.reply_digest.is_not(None)]


def _many(gala: Gala, theirs: list[ColumnElement[bool]]) -> int:
    return db.session.scalar(select(func.count()).select_from(Guest).where(*theirs)) or 0


def _following(gala: str, after: int) -> list[Guest]:
    found = db.session.scalar(select(Gala).where(Gala.ref == gala))
    wanted = [] if found is None else [*_invited(found), Guest.id > after]
    return list(db.session.scalars(select(Guest).where(*wanted).order_by(Guest.id).limit(AT_ONCE))) if found else []


def _is_to_come() -> ColumnElement[bool]:
    gone = select(GalaCancellation.id).where(GalaCancellation.gala_id == Gala.id).exists()
    return (Gala.held_on >= clock.today()) & ~gone
