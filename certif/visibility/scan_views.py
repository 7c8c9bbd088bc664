"""What the QR of a printed sticker opens: the page of its establishment, or a kind word while it hangs nowhere. Anonymous, no cookie."""

from __future__ import annotations

from flask import Response
from werkzeug import Response as Answer

from certif.kit.access import ANYONE, audience
from certif.kit.limits import limiter
from certif.kit.web import absolute_url as address_of
from certif.kit.web import anonymous, go_to, is_looked_at, page
from certif.visibility import scans
from certif.visibility.stock import sticker_at
from certif.visibility.views import pages


@pages.route("/a/<serial>")
@limiter.limit("600 per minute")
@audience(ANYONE)
@anonymous
def follow_sticker(serial: str) -> Response | Answer:
    """From a printed sticker to the live page of where it hangs."""
    sticker = sticker_at(serial)
    if is_looked_at():
        scans.note(sticker)
    if sticker.assignment is None or sticker.retirement is not None:
        return page("visibility/follow_sticker.html", sticker=sticker)
    return go_to(address_of("public.verify", code=sticker.assignment.verification.code, de="vitrine"))
