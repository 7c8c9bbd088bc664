"""Telling what became of a meeting: the page of the road, what was told, and the decision where two accounts differ."""

from __future__ import annotations

from typing import Any, TypeVar

from flask import Response, request
from werkzeug import Response as Answer
from werkzeug.exceptions import NotFound

from certif.accounts import staff_of
from certif.employers import Employer
from certif.imports import Prospect
from certif.kit import sent_files
from certif.kit.access import STAFF, actor, audience
from certif.kit.filters import following
from certif.kit.languages import _
from certif.kit.web import document, go, page, say
from certif.library import tools_of
from certif.plans import AUDIENCES
from certif.programs import Program, program_of, programs_of
from certif.visits import report_actions, report_queries
from certif.visits.follow_up_queries import follow_ups_about, is_late
from certif.visits.model import OUTCOMES, VISIT_KINDS, VisitReport
from certif.visits.report_forms import ReportForm, SettleForm
from certif.visits.report_model import Keep, ReportConflict
from certif.visits.report_photos import keep_photo
from certif.visits.report_terms import Told
from certif.visits.views import pages

Found = TypeVar("Found")


@pages.route("/personnel/terrain/compte-rendu", methods=["GET", "POST"])
@audience(*STAFF)
def write_report() -> Response | Answer:
    """What became of a meeting, from the road."""
    program, form = asked_program(), ReportForm(visit=request.args.get("visite"), title=asked_name())
    offer(form, program)
    if form.validate_on_submit():
        with form.held():
            return _led(file_what_was_typed(form, program))
    return page("visits/write_report.html", form=form, program=program, programs=programs_of(actor(), *STAFF))


@pages.route("/personnel/terrain/comptes-rendus")
@audience(*STAFF)
def list_reports() -> Response:
    """What was told of meetings, and what awaits a decision."""
    found, waiting = report_queries.reports_of(actor(), request.args.get("suite")), report_queries.open_conflicts(actor())
    return page("visits/list_reports.html", found=found, next_url=following(found), waiting=waiting, outcomes=OUTCOMES)


@pages.route("/personnel/terrain/comptes-rendus/<ref>")
@audience(*STAFF)
def show_report(ref: str) -> Response:
    """What was told of one meeting, what was handed out, and what is to follow."""
    report = report_queries.report_seen(actor(), ref)
    visit = report.visit
    return page(
        "visits/show_report.html", report=report, visit=visit, outcomes=OUTCOMES, kinds=VISIT_KINDS, audiences=AUDIENCES,
        tools=report_queries.handed_out_at(visit), follow_ups=follow_ups_about(visit, actor()), is_late=is_late,
        conflicts=report_queries.conflicts_about(visit),
    )  # fmt: skip


@pages.route("/personnel/terrain/comptes-rendus/<ref>/photo.jpg", bilingual=False)
@audience(*STAFF)
def download_photo(ref: str) -> Response:
    """The picture of a meeting, as it was redrawn."""
    report = report_queries.report_seen(actor(), ref)
    if report.photo_digest is None:
        raise NotFound
    return document(sent_files.fetch(report.photo_digest), f"rencontre-{report.met_on.isoformat()}.jpg")


@pages.route("/personnel/terrain/conflits/<ref>", methods=["GET", "POST"])
@audience(*STAFF)
def settle_conflict(ref: str) -> Response | Answer:
    """Two accounts of one meeting, side by side, and which is kept."""
    conflict, form = report_queries.conflict_seen(actor(), ref), SettleForm()
    first, cancellation = report_queries.first_account(conflict), report_queries.standing_cancellation(conflict.visit)
    form.offer(first, conflict)
    if form.validate_on_submit():
        with form.held():
            kept = report_actions.settle_conflict(conflict, Keep(form.keep.data), by=actor())
            say(_("C’est tranché. Les deux versions restent lisibles."))
            return go("visits.show_report", ref=kept.ref) if kept else go("visits.list_reports")
    second, about = Told.from_kept(conflict.told, conflict.photo_digest), {"cancellation": cancellation, "outcomes": OUTCOMES}
    return page("visits/settle_conflict.html", form=form, conflict=conflict, first=first, second=second, about=about)


