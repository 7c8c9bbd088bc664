"""What stands behind the doors of kept filters, and of what people ask about themselves."""

from __future__ import annotations

from certif.kit.access import Actor
from certif.privacy import ask_about_me
from certif.staff.kept_filters import filters_seen_by, keep_filter
from tests.factories import unit


def kept_by(actor: Actor) -> str:
    """Let somebody keep a filter for themselves; give its ref."""
    with unit():
        keep_filter("staff.list_files", "Les miens", "q=a", program=None, by=actor)
    return filters_seen_by(actor)[0].ref


def asked_by(actor: Actor) -> str:
    """Let somebody ask about what is known of them; give the ref of what they asked."""
    with unit():
        return ask_about_me("Effacez mon numéro.", by=actor).ref
