"""What is asked while nominating: the contest behind an address, the places one may find, what waits for a code."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import ColumnElement, Date, String, and_, bindparam, cast, exists, func, literal_column, or_, select
from sqlalchemy.orm import joinedload

from certif.campaigns import Campaign, CampaignEnding, Definition
from certif.certification import Verification
from certif.directory import Asked, Entry, page_of
from certif.employers import Establishment
from certif.kit import clock
from certif.kit.db import db
from certif.kit.languages import folded
from certif.nominations.nominate_keys import typed_code
from certif.nominations.nominate_model import NominationDraft
from certif.nominations.nominate_said import Said
from certif.programs import Program, Text
from certif.territory import Mrc, PartnerKind, mrcs, partners

MOST_FOUND = 8
LEAST_SIGNS = 2


@dataclass(frozen=True)
class Area:
    """An MRC of the contest."""

    id: int
    slug: str
    name: str


@dataclass(frozen=True)
class Spot:
    """Where a boss is, once it is known: an establishment of the register, or what a student wrote."""

    mrc_id: int
    name: str
    municipality: str
    establishment_id: int | None = None
    sector: str | None = None


@dataclass(frozen=True)
class Door:
    """A contest as whoever nominates meets it, read once: nothing more is asked of the database while something is written.

    `state`: `open`, `coming` or `over`; `titles`, in French and in English.
    """

    campaign_id: int
    ref: str
    state: str
    titles: Text
    days: tuple[dt.date, dt.date]
    definition: Definition
    program: Program

    @property
    def title(self) -> str:
        """The title of the contest in the reader's language."""
        return str(self.titles)

    @property
    def opens_on(self) -> dt.date:
        """The first day."""
        return self.days[0]

    @property
    def closes_on(self) -> dt.date:
        """The last day."""
        return self.days[1]

    @cached_property
    def body(self) -> str:
        """Who leads it."""
        return self.program.body.name

    @cached_property
    def areas(self) -> tuple[Area, ...]:
        """The MRC of the contest, in the order of the alphabet."""
        whole = sorted(self.program.mrcs, key=lambda mrc: folded(mrc.name)) or mrcs(self.program.region)
        return tuple(Area(one.id, one.slug, one.name) for one in whole if not self.definition.mrcs or one.slug in self.definition.mrcs)

    @cached_property
    def school_bodies(self) -> tuple[tuple[int, str, str], ...]:
        """The school bodies of the region, to be suggested: the number, the name, and the short name of each."""
        found = partners(PartnerKind.SCHOOL_BODY, self.program.region)
        return tuple((one.id, one.name, one.short_name) for one in found)


def door_at(ref: str) -> Door | None:
    """Give the published contest behind an address, however it is typed; None where there is none. One statement."""
    wanted = select(Campaign).where(Campaign.ref == typed_code(ref), Campaign.published_at.is_not(None))
    whole = joinedload(Campaign.program)
    found = db.session.scalar(wanted.options(whole.joinedload(Program.region), whole.joinedload(Program.body)))
    return door_of(found) if found else None


def door_of(campaign: Campaign) -> Door:
    """Give a published contest as whoever nominates meets it."""
    state = "open" if campaign.is_open else "over" if campaign.is_over else "coming"
    titles, days = Text(campaign.title_fr, campaign.title_en), (campaign.opens_on, campaign.closes_on)
    return Door(campaign.id, campaign.ref, state, titles, days, campaign.definition, campaign.program)


def find_places(door: Door, text: str) -> list[Entry]:
    """Give the places of the public directory that fit what is typed, in the territory of the contest."""
    if len(folded(text)) < LEAST_SIGNS:
        return []
    here = {area.slug for area in door.areas}
    found = page_of(Asked(text=text[:100], region=door.program.region.code), size=3 * MOST_FOUND).rows
    return [one for one in found if one.listing.mrc in here][:MOST_FOUND]


def place_at(code: str) -> Establishment | None:
    """Give the open establishment that a public code names; None for any other."""
    return db.session.scalar(
        select(Establishment)
        .join(Verification, Verification.establishment_id == Establishment.id)
        .where(Verification.code == typed_code(code), Establishment.closed_at.is_(None))
        .options(joinedload(Establishment.employer), joinedload(Establishment.mrc))
        .limit(1)
    )


def place_of(establishment: Establishment) -> str:
    """Give the name by which people know a place of work."""
    name = establishment.employer.name
    return name if establishment.name in {name, establishment.employer.legal_name} else f"{name} – {establishment.name}"


@dataclass(frozen=True)
class Waiting:
    """What waits for a code or for a parent, as it was when it was read."""

    ref: str
    campaign_id: int
    email: str
    said: Said
    sent_at: dt.datetime


def draft_at(ref: str) -> Waiting | None:
    """Give what waits for six digits; None once it served, or after a day."""
    return _waiting(NominationDraft.ref == ref, NominationDraft.is_for_parent.is_(False))


def draft_for_parent(token_digest: str) -> Waiting | None:
    """Give what waits for a parent, by the digest of the link of the letter."""
    return _waiting(NominationDraft.code_digest == token_digest, NominationDraft.is_for_parent.is_(True))


def _waiting(*wanted: ColumnElement[bool]) -> Waiting | None:
    one = db.session.scalar(select(NominationDraft).where(*wanted))
    return Waiting(one.ref, one.campaign_id, one.email, Said(**one.said), one.sent_at) if one else None


def open_campaign() -> ColumnElement[str | None]:
    """Give, as a column of a statement about `Program` and `Mrc`, the public name of the contest that is open there today, if any."""
    today = bindparam("today", callable_=clock.today, type_=Date())
    slug = literal_column("'\"'", String) + Mrc.slug + literal_column("'\"'", String)
    named = func.coalesce(cast(Campaign.definition_json["mrcs"], String), literal_column("'[]'", String))
    is_here = or_(named == literal_column("'[]'", String), named.contains(slug))
    is_open = and_(Campaign.published_at.is_not(None), Campaign.opens_on <= today, Campaign.closes_on >= today)
    found = select(Campaign.ref).where(Campaign.program_id == Program.id, is_open, is_here).correlate(Program, Mrc)
    not_ended = ~exists().where(CampaignEnding.campaign_id == Campaign.id)
    return found.where(not_ended).order_by(Campaign.id.desc()).limit(1).scalar_subquery()
