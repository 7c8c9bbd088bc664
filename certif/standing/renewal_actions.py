"""The next cycle, opened by confirming the answers of the last one. The badge of today goes on until its own end."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import select

from certif.certification import Certification, contract_change, deliver_contract, open_cycle, places_of
from certif.kit import audit, clock, outbox, tokens
from certif.kit.access import Actor
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.languages import _, _l
from certif.kit.web import absolute_url
from certif.programs import contract_in_force, version_in_force
from certif.standing.model import Renewal
from certif.standing.windows import renewal_obstacle

audit.declare("answers_confirmed", _l("%(by)s a confirmé que les réponses du cycle précédent sont toujours exactes."), "digest")


def renew(certification: Certification, *, seen: str, by: Actor) -> Certification:
    """Confirm the answers of a certification and open the next cycle, which asks what the program asks today.

    Where the contract is the same text, its French text has just been on the screen, and counts as delivered.
    Takes: `seen`, the digest of the answers that were on the screen.
    Refuses: a certification that may not be renewed today, and says why; answers that changed since they were shown.
    """
    lock(certification.employer)
    lock(certification)
    why_not = renewal_obstacle(certification)
    if why_not is not None:
        raise Refusal(why_not)
    answers = answers_of(certification)
    if seen != digest_of(answers):
        raise Refusal(_("Des renseignements viennent de changer. Relisez-les avant de confirmer."))
    version = version_in_force(certification.program)
    assert version is not None
    following = open_cycle(certification.employer, version, places_of(certification), by=by)
    renewal = Renewal(certification=following, renewed=certification, answers=answers, confirmed_at=clock.now(), confirmed_by=by.ref)
    db.session.add(renewal)
    db.session.flush()
    change = contract_change(certification, contract_in_force(certification.program))
    if version.requires_signature and change is not None and change.is_same:
        deliver_contract(following, by=by)
    audit.record("answers_confirmed", following, by=by, digest=digest_of(answers))
    employer = certification.employer
    outbox.queue(
        "standing/renewal_opened", employer.contact_email, language=employer.language, scope=following.scope, certification=certification,
        until=max(badge.valid_until for badge in certification.badges), url=absolute_url("certification.show", language=employer.language),
    )  # fmt: skip
    return following


def answers_of(certification: Certification) -> dict[str, Any]:
    """Give what the employer has answered and now confirms: who it is, its places, its contact, its commitments."""
    employer, signature = certification.employer, certification.signature
    contract = contract_in_force(certification.program)
    return {
        "employer": [employer.legal_name, employer.trade_name, employer.neq, employer.kind, employer.sector, employer.size, employer.hires],
        "places": [[one.name, one.address, one.municipality, one.postal_code, one.mrc.name] for one in places_of(certification)],
        "contact": [employer.contact_name, employer.contact_role, employer.contact_email, employer.contact_phone],
        "commitments": {
            "signed": signature.french_digest if signature else None,
            "picked": list(signature.commitments) if signature else [],
            "to_sign": contract.digest_fr if contract else None,
        },
    }


def digest_of(answers: dict[str, Any]) -> str:
    """Give the SHA-256 of answers, in hexadecimal."""
    return tokens.digest(json.dumps(answers, ensure_ascii=False, sort_keys=True))


def renewed_by(following: Certification) -> Certification | None:
    """Give the certification that this cycle renews, or None."""
    renewal = db.session.scalar(select(Renewal).where(Renewal.certification_id == following.id))
    return renewal.renewed if renewal else None
