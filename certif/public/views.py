"""Pages for anyone. What a code opens reads no cookie, sets none, and may be kept by anybody for half a minute."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Response, jsonify, request, stream_with_context
from werkzeug import Response as Answer

from certif.directory import note
from certif.kit.access import ANYONE, audience
from certif.kit.copies import kept_copy
from certif.kit.limits import limiter
from certif.kit.web import Pages, anonymous, go, is_looked_at, page
from certif.programs import offers
from certif.public.documents import judge
from certif.public.forms import DocumentForm
from certif.public.markup import markup_of
from certif.public.officer import officer
from certif.public.pictures import printed_address
from certif.public.queries import as_json, facts_at, promise_of, shown_by
from certif.public.sitemap import employers_map, pages_map, robots, sitemap_index

pages = Pages("public", __name__)


GENEROUS = "600 per minute"


@pages.route("/")
@audience(ANYONE)
def home() -> Response:
    """What this is, and where to begin."""
    return page("public/home.html", programs=offers())


@pages.route("/v")
@audience(ANYONE)
def find() -> Answer:
    """From a code that someone typed to its page, or the whole address that is printed with it."""
    code = "".join(request.args.get("code", "").split()).partition("?")[0].rpartition("/")[2]
    return go("public.verify", code=code) if code else go("public.home")


@pages.route("/v/<code>")
@audience(ANYONE)
@anonymous
def verify(code: str) -> Response:
    """What a code is worth today: the page that every QR opens."""
    facts = facts_at(code)

    def make() -> Response:
        shown = shown_by(facts)
        sides, markup = promise_of(shown), markup_of(shown)
        return page("public/verify.html", shown=shown, sides=sides, markup=markup, address=printed_address(shown.code))

    copy = kept_copy(f"verify {code}", facts, make)
    if is_looked_at():
        note(facts[0].code, request.args.get("de", ""))
    return copy


@pages.route("/v/<code>.json", bilingual=False)
@audience(ANYONE)
@anonymous
def verify_json(code: str) -> Response:
    """The same, for programs."""
    facts = facts_at(code)
    response = kept_copy(f"verify {code}.json", facts, lambda: jsonify(as_json(shown_by(facts))))
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@pages.route("/verifier-document", methods=["GET", "POST"])
@limiter.limit("60 per hour", methods=["POST"])
@audience(ANYONE)
def check_document() -> Response:
    """Is this document ours, and unchanged? Nothing of it is kept."""
    form = DocumentForm()
    verdict = judge(form.content) if form.validate_on_submit() else None
    return page("public/check_document.html", form=form, verdict=verdict)


@pages.route("/renseignements-personnels")
@audience(ANYONE)
def privacy() -> Response:
    """Which personal information is kept, why, how long, and who answers for it."""
    return page("public/privacy.html", officer=officer())


@pages.route("/mentions-legales")
@audience(ANYONE)
def legal() -> Response:
    """The legal notice."""
    return page("public/legal.html", officer=officer())


@pages.route("/accessibilite")
@audience(ANYONE)
def accessibility() -> Response:
    """How these pages are made for everyone, and where to say when they are not."""
    return page("public/accessibility.html", officer=officer())


@pages.route("/sitemap.xml", bilingual=False)
@audience(ANYONE)
@anonymous
def show_sitemap() -> Response:
    """Where the maps of the site are: that of its pages, and those of the employers'."""
    return _map(sitemap_index())


@pages.route("/sitemap-pages.xml", bilingual=False)
@audience(ANYONE)
@anonymous
def show_pages_map() -> Response:
    """The public pages, in both languages."""
    return _map(pages_map())


@pages.route("/sitemap-employeurs-<int:number>.xml", bilingual=False)
@audience(ANYONE)
@anonymous
def show_employers_map(number: int) -> Response:
    """The pages of certified employers, in both languages: one range of them."""
    return _map(employers_map(number))


@pages.route("/robots.txt", bilingual=False)
@audience(ANYONE)
@anonymous
def show_robots() -> Response:
    """What search engines may read."""
    return Response(robots(), mimetype="text/plain", headers={"Cache-Control": "public, max-age=3600"})


def _map(pieces: Iterator[str]) -> Response:
    return Response(stream_with_context(pieces), mimetype="application/xml", headers={"Cache-Control": "public, max-age=3600"})
