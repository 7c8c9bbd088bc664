"""What staff see: how many agreements stand where, those with schools wholly, never a student’s; and the exam weeks they note."""

from __future__ import annotations

from flask import Response, request
from werkzeug import Response as Answer

from certif.agreements import exam_actions, exam_feed, exam_queries, queries
from certif.agreements.exam_forms import CONFIDENCE, PeriodForm
from certif.agreements.kinds import KINDS, STATES
from certif.agreements.views import pages, sealed_copy
from certif.kit import audit
from certif.kit.access import ANYONE, STAFF, Role, actor, audience
from certif.kit.filters import following
from certif.kit.forms import Form
from certif.kit.languages import _, _n
from certif.kit.limits import limiter
from certif.kit.web import download, go, page, say

_NOTERS = (Role.ADMIN, Role.MANAGER, Role.AGENT)


@pages.route("/personnel/ententes")
@audience(*STAFF)
def show_counts() -> Response:
    """Agreements of the region: figures, and the list of those with schools."""
    found = queries.school_agreements_for(actor(), request.args.get("suite"))
    counts = queries.counts_for(actor())
    return page("agreements/show_counts.html", found=found, counts=counts, kinds=KINDS, states=STATES, next_url=following(found))


@pages.route("/personnel/ententes/<ref>")
@audience(*STAFF)
def show_school_agreement(ref: str) -> Response:
    """One agreement with a school, wholly."""
    agreement = queries.school_agreement_for(actor(), ref)
    return page("agreements/show_school_agreement.html", agreement=agreement, history=audit.history(agreement))


@pages.route("/personnel/ententes/<ref>/entente.pdf", bilingual=False)
@audience(*STAFF)
def download_school_agreement(ref: str) -> Response:
    """Its sealed copy."""
    return sealed_copy(queries.school_agreement_for(actor(), ref))


@pages.route("/personnel/semaines-d-examens", methods=["GET", "POST"])
@audience(*_NOTERS)
def list_exam_periods() -> Response | Answer:
    """When the school bodies of the region hold their exams; more of them to note."""
    form = PeriodForm(kind="ministry", confidence="A").offer(exam_queries.bodies_of(actor()))
    if form.validate_on_submit():
        with form.held():
            count = exam_actions.note_exam_period(form.chosen, form.terms, by=actor())
            say(_n("%(num)s période est inscrite.", "%(num)s périodes sont inscrites.", count))
            return go("agreements.list_exam_periods")
    return page("agreements/list_exam_periods.html", form=form, periods=exam_queries.periods_for(actor()), marks=CONFIDENCE, drop=Form())


@pages.route("/personnel/semaines-d-examens/<ref>/retrait", methods=["POST"])
@audience(*_NOTERS)
def drop_exam_period(ref: str) -> Answer:
    """Take one out."""
    exam_actions.drop_exam_period(exam_queries.period_for(actor(), ref), by=actor())
    say(_("La période est retirée ; elle quitte les calendriers qui la lisaient."))
    return go("agreements.list_exam_periods")


@pages.route("/calendriers/examens/<code>.ics")
@limiter.limit("120 per minute")
@audience(ANYONE)
def read_exam_feed(code: str) -> Response:
    """The exam weeks around an establishment, for the calendar that subscribes to them."""
    return download(exam_feed.calendar_of(exam_queries.feed_at(code)), exam_feed.ICS, "examens.ics")
