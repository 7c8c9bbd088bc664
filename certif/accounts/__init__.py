"""WHO. People, what they were granted, the ways they sign in without a password, their second factor, and sessions that one can end."""

from certif.accounts.actions import (
    MOST_LETTERS,
    confirm_address,
    open_account,
    prove_address,
    request_sign_in,
    sign_in_link_for,
    sign_in_with_code,
    sign_in_with_link,
    user_for,
)
from certif.accounts.identity import carry, current_session, current_user, this_browser
from certif.accounts.model import ROLE_LABELS, Grant, Purpose, SignInLink, StaffInvitation, User, UserSession, folded_email
from certif.accounts.retention import forget_old_sign_ins
from certif.accounts.second_factor import enrol_one_time_codes, give_second_factor, offer_one_time_codes
from certif.accounts.sessions import Browser, SignIn, actor_of, is_fresh, presence_of, require_fresh, start_session
from certif.accounts.team import add_staff, disable_user, grant_role, grants_of, revoke_grant, staff_of

__all__ = [
    "MOST_LETTERS",
    "ROLE_LABELS",
    "Browser",
    "Grant",
    "Purpose",
    "SignIn",
    "SignInLink",
    "StaffInvitation",
    "User",
    "UserSession",
    "actor_of",
    "add_staff",
    "carry",
    "confirm_address",
    "current_session",
    "current_user",
    "disable_user",
    "enrol_one_time_codes",
    "folded_email",
    "forget_old_sign_ins",
    "give_second_factor",
    "grant_role",
    "grants_of",
    "is_fresh",
    "offer_one_time_codes",
    "open_account",
    "presence_of",
    "prove_address",
    "request_sign_in",
    "require_fresh",
    "revoke_grant",
    "sign_in_link_for",
    "sign_in_with_code",
    "sign_in_with_link",
    "staff_of",
    "start_session",
    "this_browser",
    "user_for",
]
