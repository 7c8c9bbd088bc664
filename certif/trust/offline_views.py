"""A page that checks a printed certificate without any network, and what it needs to stay on a telephone."""

from __future__ import annotations

import json
from pathlib import Path

from flask import Response, request, url_for

from certif.badges import public_key
from certif.certification import issuer_keys
from certif.kit.access import ANYONE, audience
from certif.kit.copies import kept_copy
from certif.kit.handouts import handout
from certif.kit.languages import _, language
from certif.kit.web import ROOT, anonymous, page, static_url
from certif.trust.views import OWNER, pages

WORKER = ROOT / "static" / "js" / "offline_worker.js"
SCRIPT = Path(__file__).with_name("check_certificate.py")


@pages.route("/verifier-hors-ligne")
@audience(ANYONE)
@anonymous
def check_offline() -> Response:
    """Check the second code of a printed certificate, with the keys written in this page."""
    keys = [(public_key(key.ref) or b"").hex() for key in reversed(issuer_keys())]
    return kept_copy("offline check", tuple(keys), lambda: page("trust/check_offline.html", keys=" ".join(keys)))


@pages.route("/verifier-hors-ligne/service.js")
@audience(ANYONE)
@anonymous
def offline_worker() -> Response:
    """What keeps that page, and nothing else, where there is no network."""
    response = _kept(WORKER.read_bytes(), "text/javascript")
    response.headers["Service-Worker-Allowed"] = url_for("trust.check_offline")
    return response


@pages.route("/verifier-hors-ligne/app.webmanifest")
@audience(ANYONE)
@anonymous
def offline_manifest() -> Response:
    """How that page is called once it is installed."""
    address = url_for("trust.check_offline")
    said = {
        "name": _("%(site)s : vérifier sans réseau", site=OWNER),
        "short_name": OWNER,
        "lang": f"{language()}-CA",
        "start_url": address,
        "scope": address,
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#0f4a3c",
        "icons": [{"src": static_url("img/favicon.svg"), "sizes": "any", "type": "image/svg+xml"}],
    }
    return _kept(json.dumps(said, ensure_ascii=False).encode(), "application/manifest+json")


@pages.route("/verifier-hors-ligne/verifier-attestation.py", bilingual=False)
@audience(ANYONE)
@anonymous
def read_checker() -> Response:
    """The program that checks the same code, and needs nothing but Python."""
    response = _kept(handout(SCRIPT), "text/x-python")
    response.headers.set("Content-Disposition", "inline", filename="verifier-attestation.py")
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _kept(content: bytes, kind: str) -> Response:
    response = Response(content, mimetype=kind, headers={"Cache-Control": "public, max-age=300"})
    response.add_etag()
    response.make_conditional(request)
    return response
