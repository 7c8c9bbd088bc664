"""What is typed of a gala: what it is, which contests it honours, who organises it, why it is cancelled."""

from __future__ import annotations

import re
from collections.abc import Sequence

from wtforms import ValidationError

from certif.campaigns import Campaign
from certif.galas.queries import title_of
from certif.galas.terms import GalaTerms
from certif.kit.forms import Choice, Choices, Day, Email, Form, LongText, ShortText, Tick
from certif.kit.languages import LANGUAGES, _, _l

_HOUR = re.compile(r"([01]?[0-9]|2[0-3])\s*[hH:]\s*([0-5][0-9])?")


class GalaForm(Form):
    """What a gala is."""

    name_fr = ShortText(_l("Nom de la soirée"), most=120)
    name_en = ShortText(_l("Nom en anglais"), most=120, required=False, hint=_l("Vide : le nom français."))
    organiser = ShortText(_l("Organisation qui tient la soirée"), most=120, hint=_l("La vôtre, une chambre de commerce, un CJE."))
    held_on = Day(_l("Date"))
    starts_at = ShortText(_l("Heure du début"), most=10, hint=_l("Comme 18 h 30 ou 18:30."))
    place = ShortText(_l("Lieu"), most=120)
    address = ShortText(_l("Adresse"), most=200, hint=_l("Comme elle paraîtra sur les invitations."))

    def validate_starts_at(self, field: ShortText) -> None:
        """Keep an hour as `18:30`; say how to write one."""
        found = _HOUR.fullmatch((field.data or "").replace("\u00a0", " "))
        if found is None:
            raise ValidationError(_("Écrivez une heure comme 18 h 30 ou 18:30."))
        field.data = f"{int(found.group(1)):02}:{found.group(2) or '00'}"

    @property
    def terms(self) -> GalaTerms:
        """What was typed."""
        said = {name: self[name].data for name in ("name_fr", "organiser", "held_on", "starts_at", "place", "address")}
        return GalaTerms(name_en=self.name_en.data or self.name_fr.data or "", **said)


class ContestsForm(Form):
    """Which contests a gala honours."""

    contests = Choices(_l("Concours dont les lauréats sont honorés"), required=False)

    def offer(self, campaigns: Sequence[Campaign]) -> ContestsForm:
        """Offer the published contests of the program."""
        self._campaigns = {one.ref: one for one in campaigns}
        self.contests.choices = [(one.ref, f"{title_of(one)} ({one.year})") for one in campaigns]
        return self

    @property
    def chosen(self) -> list[Campaign]:
        """Those that were ticked."""
        return [self._campaigns[ref] for ref in self.contests.data or []]


class OrganiserForm(Form):
    """Who organises a gala."""

    name = ShortText(_l("Nom"), most=120)
    email = Email(_l("Courriel"), hint=_l("La personne se connecte avec cette adresse."))
    language = Choice(_l("Langue de ses courriels"), choices=list(LANGUAGES.items()))


class ReasonForm(Form):
    """Why a gala is not held."""

    reason = LongText(_l("Motif"), most=1000, hint=_l("Il reste au journal."))


class LiftForm(Form):
    """That everyone may know."""

    agreed = Tick(_l("J’ai compris : les lauréats seront connus de tous, et cela ne se reprend pas"), required=True)
