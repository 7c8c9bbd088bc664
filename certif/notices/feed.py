"""The notices of a program as an Atom feed. Source: RFC 4287."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from certif.kit.languages import _, language
from certif.kit.web import absolute_url
from certif.notices.model import ProgramNotice
from certif.programs import Program


def feed_of(program: Program, notices: Sequence[ProgramNotice]) -> str:
    """Write the feed, in the reader's language."""
    here = absolute_url("notices.show_feed", slug=program.slug, language=language())
    page = absolute_url("notices.list_notices", slug=program.slug, language=language())
    updated = max((one.published_at for one in notices), default=program.created_at)
    return "\n".join((
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language()}-CA">',
        f"<title>{escape(_('Avis de %(program)s', program=program.name))}</title>",
        f"<id>{escape(page)}</id>",
        f"<updated>{updated.isoformat()}</updated>",
        f'<link rel="self" href="{escape(here)}"/>',
        f'<link rel="alternate" href="{escape(page)}"/>',
        f"<author><name>{escape(program.body.name)}</name></author>",
        *(_entry(one) for one in notices),
        "</feed>\n",
    ))  # fmt: skip


def _entry(notice: ProgramNotice) -> str:
    address = escape(absolute_url("notices.show_notice", ref=notice.ref, language=language()))
    said = ' xml:lang="fr-CA"' if notice.is_in_french_only else ""
    return (
        f"<entry{said}><title>{escape(str(notice.title))}</title><id>{address}</id>"
        f"<updated>{notice.published_at.isoformat()}</updated><published>{notice.published_at.isoformat()}</published>"
        f'<link rel="alternate" href="{address}"/><content type="text">{escape(str(notice.body))}</content></entry>'
    )
