"""The pages of the field."""

from __future__ import annotations

from certif.kit.web import Pages

pages = Pages("visits", __name__)
