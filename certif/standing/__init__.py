"""WHAT FOLLOWS THE BADGE. A certification is suspended, reinstated, revoked; each with a reason, and seen by the public at once."""

from certif.standing.actions import reinstate, revoke, suspend
from certif.standing.statuses import Status

__all__ = ["Status", "reinstate", "revoke", "suspend"]
