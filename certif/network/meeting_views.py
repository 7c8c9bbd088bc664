"""The meetings of committees: who was there, what was said and decided, what is to be done."""

from __future__ import annotations

from flask import Response
from werkzeug import Response as Answer

from certif.kit.access import actor, audience
from certif.kit.clock import today
from certif.kit.languages import _
from certif.kit.limits import limiter
from certif.kit.web import download, go, page, say
from certif.network import calendars, papers
from certif.network import committee_queries as queries
from certif.network import meeting_actions as actions
from certif.network.committee_forms import AdoptForm, AttendanceForm, DecisionForm, MinutesForm, SynthesisForm, TaskForm
from certif.network.committee_model import PRESENCES, Presence
from certif.network.committee_queries import meeting_of
from certif.network.queries import WORKERS
from certif.network.texts import blocks_of
from certif.network.views import pages
from certif.programs import versions_of


@pages.route("/personnel/rencontres/<ref>")
@audience(*WORKERS)
def show_meeting(ref: str) -> Response:
    """One meeting, with all that came of it."""
    meeting = meeting_of(actor(), ref)
    return page(
        "network/show_meeting.html", meeting=meeting, committee=meeting.committee, hour=papers.hour_said(meeting.starts_at),
        seats=queries.seats_of(meeting.committee, on=meeting.held_on), attendance=queries.attendance_of(meeting), presences=PRESENCES,
        decisions=queries.decisions_at(meeting), tasks=queries.tasks_at(meeting), synthesis=queries.synthesis_of(meeting),
        blocks_of=blocks_of, is_begun=meeting.held_on <= today(),
    )  # fmt: skip


@pages.route("/personnel/rencontres/<ref>/rencontre.ics", bilingual=False)
@audience(*WORKERS)
def download_meeting(ref: str) -> Response:
    """One meeting, for a calendar."""
    meeting = meeting_of(actor(), ref)
    return download(calendars.calendar_of([meeting]), calendars.ICS, f"rencontre-{meeting.held_on.isoformat()}.ics")


@pages.route("/personnel/comites/<ref>/rencontres.ics", bilingual=False)
@audience(*WORKERS)
def download_meetings(ref: str) -> Response:
    """The meetings of a committee, for a calendar."""
    committee = queries.committee_of(actor(), ref)
    content = calendars.calendar_of(queries.meetings_of(committee), name=committee.name)
    return download(content, calendars.ICS, "rencontres.ics")


@pages.route("/personnel/rencontres/<ref>/annulation", methods=["POST"])
@audience(*WORKERS)
def cancel_meeting(ref: str) -> Answer:
    """It is not held."""
    actions.cancel_meeting(meeting_of(actor(), ref), by=actor())
    say(_("La rencontre est annulée."))
    return go("network.show_meeting", ref=ref)


@pages.route("/personnel/rencontres/<ref>/presences", methods=["GET", "POST"])
@audience(*WORKERS)
def note_attendance(ref: str) -> Response | Answer:
    """Who was there."""
    meeting = meeting_of(actor(), ref)
    seats, known = queries.seats_of(meeting.committee, on=meeting.held_on), queries.attendance_of(meeting)
    ticked = {how.value: [seat.ref for seat in seats if known.get(seat.id) is how] for how in (Presence.PRESENT, Presence.EXCUSED)}
    form = AttendanceForm(data=ticked).offer(seats)
    if form.validate_on_submit():
        with form.held():
            actions.note_attendance(meeting, form.chosen("present"), form.chosen("excused"), by=actor())
            say(_("Les présences sont notées."))
            return go("network.show_meeting", ref=ref)
    return page("network/note_attendance.html", form=form, meeting=meeting, seats=seats)


@pages.route("/personnel/rencontres/<ref>/proces-verbal", methods=["GET", "POST"])
@audience(*WORKERS)
def write_minutes(ref: str) -> Response | Answer:
    """What was said, while it is not adopted."""
    meeting = meeting_of(actor(), ref)
    form = MinutesForm(words=meeting.minutes.words if meeting.minutes else "")
    if form.validate_on_submit():
        with form.held():
            actions.write_minutes(meeting, form.words.data, by=actor())
            say(_("Le projet de procès-verbal est enregistré."))
            return go("network.show_meeting", ref=ref)
    return page("network/write_minutes.html", form=form, meeting=meeting)


