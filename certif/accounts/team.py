"""Who holds which role, and whose account is open. Every change counts from the person's next request."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import or_, select
from werkzeug.exceptions import NotFound

from certif.accounts.actions import open_account, user_for
from certif.accounts.model import ROLE_LABELS, Grant, User
from certif.accounts.reach import check_place, check_power, is_at, visible
from certif.accounts.second_factor import forget_second_factor, tell
from certif.accounts.sessions import ask_second_factor_again, end_every_session
from certif.kit import audit, clock, tokens
from certif.kit.access import STAFF, SYSTEM, Actor, Role
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.languages import _, _l
from certif.programs import Program
from certif.territory import Partner

audit.declare("role_granted", _l("%(by)s a donné un rôle à %(to)s : %(role)s."), "to", "role", words={"role": ROLE_LABELS})
audit.declare("role_revoked", _l("%(by)s a retiré un rôle à %(to)s : %(role)s."), "to", "role", words={"role": ROLE_LABELS})
audit.declare("second_factor_reset", _l("%(by)s a effacé le second facteur de %(to)s."), "to")
audit.declare("account_closed", _l("%(by)s a fermé le compte de %(to)s."), "to")
audit.declare("account_reopened", _l("%(by)s a rouvert le compte de %(to)s."), "to")


@dataclass(frozen=True)
class Member:
    """Someone of the team, with the roles that the reader may see."""

    user: User
    grants: tuple[Grant, ...]


def grant_role(user: User, role: Role, *, program: Program | None = None, partner: Partner | None = None, by: Actor) -> Grant:
    """Let a person hold a role. It counts once the second factor is given again, under a new session token.

    Takes: `program`, for every role but the administrator's; `partner`, for partners only.
    Refuses: a role above or outside those of `by`; a closed account; a role already held.
    """
    check_place(role, program, partner)
    check_power(by, role, program)
    if user.disabled_at is not None:
        raise Refusal(_("Ce compte est fermé. Rouvrez-le d’abord."))
    if holds(user, role, program, partner):
        raise Refusal(_("Cette personne a déjà ce rôle."))
    return give(user, role, program, partner, by)


def revoke_grant(grant: Grant, *, by: Actor) -> None:
    """Take a role back, from the next request on.

    Refuses: a role above or outside those of `by`; one already taken back; the last administrator's.
    """
    check_power(by, grant.role, grant.program)
    if grant.revoked_at is None and grant.role is Role.ADMIN:
        _keep_an_administrator(without=grant.user)
    if lock(grant).revoked_at is not None:
        raise Refusal(_("Ce rôle a déjà été retiré."))
    grant.revoked_at, grant.revoked_by = clock.now(), by.ref
    audit.record("role_revoked", grant, by=by, to=grant.user.shown_name, role=grant.role.value)


def add_staff(
    email: str, role: Role, programs: Iterable[Program] = (), *, partner: Partner | None = None, by: Actor = SYSTEM, name: str = ""
) -> User:
    """Make an account with a role in each of `programs` (none for an administrator), or add the roles to the account there is.

    Refuses: what `grant_role` refuses, except that a role already held is left as it is.
    """
    user = user_for(email) or open_account(email, name=name, language="fr", by=by)
    places: list[Program | None] = [*programs]
    for program in places or [None]:
        check_place(role, program, partner)
        if not holds(user, role, program, partner):
            grant_role(user, role, program=program, partner=partner, by=by)
    return user


def reset_second_factor(user: User, *, by: Actor) -> None:
    """Erase the second factor of someone who has lost it; all their sessions end, and they are told.

    Refuses: one's own; that of someone who holds a role above or outside those of `by`.
    """
    if user.id == by.user_id:
        raise Refusal(_("Demandez à une autre personne d’effacer votre second facteur."))
    for role, program in [(grant.role, grant.program) for grant in grants_of(user)] or [(Role.ADMIN, None)]:
        check_power(by, role, program)
    forget_second_factor(user)
    end_every_session(user)
    tell(user, _l("Le second facteur de votre compte a été effacé à votre demande. Vous en installerez un autre à la prochaine connexion."))
    audit.record("second_factor_reset", user, by=by, to=user.shown_name)


def disable_user(user: User, *, by: Actor) -> None:
    """Close an account: every session ends at once, and nothing opens another.

    Refuses: anyone but an administrator; an account already closed; the last administrator's.
    """
    check_power(by, Role.ADMIN, None)
    if user.disabled_at is None:
        _keep_an_administrator(without=user)
    if lock(user).disabled_at is not None:
        raise Refusal(_("Ce compte est déjà fermé."))
    user.disabled_at, user.disabled_by = clock.now(), by.ref
    end_every_session(user)
    audit.record("account_closed", user, by=by, to=user.shown_name)


def enable_user(user: User, *, by: Actor) -> None:
    """Open a closed account again, with the roles it had.

    Refuses: anyone but an administrator; an account that is open.
    """
    check_power(by, Role.ADMIN, None)
    if lock(user).disabled_at is None:
        raise Refusal(_("Ce compte est déjà ouvert."))
    user.disabled_at = user.disabled_by = None
    audit.record("account_reopened", user, by=by, to=user.shown_name)


def holds(user: User, role: Role, program: Program | None, partner: Partner | None) -> bool:
    """Whether a person holds this very role at this instant."""
    held = select(Grant.id).where(Grant.user_id == user.id, Grant.role == role, is_at(Grant, program, partner), Grant.in_force())
    return db.session.scalar(held) is not None


def grants_of(user: User) -> list[Grant]:
    """Give the roles that a person holds, the oldest first."""
    return list(db.session.scalars(select(Grant).where(Grant.user_id == user.id, Grant.in_force()).order_by(Grant.id)))


def staff_of(program: Program, roles: Iterable[Role] = STAFF) -> list[User]:
    """Give who holds one of `roles` in a program, accounts open: for letters to the team. Administrators only when asked for."""
    is_there = or_(Grant.program_id == program.id, Grant.program_id.is_(None))
    wanted = select(Grant.user_id).where(Grant.in_force(), Grant.role.in_(list(roles)), is_there)
    return list(db.session.scalars(select(User).where(User.id.in_(wanted), User.disabled_at.is_(None)).order_by(User.id)))


def team_of(by: Actor) -> list[Member]:
    """Give the people whose roles `by` may see, by name."""
    found = db.session.scalars(
        select(Grant).join(Grant.user).where(Grant.in_force(), visible(Grant, by)).order_by(User.name, User.email, Grant.id)
    )
    members: dict[int, list[Grant]] = {}
    for grant in found:
        members.setdefault(grant.user_id, []).append(grant)
    return [Member(grants[0].user, tuple(grants)) for grants in members.values()]


def names_of(refs: Iterable[str]) -> dict[str, str]:
    """Name those who acted, by what rows keep of them. Takes: refs of actors; whoever has no account is left out."""
    found = db.session.execute(select(User.ref, User.name, User.email).where(User.ref.in_(set(refs))))
    return {ref: name or email for ref, name, email in found}


def member_of_team(ref: str, by: Actor) -> Member:
    """Give someone of my team by their public name; anyone else is not found."""
    grants = db.session.scalars(
        select(Grant).join(Grant.user).where(User.ref == ref, Grant.in_force(), visible(Grant, by)).order_by(Grant.id)
    ).all()
    if not grants:
        raise NotFound
    return Member(grants[0].user, tuple(grants))


def grant_of_team(ref: str, by: Actor) -> Grant:
    """Give a role held in my team by its public name; any other is not found."""
    grant = db.session.scalar(select(Grant).where(Grant.ref == ref, visible(Grant, by)))
    if grant is None:
        raise NotFound
    return grant


def give(user: User, role: Role, program: Program | None, partner: Partner | None, by: Actor) -> Grant:
    """Write down that a person holds a role. Who may decide so was checked before."""
    grant = Grant(ref=tokens.ref(), user=user, role=role, program=program, partner=partner, granted_at=clock.now(), granted_by=by.ref)
    db.session.add(grant)
    ask_second_factor_again(user)
    audit.record("role_granted", grant, by=by, to=user.shown_name, role=grant.role.value)
    return grant


def _keep_an_administrator(*, without: User) -> None:
    """Hold every administrator's grant, so that two who go at once do not both believe that the other stays."""
    held = db.session.scalars(
        select(Grant.user_id)
        .join(Grant.user)
        .where(Grant.in_force(), Grant.role == Role.ADMIN, User.disabled_at.is_(None))
        .order_by(Grant.id)
        .with_for_update()
    ).all()
    if set(held) == {without.id}:
        raise Refusal(_("Il faut qu’il reste au moins une personne à l’administration provinciale."))
