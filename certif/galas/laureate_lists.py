"""The list of laureates, for whoever holds a gala: the same rows, in the same order, under the same names, as JSON, CSV and XLSX.

A row says of a person only what that person agreed to. Rows are in the order in which laureates were named, so that one page never skips
nor repeats while the list grows.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, exists, literal, select, tuple_
from werkzeug.exceptions import NotFound

from certif.campaigns import Campaign, Category
from certif.consents import agreed_among
from certif.directory import certified_among
from certif.employers import Establishment
from certif.galas.list_model import ListRequest
from certif.galas.model import Gala, GalaCampaign
from certif.kit import sheets
from certif.kit.db import db
from certif.nominations import Boss
from certif.selections import Laureate, LaureateWithdrawal, ResultRelease
from certif.territory import Mrc

MOST = 500
"""How many laureates one page of the list holds at most."""

FIELDS = (
    "id", "year", "campaign", "category", "category_name", "sponsor", "territory", "territory_name", "employer", "municipality",
    "certified", "boss_name", "boss_pronunciation", "student_name", "student_pronunciation", "citation", "boss_consent", "student_consent",
)  # fmt: skip
"""Everything that a row may say, in order. `id` never changes and is never given to another."""

Row = dict[str, str | int | bool | None]


@dataclass(frozen=True)
class ListFilter:
    """What narrows a list. `territory`: the slug of an MRC; `category`: its id in the contest; `sponsor`: its name, as it is written."""

    territory: str | None = None
    year: int | None = None
    category: str | None = None
    sponsor: str | None = None


@dataclass(frozen=True)
class LaureateList:
    """One page of a list. `next`: its last laureate, None at the end. How many there are in all is not told: the list may grow."""

    rows: Sequence[Row]
    next: str | None

    @property
    def digest(self) -> str:
        """The SHA-256 (hex) of what it says."""
        return hashlib.sha256(json.dumps([self.rows, self.next], ensure_ascii=False).encode()).hexdigest()


def laureates_of(
    gala: Gala, asked: ListFilter, *, fields: Sequence[str] = FIELDS, after: str | None = None, most: int | None = None
) -> LaureateList:
    """Give a page of the laureates that a gala honours; those who stood down are not among them.

    Takes: `fields`, of `FIELDS`; `after`, what the page before gave as `next`; `most`, how many rows (None: all of them).
    Refuses (404): an `after` that was never a laureate.
    """
    of_the_gala = select(GalaCampaign.campaign_id).where(GalaCampaign.gala_id == gala.id)
    return _list(Laureate.campaign_id.in_(of_the_gala), asked, fields, after, most)


def laureates_granted(request: ListRequest, asked: ListFilter) -> LaureateList:
    """Give the laureates that a region granted to another organiser: those told already, of the territory and of the year asked for."""
    told = exists().where(ResultRelease.campaign_id == Campaign.id)
    granted = and_(Campaign.program_id == request.program_id, Laureate.year == request.year, told)
    return _list(granted if request.mrc_id is None else and_(granted, Laureate.mrc_id == request.mrc_id), asked, FIELDS, None, None)


def _list(among: Any, asked: ListFilter, fields: Sequence[str], after: str | None, most: int | None) -> LaureateList:
    query = _narrowed(_standing().where(among), asked)
    if after is not None:
        query = query.where(
            tuple_(Laureate.named_at, Laureate.ref) > tuple_(literal(_named_at(after), Laureate.named_at.type), literal(after))
        )
    found = [tuple(row) for row in db.session.execute(query.limit(None if most is None else most + 1))]
    shown = found if most is None else found[:most]
    following = shown[-1][0].ref if len(found) > len(shown) else None
    rows = _rows(shown)
    return LaureateList([{name: row[name] for name in fields} for row in rows], following)


def _named_at(ref: str) -> dt.datetime:
    found = db.session.scalar(select(Laureate.named_at).where(Laureate.ref == ref))
    if found is None:
        raise NotFound
    return found


def _standing() -> Select[Any]:
    stood_down = exists().where(LaureateWithdrawal.laureate_id == Laureate.id)
    return (
        select(Laureate, Campaign, Mrc, Establishment.employer_id)
        .join(Campaign, Laureate.campaign_id == Campaign.id)
        .join(Mrc, Laureate.mrc_id == Mrc.id)
        .join(Boss, Laureate.boss_id == Boss.id)
        .outerjoin(Establishment, Boss.establishment_id == Establishment.id)
        .where(~stood_down)
        .order_by(Laureate.named_at, Laureate.ref)
    )


def _narrowed(query: Select[Any], asked: ListFilter) -> Select[Any]:
    if asked.territory:
        query = query.where(Mrc.slug == asked.territory)
    if asked.year:
        query = query.where(Laureate.year == asked.year)
    if asked.category is not None:
        query = query.where(Laureate.category == asked.category)
    return query if asked.sponsor is None else query.where(_sponsored_by(asked.sponsor))


def _sponsored_by(sponsor: str) -> Any:
    """Give the condition that a laureate's category bears a sponsor's name: contests are few, and each says its own categories."""
    named = select(Campaign).where(Campaign.id.in_(select(Laureate.campaign_id).distinct()))
    pairs = [
        (one.id, category.id) for one in db.session.scalars(named) for category in one.definition.categories if category.sponsor == sponsor
    ]
    return tuple_(Laureate.campaign_id, Laureate.category).in_(pairs) if pairs else literal(value=False)


def _rows(found: Iterable[tuple[Laureate, Campaign, Mrc, int | None]]) -> list[Row]:
    told = list(found)
    agreed = agreed_among([one[0] for one in told], "laureate_student", "laureate_employer")
    certified = certified_among({one[3] for one in told if one[3] is not None})
    contests = {one[1].id: one[1] for one in told}  # each says its categories once, however many it honours
    categories = {key: {each.id: each for each in one.definition.categories} for key, one in contests.items()}
    return [_row(one, agreed, certified, categories[one[1].id].get(one[0].category)) for one in told]


def _row(
    told: tuple[Laureate, Campaign, Mrc, int | None], agreed: set[tuple[str, str]], certified: set[int], category: Category | None
) -> Row:
    laureate, campaign, mrc, employer_id = told
    is_boss_told, is_student_told = ((laureate.ref, f"laureate_{who}") in agreed for who in ("employer", "student"))
    return {
        "id": laureate.ref,
        "year": laureate.year,
        "campaign": campaign.title_fr,
        "category": laureate.category,
        "category_name": category.name.fr if category else "",
        "sponsor": category.sponsor if category else "",
        "territory": mrc.slug,
        "territory_name": mrc.name,
        "employer": laureate.employer_name,
        "municipality": laureate.municipality,
        "certified": employer_id in certified,
        "boss_name": laureate.boss_name if is_boss_told else None,
        "boss_pronunciation": laureate.boss_said if is_boss_told else None,
        "student_name": laureate.student_name if is_student_told else None,
        "student_pronunciation": laureate.student_said if is_student_told else None,
        "citation": laureate.citation if is_boss_told and (is_student_told or not laureate.student_name) else None,
        "boss_consent": is_boss_told,
        "student_consent": is_student_told,
    }


def cells(rows: Iterable[Row], fields: Sequence[str]) -> list[list[sheets.Cell]]:
    """Give the rows as cells of a sheet: nothing for null, `true` and `false` as JSON writes them."""
    return [[_cell(row[name]) for name in fields] for row in rows]


def _cell(value: str | int | bool | None) -> sheets.Cell:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else value


def csv_of(rows: Iterable[Row], fields: Sequence[str]) -> str:
    """Give the list as a sheet."""
    return sheets.csv_sheet(fields, cells(rows, fields))


def xlsx_of(rows: Iterable[Row], fields: Sequence[str]) -> bytes:
    """Give the list as a workbook."""
    return sheets.xlsx_workbook(("laureates", fields, cells(rows, fields)))
