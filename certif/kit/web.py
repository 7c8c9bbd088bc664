"""How a page is answered: templates, redirections, headers, and addresses in both languages."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlencode, urlsplit

from flask import (
    Blueprint,
    Flask,
    Response,
    current_app,
    flash,
    g,
    get_flashed_messages,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_wtf.csrf import CSRFError, CSRFProtect
from markupsafe import Markup
from werkzeug import Response as Answer
from werkzeug.exceptions import NotFound
from werkzeug.routing import BuildError

from certif.kit.access import ANYONE, VISITOR, actor, audience
from certif.kit.evidence import Evidence
from certif.kit.languages import language
from certif.kit.sent_files import SentFile
from certif.kit.settings import Settings, settings
from certif.kit.stylesheet import stylesheet

ROOT = Path(__file__).parents[2]
_YEAR = 365 * 24 * 3600
_SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
_ROBOT = re.compile(r"bot\b|crawl|spider|slurp|preview|facebookexternalhit|monitor|curl/|wget/|python-|headless", re.IGNORECASE)

csrf = CSRFProtect()
View = TypeVar("View", bound=Callable[..., Any])


class Pages(Blueprint):
    """The pages of a room. Each address exists in French, and in English under `/en`, as one endpoint."""

    def route(self, rule: str, *, bilingual: bool = True, **options: Any) -> Callable[[View], View]:
        """Give the view an address. `bilingual=False` for what machines read: images, JSON, notices."""

        def declared(view: View) -> View:
            endpoint = options.pop("endpoint", view.__name__)
            if not bilingual:
                self.add_url_rule(rule, endpoint, view, **options)
                return view
            self.add_url_rule(rule, endpoint, view, defaults={"language": "fr"}, **options)
            self.add_url_rule("/en" + (rule if rule != "/" else "/"), endpoint, view, defaults={"language": "en"}, **options)
            return view

        return declared


def page(template: str, *, status: int = 200, **context: Any) -> Response:
    """Answer with a page. A posted `form` in the context that was wrong makes it 422; one that holds a refusal, 409."""
    form = context.get("form")
    if form is not None and request.method == "POST" and status == 200:
        status = 409 if getattr(form, "refused", False) else 422 if form.errors else 200
    return make_response(render_template(template, **context), status)


def go(endpoint: str, **values: Any) -> Answer:
    """Answer a post with the next page (303)."""
    return redirect(url_for(endpoint, **values), 303)


def go_to(address: str) -> Answer:
    """Answer a post with another address (303): one of ours, or one that the payment gateway gave."""
    return redirect(address, 303)


def document(found: Evidence | SentFile, file_name: str) -> Response:
    """Answer with a kept document, to be saved under `file_name`; it may never run as a page of ours."""
    response = make_response(found.content)
    response.headers["Content-Type"] = found.media_type
    response.headers.set("Content-Disposition", "attachment", filename=file_name)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def download(content: str | bytes, media_type: str, file_name: str) -> Response:
    """Answer with a file that was just made, to be saved under `file_name`."""
    response = Response(content, mimetype=media_type)
    response.headers.set("Content-Disposition", "attachment", filename=file_name)
    return response


def say(sentence: object) -> None:
    """Say something once, at the top of the next page."""
    flash(str(sentence))


def is_looked_at() -> bool:
    """Whether somebody may be looking: not a robot, nor a browser that fetches beforehand."""
    is_ahead = "prefetch" in f"{request.headers.get('Sec-Purpose', '')} {request.headers.get('Purpose', '')}"
    return request.method == "GET" and not is_ahead and not _ROBOT.search(request.headers.get("User-Agent", ""))


def absolute_url(endpoint: str, *, language: str | None = None, **values: Any) -> Markup:
    """Give the full address of a page, from `PUBLIC_BASE_URL` only: never from what a browser claims."""
    if language is not None and current_app.url_map.is_endpoint_expecting(endpoint, "language"):
        values["language"] = language
    adapter = current_app.url_map.bind(settings().host, url_scheme=urlsplit(settings().public_base_url).scheme)
    current_app.inject_url_defaults(endpoint, values)
    return Markup(adapter.build(endpoint, values, force_external=True))  # noqa: S704 — built from our own routes


def is_local(address: str | None) -> bool:
    """Whether `address` is a path of this site, fit to go on to after signing in."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")) or "\\" in address:
        return False
    return all(sign.isprintable() for sign in address) and not urlsplit(address).netloc


def static_url(path: str) -> str:
    """Give the address of a static file, with the mark of its content: it may be kept for a year."""
    return f"{request.script_root}{current_app.static_url_path}/{path}?v={_mark(path)}"


@cache
def _mark(path: str) -> str:
    return hashlib.sha256(_stylesheet() if path == "site.css" else (ROOT / "static" / path).read_bytes()).hexdigest()[:10]


@cache
def _stylesheet() -> bytes:
    return stylesheet(ROOT / "static")


def install(app: Flask, settings: Settings) -> None:
    """Set addresses in both languages, what every template may use, errors and headers."""
    csrf.init_app(app)
    _install_languages(app)
    _install_context(app, settings)
    _install_headers(app, settings)

    @app.route("/static/site.css", endpoint="site_stylesheet")
    @audience(ANYONE)
    def site_stylesheet() -> Answer:
        response = Response(_stylesheet(), mimetype="text/css")
        response.set_etag(hashlib.sha256(_stylesheet()).hexdigest()[:16])
        return response.make_conditional(request)


