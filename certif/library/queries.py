"""Questions about tools: what anyone may read, what staff see, which version speaks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, true
from sqlalchemy.orm import aliased, joinedload
from werkzeug.exceptions import NotFound

from certif.consents import is_agreed
from certif.kit import clock
from certif.kit.access import STAFF, Actor, Role
from certif.kit.db import db
from certif.kit.languages import folded
from certif.kit.paging import Slice, cut, read_cursor
from certif.library.model import Tool
from certif.library.versions import ToolHiding, ToolReview, ToolVersion
from certif.programs import Program

EDITORS = (Role.ADMIN, Role.MANAGER)
"""Who edits tools: administrators those of all, managers those of their program."""

STORY = "employer_story"
RESERVED = {"temps-forts", "veille", "temoignages"}
"""Addresses under `/outils` that no tool may take."""

_Later = aliased(ToolVersion)
_Told = aliased(ToolVersion)
_Copy = aliased(Tool)


@dataclass(frozen=True)
class ToolFilter:
    """What narrows a list of tools."""

    audience: str | None = None
    kind: str | None = None
    topic: str | None = None
    text: str = ""
    program: Program | None = None
    state: str | None = None


def free_slug(title: str) -> str:
    """Give an address made from a title that no tool has."""
    stem = re.sub(r"[^a-z0-9]+", "-", folded(title))[:70].strip("-") or "outil"
    taken = set(db.session.scalars(select(Tool.slug).where(Tool.slug >= stem, Tool.slug < stem + "~"))) | RESERVED
    number, slug = 1, stem
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug


def edits(actor: Actor, program: Program | None) -> bool:
    """Whether a person may edit the tools of a program, or of all."""
    if program is None:
        return actor.program_ids(Role.ADMIN) is None
    return actor.holds(program.id, *EDITORS)


def newest_of(tool: Tool) -> ToolVersion | None:
    """Give the version that speaks, or None before the first."""
    found = select(ToolVersion).where(ToolVersion.tool_id == tool.id).order_by(ToolVersion.number.desc()).limit(1)
    return db.session.scalar(found)


def versions_of(tool: Tool) -> list[ToolVersion]:
    """Give every version of a tool, the newest first."""
    return list(db.session.scalars(select(ToolVersion).where(ToolVersion.tool_id == tool.id).order_by(ToolVersion.number.desc())))


def version_to_read(tool: Tool, number: int | None) -> ToolVersion:
    """Give a version of a tool by its number, or the one that speaks. Refuses (404): none such."""
    found = newest_of(tool) if number is None else next((one for one in versions_of(tool) if one.number == number), None)
    if found is None:
        raise NotFound
    return found


def reviews_of(version: ToolVersion) -> list[ToolReview]:
    """Give how often a version was looked at again, in order."""
    return list(db.session.scalars(select(ToolReview).where(ToolReview.version_id == version.id).order_by(ToolReview.number)))


def adaptation_of(tool: Tool, program: Program) -> Tool | None:
    """Give what a program made of a tool of all, or None."""
    return db.session.scalar(select(Tool).where(Tool.origin_id == tool.id, Tool.program_id == program.id))


def adaptations_of(tool: Tool) -> list[Tool]:
    """Give what programs made of a tool of all."""
    return list(db.session.scalars(select(Tool).where(Tool.origin_id == tool.id).options(joinedload(Tool.program)).order_by(Tool.slug)))


def hidden_in(tool: Tool) -> set[int]:
    """Give the programs (their ids) that do not show a tool of all."""
    return set(db.session.scalars(select(ToolHiding.program_id).where(ToolHiding.tool_id == tool.id)))


def is_offered_in(program: Program) -> ColumnElement[bool]:
    """Give the condition that a program offers a `Tool`: its own, and those of all that it neither hides nor replaced by its own."""
    is_hidden = exists().where(ToolHiding.tool_id == Tool.id, ToolHiding.program_id == program.id)
    is_replaced = exists().where(_Copy.origin_id == Tool.id, _Copy.program_id == program.id, _Copy.retired_at.is_(None))
    return or_(Tool.program_id == program.id, and_(Tool.program_id.is_(None), ~is_hidden, ~is_replaced))


def may_be_told() -> ColumnElement[bool]:
    """Give the condition that a `Tool` tells of nobody, or that its employer agrees to what it says now: else only those who work for its
    whole program see it."""
    is_last = ~exists().where(_Later.tool_id == _Told.tool_id, _Later.number > _Told.number)
    agreed = exists().where(_Told.tool_id == Tool.id, is_last, is_agreed("ToolVersion", _Told.ref, STORY))
    return or_(Tool.employer_id.is_(None), agreed)


def public_tools(asked: ToolFilter, after: str | None) -> Slice[Any]:
    """Give a page of the tools that anyone may read, the newest first, as rows with `Tool` and `ToolVersion`. Without a program: those of
    all, and those that programs made from nothing."""
    here = is_offered_in(asked.program) if asked.program else Tool.origin_id.is_(None)
    return _page(_narrowed(_shown().where(here), asked), after)


def public_tool(slug: str) -> ToolVersion:
    """Give what a tool says to anyone. Refuses (404): one that is not public, retired, silent, or whose employer does not agree."""
    row = db.session.execute(_shown().where(Tool.slug == slug)).first()
    if row is None:
        raise NotFound
    found: ToolVersion = row.ToolVersion
    return found


def tools_seen_by(actor: Actor, asked: ToolFilter, after: str | None) -> Slice[Any]:
    """Give a page of the tools that staff see: those of all and of their programs, silent ones too, as rows with `Tool` and `ToolVersion`
    (None before the first)."""
    since = func.coalesce(ToolVersion.published_at, Tool.added_at).label("since")
    found = (
        select(Tool, ToolVersion, since, Tool.slug.label("ref"))
        .outerjoin(ToolVersion, and_(ToolVersion.tool_id == Tool.id, _is_newest()))
        .options(joinedload(Tool.program), joinedload(Tool.employer))
        .where(_is_seen_by(actor))
    )
    if asked.program is not None:
        found = found.where(is_offered_in(asked.program))
    is_due = and_(Tool.review_on.is_not(None), Tool.review_on <= clock.today())
    found = found.where(Tool.retired_at.is_not(None) if asked.state == "retires" else Tool.retired_at.is_(None))
    if asked.state == "a-revoir":
        found = found.where(is_due)
    column: ColumnElement[Any] = func.coalesce(ToolVersion.published_at, Tool.added_at, type_=Tool.added_at.type)
    return cut(_narrowed(found, asked), column, Tool.slug.expression, read_cursor(after), newest_first=True)


def tool_of(actor: Actor, slug: str) -> Tool:
    """Give a tool to staff who see it. Refuses (404) any other."""
    found = db.session.scalar(select(Tool).where(Tool.slug == slug, _is_seen_by(actor)))
    if found is None:
        raise NotFound
    return found


def tool_to_edit(actor: Actor, slug: str) -> Tool:
    """Give a tool to those who edit it. Refuses (404) any other."""
    found = tool_of(actor, slug)
    if not edits(actor, found.program):
        raise NotFound
    return found


def tools_to_review(actor: Actor) -> int:
    """Count the tools that this person edits and that are due to be looked at again."""
    ids = actor.program_ids(*EDITORS)
    theirs = true() if ids is None else Tool.program_id.in_(ids)
    due = select(func.count()).select_from(Tool).where(Tool.review_on <= clock.today(), Tool.retired_at.is_(None), theirs)
    return db.session.scalar(due) or 0


def _shown() -> Select[Any]:
    agreed = or_(Tool.employer_id.is_(None), is_agreed("ToolVersion", ToolVersion.ref, STORY))
    return (
        select(Tool, ToolVersion, ToolVersion.published_at.label("since"), Tool.slug.label("ref"))
        .join(ToolVersion, ToolVersion.tool_id == Tool.id)
        .options(joinedload(Tool.program), joinedload(Tool.origin))
        .where(Tool.is_public, Tool.retired_at.is_(None), _is_newest(), agreed)
    )


def _is_newest() -> ColumnElement[bool]:
    return ~exists().where(_Later.tool_id == ToolVersion.tool_id, _Later.number > ToolVersion.number)


def _is_seen_by(actor: Actor) -> ColumnElement[bool]:
    ids, whole = actor.program_ids(*STAFF), actor.program_ids(*EDITORS, Role.AGENT)
    if ids is None or whole is None:
        return true()
    return and_(or_(Tool.program_id.is_(None), Tool.program_id.in_(ids)), or_(may_be_told(), Tool.program_id.in_(whole)))


def _narrowed(found: Select[Any], asked: ToolFilter) -> Select[Any]:
    for column, value in ((Tool.audience, asked.audience), (Tool.kind, asked.kind), (Tool.topic, asked.topic)):
        if value:
            found = found.where(column == value)
    for word in folded(asked.text).split()[:5]:
        found = found.where(ToolVersion.found_by.contains(word, autoescape=True))
    return found


def _page(found: Select[Any], after: str | None) -> Slice[Any]:
    return cut(found, ToolVersion.published_at.expression, Tool.slug.expression, read_cursor(after), newest_first=True)
