"""What the API promises, as OpenAPI 3.1: made from the shapes that it checks with, so that one cannot say what the other does not."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from certif.api.shapes import GalaShape, LaureatesAsked, LaureatesShape, MessageShape, ProblemShape
from certif.kit import sheets
from certif.webhooks import OF_PROGRAMS, Kind

_REF = "#/components/schemas/{model}"
_PROBLEMS = {
    "400": "The question is not understood.",
    "401": "No key, or one that opens nothing.",
    "403": "The embargo is not lifted, and this key reads nothing before.",
    "404": "Nothing here for this key.",
    "429": "Too many requests.",
}
_GALA = {"name": "ref", "in": "path", "required": True, "schema": {"type": "string"}, "description": "The public name of the gala."}
_TITLE = "Certif"
_ABOUT = """Read the laureates of a gala. Errors are problem details (RFC 9457).

Those who prepare a gala, and those who manage a program, may register an https address that is told when something may be read anew. What
it is told names nobody. Each message is signed as Standard Webhooks says (symmetric, `v1`): HMAC-SHA256 of `webhook-id`, a dot,
`webhook-timestamp`, a dot and the body, under the secret after `whsec_`, read as base 64. For a day after a change of secret,
`webhook-signature` holds two signatures. Answer 2xx within 8 seconds; else ten attempts are made in three days, after which nothing is sent
until somebody resumes. Answer 410 to be told nothing more. A message may come twice, under the same `webhook-id`; none comes in order.

A key is never meant for a browser, which shows it to whoever looks: addresses that ask for one answer no page of another site (CORS)."""
_SIGNED = {
    "webhook-id": "The name of the message, the same for each attempt.",
    "webhook-timestamp": "When this attempt was made, in seconds; refuse what is more than five minutes away.",
    "webhook-signature": "One or two signatures, with a space between: `v1,` and base 64.",
}
_WHEN = {
    Kind.LAUREATES_PUBLISHED: "The embargo of a gala is lifted: its list may be read by every key.",
    Kind.LAUREATES_CHANGED: "The list of a gala changes; before the embargo is lifted, only to those who were let in on it.",
    Kind.GALA_CHANGED: "A gala is edited, or cancelled.",
    Kind.PORTRAIT_RELEASED: "New results of surveys are published in the portrait of a region.",
    Kind.PORTRAIT_WITHDRAWN: "Results of surveys are withdrawn from the portrait of a region.",
    Kind.TEST: "Somebody tries the address.",
}


@cache
def description() -> dict[str, Any]:
    """Give the whole description, with paths relative to the site."""
    kinds: list[tuple[type[BaseModel], Any]] = [(one, "serialization") for one in (LaureatesShape, GalaShape, MessageShape, ProblemShape)]
    schemas = models_json_schema(kinds, ref_template=_REF)[1]["$defs"]
    return {
        "openapi": "3.1.0",
        "info": {"title": _TITLE, "version": "1", "description": _ABOUT},
        "paths": {
            "/api/v1/galas/{ref}": {"parameters": [_GALA], "get": _get("readGala", "A gala", _json("GalaShape"), [])},
            **{f"/api/v1/galas/{{ref}}/laureates{end}": {"parameters": [_GALA], "get": _list(*told)} for end, told in _LISTS.items()},
        },
        "webhooks": {kind.value: {"post": _told(kind)} for kind in (*OF_PROGRAMS, Kind.TEST)},
        "components": {"schemas": schemas, "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}}},
        "security": [{"key": []}],
    }


def _list(name: str, content: dict[str, Any]) -> dict[str, Any]:
    asked = LaureatesAsked.model_json_schema()["properties"]
    told = [
        {"name": one, "in": "query", "required": False, "schema": schema, "description": schema.get("description", one)}
        for one, schema in asked.items()
    ]
    return _get(name, "The laureates of a gala: the same rows in each form", content, told)


def _get(name: str, summary: str, content: dict[str, Any], asked: list[dict[str, Any]]) -> dict[str, Any]:
    etag = {"ETag": {"schema": {"type": "string"}, "description": "Send it back as If-None-Match."}}
    return {
        "operationId": name,
        "summary": summary,
        "parameters": asked,
        "responses": {
            "200": {"description": summary, "headers": etag, "content": content},
            "304": {"description": "Nothing has changed."},
            **{status: {"description": said, "content": _problem()} for status, said in _PROBLEMS.items()},
        },
    }


def _told(kind: Kind) -> dict[str, Any]:
    headers = [
        {"name": name, "in": "header", "required": True, "schema": {"type": "string"}, "description": one} for name, one in _SIGNED.items()
    ]
    return {
        "operationId": kind.value,
        "summary": _WHEN[kind],
        "security": [],
        "parameters": headers,
        "requestBody": {"required": True, "content": _json("MessageShape")},
        "responses": {"2XX": {"description": "Received."}, "410": {"description": "This address wants nothing any more."}},
    }


def _json(name: str) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": _REF.format(model=name)}}}


def _problem() -> dict[str, Any]:
    return {"application/problem+json": {"schema": {"$ref": _REF.format(model="ProblemShape")}}}


_LISTS = {
    "": ("readLaureates", _json("LaureatesShape")),
    ".csv": ("readLaureatesCsv", {sheets.CSV: {"schema": {"type": "string"}}}),
    ".xlsx": ("readLaureatesXlsx", {sheets.XLSX: {}}),
}
"""How each form of the list is named, and what it holds."""
