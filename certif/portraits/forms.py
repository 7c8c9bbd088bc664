"""What staff type about portraits: why a release is withdrawn, and how many students there are of each level."""

from __future__ import annotations

from certif.kit.forms import Form, LongText, Number
from certif.kit.languages import _l
from certif.portraits.measures import LEVELS


class WithdrawalForm(Form):
    """Why a release is withdrawn."""

    reason = LongText(_l("Motif"), most=1000, hint=_l("Il reste dans le journal."))


class TotalsForm(Form):
    """How many students of each level there are in the territory."""

    secondary = Number(LEVELS["secondary"], required=False)
    vocational = Number(LEVELS["vocational"], required=False)
    adult = Number(LEVELS["adult"], required=False)
    college = Number(LEVELS["college"], required=False)
    university = Number(LEVELS["university"], required=False)

    @property
    def levels(self) -> tuple[str, ...]:
        """The levels that are asked, in order."""
        return tuple(LEVELS)

    @property
    def totals(self) -> dict[str, int]:
        """The levels that were given a number."""
        return {level: self[level].data for level in LEVELS if self[level].data}
