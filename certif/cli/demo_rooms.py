"""What the demonstration holds beyond employers: surveys, contests and galas, and the field, each drawn from a seed of its own."""

from __future__ import annotations

from certif.cli import demo_contests, demo_evenings, demo_nominations, demo_portraits, demo_surveys
from certif.cli.demo_field import fill_the_calendar
from certif.cli.demo_field_day import live_a_day
from certif.cli.demo_library import load as load_library
from certif.cli.demo_prospects import load as load_prospects
from certif.cli.demo_reports import load as load_reports
from certif.kit.access import Actor
from certif.programs import Program


def load(seed: int, program: Program, manager: Actor) -> None:
    """Fill the rooms. `program`, the one in which the field is lived, and `manager`, who answers for it."""
    demo_surveys.load(seed)
    demo_portraits.load()
    demo_contests.load(seed)
    demo_nominations.load(seed)
    demo_evenings.load(seed, manager)
    load_library(program, manager)
    fill_the_calendar(seed + 1, program, manager)
    live_a_day(program, seed + 2)
    load_reports(program, manager, seed + 3)
    load_prospects(seed + 4, program, manager)
