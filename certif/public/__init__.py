"""For anyone: what a code is worth today, whether a document is ours, and the pages of the house."""

from certif.public.credentials import credential_of
from certif.public.queries import Shown, granted_between, shown_at
from certif.standing import Status

__all__ = ["Shown", "Status", "credential_of", "granted_between", "shown_at"]
