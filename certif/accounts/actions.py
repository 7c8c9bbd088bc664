"""Signing in: a link and a six-digit code are sent to an address, and one of them comes back. No password exists."""

from __future__ import annotations

import datetime as dt
import hmac

from sqlalchemy import select

from certif.accounts import sealing
from certif.accounts.model import LINK_LIFE, Purpose, SignInLink, StaffInvitation, User, UserSession, folded_email
from certif.accounts.sessions import Browser, SignIn, end_other_sessions, prove_again, require_fresh, start_session
from certif.kit import audit, clock, outbox, tokens
from certif.kit.access import VISITOR, Actor
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.languages import _, _l, language
from certif.kit.web import absolute_url

audit.declare("account_opened", _l("Le compte a été ouvert."))
audit.declare("profile_changed", _l("%(by)s a changé son nom ou sa langue."))
audit.declare("email_changed", _l("%(by)s a changé d’adresse courriel."))

MOST_LETTERS, LETTERS_WITHIN = 5, dt.timedelta(minutes=10)
MOST_GUESSES = 5
MOST_GUESSES_A_DAY, DAY = 50, dt.timedelta(days=1)
"""Fifty guesses a day at six digits: one chance in 20 000. The link of the letter still works, so nobody is locked out."""

_LETTERS = {
    Purpose.SIGN_IN: "accounts/sign_in_requested",
    Purpose.INVITATION: "accounts/address_proof_requested",
    Purpose.REGISTRATION: "accounts/address_proof_requested",
    Purpose.IDENTITY: "accounts/identity_proof_requested",
    Purpose.NEW_ADDRESS: "accounts/address_proof_requested",
}

for _name in {*_LETTERS.values()}:
    outbox.hide_once_sent(_name)


def user_for(email: str) -> User | None:
    """Give the person whose account has this address, closed accounts included; None when there is none."""
    return db.session.scalar(select(User).where(User.email == folded_email(email)))


def request_sign_in(email: str, *, next_path: str = "", by: Actor = VISITOR) -> None:
    """Send a link and a code to an address.

    Whether the address is known or not, the work and the answer are the same; an unknown one is told by letter how to register.
    Takes: `next_path`, where the person was going, a path of this site.
    Refuses: a sixth letter to one address within ten minutes; the earlier ones still work.
    """
    _bound_letters(email)
    user = user_for(email)
    is_open = user is not None and user.disabled_at is None
    link, token, code = _new_link(email, Purpose.SIGN_IN, user if is_open else None, next_path)
    name = _LETTERS[Purpose.SIGN_IN] if is_open else "accounts/unknown_sign_in_requested"
    outbox.queue(
        name, link.email, language=user.language if is_open and user else language(), email=link.email, code=code,
        link=absolute_url("accounts.open_link", token=token, language=user.language if is_open and user else language()),
        register_link=absolute_url("employers.start", language=language()),
    )  # fmt: skip


def sign_in_link_for(email: str) -> str:
    """Give a one-time link for an account, without sending it: for the command line.

    Refuses: an address without an open account.
    """
    user = user_for(email)
    if user is None or user.disabled_at is not None:
        raise Refusal(_("Aucun compte ouvert n’a l’adresse %(email)s.", email=email))
    _link, token, _code = _new_link(email, Purpose.SIGN_IN, user, "")
    return absolute_url("accounts.open_link", token=token, language=user.language)


def link_behind(token: str) -> SignInLink | None:
    """Give the sign-in link of this token while it can still be used; reading it consumes nothing."""
    link = db.session.scalar(select(SignInLink).where(SignInLink.token_digest == tokens.digest(token)))
    return link if link is not None and _is_usable(link) and link.user is not None else None


def sign_in_with_link(token: str, *, browser: Browser) -> SignIn:
    """Sign in with the link of a letter.

    Refuses: a link that was used, replaced by a newer one, or is older than 15 minutes; all three read the same.
    """
    link = link_behind(token)
    if link is None or not _is_usable(lock(link)):
        raise Refusal(_("Ce lien n’est plus valide. Demandez-en un nouveau."))
    return let_in(link, browser)


