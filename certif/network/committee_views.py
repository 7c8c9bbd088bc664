"""The committees of staff: who sits there, when they meet, what is to be done."""

from __future__ import annotations

from flask import Response, request
from werkzeug import Response as Answer

from certif.kit.access import actor, audience
from certif.kit.clock import today
from certif.kit.filters import following
from certif.kit.languages import _
from certif.kit.web import go, page, say
from certif.network import committee_actions as actions
from certif.network import committee_queries as queries
from certif.network import meeting_actions
from certif.network.committee_forms import CommitteeForm, MeetingForm, SeatForm
from certif.network.committee_queries import committee_of
from certif.network.papers import hour_said
from certif.network.queries import DECIDERS, WORKERS, contacts_in, mrcs_of, standing_bodies
from certif.network.views import pages
from certif.programs import program_of, programs_of


@pages.route("/personnel/comites")
@audience(*WORKERS)
def list_committees() -> Response:
    """The committees of my programs, and the calendar of those that are ours."""
    board = queries.committees_of(actor(), request.args.get("suite"))
    return page(
        "network/list_committees.html", found=board.found, rhythms=board.rhythms, next_url=following(board.found),
        programs=programs_of(actor(), *WORKERS), to_come=queries.meetings_to_come(actor()), hour_said=hour_said,
    )  # fmt: skip


@pages.route("/personnel/comites/nouveau/<slug>", methods=["GET", "POST"])
@audience(*WORKERS)
def form_committee(slug: str) -> Response | Answer:
    """A committee, or a table that others hold."""
    program = program_of(actor(), slug, *WORKERS)
    form = CommitteeForm().offer(mrcs_of(program))
    if form.validate_on_submit():
        with form.held():
            said = {"mandate": form.mandate.data or "", "is_ours": form.holder.data == "ours", "mrc": form.place}
            committee = actions.form_committee(program, form.name.data, by=actor(), **said)
            say(_("Le comité est inscrit. Donnez maintenant un siège à ses membres."))
            return go("network.show_committee", ref=committee.ref)
    return page("network/form_committee.html", form=form, program=program)


@pages.route("/personnel/comites/<ref>")
@audience(*WORKERS)
def show_committee(ref: str) -> Response:
    """One committee."""
    committee = committee_of(actor(), ref)
    return page(
        "network/show_committee.html", committee=committee, seats=queries.seats_of(committee), former=queries.former_seats_of(committee),
        meetings=queries.meetings_of(committee), decisions=queries.decisions_of(committee), tasks=queries.open_tasks_of(committee),
        rhythm=queries.rhythms_of([committee])[committee.id], hour_said=hour_said, decides=actor().holds(committee.program_id, *DECIDERS),
    )  # fmt: skip


@pages.route("/personnel/comites/<ref>/fin", methods=["POST"])
@audience(*DECIDERS)
def dissolve_committee(ref: str) -> Answer:
    """It is over."""
    actions.dissolve_committee(committee_of(actor(), ref), by=actor())
    say(_("Le comité a pris fin. Ses rencontres et ses décisions restent."))
    return go("network.show_committee", ref=ref)


@pages.route("/personnel/comites/<ref>/sieges/nouveau", methods=["GET", "POST"])
@audience(*WORKERS)
def give_seat(ref: str) -> Response | Answer:
    """A body sits there."""
    committee = committee_of(actor(), ref)
    form = SeatForm(from_on=today()).offer(standing_bodies(committee.program), contacts_in(committee.program))
    if form.validate_on_submit():
        with form.held():
            said = {"delegate": form.delegate, "role": form.role.data or "", "from_on": form.from_on.data}
            actions.give_seat(committee, form.body, by=actor(), **said)
            say(_("Le siège est donné."))
            return go("network.show_committee", ref=ref)
    return page("network/give_seat.html", form=form, committee=committee)


@pages.route("/personnel/comites/<ref>/sieges/<seat>/fin", methods=["POST"])
@audience(*WORKERS)
def end_seat(ref: str, seat: str) -> Answer:
    """A body sits there no more."""
    actions.end_seat(queries.seat_in(committee_of(actor(), ref), seat), by=actor())
    say(_("Le siège a pris fin."))
    return go("network.show_committee", ref=ref)


@pages.route("/personnel/comites/<ref>/rencontres/nouvelle", methods=["GET", "POST"])
@audience(*WORKERS)
def plan_meeting(ref: str) -> Response | Answer:
    """When it meets."""
    committee, form = committee_of(actor(), ref), MeetingForm()
    if form.validate_on_submit():
        with form.held():
            meeting = meeting_actions.plan_meeting(committee, form.terms, by=actor())
            say(_("La rencontre est au calendrier."))
            return go("network.show_meeting", ref=meeting.ref)
    return page("network/plan_meeting.html", form=form, committee=committee)
