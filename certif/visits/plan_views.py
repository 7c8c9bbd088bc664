"""Where the team plans meetings, reads one, moves it and cancels it."""

from __future__ import annotations

from flask import Response, request
from werkzeug import Response as Answer

from certif.accounts import User
from certif.kit import audit, clock
from certif.kit.access import STAFF, actor, audience
from certif.kit.languages import _
from certif.kit.web import go, page, say
from certif.plans import objectives_on
from certif.programs import Program, program_of
from certif.territory import Mrc
from certif.visits import plan_actions as actions
from certif.visits.invitation_letters import invited_to
from certif.visits.invitation_model import SAID
from certif.visits.invitation_queries import proposed_in
from certif.visits.model import VISIT_KINDS, Visit, VisitKind
from certif.visits.plan_forms import ReasonForm, VisitForm, WhatForm, WhenForm, answers_of
from certif.visits.plan_origin import Origin, answers_from, bodies_for, goers_for, origin_of, places_for, plan_from
from certif.visits.plan_travel import has_begun, is_past
from certif.visits.queries import day_of, hour_of, is_all_day, may_change, may_report, name_of, visit_of, visit_to_change
from certif.visits.report_queries import employer_seen
from certif.visits.views import pages


@pages.route("/personnel/terrain/rendez-vous/nouveau/<slug>", methods=["GET", "POST"])
@audience(*STAFF)
def plan_visit(slug: str) -> Response | Answer:
    """A meeting to plan: what, when, where, who goes; about whoever the address names."""
    program = program_of(actor(), slug)
    origin = origin_of(actor(), program, request.args)
    form = _form(program, origin)
    if form.validate_on_submit():
        with form.held():
            visit = plan_from(
                origin, program, form.terms, form.when, goers=form.chosen, body=form.body, despite=form.despite.data, by=actor()
            )
            say(_("Le rendez-vous est planifié."))
            return go("visits.show_visit", ref=visit.ref)
    return page("visits/plan_visit.html", form=form, program=program, origin=origin)


@pages.route("/personnel/terrain/rendez-vous/<ref>")
@audience(*STAFF)
def show_visit(ref: str) -> Response:
    """One meeting: when and where, who goes, who is invited, what happened to it."""
    visit = visit_of(actor(), ref)
    return page(
        "visits/show_visit.html", visit=visit, name=name_of(visit), kind=VISIT_KINDS[VisitKind(visit.kind)], invited=invited_to(visit),
        said=SAID, whole=is_all_day(visit), hour_of=hour_of, day=day_of(visit), history=audit.history(visit), **_open_to_me(visit),
    )  # fmt: skip


@pages.route("/personnel/terrain/rendez-vous/<ref>/modification", methods=["GET", "POST"])
@audience(*STAFF)
def edit_visit(ref: str) -> Response | Answer:
    """What it is, and who goes."""
    visit = visit_to_change(actor(), ref)
    form = WhatForm(data=answers_of(visit))
    form.offer(users=_goers(visit), objectives=objectives_on(visit.program, clock.today()))
    if form.validate_on_submit():
        with form.held():
            actions.edit_visit(visit, form.terms, goers=form.chosen, despite=form.despite.data, by=actor())
            say(_("Le rendez-vous est modifié."))
            return go("visits.show_visit", ref=ref)
    return page("visits/edit_visit.html", form=form, visit=visit, name=name_of(visit))


@pages.route("/personnel/terrain/rendez-vous/<ref>/deplacement", methods=["GET", "POST"])
@audience(*STAFF)
def move_visit(ref: str) -> Response | Answer:
    """Another time, or another place; whoever is invited hears of it."""
    visit = visit_to_change(actor(), ref)
    form = WhenForm(data=answers_of(visit, proposed_in(visit, request.args.get("reponse"))))
    form.offer_places(_places(visit))
    if form.validate_on_submit():
        with form.held():
            actions.move_visit(visit, form.when, despite=form.despite.data, by=actor())
            say(_("Le rendez-vous est déplacé, et les personnes invitées sont prévenues."))
            return go("visits.show_visit", ref=ref)
    return page("visits/move_visit.html", form=form, visit=visit, name=name_of(visit))


@pages.route("/personnel/terrain/rendez-vous/<ref>/annulation", methods=["GET", "POST"])
@audience(*STAFF)
def cancel_visit(ref: str) -> Response | Answer:
    """It will not be held, and why; whoever is invited hears of it."""
    visit, form = visit_to_change(actor(), ref), ReasonForm()
    if form.validate_on_submit():
        with form.held():
            actions.cancel_visit(visit, form.reason.data, by=actor())
            say(_("Le rendez-vous est annulé, et les personnes invitées sont prévenues."))
            return go("visits.show_visit", ref=ref)
    return page("visits/cancel_visit.html", form=form, visit=visit, name=name_of(visit), invited=invited_to(visit))


def _open_to_me(visit: Visit) -> dict[str, bool]:
    """Give what this person may do with a meeting, and see of what it is about."""
    return {
        "may": may_change(actor(), visit) and visit.cancellation is None and visit.report is None,
        "may_report": may_report(actor(), visit),
        "has_begun": has_begun(visit),
        "is_past": is_past(visit),
        "sees": employer_seen(actor(), visit.employer.ref if visit.employer else None) is not None,
    }


def _form(program: Program, origin: Origin) -> VisitForm:
    form = VisitForm(data=answers_from(origin, actor(), request.args))
    form.offer(users=goers_for(actor(), program), objectives=objectives_on(program, clock.today()))
    form.offer_places(places_for(actor(), program))
    form.offer_bodies(bodies_for(program) if origin.is_free else [])
    return form


def _goers(visit: Visit) -> list[User]:
    offered = goers_for(actor(), visit.program)
    return [*offered, *(goer.user for goer in visit.goers if goer.user not in offered)]


def _places(visit: Visit) -> list[Mrc]:
    offered = places_for(actor(), visit.program)
    return [*offered, *([visit.mrc] if visit.mrc and visit.mrc not in offered else [])]