def sign_in_with_code(email: str, code: str, *, browser: Browser) -> SignIn:
    """Sign in with the six digits of a letter.

    Refuses: a wrong, used or old code; the sixth guess at one code; the fifty-first at one address in a day.
    """
    return let_in(_proven(email, code, Purpose.SIGN_IN), browser)


def prove_address(email: str, purpose: Purpose = Purpose.REGISTRATION, *, language: str = "fr") -> None:
    """Send a six-digit code to an address that wants to do something here.

    Must be called before anything is written in the unit of work: letters are counted apart, so that a refusal still counts.
    Refuses: a sixth letter to one address within ten minutes.
    """
    _send_code(email, purpose, user_for(email), language)


def confirm_address(
    email: str, code: str, *, purpose: Purpose = Purpose.REGISTRATION, name: str = "", language: str = "fr", browser: Browser
) -> SignIn:
    """Let in the person who has the code sent to this address; the account is opened when there is none.

    Must be called before anything is written in the unit of work. Takes: `name` and `language`, for a new account only.
    Refuses: a wrong, used or old code; too many guesses; a closed account.
    """
    link = _proven(email, code, purpose)
    link.user = link.user or user_for(email) or open_account(email, name=name, language=language)
    return let_in(link, browser)


def open_account(email: str, *, name: str, language: str, by: Actor = VISITOR) -> User:
    """Open an account for an address that was proven, or that an administrator vouches for at the command line."""
    user = User(email=folded_email(email), name=name, language=language, created_at=clock.now())
    db.session.add(user)
    db.session.flush()
    audit.record("account_opened", user, by=by)
    return user


def request_invitation_code(invitation: StaffInvitation) -> None:
    """Send a code to the invited address, so that the invitation can be accepted there and nowhere else.

    Refuses: a sixth letter to one address within ten minutes.
    """
    _send_code(invitation.email, Purpose.INVITATION, user_for(invitation.email), invitation.language, invitation)


def invitation_proof(invitation: StaffInvitation, code: str) -> SignInLink:
    """Give the proof that the invited address answered to this very invitation.

    Refuses: a wrong, used or old code; too many guesses.
    """
    link = _proven(invitation.email, code, Purpose.INVITATION)
    if link.invitation_id != invitation.id:
        raise Refusal(_wrong_code())
    return link


def request_identity_code(session: UserSession) -> None:
    """Send a code to the person's own address, to confirm that it is still them."""
    _send_code(session.user.email, Purpose.IDENTITY, session.user, session.user.language)


def confirm_identity(session: UserSession, code: str) -> str:
    """Take the code as a fresh proof of identity; give the session's new token."""
    _use(_proven(session.user.email, code, Purpose.IDENTITY))
    return prove_again(session, second_factor=False)


def change_profile(user: User, *, name: str, language: str, by: Actor) -> None:
    """Change one's own name and the language of one's letters."""
    user.name, user.language = name, language
    audit.record("profile_changed", user, by=by)


def request_new_address(session: UserSession, email: str) -> None:
    """Send a code to the address that a person wants from now on. Whether it is free is told only to who reads its mail.

    Refuses: an identity confirmed too long ago; a sixth letter within ten minutes.
    """
    require_fresh(session)
    _send_code(email, Purpose.NEW_ADDRESS, session.user, session.user.language)


def change_email(session: UserSession, email: str, code: str, *, by: Actor) -> str:
    """Change one's address, once the new one is proven. The former one is told; other sessions end; links sent to it no longer work.

    Gives: the session's new token.
    Refuses: an identity confirmed too long ago; a wrong code; an address that another account has.
    """
    require_fresh(session)
    link, user = _proven(email, code, Purpose.NEW_ADDRESS), session.user
    if link.user_id != user.id:
        raise Refusal(_wrong_code())
    other = user_for(email)
    if other is not None and other.id != user.id:
        raise Refusal(_("Cette adresse est déjà celle d’un autre compte."))
    _use(link)
    former, user.email = user.email, link.email
    outbox.queue("accounts/email_changed", former, language=user.language, email=link.email)
    audit.record("email_changed", user, by=by)
    end_other_sessions(session, by=by)
    return prove_again(session, second_factor=session.second_factor_at is not None)


