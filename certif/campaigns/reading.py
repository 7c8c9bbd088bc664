"""A contest as plain data, and back: what the database and the model files hold."""

from __future__ import annotations

import datetime as dt
import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from certif.campaigns.values import Definition
from certif.kit.access import Role


def write_definition(definition: Definition) -> dict[str, Any]:
    """Give a definition as JSON: the names of its fields, days as `2027-02-15`, enums by their values."""
    written: dict[str, Any] = _written(definition)
    return written


def read_definition(data: Mapping[str, Any]) -> Definition:
    """Give the definition that was written; a field that is not there has its default. Values are trusted: `checks` looks at a draft."""
    found: Definition = _read(Definition, data)
    return found


def _written(value: Any) -> Any:
    if is_dataclass(value):
        return {field.name: _written(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_written(one) for one in value]
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, dt.date) else value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _read(kind: Any, value: Any) -> Any:
    if get_origin(kind) in (Union, types.UnionType):
        return None if value is None else _read(next(one for one in get_args(kind) if one is not types.NoneType), value)
    if get_origin(kind) is tuple:
        return tuple(_read(get_args(kind)[0], one) for one in value)
    if isinstance(kind, type) and is_dataclass(kind):
        hints = _hints(kind)
        return kind(**{name: _read(hints[name], one) for name, one in value.items() if name in hints})
    if kind is dt.date:
        return dt.date.fromisoformat(value)
    return kind(value) if isinstance(kind, type) and (issubclass(kind, Enum) or kind is Role) else value
