"""What came of an attempt, in words."""

from __future__ import annotations

from certif.kit.languages import _, _l
from certif.webhooks.model import End, Webhook

ENDS = {
    End.DELIVERED: _l("reçu"),
    End.ANSWERED: _l("refusé"),
    End.REDIRECTED: _l("renvoyé ailleurs, ce que nous ne suivons pas"),
    End.INSIDE: _l("adresse d’un réseau privé : rien n’a été envoyé"),
    End.UNKNOWN: _l("nom introuvable"),
    End.UNREACHABLE: _l("connexion impossible"),
    End.CERTIFICATE: _l("certificat TLS non reconnu"),
    End.LATE: _l("aucune réponse en 8 secondes"),
    End.GARBLED: _l("réponse incompréhensible"),
    End.SECRET: _l("secret illisible : changez-le"),
}


def halted(webhook: Webhook) -> str:
    """Say why nothing is sent any more; empty while all goes well."""
    if webhook.halt is None:
        return ""
    if webhook.halt.why == "gone":
        return _("L’adresse a répondu qu’elle n’existe plus (410).")
    return _("Dix envois de suite ont échoué en trois jours.")
