"""What narrows a list, and leads to its next page. Both live in the address, so that a search can be kept as a bookmark."""

from __future__ import annotations

from typing import Any

from flask import request, url_for

from certif.kit.forms import Form
from certif.kit.paging import Slice
from certif.kit.web import question


class FilterForm(Form):
    """What narrows a list. It changes nothing, so it carries no token."""

    class Meta:
        """No token: a search may be kept as a bookmark."""

        csrf = False

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(request.args, **kwargs)

    def asked(self, name: str) -> Any:
        """Give what was asked of a field, or None: an answer that was not offered is no answer."""
        field = self[name]
        return field.data if field.data and field.validate(self) else None


def following(found: Slice[Any]) -> str | None:
    """Give the address of the next page of a list, with the same filters; None at the end."""
    if found.next is None or request.endpoint is None:
        return None
    return url_for(request.endpoint, **(request.view_args or {})) + question(suite=found.next)
