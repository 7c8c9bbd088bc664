"""What readers type: which words are struck and why, why a nomination is set aside, which ones are approved together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import wtforms

from certif.kit.filters import FilterForm
from certif.kit.forms import Choice, Choices, Form, LongText
from certif.kit.languages import _, _l
from certif.kit.striking import STRIKES, STRUCK, StrikeKind
from certif.nominations.model import Nomination
from certif.nominations.reading_queries import Told, said_digest
from certif.territory import Mrc


class ReadForm(Form):
    """The words that were read, by their digest."""

    digest = wtforms.HiddenField()


class SetAsideNominationForm(Form):
    """Why a nomination counts no more."""

    reason = LongText(_l("Raison"), hint=_l("Elle reste dans le journal : n’y recopiez pas les mots de l’élève."), most=500)


class StrikeNominationForm(ReadForm):
    """Which words are struck, and why."""

    places = Choices(_l("Mots à caviarder"), required=_l("Choisissez au moins un mot à caviarder."))
    kind = Choice(_l("Motif"), radio=True, choices=[(kind.value, label) for kind, label in STRIKES.items()])

    def offer(self, nomination: Nomination, told: Sequence[Told]) -> StrikeNominationForm:
        """Offer each word that is still there; those that may have to be struck are ticked at first."""
        pieces = [(f"{row}-{place}", piece, hint) for row, one in enumerate(told) for place, (piece, hint, _space) in enumerate(one.pieces)]
        self.places.choices = [(value, piece) for value, piece, _hint in pieces if piece != STRUCK]
        if not self.digest.data:
            self.digest.data = said_digest(nomination)
            self.places.data = [value for value, piece, hint in pieces if hint is not None and piece != STRUCK]
            self.kind.data = next((hint.value for _value, _piece, hint in pieces if hint is not None), "")
        return self

    def chosen(self, told: Sequence[Told]) -> tuple[dict[str, list[int]], StrikeKind]:
        """Give what was chosen, as the act takes it."""
        places: dict[str, list[int]] = defaultdict(list)
        for value in self.places.data:
            row, _dash, place = value.partition("-")
            places[told[int(row)].prompt].append(int(place))
        return dict(places), StrikeKind(self.kind.data)


class ApproveSeveralForm(Form):
    """Which nominations of the page are approved, each by its ref and the digest of its words."""

    chosen = Choices(_l("Nominations à approuver"), required=_l("Choisissez au moins une nomination à approuver."))

    def digests(self) -> dict[str, str]:
        """Give what was chosen: the digest by ref."""
        return {ref: digest for ref, _dot, digest in (value.partition(".") for value in self.chosen.data)}


class NominationFilterForm(FilterForm):
    """Where the nominations that are listed come from."""

    mrc = Choice(_l("MRC"), required=False)

    def offer(self, mrcs: Sequence[Mrc]) -> NominationFilterForm:
        """Offer the MRC of the contest."""
        self.mrc.choices = [("", _("Toutes les MRC")), *((one.slug, one.name) for one in mrcs)]
        return self
