"""Who is trusted."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import select
from werkzeug.exceptions import NotFound

from certif.certification import did, issuer_keys
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.kit.languages import _
from certif.kit.settings import settings
from certif.public import credential_of, shown_at
from certif.trust.model import TrustedIssuer

_ADDRESS = re.compile(r"(?:https?://|//)?(?:(?<=//)([^/?#]*))?([^?#]*).*", re.DOTALL)
_CODE = re.compile(r"(?:/?(?:en/)?v/)?([0-9A-Za-z-]{8,60})(?:/[\w.-]*|\.json)?", re.ASCII)
"""A code, or the path of anything that is published of it."""


def trusted_issuers() -> list[TrustedIssuer]:
    """Give every issuer but ourselves, by name; those that are trusted no more too, so that what they signed can be placed."""
    return list(db.session.scalars(select(TrustedIssuer).order_by(TrustedIssuer.name, TrustedIssuer.id)))


def issuer_called(name: str) -> TrustedIssuer | None:
    """Give the issuer of this did, or None when nobody has looked at it."""
    return db.session.scalar(select(TrustedIssuer).where(TrustedIssuer.did == name))


def issuer_at(ref: str) -> TrustedIssuer:
    """Give an issuer. Refuses (404): one that is not there."""
    found = db.session.scalar(select(TrustedIssuer).where(TrustedIssuer.ref == ref))
    if found is None:
        raise NotFound
    return found


def credential_at(address: str) -> str:
    """Give the credential of a code of this site, from an address however it was copied, or from the code alone.

    Refuses: an address of another site, which is never asked anything; a code that has no credential.
    """
    site, path = _ADDRESS.fullmatch(address.strip()).groups()  # type: ignore[union-attr]  # it fits any text
    if site not in {None, settings().host}:
        raise Refusal(_("C’est l’adresse d’un autre site, où nous n’allons rien chercher. Enregistrez l’attestation, puis déposez-la ici."))
    found = _CODE.fullmatch(path.removeprefix(settings().host))
    try:
        return credential_of(shown_at(found[1])) if found else _nothing_there()
    except NotFound:
        return _nothing_there()


def _nothing_there() -> str:
    raise Refusal(_("Aucune attestation numérique ne se trouve à cette adresse. Copiez celle que montre la page du code QR."))


def registry(owner: str) -> dict[str, Any]:
    """Give the whole registry as programs read it: ourselves first, then the others. Takes: `owner`, our own name."""
    ours = {"did": did(), "name": owner, "territory": "Québec", "keys": [key.ref for key in reversed(issuer_keys())], "is_ours": True}
    others = [
        {
            "did": one.did,
            "name": one.name,
            "territory": one.territory,
            "keys": one.key_list,
            "since": one.since.isoformat(),
            "until": one.until.isoformat() if one.until else None,
            "is_ours": False,
        }
        for one in trusted_issuers()
    ]
    return {"issuers": [ours, *others]}
