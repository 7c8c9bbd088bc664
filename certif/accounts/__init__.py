"""WHO. People, what they were granted, the ways they sign in without a password, their second factor, and sessions that one can end."""

from certif.accounts.actions import confirm_address, open_account, prove_address, sign_in_link_for, user_for
from certif.accounts.erasing import erase_account
from certif.accounts.identity import carry, this_browser
from certif.accounts.model import ROLE_LABELS, Grant, Purpose, SignInLink, StaffInvitation, User, UserSession, folded_email
from certif.accounts.retention import forget_old_sign_ins
from certif.accounts.sealing import mark, seal, unseal
from certif.accounts.sessions import Browser, SignIn, actor_of, end_session, presence_of, require_fresh, start_session
from certif.accounts.team import add_staff, disable_user, grant_role, grants_of, names_of, revoke_grant, staff_of

__all__ = [
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
    "disable_user",
    "end_session",
    "erase_account",
    "folded_email",
    "forget_old_sign_ins",
    "grant_role",
    "grants_of",
    "mark",
    "names_of",
    "open_account",
    "presence_of",
    "prove_address",
    "require_fresh",
    "revoke_grant",
    "seal",
    "sign_in_link_for",
    "staff_of",
    "start_session",
    "this_browser",
    "unseal",
    "user_for",
]
