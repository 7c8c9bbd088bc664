"""What a bulletin says, part by part, as things are when it is read: the same parts make the letter and the page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

from markupsafe import Markup
from sqlalchemy import select

from certif.bulletins.model import BlockKind, Bulletin, BulletinBlock
from certif.campaigns import Campaign, title_of
from certif.certification import Badge, Certification, Verification, is_certified
from certif.employers import Employer
from certif.kit.db import db
from certif.kit.languages import _, format_day, speaking
from certif.kit.web import absolute_url
from certif.library import is_told
from certif.programs import Text
from certif.selections import public_laureates


@dataclass(frozen=True)
class Part:
    """One part. `quote`, what an employer says, in its language `quoted`; `lines`, what is listed; `url` and `link`, where one reads on;
    `spoken`, the language of its own words where it is not the one that was asked for."""

    title: str
    paragraphs: list[str]
    aside: str = ""
    lines: list[str] = field(default_factory=list)
    url: Markup | None = None
    link: str = ""
    spoken: str | None = None
    quote: str = ""
    quoted: str | None = None


def parts_of(bulletin: Bulletin, language: str) -> list[Part]:
    """Give the parts of a bulletin in a language; what was not translated is said in French."""
    with speaking(language):
        made = (_PARTS[BlockKind(block.kind)](block, language) for block in bulletin.blocks)
        return [one for one in made if one is not None]


def _text(block: BulletinBlock, language: str) -> Part:
    title, body = _title(block), Text(block.body_fr, block.body_en)
    return Part(title.said_in(language), _cut(body.said_in(language)), spoken=_spoken(title, body, language))


def _tool(block: BulletinBlock, language: str) -> Part:
    tool, body = block.tool, Text(block.body_fr, block.body_en)
    assert tool is not None
    title = _title(block) or Text(tool.title_fr, tool.title_en)
    is_open = tool.is_public and tool.retired_at is None
    url = absolute_url("library.show_tool", slug=tool.slug, language=language) if is_open else None
    return Part(
        title.said_in(language), _cut(body.said_in(language)), url=url, link=_("Voir l’outil"), spoken=_spoken(title, body, language)
    )


def _story(block: BulletinBlock, language: str) -> Part:
    employer, body = block.employer, Text(block.body_fr, block.body_en)
    assert employer is not None
    title, code = _title(block) or Text(employer.name, employer.name), code_of(block)
    url = absolute_url("public.verify", code=code, language=language) if code else None
    link = _("Voir la certification de %(employer)s", employer=employer.name)
    aside = employer.name if title.said_in(language) != employer.name else ""
    return Part(title.said_in(language), _cut(body.said_in(language)), aside, [], url, link, _spoken(title, body, language))


def _testimonial(block: BulletinBlock, language: str) -> Part | None:
    """Give what an employer says, while anyone may read it; nothing once it was taken back."""
    told, body = block.testimonial, Text(block.body_fr, block.body_en)
    assert told is not None
    if not is_told(told):
        return None
    title = _title(block) or Text(told.employer.name, told.employer.name)
    said, name = title.said_in(language), told.employer.name
    return Part(
        said, _cut(body.said_in(language)), name if said != name else "", [],
        absolute_url("library.list_testimonials", language=language), _("Lire d’autres témoignages"), _spoken(title, body, language),
        told.words, told.language if told.language != language else None,
    )  # fmt: skip


def _laureates(block: BulletinBlock, language: str) -> Part:
    campaign, body = block.campaign, Text(block.body_fr, block.body_en)
    assert campaign is not None
    title = _title(block) or Text(title_of(campaign), title_of(campaign))
    url = absolute_url("selections.list_laureates", language=language)
    lines = _named(campaign)
    return Part(
        title.said_in(language), _cut(body.said_in(language)), "", lines, url, _("Voir les lauréates et lauréats"),
        _spoken(title, body, language),
    )  # fmt: skip


def _date(block: BulletinBlock, language: str) -> Part:
    title, body, day = _title(block), Text(block.body_fr, block.body_en), block.held_on
    assert isinstance(day, dt.date)
    return Part(title.said_in(language), _cut(body.said_in(language)), format_day(day), spoken=_spoken(title, body, language))


_PARTS: dict[BlockKind, Callable[[BulletinBlock, str], Part | None]] = {
    BlockKind.TEXT: _text, BlockKind.TOOL: _tool, BlockKind.STORY: _story,
    BlockKind.TESTIMONIAL: _testimonial, BlockKind.LAUREATES: _laureates, BlockKind.DATE: _date,
}  # fmt: skip


def code_of(block: BulletinBlock) -> str | None:
    """Give the public code of the employer of a story, while it is certified by the program of the bulletin."""
    program_id, employer_id = block.bulletin.program_id, block.employer_id
    codes = (
        select(Verification.code)
        .join(Badge, Badge.verification_id == Verification.id)
        .join(Certification, Certification.id == Badge.certification_id)
        .where(Certification.program_id == program_id, Certification.employer_id == employer_id)
        .order_by(Certification.cycle.desc(), Badge.id)
        .limit(1)
    )
    stands = is_certified(Employer.id.expression, Bulletin.program_id.expression)
    told = select(BulletinBlock.id).join(Bulletin, Bulletin.id == BulletinBlock.bulletin_id).join(BulletinBlock.employer)
    held = told.where(BulletinBlock.id == block.id, stands)
    return db.session.scalar(codes) if db.session.scalar(held) is not None else None


def _named(campaign: Campaign) -> list[str]:
    """Give the laureates of a contest as anyone may read them now: what was agreed to, and nothing before the results are told."""
    people = public_laureates({}, None, campaign).rows
    return [", ".join(part for part in (one.category, one.employer, one.boss, one.student, one.municipality) if part) for one in people]


def _title(block: BulletinBlock) -> Text:
    return Text(block.title_fr, block.title_en)


def _spoken(title: Text, body: Text, language: str) -> str | None:
    return "fr" if language == "en" and (not title.en or (body.fr and not body.en)) else None


def _cut(text: str) -> list[str]:
    return [part.strip() for part in text.split("\n\n") if part.strip()]
