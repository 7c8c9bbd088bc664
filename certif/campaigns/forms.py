"""What staff give to begin, compare and end contests, and what narrows the public list."""

from __future__ import annotations

import datetime as dt

from certif.campaigns.files import CampaignModel
from certif.campaigns.model import Campaign
from certif.campaigns.queries import name_of
from certif.kit import clock
from certif.kit.filters import FilterForm
from certif.kit.forms import Choice, Day, Form, LongText
from certif.kit.languages import _, _l
from certif.kit.plain_files import MOST_BYTES
from certif.kit.plain_forms import PlainFileForm, SentPlainFileForm
from certif.programs import Program
from certif.territory import Region


def _by_slug(programs: list[Program]) -> list[tuple[str, str]]:
    return [(one.slug, one.name) for one in programs]


class DraftCampaignForm(Form):
    """What a new contest starts from."""

    program = Choice(_l("Programme"))
    model = Choice(_l("Modèle"), radio=True, hint=_l("Des concours qui ont eu lieu. Tout se change ensuite."))
    opens_on = Day(
        _l("Premier jour des nominations"), required=False, hint=_l("Les autres jours suivent. Vide : les prochains jours du modèle.")
    )

    def offer(self, programs: list[Program], models: list[CampaignModel]) -> DraftCampaignForm:
        """Offer the programs that this person manages, and the models."""
        self.program.choices = _by_slug(programs)
        self.model.choices = [(one.slug, str(one.name)) for one in models]
        self.model.option_hints = {one.slug: str(one.about) for one in models}  # type: ignore[attr-defined]
        return self


class CopyCampaignForm(Form):
    """Where another edition goes, and when it opens."""

    program = Choice(_l("Programme"))
    opens_on = Day(_l("Premier jour des nominations"), hint=_l("Les autres jours sont décalés d’autant."))

    def offer(self, programs: list[Program]) -> CopyCampaignForm:
        """Offer the programs that this person manages."""
        self.program.choices = _by_slug(programs)
        return self


class ImportCampaignForm(SentPlainFileForm):
    """The file of a contest, sent or pasted."""

    program = Choice(_l("Programme"))

    def offer(self, programs: list[Program]) -> ImportCampaignForm:
        """Offer the programs that this person manages."""
        self.program.choices = _by_slug(programs)
        return self


class EditFileForm(PlainFileForm):
    """A contest as a file, changed in place."""

    content = LongText(_l("Le concours, en YAML"), most=MOST_BYTES, required=False)


class CompareCampaignsForm(FilterForm):
    """Which other edition."""

    other = Choice(_l("Comparer avec"), name="avec", required=False)

    def offer(self, others: list[Campaign]) -> CompareCampaignsForm:
        """Offer the other editions."""
        self.other.choices = [("", _("Choisissez")), *((one.ref, name_of(one)) for one in others)]
        return self


class EndCampaignForm(Form):
    """Why nominations end before their day."""

    reason = LongText(_l("Raison"), hint=_l("Elle reste dans le journal."), most=500)


class ContestFilterForm(FilterForm):
    """Which region."""

    region = Choice(_l("Région"), required=False)

    def offer(self, regions: list[Region]) -> ContestFilterForm:
        """Offer every region."""
        self.region.choices = [("", _("Toutes les régions")), *((one.code, one.name) for one in regions)]
        return self


def next_year(day: dt.date) -> dt.date:
    """Give the same weekday a year later, or today where that is past: the days of a next edition."""
    return max(day + dt.timedelta(weeks=52), clock.today())
