"""What can happen to the guests of a gala: added, invited by letter, answering; tables set, seats taken and left."""

from __future__ import annotations

import dataclasses
import datetime as dt

from sqlalchemy import delete, select

from certif.accounts import folded_email
from certif.galas.guest_laureates import list_laureates
from certif.galas.guest_letters import write_invitation
from certif.galas.guest_model import Guest, GuestNotice, GuestReply, Side, TableSeat
from certif.galas.model import Gala
from certif.galas.standing import lock_standing
from certif.galas.terms import GuestTerms
from certif.kit import audit, clock
from certif.kit.access import Actor
from certif.kit.db import db, lock, transaction
from certif.kit.errors import Refusal
from certif.kit.jobs import recurring
from certif.kit.languages import _, _l

audit.declare("guest_added", _l("%(by)s a ajouté une personne invitée au gala."))
audit.declare("guest_edited", _l("%(by)s a modifié une personne invitée au gala."))
audit.declare("guest_dropped", _l("%(by)s a retiré une personne invitée du gala."))
audit.declare("guests_invited", _l("%(by)s a envoyé des invitations au gala : courriels, %(count)s."), "count")
audit.declare("guest_replied", _l("Une personne invitée au gala a répondu."))

MOST_LETTERS = 200
"""How many letters one press writes: those that remain take another."""

KEPT = dt.timedelta(days=90)
"""How long after the evening its guests are kept."""


def add_guest(gala: Gala, terms: GuestTerms, *, by: Actor) -> Guest:
    """Add someone to invite, on behalf of a body. Refuses: a cancelled gala."""
    lock_standing(gala)
    guest = Guest(gala=gala, side=Side.BODY.value, added_at=clock.now(), added_by=by.ref, **dataclasses.asdict(terms))
    db.session.add(guest)
    audit.record("guest_added", gala, by=by)
    return guest


def edit_guest(guest: Guest, terms: GuestTerms, *, by: Actor) -> None:
    """Say anew who is invited. Another address is not written to yet, and the link that the former one received opens nothing more.

    Refuses: a cancelled gala; fewer seats than the guest already has at a table.
    """
    gala = lock_standing(guest.gala)
    lock(guest)
    if terms.seats < len(guest.places):
        raise Refusal(_("Cette personne a plus de places à table : retirez-la d’abord de sa table."))
    if folded_email(terms.email or "") != folded_email(guest.email or ""):
        guest.reply_digest = None
    for name, value in dataclasses.asdict(terms).items():
        setattr(guest, name, value)
    audit.record("guest_edited", gala, by=by)


def drop_guest(guest: Guest, *, by: Actor) -> None:
    """Forget someone who was to be invited: their answers, and their seats, too."""
    lock(guest)
    audit.record("guest_dropped", guest.gala, by=by)
    db.session.delete(guest)


def invite_guests(gala: Gala, *, by: Actor) -> int:
    """Invite the laureates, and every guest with an address who was not written to yet: each once.

    A student is invited only where they agreed to be (`nomination_gala`) and left an address.
    Gives: how many letters were written.
    Refuses: a cancelled gala, or one that is past; nobody left to write to.
    """
    lock_standing(gala)
    if gala.held_on < clock.today():
        raise Refusal(_("Cette soirée est passée."))
    list_laureates(gala, by)
    unwritten = Guest.gala_id == gala.id, Guest.email.is_not(None), Guest.reply_digest.is_(None)
    waiting = db.session.scalars(select(Guest).where(*unwritten).order_by(Guest.id).limit(MOST_LETTERS)).all()
    if not waiting:
        raise Refusal(_("Toutes les personnes dont une adresse est connue ont déjà reçu leur invitation."))
    for guest in waiting:
        write_invitation(guest)
    audit.record("guests_invited", gala, by=by, count=len(waiting))
    return len(waiting)


def note_reply(guest: Guest, *, is_coming: bool, seats: int, by: Actor) -> GuestReply:
    """Note what a guest answers; seats that are no longer wanted are left at once.

    Refuses: a cancelled gala, or one that is past; more seats than were offered; nobody, by someone who comes.
    """
    gala = lock_standing(guest.gala)
    lock(guest)
    if gala.held_on < clock.today():
        raise Refusal(_("Cette soirée est passée."))
    if is_coming and not 1 <= seats <= guest.seats:
        raise Refusal(_("Choisissez de 1 à %(most)s places.", most=guest.seats))
    reply = GuestReply(number=len(guest.replies) + 1, is_coming=is_coming, seats=seats if is_coming else 0)
    reply.replied_at, reply.replied_by = clock.now(), by.ref
    guest.replies.append(reply)
    del guest.places[reply.seats :]
    audit.record("guest_replied", gala, by=by)
    return reply


@recurring("forget_gala_guests", every=dt.timedelta(days=1), retention=True)
def forget_gala_guests() -> None:
    """Forget the guests of evenings held long ago, as their model says."""
    with transaction():
        old = select(Guest.id).join(Gala, Gala.id == Guest.gala_id).where(Gala.held_on < clock.today() - KEPT)
        for table in (GuestReply, TableSeat, GuestNotice):
            db.session.execute(delete(table).where(table.guest_id.in_(old)))
        db.session.execute(delete(Guest).where(Guest.id.in_(old)), execution_options={"synchronize_session": False})
