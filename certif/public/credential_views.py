"""What programs verify without us: credentials, the lists that say which are withdrawn, and the keys of who signs."""

from __future__ import annotations

import json
from typing import Any

from flask import Response, request

from certif.badges import MEDIA_TYPE
from certif.certification import did, issuer_document, issuer_keys, list_facts, signed_list
from certif.kit.access import ANYONE, audience
from certif.kit.copies import kept_briefly, kept_copy
from certif.kit.limits import limiter
from certif.kit.web import anonymous
from certif.public import credentials
from certif.public.picture_views import as_picture
from certif.public.queries import shown_at
from certif.public.views import GENEROUS, pages


@pages.route("/v/<code>/credential.json", bilingual=False)
@limiter.limit(GENEROUS)
@audience(ANYONE)
@anonymous
def credential_json(code: str) -> Response:
    """The Open Badges credential of a code: it stays the same; whether it still counts is said by its status lists."""
    response = _for_programs(credentials.credential_of(shown_at(code)), MEDIA_TYPE)
    kept_briefly(response).make_conditional(request)
    return response


@pages.route("/v/<code>/badge-baked.png", bilingual=False)
@limiter.limit(GENEROUS)
@audience(ANYONE)
@anonymous
def baked_png(code: str) -> Response:
    """The badge that carries its credential, to be kept in a badge wallet."""
    shown = shown_at(code)
    return as_picture(credentials.baked_png(shown), "image/png", f"badge-verifiable-{shown.code}.png")


@pages.route("/v/<code>/badge-baked.svg", bilingual=False)
@limiter.limit(GENEROUS)
@audience(ANYONE)
@anonymous
def baked_svg(code: str) -> Response:
    """The same, as a drawing."""
    shown = shown_at(code)
    return as_picture(credentials.baked_svg(shown), "image/svg+xml", f"badge-verifiable-{shown.code}.svg")


@pages.route("/statuts/<name>", bilingual=False)
@limiter.limit(GENEROUS)
@audience(ANYONE)
@anonymous
def status_list(name: str) -> Response:
    """Which credentials of a list are withdrawn, or suspended: signed anew only when that changes."""
    facts = (*list_facts(name), issuer_keys()[-1].ref)
    return kept_copy(f"status list {name}", facts, lambda: _for_programs(_json(signed_list(name)), MEDIA_TYPE))


@pages.route("/.well-known/did.json", bilingual=False)
@limiter.limit(GENEROUS)
@audience(ANYONE)
@anonymous
def issuer() -> Response:
    """The keys of who signs: the present one, and those of before."""
    keys = tuple(key.ref for key in issuer_keys())
    return kept_copy(f"keys of {did()}", keys, lambda: _for_programs(_json(issuer_document()), "application/did+json"))


def _for_programs(text: str, kind: str) -> Response:
    """Answer with what programs of other sites may read, too."""
    return Response(text, mimetype=kind, headers={"Access-Control-Allow-Origin": "*"})


def _json(document: dict[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))
