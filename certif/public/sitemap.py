"""What search engines may read: the list of public pages, and the rules of the house for robots."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from certif.campaigns import shown_campaigns
from certif.directory import code_ranges, codes_between
from certif.kit.web import absolute_url

_PUBLIC = (
    "public.home",
    "directory.show_directory",
    "employers.start",
    "programs.list_programs",
    "sampling.list_draws",
    "portraits.list_regions",
    "agreements.check_schedule",
    "campaigns.list_contests",
    "selections.list_laureates",
    "visits.ask_for_workshop",
    "offers.list_offers",
    "offers.list_sheets",
    "bulletins.list_published",
    "bulletins.subscribe",
    "network.ask_for_support",
    "library.list_tools",
    "library.list_beats",
    "library.list_testimonials",
    "library.list_watch",
    "public.check_document",
    "trust.check_credential",
    "trust.check_offline",
    "trust.show_issuers",
    "roll.show_roll",
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
    "/contribution/",
    "/commandite",
    "/commanditaires/",
    "/niveaux/",
    "/examens/",
    "/mes-galas",
    "/galas/invitation/",
    "/ententes/",
    "/calendriers/",
    "/concours/vote/",
    "/laureats/accord/",
    "/rendez-vous/",
    "/plages/",
    "/calendriers/",
    "/bulletin/confirmation/",
    "/bulletin/desabonnement/",
    "/consultation/",
    "/readyz",
    "/metrics",
)


_MOST_RANGES = 10_000
_RANGE = 25_000  # in both languages: 50 000 addresses a map, the most that the protocol allows
_OPENING = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def sitemap_index() -> Iterator[str]:
    """Give where the maps are: that of the pages, and one for each range of employers."""
    yield f"{_OPENING}<sitemapindex {_SPACE}>\n"
    yield _place(absolute_url("public.show_pages_map"))
    for number in code_ranges(_RANGE):
        yield _place(absolute_url("public.show_employers_map", number=number))
    yield "</sitemapindex>\n"


def pages_map() -> Iterator[str]:
    """Give the map of the public pages, and of the contests that are open or to come, each with its other language."""
    addresses: list[tuple[str, dict[str, str]]] = [(endpoint, {}) for endpoint in _PUBLIC]
    addresses += [("campaigns.show_contest", {"ref": one.ref}) for one in shown_campaigns()]
    return _map(_entry(endpoint, language, **values) for endpoint, values in addresses for language in ("fr", "en"))


def employers_map(number: int) -> Iterator[str]:
    """Give the map of the pages of a range of certified employers."""
    codes = codes_between(number, _RANGE) if number < _MOST_RANGES else []
    return _map(_entry("public.verify", language, code=code) for code in codes for language in ("fr", "en"))


def _place(address: str) -> str:
    return f"<sitemap><loc>{escape(address)}</loc></sitemap>\n"


def _map(entries: Iterable[str]) -> Iterator[str]:
    yield f'{_OPENING}<urlset {_SPACE} xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
    for entry in entries:
        yield f"{entry}\n"
    yield "</urlset>\n"


def robots() -> str:
    """Give the rules for robots: pages that are somebody's own stay out of search engines."""
    closed = [f"Disallow: {start}{path}" for path in _PERSONAL for start in ("", "/en")]
    return "\n".join(("User-agent: *", *closed, f"Sitemap: {absolute_url('public.show_sitemap')}", ""))


def _entry(endpoint: str, language: str, **values: str) -> str:
    others = "".join(
        f'<xhtml:link rel="alternate" hreflang="{name}-CA" href="{escape(absolute_url(endpoint, language=name, **values))}"/>'
        for name in ("fr", "en")
    )
    return f"<url><loc>{escape(absolute_url(endpoint, language=language, **values))}</loc>{others}</url>"
