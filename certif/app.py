"""Put the house together: rails first, then rooms from left to right, then the checks that refuse an untidy house."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module
from pkgutil import iter_modules

from flask import Flask
from jinja2 import StrictUndefined
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.middleware.proxy_fix import ProxyFix

from certif import payments
from certif.accounts import identity
from certif.kit import access, atelier, audit, db, faults, health, languages, limits, once, settings, web

ROOMS = (
    "territory", "programs", "accounts", "employers", "consents", "contributions", "sponsorships", "certification", "milestones",
    "standing", "sampling", "notices", "imports", "mailings", "directory", "visibility", "agreements", "plans", "library", "visits",
    "network", "surveys", "portraits", "campaigns", "nominations", "selections", "galas", "webhooks", "bulletins", "offers", "reports",
    "public", "roll", "trust", "staff", "privacy", "api",
)  # fmt: skip
"""The rooms that have tables or pages, from left to right."""


def create_app(given: settings.Settings | None = None) -> Flask:
    """Build the application.

    Takes: `given`, settings; by default those of the environment.
    Refuses (`SettingsFault`, `RuntimeError`): settings that are not fit, a route without an audience.
    """
    found = given or settings.read()
    app = Flask("certif", root_path=str(web.ROOT), template_folder="templates", static_folder="static")
    app.jinja_options = {**app.jinja_options, "cache_size": -1}  # every template once read: there are more than jinja keeps by itself
    _configure(app, found)
    db.db.init_app(app)
    with app.app_context():
        db.prepare_engine(db.db.engine)
    db.install_rail(app, conflict=faults.conflict, outage=faults.outage, remember=once.remember, repeated=once.repeated)
    audit.install(app)
    languages.install(app)
    health.install(app)
    limits.install(app, found)
    web.install(app, found)
    faults.install(app)
    identity.install(app)
    _open_rooms(app)
    _open_sandbox(app, found)
    access.install_rail(app)
    once.install(app)
    access.check_every_route(app)
    return app


def _configure(app: Flask, found: settings.Settings) -> None:
    app.config.update(
        SETTINGS=found,
        SECRET_KEY=found.secret_key,
        SQLALCHEMY_DATABASE_URI=found.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=db.engine_options(found.database_url),
        MAX_CONTENT_LENGTH=6 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=1024 * 1024,
        MAX_FORM_PARTS=400,
        TRUSTED_HOSTS=["127.0.0.1", "localhost", "[::1]", found.host.split(":")[0]],
        SESSION_COOKIE_NAME="__Host-formulaires" if found.is_https else "formulaires",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=found.is_https,
        PERMANENT_SESSION_LIFETIME=timedelta(hours=12),
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: what was typed must not be lost to a clock
        WTF_CSRF_SSL_STRICT=False,  # the origin is checked by our own rail
    )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    if found.trusted_proxies:
        count = found.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=0)  # type: ignore[method-assign]


def _open_rooms(app: Flask) -> None:
    """Import each room, its jobs and its pages, and register its pages."""
    for name in ROOMS:
        room = import_module(f"certif.{name}")
        parts = sorted(part.name for part in iter_modules(room.__path__))
        for part in parts:
            if part == "actions" or part.endswith("views"):
                import_module(f"certif.{name}.{part}")
        if "views" in parts:
            app.register_blueprint(import_module(f"certif.{name}.views").pages)
    app.register_blueprint(atelier.pages)


def _open_sandbox(app: Flask, found: settings.Settings) -> None:
    """Let the payment sandbox answer beside the site, where there is one."""
    sandbox = payments.sandbox_for(found)
    if sandbox is not None:
        app.wsgi_app = DispatcherMiddleware(app.wsgi_app, {payments.SANDBOX_MOUNT: sandbox})  # type: ignore[method-assign]
