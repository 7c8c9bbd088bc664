"""The pages of galas. Each kind of page has a module of its own beside this one."""

from __future__ import annotations

from certif.kit.web import Pages

pages = Pages("galas", __name__)
