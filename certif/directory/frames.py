"""The list inside other sites: what they paste in theirs, and what an address of the list asks."""

from __future__ import annotations

from html import escape
from urllib.parse import parse_qs, urlencode

from certif.kit.languages import _, language
from certif.kit.web import absolute_url

NAMES = {"text": "q", "region": "region", "mrc": "mrc", "sector": "secteur", "level": "niveau"}
"""What is asked, and its name in the address."""

TALL = 720
_LONGEST = 100


def frame_code(question: str, width: str = "100%", height: int = TALL) -> str:
    """Give what a partner pastes in its own site to show the list there. Takes: `question`, of its address, or empty."""
    address = escape(str(absolute_url("directory.show_frame", language=language())) + question)
    return f'<iframe src="{address}" title="{escape(_("Employeurs certifiés"))}" width="{width}" height="{height}" loading="lazy"></iframe>'


def question_in(query: str) -> str:
    """Give what the query of an address asks of the list, and nothing else that stands in it: `?region=14`, or empty."""
    asked = parse_qs(query, max_num_fields=50) if query.count("&") < 50 else {}
    known = {name: asked[name][0][:_LONGEST] for name in (*NAMES.values(), "eleves") if name in asked}
    return f"?{urlencode(known)}" if known else ""
