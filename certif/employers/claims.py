"""Employers that others have entered in the register: nobody acts for them until their contact takes the file over, by a letter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, exists, select

from certif.accounts import folded_email
from certif.employers.arrivals import JoinRequest, MemberInvitation
from certif.employers.kinds import MemberRole
from certif.employers.model import Employer, Establishment, Membership, members_of, name_key
from certif.kit import audit, clock, outbox, tokens
from certif.kit.access import Actor
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.languages import _, _l
from certif.kit.web import absolute_url
from certif.territory import mrc

audit.declare("employer_entered", _l("%(by)s a inscrit l’organisation « %(name)s » d’après un dossier antérieur."), "name")
audit.declare("employer_entry_removed", _l("%(by)s a retiré l’organisation « %(name)s », que personne n’avait reprise."), "name")
audit.declare("take_over_invited", _l("%(by)s a invité la personne-ressource à reprendre le dossier."))

outbox.hide_once_sent("employers/take_over_invited")

LIFE = dt.timedelta(days=60)
PAUSE = dt.timedelta(days=7)


def enter_employer(answers: Mapping[str, Any], place: Mapping[str, str], *, by: Actor) -> Employer:
    """Enter an employer that was known before, with its one establishment and nobody who acts for it.

    Takes: `answers`, what is known: `legal_name`, `neq`, `sector`, `hires` and the contact's; `place`, as a registration gives it.
    Refuses: a NEQ that is registered already.
    """
    if answers.get("neq") and db.session.scalar(select(Employer.id).where(Employer.neq == answers["neq"])):
        raise Refusal(_("Une organisation qui a ce NEQ est déjà inscrite."))
    employer = Employer(
        name_key=name_key(answers["legal_name"]), kind="other", size="", federally_regulated=False, registered_at=clock.now(),
        registered_by=by.ref, **answers,
    )  # fmt: skip
    db.session.add(employer)
    db.session.flush()
    told = {name: place[name] for name in ("address", "municipality", "postal_code")}
    db.session.add(Establishment(employer=employer, name=employer.name, mrc=mrc(place["mrc"]), is_main=True, **told))
    db.session.flush()
    audit.record("employer_entered", employer, by=by, name=employer.legal_name)
    return employer


def invite_to_take_over(employer: Employer, *, by: Actor) -> MemberInvitation:
    """Write to the contact of an employer for which nobody acts: the link lets that address in, and no other. No account is made before.

    Refuses: an employer for which somebody acts; a letter that left within the week.
    """
    lock(employer)
    if members_of(employer):
        raise Refusal(_("Quelqu’un agit déjà pour cette organisation."))
    email, now = folded_email(employer.contact_email), clock.now()
    mine = MemberInvitation.employer_id == employer.id, MemberInvitation.email == email, MemberInvitation.role == MemberRole.OWNER
    invitation = db.session.scalar(select(MemberInvitation).where(*mine, MemberInvitation.accepted_at.is_(None)))
    if invitation is not None and invitation.invited_at > now - PAUSE:
        raise Refusal(_("Une invitation à reprendre ce dossier est déjà partie cette semaine."))
    token = tokens.secret()
    if invitation is None:
        invitation = MemberInvitation(employer=employer, email=email, role=MemberRole.OWNER)
        db.session.add(invitation)
    invitation.name, invitation.language, invitation.token_digest = employer.contact_name, employer.language, tokens.digest(token)
    invitation.invited_at, invitation.invited_by, invitation.valid_until = now, by.ref, now + LIFE
    db.session.flush()
    audit.record("take_over_invited", employer, by=by)
    url = absolute_url("employers.accept_invitation", token=token, language=employer.language)
    outbox.queue("employers/take_over_invited", email, language=employer.language, invitation=invitation, url=url)
    return invitation


def entry_obstacle(employer: Employer) -> str | None:
    """Say why an employer that was entered can no longer be taken out: somebody acts or acted for it, was invited, or asked to."""
    arrivals = (
        (Membership, _l("Quelqu’un a repris ce dossier.")),
        (MemberInvitation, _l("Une personne a été invitée à reprendre ce dossier.")),
        (JoinRequest, _l("Quelqu’un a demandé à agir pour cette organisation.")),
    )
    came = (said for arrived, said in arrivals if db.session.scalar(select(exists().where(arrived.employer_id == employer.id))))
    return next((str(said) for said in came), None)


def remove_entry(employer: Employer, *, by: Actor) -> None:
    """Take an employer that was entered out of the register again.

    Refuses: what `entry_obstacle` says.
    """
    lock(employer)
    why_not = entry_obstacle(employer)
    if why_not is not None:
        raise Refusal(why_not)
    audit.record("employer_entry_removed", employer, by=by, name=employer.legal_name)
    db.session.execute(delete(Establishment).where(Establishment.employer_id == employer.id))
    db.session.execute(delete(Employer).where(Employer.id == employer.id))
    db.session.expunge(employer)
