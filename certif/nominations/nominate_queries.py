"""What is asked while nominating: the contest behind an address, the places one may find, what waits for a code."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Date, String, Text, and_, bindparam, cast, exists, func, literal_column, or_, select
from sqlalchemy.orm import Load, joinedload

from certif.campaigns import Campaign, CampaignEnding, Definition
from certif.certification import Verification
from certif.directory import Asked, Entry, page_of
from certif.employers import Establishment
from certif.kit import clock
from certif.kit.db import db
from certif.kit.languages import folded, language
from certif.nominations.nominate_keys import typed_code
from certif.nominations.nominate_model import NominationDraft
from certif.programs import Program
from certif.territory import Mrc, Partner, PartnerKind, mrcs, partners

MOST_FOUND = 8
LEAST_SIGNS = 2


@dataclass(frozen=True)
class Door:
    """A contest as whoever nominates meets it. `state`: `open`, `coming` or `over`."""

    campaign: Campaign
    definition: Definition

    @property
    def state(self) -> str:
        """Whether one may nominate today, and if not, why."""
        if self.campaign.is_open:
            return "open"
        return "over" if self.campaign.is_over else "coming"

    @property
    def title(self) -> str:
        """The title of the contest in the reader's language."""
        return self.campaign.title_en if language() == "en" and self.campaign.title_en else self.campaign.title_fr

    def territory(self) -> list[Mrc]:
        """Give the MRC of the contest, in the order of the alphabet."""
        program = self.campaign.program
        whole = sorted(program.mrcs, key=lambda mrc: folded(mrc.name)) or mrcs(program.region)
        return [mrc for mrc in whole if not self.definition.mrcs or mrc.slug in self.definition.mrcs]

    def school_bodies(self) -> list[Partner]:
        """Give the school bodies of the region, to be suggested."""
        return partners(PartnerKind.SCHOOL_BODY, self.campaign.program.region)


def door_at(ref: str) -> Door | None:
    """Give the published contest behind an address, however it is typed; None where there is none. One statement."""
    wanted = select(Campaign).where(Campaign.ref == typed_code(ref), Campaign.published_at.is_not(None)).options(*_whole())
    found = db.session.scalar(wanted)
    return Door(found, found.definition) if found else None


def find_places(door: Door, text: str) -> list[Entry]:
    """Give the places of the public directory that fit what is typed, in the territory of the contest."""
    if len(folded(text)) < LEAST_SIGNS:
        return []
    here = {mrc.slug for mrc in door.territory()}
    found = page_of(Asked(text=text[:100], region=door.campaign.program.region.code), size=3 * MOST_FOUND).rows
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


def draft_at(ref: str) -> NominationDraft | None:
    """Give what waits for six digits; None once it served, or after a day."""
    return _draft(NominationDraft.ref == ref, NominationDraft.is_for_parent.is_(False))


def draft_for_parent(token_digest: str) -> NominationDraft | None:
    """Give what waits for a parent, by the digest of the link of the letter."""
    return _draft(NominationDraft.code_digest == token_digest, NominationDraft.is_for_parent.is_(True))


def _draft(*wanted: ColumnElement[bool]) -> NominationDraft | None:
    return db.session.scalar(
        select(NominationDraft)
        .where(*wanted)
        .options(Load(NominationDraft).joinedload(NominationDraft.campaign).joinedload(Campaign.program).joinedload(Program.body))
    )


def _whole() -> tuple[Load, Load]:
    whole = Load(Campaign).joinedload(Campaign.program)
    return whole.joinedload(Program.region), whole.joinedload(Program.body)


def open_campaign() -> ColumnElement[str | None]:
    """Give, as a column of a statement about `Program` and `Mrc`, the public name of the contest that is open there today, if any."""
    today = bindparam("today", callable_=clock.today, type_=Date())
    slug = literal_column("'\"'", String) + Mrc.slug + literal_column("'\"'", String)
    named = func.coalesce(cast(Campaign.definition_json["mrcs"], Text), literal_column("'[]'", String))
    is_here = or_(named == literal_column("'[]'", String), named.contains(slug))
    is_open = and_(Campaign.published_at.is_not(None), Campaign.opens_on <= today, Campaign.closes_on >= today)
    found = select(Campaign.ref).where(Campaign.program_id == Program.id, is_open, is_here).correlate(Program, Mrc)
    not_ended = ~exists().where(CampaignEnding.campaign_id == Campaign.id)
    return found.where(not_ended).order_by(Campaign.id.desc()).limit(1).scalar_subquery()
