"""The pages of selections. Each thing has its own: `jury_views`, `jury_staff_views`."""

from __future__ import annotations

from certif.kit.web import Pages

pages = Pages("selections", __name__)
