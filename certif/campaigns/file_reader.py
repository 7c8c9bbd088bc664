"""From the plain data of a file to a contest: each name of `values` read as what it is, each fault said where it is."""

from __future__ import annotations

import datetime as dt
import re
import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

from certif.campaigns.values import Definition
from certif.kit.languages import _
from certif.kit.plain_reader import Path, PlainReader
from certif.programs import Text

MOST_RULES, MOST_NUMBER = 20_000, 100_000_000
_PRICES = {"price", "price_cents", "fee", "cost", "prix_entree", "frais", "cout"}
_DAY = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})|(?P<m>[0-9]{2})-(?P<d>[0-9]{2})|\+(?P<later>[0-9]{1,3})")


class DefinitionReader(PlainReader):
    """Reads a contest. Takes: `today`, from which a day without a year is looked for."""

    def __init__(self, lines: Mapping[Path, int], today: dt.date) -> None:
        super().__init__(lines)
        self.opening = today

    def campaign(self, given: Any) -> tuple[Text, Text, str, Definition]:
        """Read a whole file: its name, what it says of itself, where it comes from, and the contest."""
        data = dict(given) if isinstance(given, dict) else {}
        for key in sorted(_PRICES & data.keys()):
            self.blame((key,), _("la participation à un concours est toujours gratuite ; retirez cette clé."))
            data.pop(key)
        name, about = (self._text(data.pop(key, None), (key,)) for key in ("name", "about"))
        source = self.text(data.pop("source", None), ("source",), MOST_RULES)
        if "opens_on" in data:  # first: the other days may follow from it
            self.opening = self._day(data["opens_on"], ("opens_on",)) or self.opening
        return name, about, source, cast(Definition, self._record(Definition, data if isinstance(given, dict) else given, ()))

    def _record(self, kind: Any, given: Any, where: Path) -> Any:
        hints, found = get_type_hints(kind), {}
        needed = {one.name for one in fields(kind) if one.default is MISSING and one.default_factory is MISSING}
        data = self.table(given, hints.keys(), needed, where)
        for field in fields(kind):
            if field.name in data or field.name in needed:
                found[field.name] = self._value(hints[field.name], data.get(field.name), (*where, field.name))
        return kind(**found)

    def _value(self, kind: Any, given: Any, where: Path) -> Any:
        if get_origin(kind) in (Union, types.UnionType):
            return None if given in (None, "", "null") else self._value(get_args(kind)[0], given, where)
        if get_origin(kind) is tuple:
            return tuple(self._value(get_args(kind)[0], one, (*where, place)) for place, one in enumerate(self.list_of(given, where)))
        if kind is Text:
            return self._text(given, where)
        return self._record(kind, given, where) if is_dataclass(kind) else self._scalar(kind, given, where)

    def _scalar(self, kind: Any, given: Any, where: Path) -> Any:
        if kind is dt.date:
            return self._day(given, where) or self.opening
        if kind is bool:
            return self.yes_or_no(given, where)
        if kind is int:
            return self.whole(given, where, MOST_NUMBER) or 0
        if issubclass(kind, Enum):
            return kind(self.one_of(given, tuple(one.value for one in kind), where))
        return self.name(given, where) if where[-1] != "sponsor" else self.line(given, where)

    def _text(self, given: Any, where: Path) -> Text:
        if given is None:
            return Text()
        data = self.table(given, ("fr", "en"), ("fr",), where)
        return Text(*(self.text(data.get(name), (*where, name), MOST_RULES) for name in ("fr", "en")))

    def _day(self, given: Any, where: Path) -> dt.date | None:
        if given is None:
            return None  # a missing key has been said
        found = _DAY.fullmatch(str(given))
        try:
            if found and found["year"]:
                return dt.date(int(found["year"]), int(found["month"]), int(found["day"]))
            if found and found["later"]:
                return self.opening + dt.timedelta(days=int(found["later"]))
            if found:
                return self._next(int(found["m"]), int(found["d"]))
        except (ValueError, OverflowError):
            pass  # no such day: said below
        self.blame(where, _("écrivez un jour comme 2027-02-15, 02-15 (chaque année) ou +30 (jours après l’ouverture)."))
        return None

    def _next(self, month: int, day: int) -> dt.date:
        """Give the first such day from the opening on; the last of February where it has no 29th."""
        for year in (self.opening.year, self.opening.year + 1):
            is_short = (month, day) == (2, 29) and year % 4
            found = dt.date(year, month, 28 if is_short else day)
            if found >= self.opening:
                return found
        raise ValueError