def _send_code(email: str, purpose: Purpose, user: User | None, spoken: str, invitation: StaffInvitation | None = None) -> None:
    _bound_letters(email)
    link, _token, code = _new_link(email, purpose, user, "", invitation)
    outbox.queue(_LETTERS[purpose], link.email, language=spoken, email=link.email, code=code, purpose=purpose.value)


def _bound_letters(email: str) -> None:
    try:
        tokens.count_attempt(f"letters to {folded_email(email)}", limit=MOST_LETTERS, within=LETTERS_WITHIN)
    except Refusal:
        raise Refusal(
            _("Plusieurs courriels viennent d’être envoyés à cette adresse. Ouvrez le plus récent, ou attendez dix minutes.")
        ) from None


def _new_link(
    email: str, purpose: Purpose, user: User | None, next_path: str, invitation: StaffInvitation | None = None
) -> tuple[SignInLink, str, str]:
    token, code, at = tokens.secret(), tokens.six_digits(), clock.now()
    link = SignInLink(
        ref=tokens.ref(), email=folded_email(email), purpose=purpose.value, user=user, invitation=invitation,
        token_digest=tokens.digest(token), code_digest="", next_path=next_path,
        sent_at=at, valid_until=at + LINK_LIFE,
    )  # fmt: skip
    link.code_digest = _code_digest(link, code)
    db.session.add(link)
    return link, token, code


def _proven(email: str, code: str, purpose: Purpose) -> SignInLink:
    """Give the link whose code this is. Guesses are counted before they are judged, and stay counted when they are refused."""
    address = folded_email(email)
    newest = (
        select(SignInLink).where(SignInLink.email == address, SignInLink.purpose == purpose.value).order_by(SignInLink.id.desc()).limit(1)
    )
    tokens.count_attempt(f"codes of {address}", limit=MOST_GUESSES_A_DAY, within=DAY)
    link = db.session.scalar(newest)
    tokens.count_attempt(f"code {link.ref if link else address}", limit=MOST_GUESSES, within=LINK_LIFE)
    if link is None or not hmac.compare_digest(_code_digest(link, code), link.code_digest) or not _is_usable(lock(link)):
        raise Refusal(_wrong_code())
    tokens.forget_attempts(f"codes of {address}")
    return link


def _is_usable(link: SignInLink) -> bool:
    """The one check of every way to use a link or its code."""
    newer = select(SignInLink.id).where(SignInLink.email == link.email, SignInLink.purpose == link.purpose, SignInLink.id > link.id)
    is_open = link.user is None or link.user.disabled_at is None
    is_theirs = link.user is None or link.purpose == Purpose.NEW_ADDRESS or link.user.email == link.email
    return link.used_at is None and clock.now() < link.valid_until and is_open and is_theirs and not db.session.scalar(newer.limit(1))


def let_in(link: SignInLink, browser: Browser) -> SignIn:
    """Use up a proof and open a session for the person who gave it.

    Refuses: a closed account.
    """
    if link.user is None or link.user.disabled_at is not None:
        raise Refusal(_wrong_code())
    _use(link)
    return start_session(link.user, browser=browser, next_path=link.next_path)


def _use(link: SignInLink) -> None:
    link.used_at = clock.now()


def _code_digest(link: SignInLink, code: str) -> str:
    return sealing.mark(f"{link.ref} {code}", for_="six-digit codes").hex()


def _wrong_code() -> str:
    return str(_("Ce code n’est pas le bon, ou il n’est plus valide. Vérifiez-le, ou demandez un nouveau courriel."))
