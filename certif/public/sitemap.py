"""What search engines may read: the list of public pages, and the rules of the house for robots."""

from __future__ import annotations

from xml.sax.saxutils import escape

from certif.kit.web import absolute_url

_PUBLIC = (
    "public.home",
    "employers.start",
    "programs.list_programs",
    "sampling.list_draws",
    "public.check_document",
    "public.privacy",
    "public.legal",
    "public.accessibility",
)
_PERSONAL = (
    "/mon-espace",
    "/certification/",
    "/personnel",
    "/compte",
    "/connexion",
    "/inscription/",
    "/invitation",
    "/paiements/",
    "/recus/",
    "/niveaux/",
    "/examens/",
    "/readyz",
    "/metrics",
)


def sitemap() -> str:
    """Give the map of the public pages, each with its other language."""
    return "\n".join((
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
        *(_entry(endpoint, language) for endpoint in _PUBLIC for language in ("fr", "en")),
        "</urlset>\n",
    ))  # fmt: skip


def robots() -> str:
    """Give the rules for robots: pages that are somebody's own stay out of search engines."""
    closed = [f"Disallow: {start}{path}" for path in _PERSONAL for start in ("", "/en")]
    return "\n".join(("User-agent: *", *closed, f"Sitemap: {absolute_url('public.show_sitemap')}", ""))


def _entry(endpoint: str, language: str) -> str:
    others = "".join(
        f'<xhtml:link rel="alternate" hreflang="{name}-CA" href="{escape(absolute_url(endpoint, language=name))}"/>'
        for name in ("fr", "en")
    )
    return f"<url><loc>{escape(absolute_url(endpoint, language=language))}</loc>{others}</url>"
