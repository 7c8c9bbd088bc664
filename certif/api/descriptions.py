"""What the API promises, as OpenAPI 3.1: made from the shapes that it checks with, so that one cannot say what the other does not."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from certif.api.shapes import GalaShape, LaureatesAsked, LaureatesShape, ProblemShape
from certif.kit import sheets

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


@cache
def description() -> dict[str, Any]:
    """Give the whole description, with paths relative to the site."""
    kinds: list[tuple[type[BaseModel], Any]] = [(one, "serialization") for one in (LaureatesShape, GalaShape, ProblemShape)]
    schemas = models_json_schema(kinds, ref_template=_REF)[1]["$defs"]
    return {
        "openapi": "3.1.0",
        "info": {"title": _TITLE, "version": "1", "description": "Read the laureates of a gala. Errors are problem details (RFC 9457)."},
        "paths": {
            "/api/v1/galas/{ref}": {"parameters": [_GALA], "get": _get("readGala", "A gala", _json("GalaShape"), [])},
            **{f"/api/v1/galas/{{ref}}/laureates{end}": {"parameters": [_GALA], "get": _list(*told)} for end, told in _LISTS.items()},
        },
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
