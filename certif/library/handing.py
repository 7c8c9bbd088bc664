"""Handing tools out: which there are, and how many went where."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select

from certif.kit import audit, clock, tokens
from certif.kit.access import STAFF, Actor, Role
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.inserting import insert_new
from certif.kit.languages import _, _l
from certif.library.model import HandOut, Tool
from certif.library.queries import is_offered_in, may_be_told
from certif.programs import Program, covers
from certif.territory import Mrc, Partner, mrcs, territory_of

WHOLE = (Role.ADMIN, Role.MANAGER, Role.AGENT)
"""Who works for the whole of a program; a partner, for the territory it serves."""

audit.declare("tools_handed_out", _l("%(by)s a noté %(count)s exemplaires remis de « %(title)s »."), "title", "count")
audit.declare("hand_out_removed", _l("%(by)s a retiré une note de %(count)s exemplaires remis de « %(title)s »."), "title", "count")


def tools_of(program: Program) -> Sequence[Tool]:
    """Give the tools that the people of a program may hand out, by title: a story, once its employer agrees."""
    offered = is_offered_in(program), may_be_told(), Tool.retired_at.is_(None)
    return db.session.scalars(select(Tool).where(*offered).order_by(Tool.title_fr)).all()


def hand_out(
    tool: Tool, program: Program, count: int, *, mrc: Mrc | None, audience: str, on: dt.date, subject: str | None, by: Actor
) -> None:
    """Note that copies of a tool were handed out; who may do so is asked by the caller. The same `subject` counts a tool once.

    Takes: `count`, one or more; `audience`, one of `plans.Audience`; `subject`, the ref of what it happened at.
    """
    row = {
        "ref": tokens.ref(), "tool_id": tool.id, "program_id": program.id, "mrc_id": mrc.id if mrc else None, "audience": audience,
        "count": count, "handed_on": on, "subject": subject, "noted_at": clock.now(), "noted_by": by.ref,
    }  # fmt: skip
    insert_new(HandOut, [row], HandOut.id)


def note_hand_out(tool: Tool, program: Program, count: int, *, mrc: Mrc, audience: str, on: dt.date, by: Actor) -> None:
    """Note by hand that copies were handed out.

    Refuses: a place outside the program, or outside the territory that a partner serves; a day to come.
    """
    if not covers(program, mrc) or ((served := served_by(by, program)) is not None and mrc.id not in served):
        raise Refusal(_("Ce territoire n’est pas le vôtre dans ce programme. Choisissez-en un de la liste."))
    if on > clock.today():
        raise Refusal(_("Ce jour est à venir : notez ce qui a été remis une fois que c’est fait."))
    hand_out(tool, program, count, mrc=mrc, audience=audience, on=on, subject=None, by=by)
    audit.record("tools_handed_out", tool, by=by, title=tool.title_fr, count=count)


def remove_hand_out(noted: HandOut, *, by: Actor) -> None:
    """Take back what was noted by hand and is wrong. Refuses: what the report of a meeting noted; what somebody else noted, but to those
    who work for the whole program."""
    if noted.subject is not None:
        raise Refusal(_("Cette remise vient d’un compte rendu : elle se corrige là."))
    if noted.noted_by != by.ref and not by.holds(noted.program_id, *WHOLE):
        raise Refusal(_("Cette remise a été notée par une autre personne : demandez-lui, ou à l’équipe régionale."))
    db.session.delete(lock(noted))
    db.session.flush()
    audit.record("hand_out_removed", noted.tool, by=by, title=noted.tool.title_fr, count=noted.count)


def served_by(actor: Actor, program: Program) -> set[int] | None:
    """Give the MRC (their ids) for which a person acts in a program; None for the whole of it."""
    if actor.holds(program.id, *WHOLE):
        return None
    partners = {one.partner_id for one in actor.grants if one.role in STAFF and one.program_id == program.id and one.partner_id is not None}
    return {mrc.id for partner in partners for mrc in territory_of(db.session.get_one(Partner, partner))}


def places_of(actor: Actor, program: Program) -> list[Mrc]:
    """Give the MRC in which a person hands tools out for a program, in the order of the alphabet."""
    served = served_by(actor, program)
    inside = program.mrcs or mrcs(program.region)
    return [one for one in inside if served is None or one.id in served]
