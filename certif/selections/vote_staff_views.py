"""Deciders weigh votes before they close the count: what votes share, with the reasons, and those put aside or back."""

from __future__ import annotations

from typing import Any

from flask import Response
from werkzeug import Response as Answer
from werkzeug.exceptions import NotFound

from certif.campaigns import Campaign, Phase, PhaseKind
from certif.kit.access import STAFF, actor, audience
from certif.kit.languages import _n
from certif.kit.web import go, page, say
from certif.selections import vote_queries, vote_weighing
from certif.selections.phase_actions import may_close
from certif.selections.phase_queries import Step, campaign_of, step_shown, title_of
from certif.selections.views import pages
from certif.selections.vote_forms import WeighForm
from certif.selections.vote_queries import finalists_of
from certif.selections.vote_signs import NAMES, count_domains, explain, signs_among


@pages.route("/personnel/concours/<ref>/choix/<phase>/votes")
@audience(*STAFF)
def show_votes(ref: str, phase: str) -> Response:
    """How the votes of a phase came, and what they share."""
    campaign = campaign_of(actor(), ref)
    step = _voted(campaign, phase)
    votes = vote_queries.traced_votes(campaign, step.phase)
    domains, others = count_domains(votes, step.phase)
    return page(
        "selections/show_votes.html", campaign=campaign, title=title_of(campaign), step=step, votes=votes, domains=domains, others=others,
        aside=[one.number for one in votes if one.is_aside], signs=signs_among(votes, step.phase), names=NAMES,
        rules=[(NAMES[kind], explain(kind, step.phase)) for kind in NAMES], finalists=_names(campaign, step.phase),
    )  # fmt: skip


@pages.route("/personnel/concours/<ref>/choix/<phase>/votes/<sign>", methods=["GET", "POST"])
@audience(*STAFF)
def weigh_votes(ref: str, phase: str, sign: str) -> Response | Answer:
    """The votes of one sign, to put aside or back."""
    campaign = campaign_of(actor(), ref)
    step = _voted(campaign, phase)
    found = vote_queries.sign_called(campaign, step.phase, sign)
    form = WeighForm().offer(found)
    if form.validate_on_submit():
        with form.held():
            _weigh(campaign, step.phase, form)
            return go("selections.show_votes", ref=ref, phase=phase)
    finalist, why = _names(campaign, step.phase).get(found.entry, ""), explain(found.kind, step.phase)
    known: dict[str, Any] = {"name": NAMES[found.kind], "decides": may_close(step.phase, campaign, actor())}
    return page("selections/weigh_votes.html", form=form, campaign=campaign, step=step, sign=found, finalist=finalist, why=why, **known)


def _weigh(campaign: Campaign, phase: Phase, form: WeighForm) -> None:
    said = form.numbers, form.reason.data or ""
    if form.outcome.data == "aside":
        count = vote_weighing.set_votes_aside(campaign, phase, *said, by=actor())
        say(_n("%(num)s vote est mis de côté.", "%(num)s votes sont mis de côté.", count))
    else:
        count = vote_weighing.put_votes_back(campaign, phase, *said, by=actor())
        say(_n("%(num)s vote compte de nouveau.", "%(num)s votes comptent de nouveau.", count))


def _voted(campaign: Campaign, name: str) -> Step:
    step = step_shown(campaign, name)
    if step.phase.kind is not PhaseKind.VOTE:
        raise NotFound
    return step


def _names(campaign: Campaign, phase: Phase) -> dict[str, str]:
    return {one.ref: one.name for one in finalists_of(campaign, phase)}
