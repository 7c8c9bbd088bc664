"""The pages of plans."""

from __future__ import annotations

from certif.kit.web import Pages

pages = Pages("plans", __name__)