@pages.route("/personnel/rencontres/<ref>/proces-verbal.pdf", bilingual=False)
@limiter.limit("60 per minute")
@audience(*WORKERS)
def download_minutes(ref: str) -> Response:
    """The minutes, typeset."""
    meeting = meeting_of(actor(), ref)
    return download(papers.minutes_pdf(meeting), "application/pdf", f"proces-verbal-{meeting.held_on.isoformat()}.pdf")


@pages.route("/personnel/rencontres/<ref>/adoption", methods=["GET", "POST"])
@audience(*WORKERS)
def adopt_minutes(ref: str) -> Response | Answer:
    """A later meeting adopted the minutes."""
    meeting = meeting_of(actor(), ref)
    meetings = queries.later_meetings(meeting)
    form = AdoptForm().offer(meetings)
    if form.validate_on_submit():
        with form.held():
            actions.adopt_minutes(meeting, form.chosen, by=actor())
            say(_("Le procès-verbal est adopté : il ne change plus."))
            return go("network.show_meeting", ref=ref)
    return page("network/adopt_minutes.html", form=form, meeting=meeting, meetings=meetings)


@pages.route("/personnel/rencontres/<ref>/decisions/nouvelle", methods=["GET", "POST"])
@audience(*WORKERS)
def note_decision(ref: str) -> Response | Answer:
    """What was decided."""
    meeting = meeting_of(actor(), ref)
    form = DecisionForm().offer(versions_of(meeting.committee.program))
    if form.validate_on_submit():
        with form.held():
            decision = actions.note_decision(meeting, form.words.data, version=form.chosen, by=actor())
            say(_("La décision %(number)s est notée.", number=decision.number))
            return go("network.show_meeting", ref=ref)
    return page("network/note_decision.html", form=form, meeting=meeting)


@pages.route("/personnel/rencontres/<ref>/suivis/nouveau", methods=["GET", "POST"])
@audience(*WORKERS)
def note_task(ref: str) -> Response | Answer:
    """What is to be done."""
    meeting = meeting_of(actor(), ref)
    form = TaskForm().offer(queries.team_of(meeting.committee.program), queries.seats_of(meeting.committee))
    if form.validate_on_submit():
        with form.held():
            actions.note_task(meeting, form.what.data, due_on=form.due_on.data, by=actor(), **form.doer)
            say(_("Le suivi est noté."))
            return go("network.show_meeting", ref=ref)
    return page("network/note_task.html", form=form, meeting=meeting)


@pages.route("/personnel/rencontres/<ref>/suivis/<task>/fait", methods=["POST"])
@audience(*WORKERS)
def finish_task(ref: str, task: str) -> Answer:
    """It is done."""
    meeting = meeting_of(actor(), ref)
    actions.finish_task(queries.task_in(meeting, task), by=actor())
    say(_("C’est fait : le suivi est coché."))
    return go("network.show_meeting", ref=ref)


@pages.route("/personnel/rencontres/<ref>/synthese", methods=["GET", "POST"])
@audience(*WORKERS)
def send_synthesis(ref: str) -> Response | Answer:
    """What those who sit there read by letter."""
    meeting, form = meeting_of(actor(), ref), SynthesisForm()
    if form.validate_on_submit():
        with form.held():
            sent = actions.send_synthesis(meeting, form.words.data, by=actor())
            say(_("La synthèse est en route vers %(count)s personnes.", count=sent.sent_to))
            return go("network.show_meeting", ref=ref)
    seats = queries.seats_of(meeting.committee)
    return page(
        "network/send_synthesis.html", form=form, meeting=meeting, seats=seats, decisions=queries.decisions_at(meeting),
        tasks=queries.tasks_at(meeting), sent=queries.synthesis_of(meeting),
    )  # fmt: skip
