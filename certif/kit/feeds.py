"""What is new, for programs that read feeds. Source: RFC 4287 (Atom)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape

from certif.kit.languages import language

MEDIA_TYPE = "application/atom+xml"


@dataclass(frozen=True)
class FeedEntry:
    """One entry: its page, which is also its name, and plain words. `spoken`, the language of its words where it is not the reader's."""

    address: str
    title: str
    words: str
    at: dt.datetime
    spoken: str | None = None


def atom(title: str, *, here: str, page: str, author: str, updated: dt.datetime, entries: Iterable[FeedEntry]) -> str:
    """Write a feed, in the reader's language.

    Takes: `here`, its own address; `page`, the address of what it tells; `updated`, the instant of the last change.
    """
    return "\n".join((
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language()}-CA">',
        f"<title>{escape(title)}</title>",
        f"<id>{escape(page)}</id>",
        f"<updated>{updated.isoformat()}</updated>",
        f'<link rel="self" href="{escape(here)}"/>',
        f'<link rel="alternate" href="{escape(page)}"/>',
        f"<author><name>{escape(author)}</name></author>",
        *(_written(one) for one in entries),
        "</feed>\n",
    ))  # fmt: skip


def _written(entry: FeedEntry) -> str:
    address, instant = escape(entry.address), entry.at.isoformat()
    spoken = f' xml:lang="{entry.spoken}-CA"' if entry.spoken else ""
    return (
        f"<entry{spoken}><title>{escape(entry.title)}</title><id>{address}</id><updated>{instant}</updated><published>{instant}</published>"
        f'<link rel="alternate" href="{address}"/><content type="text">{escape(entry.words)}</content></entry>'
    )
