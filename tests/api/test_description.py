"""What the API promises is what it does: it is asked all that its own description allows, and much that it does not."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import make_program
from tests.galas.listed import key_of, make_honours

PATHS = ("", "/laureates", "/laureates.csv", "/laureates.xlsx")


@pytest.mark.parametrize("end", PATHS)
@pytest.mark.parametrize("is_there", [True, False], ids=["a gala that is there", "any gala"])
def test_every_answer_is_one_that_was_promised(app: Flask, end: str, is_there: bool) -> None:
    gala = make_honours(make_program(code="14"), 3)
    headers = {"Authorization": f"Bearer {key_of(gala)}"}
    described = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    operation = described[f"/api/v1/galas/{{ref}}{end}"]["GET"]

    @settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(data=st.data())
    def asked(data: Any) -> None:
        case = data.draw(operation.as_strategy())
        if is_there:
            case.path_parameters = {"ref": gala.ref}
        case.call_and_validate(headers=headers)

    asked()


def test_the_description_is_openapi_and_names_every_field(app: Flask) -> None:
    found = app.test_client().get("/api/v1/openapi.json").json
    assert found["openapi"] == "3.1.0"
    assert {f"/api/v1/galas/{{ref}}{end}" for end in PATHS} == set(found["paths"])
    row = found["components"]["schemas"]["LaureateShape"]["properties"]
    [told] = schemathesis_rows(app)
    assert set(row) == set(told)


def schemathesis_rows(app: Flask) -> list[dict[str, Any]]:
    """Give what a list really tells."""
    gala = make_honours(make_program(code="14"), 1)
    answer = app.test_client().get(f"/api/v1/galas/{gala.ref}/laureates", headers={"Authorization": f"Bearer {key_of(gala)}"})
    found: list[dict[str, Any]] = answer.json["laureates"]
    return found
