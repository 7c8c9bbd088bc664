"""The pages of nominations."""

from __future__ import annotations

from certif.kit.web import Pages

pages = Pages("nominations", __name__)