@pages.route("/personnel/terrain/prospects/<ref>/suite")
@audience(*STAFF)
def show_prospect_trail(ref: str) -> Response:
    """What was told of meetings with a prospect, and what is to follow."""
    prospect = _there(report_queries.prospect_seen(actor(), ref))
    return page("visits/show_prospect_trail.html", prospect=prospect, **_trail(prospect))


@pages.route("/personnel/terrain/employeurs/<ref>/suite")
@audience(*STAFF)
def show_employer_trail(ref: str) -> Response:
    """What was told of meetings with an employer, and what is to follow."""
    employer = _there(report_queries.employer_seen(actor(), ref))
    return page("visits/show_employer_trail.html", employer=employer, **_trail(employer))


def _there(found: Found | None) -> Found:
    if found is None:
        raise NotFound
    return found


def _trail(subject: Prospect | Employer) -> dict[str, Any]:
    told = report_queries.reports_about(subject, actor())
    return {"told": told, "follow_ups": follow_ups_about(subject, actor()), "is_late": is_late, "outcomes": OUTCOMES}


def asked_program() -> Program:
    """Give the program of the meeting or the prospect that is asked for, or the one that is named; else the first of those where this
    person works. Refuses (404) where there is none."""
    prospect = report_queries.prospect_seen(actor(), request.args.get("prospect"))
    if prospect is not None:
        return prospect.program
    if request.args.get("visite"):
        return report_queries.visit_seen(actor(), request.args["visite"]).program
    if request.args.get("programme"):
        return program_of(actor(), request.args["programme"], *STAFF)
    found = programs_of(actor(), *STAFF)
    if not found:
        raise NotFound
    return found[0]


def asked_name() -> str:
    """Give the name of the prospect or of the employer that is asked for; empty for none."""
    prospect = report_queries.prospect_seen(actor(), request.args.get("prospect"))
    employer = report_queries.employer_seen(actor(), request.args.get("employeur"))
    return prospect.name if prospect else employer.name if employer else ""


def offer(form: ReportForm, program: Program) -> None:
    """Offer what is near in a program, and the meeting that was chosen, whatever became of it meanwhile."""
    visits = list(report_queries.awaiting_report(actor(), program))
    nearest = report_queries.at_hand(visits)
    if request.method == "GET" and nearest and not (form.visit.data or form.title.data):
        form.visit.data = nearest.ref
    if form.visit.data and form.visit.data not in {one.ref for one in visits}:
        visits.insert(0, report_queries.visit_seen(actor(), form.visit.data))
    team = [one for one in staff_of(program) if one.id != actor().user_id]
    form.offer(visits, report_queries.places_to_go(actor(), program), team, tools_of(program))


def file_what_was_typed(form: ReportForm, program: Program) -> VisitReport | ReportConflict:
    """File a report that was typed: of the meeting that was chosen, or of one that nobody planned."""
    told = form.told(keep_photo(form.picture) if form.picture else None)
    if form.visit.data:
        return report_actions.file_report(report_queries.visit_seen(actor(), form.visit.data), told, by=actor())
    prospect = report_queries.prospect_seen(actor(), request.args.get("prospect"))
    employer = report_queries.employer_seen(actor(), request.args.get("employeur"))
    met = form.walk_in(prospect_id=prospect.id if prospect else None, employer_id=employer.id if employer else None)
    return report_actions.report_walk_in(program, met, told, by=actor())


def _led(made: VisitReport | ReportConflict) -> Answer:
    if isinstance(made, ReportConflict):
        say(_("Cette rencontre avait déjà une issue. Rien n’est perdu : voici les deux versions."))
        return go("visits.settle_conflict", ref=made.ref)
    say(_("Le compte rendu est enregistré."))
    return go("visits.show_report", ref=made.ref)
