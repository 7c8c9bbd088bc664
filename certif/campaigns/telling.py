"""A contest as its pages tell it: read once, in the reader’s words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from certif.campaigns.model import Campaign
from certif.campaigns.queries import CampaignState, state_of, title_of
from certif.campaigns.values import Definition
from certif.campaigns.wording import PhaseLine, PrizeLine, category_words, facts_of, phase_lines, prize_lines, who_may
from certif.kit import clock
from certif.kit.languages import _, format_day
from certif.programs import Program, paragraphs
from certif.territory import Mrc, mrcs


@dataclass(frozen=True)
class Told:
    """All that a page says of a contest. `rules_en`: empty while there is no translation; `steps`, and which of them is now."""

    campaign: Campaign
    title: str
    state: CampaignState
    definition: Definition
    who: list[str]
    places: str
    phases: list[PhaseLine]
    prizes: list[PrizeLine]
    categories: list[tuple[str, str]]
    sponsors: list[str]
    rules_fr: list[str]
    rules_en: list[str]
    facts: list[tuple[str, str]]
    steps: list[str]
    step: int

    @property
    def results_on(self) -> dt.date:
        """The day on which laureates are known at the latest."""
        return self.definition.results_on


def told(campaign: Campaign) -> Told:
    """Tell a contest, published or not."""
    definition, names = campaign.definition, mrc_names(campaign.program)
    steps, step = _steps(campaign, definition)
    return Told(
        campaign=campaign, title=title_of(campaign), state=state_of(campaign), definition=definition, who=who_may(definition),
        places=", ".join(names.get(one, one) for one in definition.mrcs), phases=phase_lines(definition), prizes=prize_lines(definition),
        categories=[(str(one.name), category_words(one, names)) for one in definition.categories],
        sponsors=list(dict.fromkeys(one.sponsor for one in definition.categories if one.sponsor)),
        rules_fr=paragraphs(definition.rules.fr), rules_en=paragraphs(definition.rules.en), facts=facts_of(definition, names),
        steps=steps, step=step,
    )  # fmt: skip


def territory_of_contests(program: Program) -> list[Mrc]:
    """Give the MRC in which a program may hold a contest, in the order of the alphabet."""
    return list(program.mrcs) or mrcs(program.region)


def mrc_names(program: Program) -> dict[str, str]:
    """Give the names of the MRC of a program, by slug."""
    return {one.slug: one.name for one in territory_of_contests(program)}


def _steps(campaign: Campaign, definition: Definition) -> tuple[list[str], int]:
    """Give the steps of a contest with their last days, and how many are behind us."""
    today = clock.today()
    labels = [str(_("Nominations, jusqu’au %(day)s", day=format_day(definition.closes_on)))]
    labels += [str(_("%(phase)s, jusqu’au %(day)s", phase=one.name, day=format_day(one.until_on))) for one in definition.phases]
    behind = 1 if campaign.is_over else 0
    return labels, behind + sum(one.until_on < today for one in definition.phases) * behind
