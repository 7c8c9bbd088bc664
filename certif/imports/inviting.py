"""Prospects are invited to register, by a letter whose link fills in what is known; and whoever reads it can say stop, once and for all."""

from __future__ import annotations

import datetime as dt
from typing import Any

from certif.imports.model import LetterStop, Prospect, ProspectInvitation
from certif.imports.queries import Standing, address_digest, has_stopped, standing_of
from certif.kit import audit, clock, outbox, tokens
from certif.kit.access import Actor
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.inserting import insert_new
from certif.kit.languages import _, _l, format_day
from certif.kit.web import absolute_url
from certif.programs import Program, is_paused, version_in_force

audit.declare("prospect_invited", _l("%(by)s a invité « %(name)s » à s’inscrire."), "name", "number")
audit.declare("letters_stopped", _l("La personne-ressource de « %(name)s » ne veut plus recevoir d’invitations."), "name")

NO_ADDRESS = _l(
    "Il manque l’adresse postale de l’organisme, que la loi exige dans une invitation : la gestion la donne à la page du programme."
)
PAUSE = dt.timedelta(days=30)
"""How long one waits before writing again to someone who has not answered."""
LINK_LIFE = dt.timedelta(days=365)


def invite_prospect(prospect: Prospect, *, note: str = "", by: Actor) -> ProspectInvitation:
    """Write to the contact of a prospect, with a link that fills in the registration, and another that stops such letters.

    Takes: `note`, what the sender adds.
    Refuses: what `obstacle` says.
    """
    lock(prospect)
    reason = obstacle(prospect)
    if reason is not None:
        raise Refusal(reason)
    token = tokens.secret()
    invitation = ProspectInvitation(
        number=len(prospect.invitations) + 1, email=prospect.contact_email, token_digest=tokens.digest(token), invited_at=clock.now(),
        invited_by=by.ref, inviter=by.name,
    )  # fmt: skip
    prospect.invitations.append(invitation)
    db.session.flush()
    audit.record("prospect_invited", prospect, by=by, name=prospect.name, number=invitation.number)
    told = letter_of(prospect, token, note=note, inviter=by.name)
    outbox.queue("imports/prospect_invited", invitation.email, language=prospect.language, scope=prospect.scope, **told)
    return invitation


def stop_letters(invitation: ProspectInvitation, *, by: Actor) -> None:
    """Send no more invitations to the address of this one. Said again, it changes nothing."""
    stop_address(invitation.prospect, invitation.email, by=by)


def stop_address(prospect: Prospect, email: str, *, by: Actor) -> None:
    """Send no more invitations to this address, that of a prospect. Said again, it changes nothing."""
    stop = {"address_digest": address_digest(email), "stopped_at": clock.now()}
    if insert_new(LetterStop, [stop], LetterStop.id):
        audit.record("letters_stopped", prospect, by=by, name=prospect.name)


def obstacle(prospect: Prospect) -> str | None:
    """Say why this prospect may not be invited now, or nothing."""
    return _obstacle_of_prospect(prospect) or _obstacle_of_program(prospect.program)


def _obstacle_of_prospect(prospect: Prospect) -> str | None:
    if standing_of(prospect) is Standing.REGISTERED:
        return str(_("Cette organisation est déjà inscrite."))
    if not prospect.contact_email:
        return str(_("Aucune adresse courriel n’est connue pour ce prospect."))
    if has_stopped(prospect.contact_email):
        return str(_("Cette personne a demandé de ne plus recevoir d’invitations."))
    last = prospect.invitations[-1].invited_at if prospect.invitations else None
    if last is not None and last > clock.now() - PAUSE:
        day = (last + PAUSE).astimezone(clock.TORONTO).date()
        return str(_("Une invitation est déjà partie. Vous pourrez en envoyer une autre le %(day)s.", day=format_day(day)))
    return None


def _obstacle_of_program(program: Program) -> str | None:
    if not program.postal_address:
        return str(NO_ADDRESS)
    if is_paused(program) or version_in_force(program) is None:
        return str(_("Ce programme n’accepte pas de demandes pour le moment."))
    return None


def letter_of(prospect: Prospect, token: str, *, note: str, inviter: str, language: str | None = None) -> dict[str, Any]:
    """Give what the letter says, in its reader's language or in another."""
    language = language or prospect.language
    return {
        "prospect": prospect,
        "note": note,
        "inviter": inviter,
        "url": absolute_url("imports.answer_invitation", token=token, language=language),
        "stop_url": absolute_url("imports.stop_letters", token=token, language=language),
    }


def answers_of(invitation: ProspectInvitation) -> dict[str, Any]:
    """Give what a registration can be filled in with; the person checks it all. Whoever uses the link reads what is sent to its address."""
    prospect = invitation.prospect
    known = {
        "neq": prospect.neq, "legal_name": prospect.name, "postal_code": prospect.postal_code, "sector": prospect.sector,
        "contact_name": prospect.contact_name, "contact_email": prospect.contact_email, "contact_phone": prospect.contact_phone,
        "language": prospect.language, "proven": tokens.digest(invitation.email),
    }  # fmt: skip
    return {name: value for name, value in known.items() if value}
