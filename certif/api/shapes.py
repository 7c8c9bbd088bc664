"""What the API is asked and what it answers, as shapes that check themselves and describe themselves."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from certif.galas import FIELDS, MOST, ListFilter
from certif.kit import tokens
from certif.webhooks import Kind

_PLAIN = r"^[^\x00-\x1f\x7f]+$"
_FIELDS = "^({0})(,({0})){{0,40}}$".format("|".join(FIELDS))
Name = Annotated[str, StringConstraints(min_length=1, max_length=120, pattern=_PLAIN)]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class LaureatesAsked(_Shape):
    """The question of a list: what narrows it, which fields, and which page."""

    territory: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,64}$")] | None = Field(None, description="The slug of an MRC.")
    year: int | None = Field(None, ge=2000, le=2100)
    category: Name | None = Field(None, description="The id of a category in its contest.")
    sponsor: Name | None = Field(None, description="The name of a sponsor, as it is written.")
    fields: Annotated[str, StringConstraints(pattern=_FIELDS)] | None = Field(
        None, description="Fields to give, separated by commas; all of them without it."
    )
    limit: int = Field(MOST, ge=1, le=MOST, description="How many laureates a page holds at most.")
    after: Annotated[str, StringConstraints(pattern=f"^[{tokens.ALPHABET}]{{22}}$")] | None = Field(
        None, description="What the page before gave as `next`."
    )

    @property
    def filter(self) -> ListFilter:
        """What narrows the list."""
        return ListFilter(self.territory, self.year, self.category, self.sponsor)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The fields to give, in the order of the list, each once."""
        asked = set((self.fields or "").split(","))
        return tuple(name for name in FIELDS if self.fields is None or name in asked)

    @classmethod
    def from_query(cls, pairs: dict[str, list[str]]) -> Self:
        """Read the question of an address; a name asked twice is kept as a list, which no field admits."""
        return cls.model_validate({name: said[0] if len(said) == 1 else said for name, said in pairs.items()})


class LaureateShape(_Shape):
    """A laureate. A field that was not asked for is not there; a person who did not agree is null."""

    id: str = Field("", description="Never changes, and is never given to another.")
    year: int = 0
    campaign: str = Field("", description="The French title of the contest.")
    category: str = Field("", description="Empty where the contest has none.")
    category_name: str = ""
    sponsor: str = ""
    territory: str = Field("", description="The slug of an MRC.")
    territory_name: str = ""
    employer: str = ""
    municipality: str = ""
    certified: bool = Field(default=False, description="Whether the employer holds a certification that stands today.")
    boss_name: str | None = None
    boss_pronunciation: str | None = None
    student_name: str | None = None
    student_pronunciation: str | None = None
    citation: str | None = None
    boss_consent: bool = False
    student_consent: bool = False


class LaureatesShape(_Shape):
    """A page of laureates, in the order in which they were named. `next` is null on the last one."""

    gala: str
    embargo: bool = Field(description="Whether the result is still to be told to nobody else.")
    laureates: list[LaureateShape]
    next: str | None


class GalaShape(_Shape):
    """A gala."""

    id: str
    name_fr: str
    name_en: str
    organiser: str
    held_on: dt.date
    starts_at: str = Field(description="The hour on a clock in Québec, such as 18:30.")
    place: str
    address: str
    embargo: bool


class ToldShape(_Shape):
    """What may be read anew, and where. No name, no answer, no figure: `url` is read with a key, or is open to anyone."""

    program: str | None = Field(None, description="The slug of the program.")
    gala: str | None = Field(None, description="The public name of the gala.")
    school_year: str | None = Field(None, description="The year of the portrait, such as 2026-2027.")
    release: int | None = Field(None, description="The number of the release, in its program and year.")
    webhook: str | None = Field(None, description="Of a test: the public name of what is tried.")
    changed: list[str] = Field([], description="What changed, in words such as `named`, `withdrawn`, `replaced`, `consents`, `edited`.")
    url: str | None = Field(None, description="What may be read anew.")


class MessageShape(_Shape):
    """What a webhook is told, once for all attempts. The header `webhook-id` names it: what was received before may be left aside."""

    type: Kind
    timestamp: dt.datetime = Field(description="When it happened.")
    data: ToldShape


class ProblemShape(BaseModel):
    """What went wrong (RFC 9457). `errors` says which part of the question, where there is one."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[dict[str, str]] = []
