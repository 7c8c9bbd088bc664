"""The pages of selections. Each thing has its own: `phase_views`, `vote_views`, `laureate_views`, `jury_views`."""

from __future__ import annotations

from certif.kit.web import Pages

pages = Pages("selections", __name__)
