"""The contests of the demonstration: one of each state, the same for the same seed."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from certif.campaigns import Campaign, CampaignState, state_of
from certif.cli import demo, demo_contests
from certif.kit.db import db
from tests.factories import make_program


def test_regions_hold_contests_of_every_state(app: Flask) -> None:
    programs = {code: make_program(code=code) for code in ("14", "02", "15", "05")}
    demo_contests.load(7)
    found = {one.program.region.code: one for one in db.session.scalars(select(Campaign))}
    assert found.keys() == programs.keys()
    assert [state_of(found[code]) for code in ("14", "02", "15", "05")] == [
        CampaignState.OPEN, CampaignState.COMING, CampaignState.CHOOSING, CampaignState.DRAFT,
    ]  # fmt: skip
    assert demo.manifest()["campaigns"] == [{"ref": found[code].ref, "open": code == "14"} for code in ("14", "02", "15")]
    assert len({one.model for one in found.values()}) == 4


def test_a_region_that_is_not_there_holds_none(app: Flask) -> None:
    make_program(code="14")
    demo_contests.load(7)
    assert [one["open"] for one in demo.manifest()["campaigns"]] == [True]
