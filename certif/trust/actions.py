"""An issuer is trusted, and what we know of it changes. It is never erased: what it signed must still be placed."""

from __future__ import annotations

import datetime as dt

from certif.certification import did as our_did
from certif.kit import audit, clock
from certif.kit.access import Actor
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.kit.languages import _, _l
from certif.trust.model import TrustedIssuer
from certif.trust.queries import issuer_called

audit.declare("issuer_trusted", _l("%(by)s a reconnu l’émetteur %(name)s (%(did)s), depuis le %(since)s."), "name", "did", "since")
audit.declare(
    "issuer_edited",
    _l("%(by)s a changé la fiche de l’émetteur %(name)s (%(did)s). Clés : %(keys)s. Jusqu’au : %(until)s."),
    "name", "did", "keys", "until",
)  # fmt: skip


def trust_issuer(
    did: str, *, name: str, territory: str, keys: list[str], since: dt.date, until: dt.date | None, by: Actor
) -> TrustedIssuer:
    """Trust another issuer.

    Takes: `keys`, its public keys as multikeys; `since` and `until`, the days on which what it signs counts here.
    Refuses: our own name; one that is known already; a last day before the first.
    """
    if did == our_did():
        raise Refusal(_("C’est notre propre identifiant : nos clés sont déjà dans le registre."))
    if issuer_called(did) is not None:
        raise Refusal(_("Cet émetteur est déjà dans le registre. Changez sa fiche."))
    _check_period(since, until)
    issuer = TrustedIssuer(
        did=did, name=name, territory=territory, keys="\n".join(keys), since=since, until=until, trusted_at=clock.now(), trusted_by=by.ref
    )
    db.session.add(issuer)
    audit.record("issuer_trusted", issuer, by=by, name=name, did=did, since=since.isoformat())
    return issuer


def edit_issuer(
    issuer: TrustedIssuer, *, name: str, territory: str, keys: list[str], since: dt.date, until: dt.date | None, by: Actor
) -> TrustedIssuer:
    """Change what is known of an issuer: a new key, or the last day on which what it signs counts here.

    Refuses: a last day before the first.
    """
    _check_period(since, until)
    issuer.name, issuer.territory, issuer.keys, issuer.since, issuer.until = name, territory, "\n".join(keys), since, until
    said = {"keys": ", ".join(keys), "until": until.isoformat() if until else "—"}
    audit.record("issuer_edited", issuer, by=by, name=name, did=issuer.did, **said)
    return issuer


def _check_period(since: dt.date, until: dt.date | None) -> None:
    if until is not None and until < since:
        raise Refusal(_("Le dernier jour ne peut pas précéder le premier."))
