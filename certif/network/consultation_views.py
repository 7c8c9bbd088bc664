"""Consultations on a draft, as those who decide lead them."""

from __future__ import annotations

from flask import Response, request
from werkzeug import Response as Answer

from certif.kit.access import actor, audience
from certif.kit.filters import following
from certif.kit.languages import _
from certif.kit.web import go, page, say
from certif.network import consultation_actions as actions
from certif.network import request_queries as queries
from certif.network.asking_forms import ConsultationForm, InviteForm, SummaryForm
from certif.network.queries import DECIDERS, mrcs_of
from certif.network.request_queries import consultation_of
from certif.network.views import pages
from certif.programs import draft_of, program_of, programs_of


@pages.route("/personnel/consultations")
@audience(*DECIDERS)
def list_consultations() -> Response:
    """The consultations of my programs."""
    found = queries.consultations_of(actor(), request.args.get("suite"))
    programs = programs_of(actor(), *DECIDERS)
    return page("network/list_consultations.html", found=found, next_url=following(found), programs=programs)


@pages.route("/personnel/consultations/nouvelle/<slug>", methods=["GET", "POST"])
@audience(*DECIDERS)
def open_consultation(slug: str) -> Response | Answer:
    """A round of comments on the draft of a program."""
    program, form = program_of(actor(), slug, *DECIDERS), ConsultationForm()
    if form.validate_on_submit():
        with form.held():
            days = {"opens_on": form.opens_on.data, "closes_on": form.closes_on.data}
            opened = actions.open_consultation(program, form.title.data, by=actor(), **days)
            say(_("La consultation est prête. Invitez maintenant des employeurs."))
            return go("network.show_consultation", ref=opened.ref)
    return page("network/open_consultation.html", form=form, program=program, draft=draft_of(program))


@pages.route("/personnel/consultations/<ref>")
@audience(*DECIDERS)
def show_consultation(ref: str) -> Response:
    """What was said, clause by clause."""
    one = consultation_of(actor(), ref)
    invited, answered = queries.invited_to(one)
    return page(
        "network/show_consultation.html", one=one, heard=queries.heard(one), invitations=queries.invitations_of(one), invited=invited,
        answered=answered,
    )  # fmt: skip


@pages.route("/personnel/consultations/<ref>/invitations", methods=["GET", "POST"])
@audience(*DECIDERS)
def invite_to_consultation(ref: str) -> Response | Answer:
    """Whom to invite."""
    one = consultation_of(actor(), ref)
    form = InviteForm().offer(mrcs_of(one.program))
    if form.validate_on_submit():
        with form.held():
            count = actions.invite_to_consultation(one, form.group.data, by=actor())
            say(_("Les invitations sont en route : %(count)s.", count=count))
            return go("network.show_consultation", ref=ref)
    return page("network/invite_to_consultation.html", form=form, one=one)


@pages.route("/personnel/consultations/<ref>/fermeture", methods=["GET", "POST"])
@audience(*DECIDERS)
def close_consultation(ref: str) -> Response | Answer:
    """What was heard, and the end of the round."""
    one, form = consultation_of(actor(), ref), SummaryForm()
    if form.validate_on_submit():
        with form.held():
            actions.close_consultation(one, form.summary.data, by=actor())
            say(_("La consultation est close. Publiez la version quand elle est prête."))
            return go("network.show_consultation", ref=ref)
    return page("network/close_consultation.html", form=form, one=one)
