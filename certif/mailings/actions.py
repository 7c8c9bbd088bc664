"""What can be done with a mailing, in story order: drafted, confirmed, confirmed by a second person, stopped; a job sends it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import delete, select

from certif.imports import NO_ADDRESS
from certif.kit import audit, clock
from certif.kit.access import Actor
from certif.kit.db import db, lock, transaction
from certif.kit.errors import Refusal
from certif.kit.inserting import insert_new
from certif.kit.jobs import enqueue, recurring
from certif.kit.languages import _, _l
from certif.mailings import sending
from certif.mailings.audiences import MOST, Person, members_of
from certif.mailings.model import Audience, Mailing, MailingRecipient, Step
from certif.mailings.sending import take_step
from certif.mailings.writers import writer_of
from certif.programs import Program

audit.declare("mailing_drafted", _l("%(by)s a préparé un envoi à %(count)s destinataires."), "count", "audience")
audit.declare("mailing_confirmed", _l("%(by)s a confirmé un envoi à %(count)s destinataires."), "count")
audit.declare("mailing_seconded", _l("%(by)s a confirmé à son tour un envoi à %(count)s destinataires."), "count")
audit.declare("mailing_stopped", _l("%(by)s a arrêté un envoi."))

_NO_SERVICE = {Audience.NEVER_INVITED, Audience.BULLETIN}
"""Letters that nobody is owed: the law wants them to say from where they come."""
KEPT = dt.timedelta(days=730)


def draft_mailing(program: Program, audience: Audience, *, note: str = "", refs: Sequence[str] = (), by: Actor) -> Mailing:
    """Draft a letter to each of an audience: its members are those of this instant. Nothing leaves.

    Takes: `refs`, the files that were chosen, for `SELECTED`; `note`, what the sender adds.
    Refuses: an audience of nobody, or of too many; invitations in the name of a body that has not given its postal address.
    """
    _check_identity(program, audience)
    members = members_of(program, audience, refs)
    if not members:
        raise Refusal(_("Personne ne répond à ce choix, ou tout le monde a déjà été rappelé cette semaine."))
    if len(members) > MOST:
        raise Refusal(_("Ce choix compte plus de %(most)s destinataires. Faites-en un plus petit.", most=MOST))
    return _draft(program, audience, members, note, by)


def draft_mailing_to(program: Program, audience: Audience, members: Sequence[Person], *, by: Actor) -> Mailing:
    """Draft a letter to recipients that the room which writes to this audience has chosen. Nothing leaves.

    Takes: `members`, at least one: the key, name and address of each.
    Refuses: a body that has not given its postal address.
    """
    _check_identity(program, audience)
    return _draft(program, audience, members, "", by)


def _draft(program: Program, audience: Audience, members: Sequence[Person], note: str, by: Actor) -> Mailing:
    mailing = Mailing(
        program=program, audience=audience.value, note=note, size=len(members), drafted_at=clock.now(), drafted_by=by.ref, drafter=by.name
    )
    db.session.add(mailing)
    db.session.flush()
    rows = [{"mailing_id": mailing.id, "key": key, "name": name, "email": email} for key, name, email in members]
    insert_new(MailingRecipient, rows, MailingRecipient.id)
    audit.record("mailing_drafted", mailing, by=by, count=mailing.size, audience=mailing.audience)
    return mailing


def confirm_mailing(mailing: Mailing, *, by: Actor) -> None:
    """Agree to send what was seen. Where the recipients are many, it waits for a second person.

    Refuses: a mailing confirmed or stopped already; what `draft_mailing` refuses of invitations.
    """
    lock(mailing)
    _check_open(mailing)
    _check_identity(mailing.program, Audience(mailing.audience))
    if mailing.step(Step.CONFIRMED) is not None:
        raise Refusal(_("Cet envoi est déjà confirmé."))
    take_step(mailing, Step.CONFIRMED, by=by)
    audit.record("mailing_confirmed", mailing, by=by, count=mailing.size)
    _send_when_agreed(mailing, by)


def second_mailing(mailing: Mailing, *, by: Actor) -> None:
    """Agree as the second person.

    Refuses: a mailing that needs none, or that nobody has confirmed; whoever prepared it or confirmed it first.
    """
    lock(mailing)
    _check_open(mailing)
    first = mailing.step(Step.CONFIRMED)
    if first is None or not mailing.needs_second or mailing.step(Step.SECONDED) is not None:
        raise Refusal(_("Cet envoi n’attend pas de seconde confirmation."))
    if by.ref in {first.taken_by, mailing.drafted_by}:
        raise Refusal(_("Une autre personne que vous doit confirmer cet envoi."))
    take_step(mailing, Step.SECONDED, by=by)
    audit.record("mailing_seconded", mailing, by=by, count=mailing.size)
    _send_when_agreed(mailing, by)


def stop_mailing(mailing: Mailing, *, by: Actor) -> None:
    """Send no more of it. What has left has left.

    Refuses: a mailing that is over, or stopped already.
    """
    lock(mailing)
    _check_open(mailing)
    take_step(mailing, Step.STOPPED, by=by)
    audit.record("mailing_stopped", mailing, by=by)


@recurring("forget_old_mailings", every=dt.timedelta(days=1), retention=True)
def forget_old_mailings() -> None:
    """Apply the retention of recipients, as their model says."""
    old = select(Mailing.id).where(Mailing.drafted_at < clock.now() - KEPT)
    with transaction():
        db.session.execute(delete(MailingRecipient).where(MailingRecipient.mailing_id.in_(old)))


def _check_open(mailing: Mailing) -> None:
    if mailing.step(Step.STOPPED) is not None:
        raise Refusal(_("Cet envoi est arrêté."))
    if mailing.step(Step.DONE) is not None:
        raise Refusal(_("Cet envoi est terminé."))


def _check_identity(program: Program, audience: Audience) -> None:
    if audience in _NO_SERVICE and not program.postal_address:
        raise Refusal(str(NO_ADDRESS))


def _send_when_agreed(mailing: Mailing, by: Actor) -> None:
    if mailing.is_agreed:
        writer = writer_of(mailing)
        if writer is not None:
            writer.agreed(mailing, by)
        enqueue("send_mailing", once=f"send_mailing {mailing.ref} 0", mailing=mailing.ref)


__all__ = ["confirm_mailing", "draft_mailing", "draft_mailing_to", "forget_old_mailings", "second_mailing", "sending", "stop_mailing"]
