"""The report of the road without a network: a page that stays on the phone, what it needs, and where what was written meanwhile is sent."""

from __future__ import annotations

import json
from typing import Any

from flask import Response, jsonify, request, url_for
from flask_wtf.csrf import generate_csrf

from certif.kit.access import ANYONE, STAFF, actor, audience
from certif.kit.copies import kept_copy
from certif.kit.languages import _, format_instant, language
from certif.kit.web import ROOT, anonymous, page, static_url
from certif.library import tools_of
from certif.visits import report_queries
from certif.visits.model import VisitReport
from certif.visits.report_forms import ReportForm
from certif.visits.report_model import ReportConflict
from certif.visits.report_views import asked_program, file_what_was_typed, offer
from certif.visits.views import pages

WORKER, SENDER = (ROOT / "static" / "js" / name for name in ("field_worker.js", "field_sender.js"))


@pages.route("/terrain/compte-rendu")
@audience(ANYONE)
@anonymous
def write_offline() -> Response:
    """The same questions on a page that names nobody: a phone keeps it, and what is written waits there for the network."""
    return kept_copy("field report", (), lambda: page("visits/write_offline.html", form=ReportForm(meta={"csrf": False})))


@pages.route("/terrain/service.js")
@audience(ANYONE)
@anonymous
def field_worker() -> Response:
    """What gives that page in the place of the report, and of nothing else, where there is no network; with `?envoi`, one that also
    sends what waits once the browser wakes it."""
    response = _kept((SENDER if request.args.get("envoi") else WORKER).read_bytes(), "text/javascript")
    response.headers["Service-Worker-Allowed"] = url_for("visits.write_report")
    return response


@pages.route("/terrain/app.webmanifest")
@audience(ANYONE)
@anonymous
def field_manifest() -> Response:
    """How the report is called once it is installed."""
    address = url_for("visits.write_report")
    said = {
        "name": _("Certif : compte rendu de terrain"),
        "short_name": _("Terrain"),
        "lang": f"{language()}-CA",
        "start_url": address,
        "scope": address,
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#0f4a3c",
        "icons": [{"src": static_url("img/favicon.svg"), "sizes": "any", "type": "image/svg+xml"}],
    }
    return _kept(json.dumps(said, ensure_ascii=False).encode(), "application/manifest+json")


@pages.route("/personnel/terrain/compte-rendu/trousse.json")
@audience(*STAFF)
def pack_for_the_road() -> Response:
    """What the page needs to be filled in without a network: the meetings near, the places, the tools; and a fresh token."""
    program = asked_program()
    visits = report_queries.awaiting_report(actor(), program)
    nearest = report_queries.at_hand(visits)
    return jsonify(
        owner=actor().ref,
        token=generate_csrf(),
        program=program.slug,
        at_hand=nearest.ref if nearest else "",
        visits=[{"ref": one.ref, "label": _label(one)} for one in visits],
        places=[{"slug": one.slug, "name": one.name} for one in report_queries.places_to_go(actor(), program)],
        tools=[{"slug": one.slug, "title": one.title} for one in tools_of(program)],
    )


@pages.route("/personnel/terrain/compte-rendu/envoi", methods=["POST"])
@audience(*STAFF)
def send_report() -> Response | tuple[Response, int]:
    """Take a report that waited on a phone. Sent again, it is answered as it was the first time."""
    program, form = asked_program(), ReportForm()
    offer(form, program)
    if form.validate():
        with form.held():
            return _answer(file_what_was_typed(form, program))
    said = [*form.form_errors, *(sentence for field in form for sentence in field.errors)]
    return jsonify(came="refused", said=[str(one) for one in said]), 409 if form.refused else 422


def _answer(made: VisitReport | ReportConflict) -> Response:
    if isinstance(made, ReportConflict):
        said = _("« %(title)s » avait déjà une issue : comparez les deux versions.", title=made.visit.title)
        return jsonify(came="conflict", said=[said], url=url_for("visits.settle_conflict", ref=made.ref))
    said = _("Compte rendu enregistré : %(title)s.", title=made.visit.title)
    return jsonify(came="filed", said=[said], url=url_for("visits.show_report", ref=made.ref))


def _label(visit: Any) -> str:
    return _("%(title)s, %(when)s", title=visit.title, when=format_instant(visit.starts_at))


def _kept(content: bytes, kind: str) -> Response:
    response = Response(content, mimetype=kind, headers={"Cache-Control": "public, max-age=300"})
    response.add_etag()
    response.make_conditional(request)
    return response
