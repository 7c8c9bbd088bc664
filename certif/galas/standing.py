"""A gala that stands: held while something of it changes."""

from __future__ import annotations

from certif.galas.model import Gala
from certif.galas.queries import cancellation_of
from certif.kit.db import lock
from certif.kit.errors import Refusal
from certif.kit.languages import _


def lock_standing(gala: Gala) -> Gala:
    """Hold a gala until the unit of work ends. Refuses: one that was cancelled."""
    lock(gala)
    if cancellation_of(gala) is not None:
        raise Refusal(_("Ce gala est annulé."))
    return gala
