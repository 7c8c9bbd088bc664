"""What a juror types to rank its picks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import HiddenField

from certif.kit.forms import Form, Number
from certif.selections.jury_model import JuryEntry


class RanksForm(Form):
    """A rank for each entry; the fields are added by `ranks_form`. `based_on`: the version that is on the screen."""

    based_on = HiddenField()

    entries: Sequence[JuryEntry] = ()

    @property
    def lines(self) -> list[tuple[Any, JuryEntry]]:
        """The fields, each with its entry."""
        return [(self[f"rank_{one.number}"], one) for one in self.entries]

    @property
    def ranks(self) -> dict[str, int | None]:
        """What was ranked, by entry."""
        return {one.ref: field.data for field, one in self.lines}

    @property
    def version(self) -> int:
        """The version that was on the screen; 0 for none, or for what is no number."""
        typed = self.based_on.data or ""
        return int(typed) if re.fullmatch(r"[0-9]{1,9}", typed) else 0


def ranks_form(entries: Sequence[JuryEntry], titles: Mapping[int, str], ranks: Mapping[int, int | None], version: int) -> RanksForm:
    """Give the form of a juror, filled with what it ranked last. Takes: `titles` and `ranks`, by id."""
    fields = {f"rank_{one.number}": Number(titles[one.id], least=1, most=len(entries), required=False) for one in entries}
    kind: type[RanksForm] = type("RanksForm", (RanksForm,), {**fields, "entries": entries})
    return kind(based_on=str(version), **{f"rank_{one.number}": ranks.get(one.id) for one in entries})
