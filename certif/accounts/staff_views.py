"""The team: who holds which role in the programs one looks after."""

from __future__ import annotations

from typing import Any, TypeVar

from flask import session as forms_session
from werkzeug import Response

from certif.accounts import actions, identity, invitations, reach, team
from certif.accounts.forms import CodeForm, InviteForm, PlainForm, RoleForm
from certif.accounts.model import ROLE_LABELS, StaffInvitation
from certif.accounts.views import pages
from certif.kit.access import ANYONE, Actor, Role, actor, audience
from certif.kit.languages import _
from certif.kit.limits import limiter
from certif.kit.web import go, page, say

Asked = TypeVar("Asked", bound=RoleForm)


@pages.route("/personnel/equipe")
@audience(Role.ADMIN, Role.MANAGER)
def show_team() -> Response:
    """The people of my programs, and the invitations not yet answered."""
    return page("accounts/show_team.html", members=team.team_of(actor()), invitations=invitations.open_invitations(actor()))


@pages.route("/personnel/equipe/invitation", methods=["GET", "POST"])
@limiter.limit("60 per hour", methods=["POST"])
@audience(Role.ADMIN, Role.MANAGER)
def invite_staff() -> Response:
    """Where to invite someone."""
    form = _offering(InviteForm(), actor())
    if form.validate_on_submit():
        with form.held():
            invitations.invite_staff(
                form.email.data, name=form.name.data, language=form.language.data, role=Role(form.role.data), **_place(form), by=actor()
            )
            say(_("L’invitation est partie."))
            return go("accounts.show_team")
    return page("accounts/invite_staff.html", form=form)


@pages.route("/personnel/equipe/<ref>", methods=["GET", "POST"])
@audience(Role.ADMIN, Role.MANAGER)
def show_member(ref: str) -> Response:
    """Someone of my team: the roles they hold, and where to give another."""
    member, form = team.member_of_team(ref, actor()), _offering(RoleForm(), actor())
    if form.validate_on_submit():
        with form.held():
            team.grant_role(member.user, Role(form.role.data), **_place(form), by=actor())
            say(_("Le rôle est donné."))
            return go("accounts.show_member", ref=ref)
    return page("accounts/show_member.html", member=member, form=form, is_admin=reach.is_admin(actor()))


@pages.route("/personnel/equipe/roles/<ref>/retrait", methods=["POST"])
@audience(Role.ADMIN, Role.MANAGER)
def revoke_grant(ref: str) -> Response:
    """Take a role back."""
    team.revoke_grant(team.grant_of_team(ref, actor()), by=actor())
    say(_("Le rôle est retiré."))
    return go("accounts.show_team")


@pages.route("/personnel/equipe/<ref>/second-facteur", methods=["POST"])
@audience(Role.ADMIN, Role.MANAGER)
def reset_second_factor(ref: str) -> Response:
    """Erase the second factor of someone who has lost it."""
    team.reset_second_factor(team.member_of_team(ref, actor()).user, by=actor())
    say(_("Le second facteur est effacé."))
    return go("accounts.show_member", ref=ref)


@pages.route("/personnel/equipe/<ref>/fermeture", methods=["POST"])
@audience(Role.ADMIN)
def disable_user(ref: str) -> Response:
    """Close someone's account."""
    team.disable_user(team.member_of_team(ref, actor()).user, by=actor())
    say(_("Le compte est fermé."))
    return go("accounts.show_member", ref=ref)


@pages.route("/personnel/equipe/<ref>/reouverture", methods=["POST"])
@audience(Role.ADMIN)
def enable_user(ref: str) -> Response:
    """Open a closed account again."""
    team.enable_user(team.member_of_team(ref, actor()).user, by=actor())
    say(_("Le compte est rouvert."))
    return go("accounts.show_member", ref=ref)


@pages.route("/personnel/equipe/invitations/<ref>/retrait", methods=["POST"])
@audience(Role.ADMIN, Role.MANAGER)
def withdraw_invitation(ref: str) -> Response:
    """Take an invitation back."""
    invitations.withdraw_invitation(invitations.invitation_of_team(ref, actor()), by=actor())
    say(_("L’invitation est retirée."))
    return go("accounts.show_team")


@pages.route("/personnel/invitation/<token>")
@audience(ANYONE)
def open_invitation(token: str) -> Response:
    """Take the token out of the address. Consumes nothing."""
    forms_session["invitation_token"] = token
    return go("accounts.accept_invitation")


@pages.route("/personnel/invitation", methods=["GET", "POST"])
@limiter.limit("30 per hour", methods=["POST"])
@audience(ANYONE)
def accept_invitation() -> Response:
    """What is proposed, and one button: it accepts at once for the person signed in, and sends a code to anyone else."""
    form, invitation = PlainForm(), _invitation()
    if invitation is None:
        return page("accounts/accept_invitation.html", status=410, form=form, invitation=None)
    if form.validate_on_submit():
        with form.held():
            if actor().email == invitation.email:
                identity.carry(invitations.accept_invitation_here(invitation, browser=identity.this_browser()))
                return go("accounts.second_factor")
            actions.request_invitation_code(invitation)
            return go("accounts.enter_invitation_code")
    return page("accounts/accept_invitation.html", form=form, invitation=invitation)


@pages.route("/personnel/invitation/code", methods=["GET", "POST"])
@limiter.limit("60 per hour", methods=["POST"])
@audience(ANYONE)
def enter_invitation_code() -> Response:
    """Where to type the code sent to the invited address."""
    form, invitation = CodeForm(), _invitation()
    if invitation is None:
        return go("accounts.accept_invitation")
    if form.validate_on_submit():
        with form.held():
            identity.carry(invitations.accept_invitation(invitation, form.code.data, browser=identity.this_browser()))
            return go("accounts.second_factor")
    return page("accounts/enter_invitation_code.html", form=form, invitation=invitation)


def _invitation() -> StaffInvitation | None:
    return invitations.invitation_behind(forms_session.get("invitation_token", ""))


def _offering(form: Asked, by: Actor) -> Asked:
    programs, bodies = reach.places_to_give(by)
    form.offer(
        roles=[(role.value, ROLE_LABELS[role]) for role in reach.roles_to_give(by)],
        programs=[(program.ref, program.name) for program in programs],
        partners=[(body.ref, body.name) for body in bodies],
    )
    return form


def _place(form: RoleForm) -> dict[str, Any]:
    return reach.place_named(actor(), program=form.program.data or "", partner=form.partner.data or "")
