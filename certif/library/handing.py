"""Handing tools out: which there are, and how many went where."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import or_, select

from certif.kit import clock
from certif.kit.access import Actor
from certif.kit.db import db
from certif.kit.inserting import insert_new
from certif.library.model import HandOut, Tool
from certif.programs import Program
from certif.territory import Mrc


def tools_of(program: Program) -> Sequence[Tool]:
    """Give the tools that the people of a program may hand out, by title."""
    here = or_(Tool.program_id == program.id, Tool.program_id.is_(None)), Tool.retired_at.is_(None)
    return db.session.scalars(select(Tool).where(*here).order_by(Tool.title_fr)).all()


def hand_out(
    tool: Tool, program: Program, count: int, *, mrc: Mrc | None, audience: str, on: dt.date, subject: str | None, by: Actor
) -> None:
    """Note that copies of a tool were handed out; who may do so is asked by the caller. The same `subject` counts a tool once.

    Takes: `count`, one or more; `audience`, one of `plans.Audience`; `subject`, the ref of what it happened at.
    """
    row = {
        "tool_id": tool.id, "program_id": program.id, "mrc_id": mrc.id if mrc else None, "audience": audience, "count": count,
        "handed_on": on, "subject": subject, "noted_at": clock.now(), "noted_by": by.ref,
    }  # fmt: skip
    insert_new(HandOut, [row], HandOut.id)
