"""The pages about people: who acts for my organisation, who asks to, who is invited to."""

from __future__ import annotations

from typing import Any

from flask import request
from werkzeug import Response

from certif.employers import people
from certif.employers.entry_views import pages, with_my_employer
from certif.employers.model import Membership, members_of
from certif.employers.people_forms import AnswerForm, InviteForm
from certif.kit.access import Role, actor, audience
from certif.kit.forms import Form
from certif.kit.languages import _
from certif.kit.limits import limiter
from certif.kit.web import go, page, say


@pages.route("/mon-espace/personnes")
@pages.route("/mon-espace/personnes/<ref>")
@audience(Role.EMPLOYER)
@with_my_employer
def list_people(membership: Membership) -> Response:
    """Who acts for my organisation, who is invited, who asks to join."""
    employer = membership.employer
    invited, asking = people.open_invitations(employer), people.pending_requests(employer)
    shown: dict[str, Any] = {"members": members_of(employer), "invitations": invited, "requests": asking}
    return page("employers/list_people.html", employer=employer, mine=membership, **shown)


@pages.route("/mon-espace/personnes/<ref>/invitation", methods=["GET", "POST"])
@limiter.limit("60 per hour", methods=["POST"])
@audience(Role.EMPLOYER)
@with_my_employer
def invite_member(membership: Membership) -> Response:
    """Invite a person to act for my organisation."""
    employer, form = membership.employer, InviteForm(data={"language": membership.employer.language})
    if form.validate_on_submit():
        with form.held():
            people.invite_member(employer, **form.answers(), by=actor())
            say(_("L’invitation est en route. Elle est valable quatorze jours."))
            return go("employers.list_people", ref=employer.ref)
    return page("employers/invite_member.html", form=form, employer=employer)


@pages.route("/mon-espace/depart/<ref>", methods=["GET", "POST"])
@audience(Role.EMPLOYER)
def end_membership(ref: str) -> Response:
    """Let a person go, or leave."""
    membership, form = people.colleague_of(actor(), ref), Form()
    is_me = membership.user_id == actor().user_id
    if form.validate_on_submit():
        with form.held():
            people.end_membership(membership, by=actor())
            say(_("Vous avez quitté l’organisation.") if is_me else _("Cette personne ne fait plus partie de l’organisation."))
            return go("employers.list_employers") if is_me else go("employers.list_people", ref=membership.employer.ref)
    return page("employers/end_membership.html", form=form, membership=membership, is_me=is_me)


@pages.route("/mon-espace/demande/<ref>", methods=["GET", "POST"])
@audience(Role.EMPLOYER)
def answer_request(ref: str) -> Response:
    """Someone asks to join my organisation: accept or decline."""
    asked, form = people.request_of(actor(), ref), AnswerForm()
    if form.validate_on_submit():
        with form.held():
            if "decline" in request.form:
                people.decline_join_request(asked, by=actor())
            else:
                people.accept_join_request(asked, role=form.role.data, by=actor())
            say(_("Votre réponse est en route."))
            return go("employers.list_people", ref=asked.employer.ref)
    return page("employers/answer_request.html", form=form, asked=asked)


@pages.route("/mon-espace/invitation/<ref>/retrait", methods=["POST"])
@audience(Role.EMPLOYER)
def withdraw_invitation(ref: str) -> Response:
    """Take an invitation back."""
    invitation = people.my_invitation(actor(), ref)
    people.withdraw_invitation(invitation, by=actor())
    say(_("L’invitation est retirée."))
    return go("employers.list_people", ref=invitation.employer.ref)
