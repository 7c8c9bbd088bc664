"""Staff seat a jury, follow it, share the reading out, and read its ranking."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from flask import Response, abort
from werkzeug import Response as Answer

from certif.kit import audit
from certif.kit.access import actor, audience
from certif.kit.forms import Form
from certif.kit.languages import _, _n
from certif.kit.web import download, go, page, say
from certif.selections import jury_actions, jury_recipe, jury_sharing, stv_recipe
from certif.selections import jury_queries as queries
from certif.selections.jury_entries import entries_to_judge
from certif.selections.jury_forms import RankingFilter, SeatForm, SharesForm, written_shares
from certif.selections.jury_model import Jury
from certif.selections.jury_queries import KEEPERS, READERS
from certif.selections.jury_ranking import file_of, named_bosses, ranking_of
from certif.selections.jury_tables import cells_of, lines_of_seats, names_of_cells, narrowed
from certif.selections.phase_outcomes import outcome_of
from certif.selections.stv_counting import entry_names, ranked_file, rounds_of
from certif.selections.views import pages


@pages.route("/personnel/concours/<ref>/jury/<phase>")
@audience(*KEEPERS)
def manage_jury(ref: str, phase: str) -> Response:
    """One jury: who sits, how far each is, what is left to do."""
    campaign, decided = queries.jury_phase(actor(), ref, phase, *KEEPERS)
    jury = queries.jury_at(campaign, decided)
    board = queries.board_of(jury) if jury else None
    ready = len(entries_to_judge(campaign, decided))
    return page(
        "selections/manage_jury.html", campaign=campaign, phase=decided, jury=jury, board=board,
        seats=lines_of_seats(jury, board) if jury and board else [], waiting=max(0, ready - len(board.entries if board else ())),
        is_judging=jury is not None and queries.is_judging(jury), closing=queries.closing_of(campaign, phase),
        may_see=jury is not None and queries.may_see_scores(actor(), jury), history=audit.history(jury)[-30:] if jury else [],
    )  # fmt: skip


@pages.route("/personnel/concours/<ref>/jury/<phase>/ouverture", methods=["POST"])
@audience(*KEEPERS)
def open_jury(ref: str, phase: str) -> Answer:
    """Open it."""
    jury_actions.open_jury(*queries.jury_phase(actor(), ref, phase, *KEEPERS), by=actor())
    say(_("Le jury est ouvert. Invitez les personnes qui y siègent."))
    return _back(ref, phase)


@pages.route("/personnel/concours/<ref>/jury/<phase>/candidatures", methods=["POST"])
@audience(*KEEPERS)
def fill_jury(ref: str, phase: str) -> Answer:
    """Bring before it what is ready."""
    count = jury_actions.fill_jury(queries.kept_jury(actor(), ref, phase), by=actor())
    say(_n("%(num)s candidature est soumise au jury.", "%(num)s candidatures sont soumises au jury.", count))
    return _back(ref, phase)


@pages.route("/personnel/concours/<ref>/jury/<phase>/sieges", methods=["GET", "POST"])
@audience(*KEEPERS)
def invite_juror(ref: str, phase: str) -> Response | Answer:
    """Invite someone to sit."""
    jury, form = queries.kept_jury(actor(), ref, phase), SeatForm()
    if form.validate_on_submit():
        with form.held():
            jury_actions.invite_juror(jury, form.email.data, name=form.name.data, language=form.language.data, by=actor())
            say(_("L’invitation est partie."))
            return _back(ref, phase)
    return page("selections/invite_juror.html", form=form, jury=jury)


@pages.route("/personnel/concours/<ref>/jury/<phase>/sieges/<seat>/fin", methods=["GET", "POST"])
@audience(*KEEPERS)
def end_seat(ref: str, phase: str, seat: str) -> Response | Answer:
    """Let someone sit no more."""
    form = Form()
    found = queries.seat_called(queries.kept_jury(actor(), ref, phase), seat)
    if form.validate_on_submit():
        with form.held():
            jury_actions.end_seat(found, by=actor())
            say(_("Cette personne ne siège plus."))
            return _back(ref, phase)
    return page("selections/end_seat.html", form=form, seat=found)


@pages.route("/personnel/concours/<ref>/jury/<phase>/relance", methods=["POST"])
@audience(*KEEPERS)
def nudge_jurors(ref: str, phase: str) -> Answer:
    """Write to those for whom entries still wait."""
    count = jury_actions.nudge_jurors(queries.kept_jury(actor(), ref, phase), by=actor())
    say(_n("%(num)s courriel est en route.", "%(num)s courriels sont en route.", count))
    return _back(ref, phase)


@pages.route("/personnel/concours/<ref>/jury/<phase>/repartition", methods=["GET", "POST"])
@audience(*KEEPERS)
def assign_entries(ref: str, phase: str) -> Response | Answer:
    """Who reads what, as lines that may be corrected or brought from elsewhere."""
    jury = queries.kept_jury(actor(), ref, phase)
    board, sitting = queries.board_of(jury), queries.seats_of(jury)
    form = SharesForm(lines=written_shares(board.entries, sitting, board.shared or frozenset())).offer(board.entries, sitting)
    if form.validate_on_submit():
        with form.held():
            jury_sharing.assign_entries(jury, form.pairs, by=actor())
            say(_("La répartition est gardée."))
            return go("selections.assign_entries", ref=ref, phase=phase)
    return page("selections/assign_entries.html", form=form, jury=jury, seats=lines_of_seats(jury, board))


@pages.route("/personnel/concours/<ref>/jury/<phase>/classement")
@audience(*READERS)
def show_ranking(ref: str, phase: str) -> Response:
    """The ranking, comparable and raw, with the disagreements; by territory and by category."""
    jury = _readable(ref, phase)
    if jury.phase.is_ranked:
        return _show_count(jury)
    ranked = ranking_of(jury.campaign, jury.phase)
    bosses, cells, categories = named_bosses(ranked), cells_of(ranked), jury.campaign.definition.categories
    form = RankingFilter().offer(cells, [(one.id, str(one.name)) for one in categories])
    category = next((one for one in categories if one.id == form.asked("category")), None)
    shown = narrowed(ranked, bosses, form.asked("cell"), category)
    return page("selections/show_ranking.html", jury=jury, form=form, shown=shown, bosses=bosses, cells=cells, counts=None)


def _show_count(jury: Jury) -> Response:
    """The rounds in which the picks of a jury are counted today; equals that only a seed tells apart, while there is none."""
    outcome, names = outcome_of(jury.campaign, jury.phase), entry_names(jury)
    cells = outcome.count.cells if outcome.count else {}
    counts = [(cell, one, rounds_of(one, names)) for cell, one in cells.items()]
    known = names_of_cells(set(cells))
    return page(
        "selections/show_ranking.html", jury=jury, counts=counts, cells=known, obstacles=outcome.obstacles, names=names, form=None, shown=[]
    )


@pages.route("/personnel/concours/<ref>/jury/<phase>/bulletins.json", bilingual=False)
@audience(*READERS)
def export_ballots(ref: str, phase: str) -> Response:
    """The ballots and the ranking, without a name, for whoever computes them again."""
    jury = _readable(ref, phase)
    told: dict[str, Any] = ranked_file(jury) if jury.phase.is_ranked else file_of(jury)
    return download(json.dumps(told, ensure_ascii=False, indent=1), "application/json", "bulletins.json")


@pages.route("/personnel/concours/<ref>/jury/<phase>/verifier.py", bilingual=False)
@audience(*READERS)
def export_verifier(ref: str, phase: str) -> Response:
    """The script that computes them again: the standard library only, and the very lines that the site runs."""
    is_ranked = _readable(ref, phase).phase.is_ranked
    return download(
        Path(stv_recipe.__file__ if is_ranked else jury_recipe.__file__).read_text(encoding="utf-8"), "text/x-python", "verifier.py"
    )


def _readable(ref: str, phase: str) -> Jury:
    jury = queries.kept_jury(actor(), ref, phase, *READERS)
    if not queries.may_see_scores(actor(), jury):
        abort(403)
    return jury


def _back(ref: str, phase: str) -> Answer:
    return go("selections.manage_jury", ref=ref, phase=phase)
