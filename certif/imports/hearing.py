"""What the rooms to the right know of prospects: what else has happened to them, when, what they became, and which of them a partner
was given.

They say so once, when they are imported; the questions of this room then mind it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Select, or_

from certif.kit.access import Granted

Touch = Callable[[], ColumnElement[bool]]
News = Callable[[dt.datetime], Select[Any]]
Bound = Callable[[Granted], ColumnElement[bool]]
Became = Callable[[], Select[Any]]

_touches: list[Touch] = []
_news: list[News] = []
_bounds: list[Bound] = []
_became: list[Became] = []


def also_touched(condition: Touch) -> Touch:
    """Let a room say under which condition something has happened to a `Prospect`: it then stays when its file is undone."""
    _touches.append(condition)
    return condition


def also_news(found: News) -> News:
    """Let a room say of which prospects (their ids) there is news since an instant: their contact is then kept."""
    _news.append(found)
    return found


def also_bounds(condition: Bound) -> Bound:
    """Let a room say which `Prospect` of its territory a partner, by one of its roles, may see."""
    _bounds.append(condition)
    return condition


def also_became(found: Became) -> Became:
    """Let a room say which employers (their ids) a `Prospect` became, whatever their names and numbers say."""
    _became.append(found)
    return found


def employers_became() -> list[Select[Any]]:
    """Give the questions that find which employers a `Prospect` became."""
    return [one() for one in _became]


def is_touched() -> ColumnElement[bool] | None:
    """Give the condition that something is known of a `Prospect` elsewhere; None where no room has said any."""
    return or_(*(one() for one in _touches)) if _touches else None


def news_since(limit: dt.datetime) -> list[Select[Any]]:
    """Give the questions that find of which prospects there is news."""
    return [one(limit) for one in _news]


def bounds_of(grant: Granted) -> list[ColumnElement[bool]]:
    """Give the conditions that bound what a partner sees of its territory."""
    return [one(grant) for one in _bounds]
