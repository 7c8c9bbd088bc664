"""The notices of a program as an Atom feed."""

from __future__ import annotations

from collections.abc import Sequence

from certif.kit.feeds import FeedEntry, atom
from certif.kit.languages import _, language
from certif.kit.web import absolute_url
from certif.notices.model import ProgramNotice
from certif.programs import Program


def feed_of(program: Program, notices: Sequence[ProgramNotice]) -> str:
    """Write the feed, in the reader's language."""
    return atom(
        _("Avis de %(program)s", program=program.name),
        here=absolute_url("notices.show_feed", slug=program.slug, language=language()),
        page=absolute_url("notices.list_notices", slug=program.slug, language=language()),
        author=program.body.name,
        updated=max((one.published_at for one in notices), default=program.created_at),
        entries=[_entry(one) for one in notices],
    )


def _entry(notice: ProgramNotice) -> FeedEntry:
    address = absolute_url("notices.show_notice", ref=notice.ref, language=language())
    spoken = "fr" if notice.is_in_french_only else None
    return FeedEntry(address, str(notice.title), str(notice.body), notice.published_at, spoken)
