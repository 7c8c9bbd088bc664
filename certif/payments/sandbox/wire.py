"""The forms that clients send and the answers they get: nested names, expansion, pages of lists, error bodies."""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn
from urllib.parse import parse_qsl

from werkzeug.exceptions import abort
from werkzeug.wrappers import Response

from certif.payments.sandbox.store import Thing, Unit

_DEEPEST, _MOST_FIELDS = 6, 400
_POINTERS = {
    "payment_intent": "payment_intent",
    "latest_charge": "charge",
    "charge": "charge",
}
_TYPES = {401: "invalid_request_error", 409: "idempotency_error", 500: "api_error", 503: "api_error"}


def decoded(text: str) -> dict[str, Any]:
    """Decode `a[b][0][c]=d` into nested dictionaries and lists. Fails (400) on what is too deep, too wide or contradictory."""
    tree: dict[str, Any] = {}
    try:
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError:
        fail(400, "Invalid request: too many parameters.")
    for name, value in pairs:
        path = [name.split("[", 1)[0], *re.findall(r"\[([^\]]*)\]", name)]
        if len(path) > _DEEPEST:
            fail(400, "Invalid request: too deeply nested.", param=name)
        place = tree
        for step in path[:-1]:
            place = place.setdefault(step or str(len(place)), {})
            if not isinstance(place, dict):
                fail(400, "Invalid request: the same parameter twice.", param=name)
        place[path[-1] or str(len(place))] = value
    return {name: _with_lists(branch) for name, branch in tree.items()}


def _with_lists(tree: Any) -> Any:
    if not isinstance(tree, dict):
        return tree
    branches = {name: _with_lists(branch) for name, branch in tree.items()}
    if branches and all(name.isdecimal() for name in branches):
        return [branches[name] for name in sorted(branches, key=int)]
    return branches


def expanded(unit: Unit, thing: Thing, paths: list[str]) -> Thing:
    """Replace names by the things they name, as `expand[]` asks."""
    for path in paths:
        first, _dot, rest = path.partition(".")
        value = thing.get(first)
        if first == "refunds" and thing["object"] == "charge":
            continue  # already there
        if first == "data" and isinstance(value, list):
            thing = {**thing, first: [expanded(unit, one, [rest]) for one in value]}
            continue
        kind = _POINTERS.get(first)
        if first not in thing or not kind:
            fail(400, f"This property cannot be expanded ({path}).", param="expand")
        if isinstance(value, str):
            value = unit.get(kind, value)
        if isinstance(value, dict):
            thing = {**thing, first: expanded(unit, value, [rest] if rest else [])}
    return thing


def listed(url: str, things: list[Thing], query: dict[str, Any]) -> Thing:
    """Give one page of a list: `limit`, `starting_after`, `ending_before`, `created`."""
    created = query.get("created")
    bounds = {"gte": created, "lte": created} if isinstance(created, str) else created or {}
    tests = {"gt": int.__gt__, "gte": int.__ge__, "lt": int.__lt__, "lte": int.__le__}
    for name, bound in bounds.items():
        if name not in tests:
            fail(400, f"Received unknown parameter: created[{name}]", param="created", code="parameter_unknown")
        things = [one for one in things if tests[name](one["created"], whole(bound, "created"))]
    limit = whole(query.get("limit", "10"), "limit")
    if not 1 <= limit <= 100:
        fail(400, "Invalid integer: limit must be between 1 and 100.", param="limit")
    names = [one["id"] for one in things]
    if (after := query.get("starting_after")) in names:
        things = things[names.index(after) + 1 :]
    if (before := query.get("ending_before")) in names:
        things = things[: names.index(before)][-limit:]
    return {"object": "list", "url": url, "has_more": len(things) > limit, "data": things[:limit]}


def whole(value: object, param: str) -> int:
    """Read a whole number."""
    text = str(value)
    if not (text.isascii() and text.removeprefix("-").isdecimal() and len(text) <= 12):
        fail(400, f"Invalid integer: {text[:40]}", param=param, code="parameter_invalid_integer")
    return int(text)


def only(form: dict[str, Any], *known: str) -> None:
    """Fail on a parameter that the gateway does not know."""
    for name in form:
        if name not in {*known, "expand"}:
            fail(400, f"Received unknown parameter: {name}", param=name, code="parameter_unknown")


def answer(body: Thing, status: int = 200) -> Response:
    """Give an answer as the gateway writes it."""
    return Response(json.dumps(body, indent=2, ensure_ascii=False), status, content_type="application/json")


def fault(status: int, message: str, *, param: str | None = None, code: str | None = None, kind: str | None = None) -> Response:
    """Give an error as the gateway writes it."""
    error = {"type": kind or _TYPES.get(status, "invalid_request_error"), "message": message, "param": param, "code": code}
    return answer({"error": {name: value for name, value in error.items() if value is not None}}, status)


def fail(status: int, message: str, *, param: str | None = None, code: str | None = None, kind: str | None = None) -> NoReturn:
    """Stop here with an error; what was begun is undone."""
    abort(fault(status, message, param=param, code=code, kind=kind))
