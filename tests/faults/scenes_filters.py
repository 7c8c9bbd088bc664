"""Filters that are kept, before the button is pressed."""

from __future__ import annotations

from certif.kit.access import Role
from tests import factories
from tests.faults.crowds import Press, filled
from tests.faults.scenery import Scenery


def keep_filter(scenery: Scenery) -> Press:
    agent = factories.make_staff(Role.AGENT, factories.make_program())
    return filled(agent, "/personnel/filtres/nouveau?liste=staff.list_files&filtre=q%3Da", "Garder", called=f"Filtre {scenery.next()}")


def remove_kept_filter(scenery: Scenery) -> Press:
    press = keep_filter(scenery)
    press.send(scenery.app)
    return filled(press.visitor, "/personnel/filtres", "Retirer")


FILTERS = {f"staff.{scene.__name__}": scene for scene in (keep_filter, remove_kept_filter)}
ONCE_KEPT = ("staff.keep_filter", "staff.remove_kept_filter")
