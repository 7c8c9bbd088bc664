"""The archive of bulletins as an Atom feed."""

from __future__ import annotations

from collections.abc import Sequence

from certif.bulletins.model import Bulletin
from certif.kit import clock
from certif.kit.feeds import FeedEntry, atom
from certif.kit.languages import _, language
from certif.kit.web import absolute_url
from certif.programs import Program


def feed_of(program: Program | None, bulletins: Sequence[Bulletin]) -> str:
    """Write the feed of a program, or of all, in the reader's language."""
    asked = f"?programme={program.slug}" if program else ""
    return atom(
        _("Bulletins de %(program)s", program=program.name) if program else _("Bulletins par courriel"),
        here=absolute_url("bulletins.show_feed", language=language()) + asked,
        page=absolute_url("bulletins.list_published", language=language()) + asked,
        author=program.body.name if program else "Certif",
        updated=max((one.publication.published_at for one in bulletins if one.publication), default=clock.midnight(clock.today())),
        entries=[_entry(one) for one in bulletins],
    )


def _entry(bulletin: Bulletin) -> FeedEntry:
    assert bulletin.publication is not None
    address = absolute_url("bulletins.show_published", ref=bulletin.ref, language=language())
    spoken = "fr" if bulletin.is_in_french_only else None
    return FeedEntry(address, str(bulletin.title), str(bulletin.lead), bulletin.publication.published_at, spoken)
