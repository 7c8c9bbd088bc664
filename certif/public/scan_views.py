"""Counting that a code was opened: a number by day and by place, without reading anything of who opens it."""

from __future__ import annotations

import re

from flask import request

from certif.directory import note

_ROBOT = re.compile(r"bot\b|crawl|spider|slurp|preview|facebookexternalhit|monitor|curl/|wget/|python-|headless", re.IGNORECASE)


def count_scan(code: str) -> None:
    """Count this opening, unless nobody is looking: a robot, or a browser that fetches beforehand."""
    is_ahead = "prefetch" in f"{request.headers.get('Sec-Purpose', '')} {request.headers.get('Purpose', '')}"
    if request.method == "GET" and not is_ahead and not _ROBOT.search(request.headers.get("User-Agent", "")):
        note(code, request.args.get("de", ""))
