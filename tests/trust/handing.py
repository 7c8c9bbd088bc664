"""Something is handed over to be checked, as a browser sends it."""

from __future__ import annotations

import io
import json
from typing import Any

from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from certif.certification import Certification
from tests.credentials.verifying import read
from tests.pages import Page, Visitor
from tests.public.codes import code_of

PATH = "/verifier-attestation"


def hand_over(
    visitor: Visitor, content: bytes | None = None, *, text: str = "", address: str = "", name: str = "x", language: str = ""
) -> Page:
    """Hand over a file, a text or an address."""
    token = visitor.open(language + PATH).soup.main.find("input", attrs={"name": "csrf_token"})["value"]
    data = {"csrf_token": token, "document": FileStorage(io.BytesIO(content or b""), name if content is not None else "")}
    boundary, body = encode_multipart({**data, "text": text, "address": address})
    kind = f'multipart/form-data; boundary="{boundary}"'
    answer = visitor.client.post(language + PATH, data=body, content_type=kind, base_url=visitor.base)
    return visitor._arrive(answer, language + PATH)


def credential_of(visitor: Visitor, one: Certification) -> dict[str, Any]:
    """Give the credential that a code publishes."""
    found = json.loads(read(visitor, f"/v/{code_of(one)}/credential.json"))
    assert isinstance(found, dict)
    return found


def said(page: Page) -> str:
    """Give the title of the answer."""
    return str(page.soup.main.select_one(".notice__title").get_text(strip=True))
