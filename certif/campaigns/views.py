"""The pages of contests. Those for anyone are in `contest_views`, those of staff in `staff_views` and `draft_views`."""

from __future__ import annotations

from certif.campaigns import program_words  # noqa: F401 — what is said on the page of a program
from certif.kit.web import Pages

pages = Pages("campaigns", __name__)
