"""What staff type about bosses: what narrows their list, why two are separated, where one is in the register, whether one is fit."""

from __future__ import annotations

from collections.abc import Sequence

from certif.campaigns import Campaign, Category
from certif.employers import Establishment
from certif.kit.filters import FilterForm
from certif.kit.forms import Choice, Form, LongText, ShortText
from certif.kit.languages import _, _l
from certif.nominations.boss_check_actions import WAYS
from certif.territory import mrcs

_FITNESS = [("fit", _l("Oui, ce boss peut être retenu")), ("unfit", _l("Non, il ne peut pas être retenu"))]


class BossFilterForm(FilterForm):
    """What narrows the ranking."""

    mrc = Choice(_l("MRC"), required=False)
    category = Choice(_l("Catégorie"), required=False)

    def offer(self, campaign: Campaign) -> BossFilterForm:
        """Offer the MRC and the categories of the contest."""
        self.mrc.choices = [("", _("Toutes les MRC")), *((one.slug, one.name) for one in mrcs(campaign.program.region))]
        self.category.choices = [("", _("Toutes les catégories")), *((one.id, str(one.name)) for one in campaign.definition.categories)]
        return self

    def category_of(self, campaign: Campaign) -> Category | None:
        """Give the category that was asked."""
        return next((one for one in campaign.definition.categories if one.id == self.asked("category")), None)


class UndoMergeForm(Form):
    """Why two bosses are two after all."""

    reason = LongText(_l("Raison"), hint=_l("Elle reste dans le journal."), most=500)


class FindPlaceForm(FilterForm):
    """A name to look for in the register."""

    q = ShortText(_l("Nom de l’employeur"), most=100, required=False)


class LinkBossForm(Form):
    """Which establishment a boss is."""

    place = Choice(_l("Établissement du registre"), radio=True)

    def offer(self, found: Sequence[Establishment]) -> LinkBossForm:
        """Offer what was found."""
        self.place.choices = [(one.ref, f"{one.name}, {one.municipality}") for one in found]
        return self


class CheckBossForm(Form):
    """Whether a boss may be kept, how one looked, and why."""

    fitness = Choice(_l("Ce boss peut-il être retenu ?"), radio=True, choices=_FITNESS)
    way = Choice(_l("Comment l’avez-vous vérifié ?"), radio=True, choices=[(way.value, label) for way, label in WAYS.items()])
    reason = LongText(_l("Pourquoi"), hint=_l("Les autres évaluateurs et la gestion le liront."), most=1000)


class RuleBossForm(Form):
    """What a manager decides, and why."""

    fitness = Choice(_l("Ce boss peut-il être retenu ?"), radio=True, choices=_FITNESS)
    reason = LongText(_l("Pourquoi"), hint=_l("Ce motif reste dans le journal."), most=1000)
