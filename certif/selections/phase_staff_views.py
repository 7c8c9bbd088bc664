"""Deciders run the phases of a contest: what each comes to, what is said of each entry, the closing and its minutes."""

from __future__ import annotations

from flask import Response, request
from werkzeug import Response as Answer

from certif.campaigns import Campaign, Unit
from certif.kit import audit
from certif.kit.access import STAFF, actor, audience
from certif.kit.languages import _
from certif.kit.web import download, go, page, say
from certif.nominations import Boss
from certif.selections import laureate_actions, phase_actions, phase_queries
from certif.selections.choosing_model import Verdict
from certif.selections.laureate_queries import HONOURERS, category_name, laureates_in
from certif.selections.phase_entries import Entry, is_prize, is_released
from certif.selections.phase_forms import ClosingForm, VerdictForm
from certif.selections.phase_minutes import counts_said, minutes_pdf, places_said
from certif.selections.phase_outcomes import Outcome, outcome_of, shared_bosses, verdicts_of
from certif.selections.phase_queries import LOOKS, STATES, Step, campaign_of, cell_names, entry_called, page_of, step_shown, title_of
from certif.selections.views import pages


@pages.route("/personnel/concours/<ref>/choix")
@audience(*STAFF)
def show_choosing(ref: str) -> Response:
    """How the laureates of a contest are chosen, phase by phase, and who they are."""
    campaign = campaign_of(actor(), ref)
    honours = actor().holds(campaign.program_id, *HONOURERS)
    return page(
        "selections/show_choosing.html", campaign=campaign, title=title_of(campaign), steps=phase_queries.steps_shown(campaign),
        laureates=laureates_in(campaign) if honours else [], names=actor().holds(campaign.program_id, *laureate_actions.NAMERS),
        is_released=is_released(campaign), held=laureate_actions.why_held(campaign),
        states=STATES, looks=LOOKS, category_name=category_name, history=audit.history(campaign),
    )  # fmt: skip


@pages.route("/personnel/concours/<ref>/choix/<phase>")
@audience(*STAFF)
def show_phase(ref: str, phase: str) -> Response:
    """One phase: what it comes to today, or how it was closed."""
    campaign = campaign_of(actor(), ref)
    step = step_shown(campaign, phase)
    if step.closing is not None:
        return _closed(campaign, step)
    outcome = outcome_of(campaign, step.phase)
    shown, following = page_of(outcome, request.args.get("suite", 0, int))
    return page(
        "selections/show_phase.html", campaign=campaign, title=title_of(campaign), step=step, outcome=outcome, shown=shown,
        following=following, decides=_decides(campaign, step), judged=step.phase.kind in phase_actions.JUDGED, states=STATES, looks=LOOKS,
        cells=cell_names(campaign, [one.cell for one in outcome.standings]), is_prize=is_prize(step.phase),
        shared=_shared(campaign, step, outcome), once_a_boss=campaign.definition.once_a_boss,
    )  # fmt: skip


def _shared(campaign: Campaign, step: Step, outcome: Outcome) -> list[tuple[Boss, list[Entry]]]:
    """Give the bosses of several duos that would be honoured: looked for in the last phase only."""
    is_last = bool(campaign.definition.phases) and step.phase == campaign.definition.phases[-1]
    return shared_bosses(outcome) if is_last and campaign.definition.unit is Unit.DUO else []


def _closed(campaign: Campaign, step: Step) -> Response:
    assert step.closing is not None
    return page(
        "selections/show_phase.html", campaign=campaign, title=title_of(campaign), step=step, outcome=None,
        cells=places_said(campaign, step.closing), counts=counts_said(campaign, step.closing), states=STATES, looks=LOOKS,
    )  # fmt: skip


@pages.route("/personnel/concours/<ref>/choix/<phase>/graine", methods=["POST"])
@audience(*STAFF)
def commit_seed(ref: str, phase: str) -> Answer:
    """Publish the digest of the seed of a draw, or of what breaks ties."""
    campaign = campaign_of(actor(), ref)
    phase_actions.commit_seed(campaign, step_shown(campaign, phase).phase, by=actor())
    say(_("L’empreinte de la graine est publiée. La phase pourra se clore dès demain, à partir de son dernier jour."))
    return go("selections.show_phase", ref=ref, phase=phase)


@pages.route("/personnel/concours/<ref>/choix/<phase>/candidatures/<entry>", methods=["GET", "POST"])
@audience(*STAFF)
def judge_entry(ref: str, phase: str, entry: str) -> Response | Answer:
    """Where a decider says what it thinks of one entry."""
    campaign = campaign_of(actor(), ref)
    step = step_shown(campaign, phase)
    found, said = entry_called(campaign, step.phase, entry), verdicts_of(campaign, step.phase).get(entry)
    form = VerdictForm(**_as_said(said))
    if form.validate_on_submit():
        with form.held():
            _judge(campaign, step, found, form)
            return go("selections.show_phase", ref=ref, phase=phase)
    return page("selections/judge_entry.html", form=form, campaign=campaign, step=step, entry=found)


@pages.route("/personnel/concours/<ref>/choix/<phase>/cloture", methods=["GET", "POST"])
@audience(*STAFF)
def close_phase(ref: str, phase: str) -> Response | Answer:
    """Close a phase, with its minutes."""
    campaign, form = campaign_of(actor(), ref), ClosingForm()
    step = step_shown(campaign, phase)
    if form.validate_on_submit():
        with form.held():
            phase_actions.close_phase(campaign, phase, form.minutes.data or "", by=actor())
            say(_("La phase est close. Son procès-verbal est prêt."))
            return go("selections.show_phase", ref=ref, phase=phase)
    outcome = outcome_of(campaign, step.phase)
    return page("selections/close_phase.html", form=form, campaign=campaign, step=step, outcome=outcome, decides=_decides(campaign, step))


@pages.route("/personnel/concours/<ref>/choix/<phase>/proces-verbal.pdf", bilingual=False)
@audience(*STAFF)
def download_minutes(ref: str, phase: str) -> Response:
    """The minutes of a phase, to print."""
    campaign = campaign_of(actor(), ref)
    step = step_shown(campaign, phase)
    return download(minutes_pdf(campaign, step), "application/pdf", f"proces-verbal-{phase}.pdf")


def _judge(campaign: Campaign, step: Step, entry: Entry, form: VerdictForm) -> None:
    phase_actions.judge_entry(
        campaign, step.phase, entry, is_kept=form.outcome.data == "kept", place=form.place.data, reason=form.reason.data or "", by=actor()
    )
    say(_("C’est noté."))


def _as_said(verdict: Verdict | None) -> dict[str, object]:
    if verdict is None:
        return {}
    return {"outcome": "kept" if verdict.is_kept else "left", "place": verdict.place, "reason": verdict.reason}


def _decides(campaign: Campaign, step: Step) -> bool:
    return phase_actions.may_close(step.phase, campaign, actor())
