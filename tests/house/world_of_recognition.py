"""What stands behind the doors of contests, galas and agreements, room by room."""

from __future__ import annotations

from typing import Any

from certif.certification import Certification
from certif.programs import Program
from tests.house import (
    world_of_agreements,
    world_of_bulletins,
    world_of_calendar,
    world_of_contests,
    world_of_desk,
    world_of_field_day,
    world_of_galas,
    world_of_jury,
    world_of_library,
    world_of_lists,
    world_of_network,
    world_of_pursuits,
    world_of_reports,
    world_of_selections,
    world_of_webhooks,
)


def recognised(program: Program, certification: Certification, secret: str) -> dict[str, dict[str, Any]]:
    """One row of each kind: a contest, nominations, a jury, laureates, a gala and its lists."""
    return {
        **world_of_contests.decided(program),
        **world_of_contests.contested(program),
        **world_of_desk.nominated(program, certification, secret),
        **world_of_jury.judged(program, certification, secret),
        **world_of_selections.chosen(program, secret),
        **world_of_galas.honoured(program, secret),
        **world_of_lists.listed(program, secret),
        **world_of_calendar.planned(program, certification, secret),
        **world_of_field_day.lived(program, certification, secret),
        **world_of_agreements.agreed(certification, secret),
        **world_of_bulletins.written(program, certification, secret),
        **world_of_reports.accounted(program, secret),
        **world_of_network.networked(program, certification, secret),
        **world_of_pursuits.chased(program),
        **world_of_library.shelved(program, certification, secret),
        **world_of_webhooks.told(program, secret),
    }
