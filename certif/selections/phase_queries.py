"""Questions about how a contest is decided: who may look, where each phase stands, what anyone may read of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from werkzeug.exceptions import NotFound

from certif.campaigns import Campaign, Phase, PhaseKind, Quota
from certif.kit import clock
from certif.kit.access import STAFF, Actor, Role
from certif.kit.db import db
from certif.kit.languages import _, _l, language
from certif.programs import Text, english, french
from certif.selections.choosing_model import DrawSeed
from certif.selections.model import PhaseClosing
from certif.selections.phase_entries import Entry, before, entries_of, steps_of
from certif.selections.phase_outcomes import Outcome
from certif.territory import Mrc, Partner

READERS = (Role.ADMIN, Role.MANAGER, Role.AGENT)
PAGE = 50
KINDS = {
    PhaseKind.CHECK: _l("Vérification"),
    PhaseKind.VISIT: _l("Visite du milieu de travail"),
    PhaseKind.JURY: _l("Jury"),
    PhaseKind.DRAW: _l("Tirage au sort"),
    PhaseKind.VOTE: _l("Vote du public"),
    PhaseKind.CHOICE: _l("Choix au mérite"),
}


class StepState(StrEnum):
    """Where a phase stands today."""

    COMING = "coming"
    OPEN = "open"
    LATE = "late"
    CLOSED = "closed"


STATES = {
    StepState.COMING: _l("À venir"), StepState.OPEN: _l("En cours"), StepState.LATE: _l("À clore"), StepState.CLOSED: _l("Close"),
}  # fmt: skip
LOOKS = {StepState.COMING: "waiting", StepState.OPEN: "in_progress", StepState.LATE: "action", StepState.CLOSED: "certified"}


@dataclass(frozen=True)
class Step:
    """A phase as pages show it: how it was closed, and the seed bound to, where there is one."""

    phase: Phase
    state: StepState
    closing: PhaseClosing | None
    seed: DrawSeed | None

    @property
    def name(self) -> str:
        """Its name, in the language of the page."""
        return said(self.phase.name)

    @property
    def kind_label(self) -> str:
        """How it chooses, in the language of the page."""
        return str(KINDS[self.phase.kind])


def said(text: Text) -> str:
    """Give a text of a contest in the language of the page; in French where it has no other."""
    return english(text.en) if language() == "en" and text.en else french(text.fr)


def title_of(campaign: Campaign) -> str:
    """Give the title of a contest in the language of the page."""
    return said(Text(campaign.title_fr, campaign.title_en))


def campaign_of(actor: Actor, ref: str) -> Campaign:
    """Give a published contest to the team of its program, and to who decides of one of its phases. Refuses (404) any other."""
    found = db.session.scalar(select(Campaign).where(Campaign.ref == ref, Campaign.published_at.is_not(None)))
    if found is None or not may_open(actor, found):
        raise NotFound
    return found


def may_open(actor: Actor, campaign: Campaign) -> bool:
    """Whether this person is of the team of its program, or decides of one of its phases."""
    return actor.holds(campaign.program_id, *READERS, *_deciders(campaign))


def public_campaign(ref: str) -> Campaign:
    """Give a contest that anyone may read of. Refuses: one that is not published (not found)."""
    found = db.session.scalar(select(Campaign).where(Campaign.ref == ref, Campaign.published_at.is_not(None)))
    if found is None:
        raise NotFound
    return found


def steps_shown(campaign: Campaign) -> list[Step]:
    """Give each phase of a contest, and where it stands: three statements, however many there are."""
    closings = {one.phase: one for one in db.session.scalars(select(PhaseClosing).where(PhaseClosing.campaign_id == campaign.id))}
    seeds = {one.phase: one for one in db.session.scalars(select(DrawSeed).where(DrawSeed.campaign_id == campaign.id))}
    return [
        Step(one, _state(one, one.id in closings), closings.get(one.id), seeds.get(one.id)) for one in steps_of(campaign)
    ]  # fmt: skip


def step_shown(campaign: Campaign, name: str) -> Step:
    """Give one phase, and where it stands. Refuses: an id that the contest has not (not found)."""
    found = next((one for one in steps_shown(campaign) if one.phase.id == name), None)
    if found is None:
        raise NotFound
    return found


def entry_called(campaign: Campaign, phase: Phase, ref: str) -> Entry:
    """Give an entry of a phase. Refuses: one that the phase has not (not found)."""
    found = next((one for one in entries_of(campaign, phase) if one.ref == ref), None)
    if found is None:
        raise NotFound
    return found


def cell_names(campaign: Campaign, cells: Sequence[str]) -> dict[str, str]:
    """Give the name of each cell, in one statement."""
    quota, wanted = campaign.definition.quota, [one for one in cells if one]
    if quota is Quota.MRC:
        named = {one.slug: one.name for one in db.session.scalars(select(Mrc).where(Mrc.slug.in_(wanted)))}
    elif quota is Quota.CJE:
        named = {one.ref: one.short_name or one.name for one in db.session.scalars(select(Partner).where(Partner.ref.in_(wanted)))}
    else:
        named = {}
    return {"": _("Tout le concours") if quota is Quota.WHOLE else _("Hors des territoires connus"), **named}


def page_of(outcome: Outcome, after: int) -> tuple[list[tuple[Entry, object]], int | None]:
    """Give a page of what a phase comes to, each entry with its standing, and where the next one begins, or None."""
    shown = outcome.standings[after : after + PAGE]
    following = after + PAGE if len(outcome.standings) > after + PAGE else None
    return [(outcome.entries[one.entry], one) for one in shown], following


def waits_for(campaign: Campaign, phase: Phase) -> Phase | None:
    """Give the phase that must be closed first, if any."""
    earlier = before(campaign, phase)
    is_closed = earlier is None or any(one.phase == earlier and one.closing for one in steps_shown(campaign))
    return None if is_closed else earlier


def _state(phase: Phase, is_closed: bool) -> StepState:
    if is_closed:
        return StepState.CLOSED
    today = clock.today()
    return StepState.COMING if today < phase.from_on else StepState.OPEN if today < phase.until_on else StepState.LATE


def _deciders(campaign: Campaign) -> list[Role]:
    return [role for phase in campaign.definition.phases for role in phase.deciders if role in STAFF]