def _install_languages(app: Flask) -> None:
    @app.url_value_preprocessor
    def take_language(_endpoint: str | None, values: dict[str, Any] | None) -> None:
        spoken = (values or {}).pop("language", None)
        g.language = spoken or ("en" if request.path == "/en" or request.path.startswith("/en/") else "fr")

    @app.url_defaults
    def keep_language(endpoint: str, values: dict[str, Any]) -> None:
        if "language" not in values and app.url_map.is_endpoint_expecting(endpoint, "language"):
            values["language"] = g.get("language", "fr") if g else "fr"

    @app.before_request
    def refuse_hidden_signs() -> None:
        # No name of ours holds one, and PostgreSQL cannot even look for it.
        if any("\0" in str(value) for value in (request.view_args or {}).values()):
            raise NotFound

    @app.before_request
    def refuse_strangers_posts() -> None:
        # A second lock beside the token: browsers say where a post comes from.
        if request.method in _SAFE_METHODS or getattr(app.view_functions.get(request.endpoint or ""), "takes_foreign_posts", False):
            return
        origin = request.headers.get("Origin")
        is_foreign = origin is not None and urlsplit(origin).netloc != request.host
        if is_foreign or request.headers.get("Sec-Fetch-Site") == "cross-site":
            raise CSRFError


def _install_context(app: Flask, settings: Settings) -> None:
    app.jinja_env.globals["absolute_url"] = absolute_url  # letters say it too, and they know no request
    app.jinja_env.globals["same_for_all"] = same_for_all

    @app.context_processor
    def context() -> dict[str, Any]:
        is_for_all = request.endpoint in _anonymous_endpoints(app)
        return {
            "language": language(),
            "actor": VISITOR if is_for_all else actor(),
            "notices": [] if is_for_all else get_flashed_messages(),
            "is_demo": settings.is_demo,
            "static_url": static_url,
            "current_endpoint": request.endpoint,
            "other_language_url": _other_language_url(asks=not is_for_all),
        }


def same_for_all(template: str) -> Markup:
    """Give a part that every page of a language shows alike, drawn once. It is given nothing of who asks, and cannot say it."""
    drawn: dict[tuple[str, ...], Markup] = current_app.extensions.setdefault("parts for all", {})
    key = (template, language(), g.get("language", "fr"), request.script_root)
    if key not in drawn:
        said = current_app.jinja_env.get_template(template).render(static_url=static_url, is_demo=settings().is_demo)
        drawn[key] = Markup(said)  # noqa: S704 — our own template, which escapes by itself
    return drawn[key]


def anonymous(view: View) -> View:
    """Declare a page that is the same for everyone: it reads no cookie and sets none, so that anyone may keep a copy."""
    view.is_anonymous = True  # type: ignore[attr-defined]
    return view


def cookieless(view: View) -> View:
    """Declare a form for everyone that reads no cookie and sets none: with no session there is none to forge, and no token of one. Where a
    post comes from is checked all the same."""
    return csrf.exempt(anonymous(view))  # type: ignore[no-any-return]


def framed(view: View) -> View:
    """Declare a page that other sites may show inside theirs: it changes nothing, asks nothing of who signs in, and posts nowhere."""
    view.is_framed = True  # type: ignore[attr-defined]
    return anonymous(view)


def foreign_posts(view: View) -> View:
    """Declare a view that machines post to without a form of ours: it must check who speaks by itself."""
    view.takes_foreign_posts = True  # type: ignore[attr-defined]
    return csrf.exempt(view)  # type: ignore[no-any-return]


def _anonymous_endpoints(app: Flask) -> frozenset[str]:
    found = app.extensions.get("anonymous endpoints")
    if found is None:
        found = frozenset(name for name, view in app.view_functions.items() if getattr(view, "is_anonymous", False))
        app.extensions["anonymous endpoints"] = found
    assert isinstance(found, frozenset)
    return found


def question(**changes: str) -> str:
    """Give the question of this address, `?a=b`, with `changes` made.

    It never becomes an argument of `url_for`, which has names of its own.
    """
    asked = {**request.args.to_dict(), **changes}
    return f"?{urlencode(asked)}" if asked else ""


def _other_language_url(*, asks: bool) -> str:
    """Give the address of this page in the other language. `asks`: with its question, which a page for everyone must not repeat."""
    other = "fr" if language() == "en" else "en"
    try:
        here = url_for(request.endpoint or "public.home", **{**(request.view_args or {}), "language": other})
    except BuildError:
        return url_for("public.home", language=other)
    return here + (question() if asks else "")


def _origin(address: str | None) -> str:
    """Give the origin of an address, `https://tiles.example`; nothing for none."""
    return "{0.scheme}://{0.netloc}".format(urlsplit(address)) if address else ""


def _install_headers(app: Flask, settings: Settings) -> None:
    pictures = f"img-src 'self' data: {_origin(settings.map_tiles_url)}".strip()
    policy = "; ".join((
        "default-src 'none'", "script-src 'self'", "style-src 'self'", pictures, "font-src 'self'", "connect-src 'self'",
        "manifest-src 'self'", "form-action 'self' https://checkout.stripe.com", "base-uri 'none'", "frame-ancestors 'none'",
    ))  # fmt: skip
    framed = policy.replace("frame-ancestors 'none'", "frame-ancestors *")

    @app.after_request
    def headers(response: Response) -> Response:
        is_framed = getattr(app.view_functions.get(request.endpoint or ""), "is_framed", False)
        response.headers.setdefault("Content-Security-Policy", framed if is_framed else policy)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        response.headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), interest-cohort=()"
        if settings.is_https:
            response.headers["Strict-Transport-Security"] = f"max-age={_YEAR}; includeSubDomains"
        if request.endpoint in {"static", "site_stylesheet"}:
            response.headers["Cache-Control"] = f"public, max-age={_YEAR}, immutable" if "v" in request.args else "no-cache"
        elif "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-store"
        return response
