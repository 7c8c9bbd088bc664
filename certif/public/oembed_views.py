"""Where other sites ask how to show a page of ours."""

from __future__ import annotations

import json

from flask import Response, request
from werkzeug.exceptions import NotImplemented as NoSuchFormat

from certif.kit.access import ANYONE, audience
from certif.kit.copies import kept_briefly
from certif.kit.limits import limiter
from certif.kit.web import anonymous
from certif.public.oembed import Room, as_xml, shown_elsewhere
from certif.public.views import GENEROUS, pages


@pages.route("/oembed", bilingual=False)
@limiter.limit(GENEROUS)
@audience(ANYONE)
@anonymous
def oembed() -> Response:
    """How a page of ours is shown in another site: `?url=…&format=json|xml&maxwidth=…&maxheight=…`."""
    wanted = request.args.get("format", "json")
    if wanted not in {"json", "xml"}:
        raise NoSuchFormat
    said = shown_elsewhere(request.args.get("url", ""), Room(_pixels("maxwidth"), _pixels("maxheight")))
    text, kind = (as_xml(said), "text/xml") if wanted == "xml" else (json.dumps(said, ensure_ascii=False), "application/json")
    response = Response(text, content_type=f"{kind}; charset=utf-8", headers={"Access-Control-Allow-Origin": "*"})
    kept_briefly(response).make_conditional(request)
    return response


def _pixels(name: str) -> int | None:
    """Read a number of pixels in the question; what is no number asks nothing."""
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else None
