"""What anyone reads of how laureates were chosen: what was published before, what is published after, and how to redo it."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Response, jsonify, request

from certif.campaigns import Campaign, PhaseKind, PublicLink, offer_on_contest
from certif.kit.access import ANYONE, audience
from certif.kit.languages import _
from certif.kit.limits import limiter
from certif.kit.web import anonymous, page
from certif.selections import draw_files, laureate_queries, phase_queries
from certif.selections.phase_entries import closing_of, is_released, picks_of, ref_of
from certif.selections.phase_queries import public_campaign, title_of
from certif.selections.views import pages
from certif.selections.vote_queries import open_vote, vote_behind

OFTEN = "600 per minute"


@pages.route("/concours/<ref>/resultats")
@audience(ANYONE)
@anonymous
def show_results(ref: str) -> Response:
    """How the laureates of a contest are chosen, phase by phase; once they are told, who they are."""
    campaign = public_campaign(ref)
    told, receipt = is_released(campaign), request.args.get("recu", "").strip().upper().replace("-", "")
    answer = page(
        "selections/show_results.html", campaign=campaign, title=title_of(campaign), steps=phase_queries.steps_shown(campaign),
        is_told=told, found=laureate_queries.public_laureates({}, None, campaign).rows if told else [],
        tallies=_tallies(campaign) if told else {}, receipt=receipt, vote=_vote(campaign, receipt) if told else None,
        voting=open_vote(campaign),
    )  # fmt: skip
    return kept(answer)


@pages.route("/concours/<ref>/tirage.json", bilingual=False)
@limiter.limit(OFTEN)
@audience(ANYONE)
@anonymous
def read_draws(ref: str) -> Response:
    """What lets anyone redo the draws, the rankings and the votes of a contest."""
    answer = jsonify(draw_files.published(public_campaign(ref)))
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return kept(answer)


@pages.route("/concours/verifier-tirage.py", bilingual=False)
@limiter.limit(OFTEN)
@audience(ANYONE)
@anonymous
def read_draw_check() -> Response:
    """The program that redoes them, and needs nothing but Python."""
    answer = Response(draw_files.SCRIPT.read_bytes(), mimetype="text/x-python")
    answer.headers.set("Content-Disposition", "inline", filename="verifier-tirage.py")
    return kept(answer)


def kept(answer: Response, seconds: int = 30) -> Response:
    """Let anybody keep this answer for a while, and ask again cheaply."""
    answer.headers["Cache-Control"] = f"public, max-age={seconds}, must-revalidate"
    answer.add_etag()
    answer.make_conditional(request)
    return answer


def _tallies(campaign: Campaign) -> dict[str, list[tuple[str, int]]]:
    """Give the votes of each finalist, by place of work: no person is named."""
    votes = [one for one in campaign.definition.phases if one.kind is PhaseKind.VOTE]
    closings = {one.id: closing for one in votes if (closing := closing_of(campaign, one)) is not None}
    return {name: [(pick.boss.name, (pick.score or 0) // 1000) for pick in picks_of(closing)] for name, closing in closings.items()}


def _vote(campaign: Campaign, receipt: str) -> tuple[int, str, bool] | None:
    """Give the number of the vote of a receipt in this contest, for whom it is, and whether it was put aside."""
    vote = vote_behind(receipt) if len(receipt) == 12 else None
    if vote is None or vote.campaign_id != campaign.id:
        return None
    closing = closing_of(campaign, vote.phase)
    counted = next((pick for pick in picks_of(closing) if ref_of(pick) == vote.entry), None) if closing else None
    aside = closing.record["votes"].get("aside", []) if closing and closing.record["votes"] else []
    return (vote.number, counted.boss.name, vote.number in aside) if counted else None


@offer_on_contest
def pages_of_the_choice(campaign: Campaign) -> Iterator[PublicLink]:
    """Lead anyone from a contest that is over to its vote, while one votes, and to how its laureates are chosen, or who they are."""
    if not campaign.is_over:
        return
    if open_vote(campaign) is not None:
        yield PublicLink(_("Voter pour un finaliste"), "selections.vote", campaign.ref, is_main=True)
    label = _("Voir les lauréates et lauréats") if is_released(campaign) else _("Voir comment les lauréats sont choisis")
    yield PublicLink(label, "selections.show_results", campaign.ref)
