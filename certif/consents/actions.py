"""What can happen to consents: given, withdrawn."""

from __future__ import annotations

from certif.consents.model import Consent, ConsentWithdrawal
from certif.consents.purposes import PURPOSE_TITLES, PURPOSES
from certif.consents.queries import Subject, consents_of, name_of
from certif.kit import audit, clock
from certif.kit.access import Actor
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.kit.languages import _, _l

audit.declare(
    "consent_given",
    _l("%(by)s a donné un consentement (%(purpose)s, version %(version)s)."),
    "purpose",
    "version",
    words={"purpose": PURPOSE_TITLES},
)
audit.declare(
    "consent_withdrawn", _l("%(by)s a retiré un consentement (%(purpose)s)."), "purpose",
    words={"purpose": PURPOSE_TITLES},
)  # fmt: skip


def give_consent(subject: Subject, purpose: str, *, version: int, language: str, by: Actor) -> Consent:
    """Agree to one purpose.

    Takes: `subject`, the saved row that it is about; `purpose`, a declared name; `version` and `language`, of the text on the screen.
    Gives: the consent, dated now; the one in force when it had been given already, in these words.
    Refuses: a text that is no longer the one in force.
    """
    declared = PURPOSES[purpose]
    if version != declared.version:
        raise Refusal(_("Ce texte vient de changer. Relisez-le avant d’accepter."))
    for known in consents_of(subject, purpose):
        if known.is_in_force:
            return known
    consent = Consent(
        subject=name_of(subject),
        purpose=purpose,
        text_version=version,
        text_digest=declared.digest(language, version),
        language=language,
        given_at=clock.now(),
        given_by=by.ref,
    )
    db.session.add(consent)
    audit.record("consent_given", subject, by=by, purpose=purpose, version=version)
    return consent


def withdraw_consent(subject: Subject, purpose: str, *, by: Actor) -> list[Consent]:
    """Withdraw what was agreed to for one purpose, whatever its version. It is as easy as giving it, and always allowed.

    Gives: the consents withdrawn; none when there was nothing to withdraw.
    """
    withdrawn = [consent for consent in consents_of(subject, purpose) if consent.withdrawal is None]
    for consent in withdrawn:
        consent.withdrawal = ConsentWithdrawal(withdrawn_at=clock.now(), withdrawn_by=by.ref)
    if withdrawn:
        audit.record("consent_withdrawn", subject, by=by, purpose=purpose)
    return withdrawn
