"""The jobs that are offered as an Atom feed, narrowed like the list: what a school's own site can show."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from certif.kit import clock
from certif.kit.feeds import FeedEntry, atom
from certif.kit.languages import _, language
from certif.kit.web import absolute_url
from certif.offers.model import JobOffer
from certif.offers.queries import Wanted


def feed_of(wanted: Wanted, offers: Sequence[JobOffer]) -> str:
    """Write the feed, in the reader's language."""
    asked = urlencode({name: value for name, value in (("mrc", wanted.mrc), ("secteur", wanted.sector)) if value})
    tail = f"?{asked}" if asked else ""
    return atom(
        _("Emplois pour les jeunes, chez des employeurs certifiés"),
        here=absolute_url("offers.show_feed", language=language()) + tail,
        page=absolute_url("offers.list_offers", language=language()) + tail,
        author="Certif",
        updated=max((one.published_at for one in offers if one.published_at), default=clock.midnight(clock.today())),
        entries=[_entry(one) for one in offers],
    )


def _entry(offer: JobOffer) -> FeedEntry:
    assert offer.published_at is not None
    address = absolute_url("offers.show_offer", ref=offer.ref, language=language())
    title = f"{offer.title}, {offer.employer.name}, {offer.establishment.municipality}"
    return FeedEntry(address, title, str(offer.tasks), offer.published_at, "fr" if language() == "en" and not offer.title_en else None)
