"""The field in the demonstration: tools, meetings and their reports, what the work answers to, prospects on their way."""

from __future__ import annotations

from certif.cli.demo_field import fill_the_calendar
from certif.cli.demo_field_day import live_a_day
from certif.cli.demo_library import load as load_library
from certif.cli.demo_prospects import load as load_prospects
from certif.cli.demo_reports import load as load_reports
from certif.kit.access import Actor
from certif.programs import Program


def load(seed: int, program: Program, manager: Actor) -> None:
    """Fill the field of one program."""
    load_library(program, manager)
    fill_the_calendar(seed, program, manager)
    live_a_day(program, seed)
    load_reports(program, manager, seed)
    load_prospects(seed, program, manager)
