"""For anyone: what a code is worth today, whether a document is ours, and the pages of the house."""

from certif.public.queries import Shown, shown_at

__all__ = ["Shown", "shown_at"]
