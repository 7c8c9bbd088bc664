"""The contests of the demonstration: one of each state, the same for the same seed."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from certif.campaigns import Campaign, CampaignState, state_of
from certif.cli import demo, demo_contests
from certif.kit.db import db
from tests.factories import make_program


def test_regions_hold_contests_of_every_state(app: Flask) -> None:
    for code in ("14", "02", "15", "05"):
        make_program(code=code)
    demo_contests.load(7)
    found = list(db.session.scalars(select(Campaign).order_by(Campaign.id)))
    assert [(one.program.region.code, state_of(one)) for one in found] == [
        ("14", CampaignState.OVER), ("14", CampaignState.OVER), ("14", CampaignState.OPEN), ("02", CampaignState.COMING),
        ("15", CampaignState.CHOOSING), ("05", CampaignState.DRAFT), ("14", CampaignState.CHOOSING), ("14", CampaignState.CHOOSING),
    ]  # fmt: skip
    assert demo.manifest()["campaigns"] == [{"ref": one.ref, "open": number == 2} for number, one in enumerate([*found[:5], *found[6:]])]
    assert len({one.model for one in found}) == 6


def test_a_region_that_is_not_there_holds_none(app: Flask) -> None:
    make_program(code="14")
    demo_contests.load(7)
    assert [one["open"] for one in demo.manifest()["campaigns"]] == [False, False, True, False, False]
