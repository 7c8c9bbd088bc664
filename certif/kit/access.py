"""Who may open what. Every route declares its audience, or the application refuses to start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeVar

from flask import Flask, g, redirect, request, url_for
from werkzeug import Response
from werkzeug.exceptions import Forbidden

View = TypeVar("View", bound=Callable[..., Any])


class Role(Enum):
    """What a person is here. `EMPLOYER` is anyone signed in; the others are staff, by grant."""

    ADMIN = "admin"
    MANAGER = "manager"
    AGENT = "agent"
    PARTNER = "partner"
    EMPLOYER = "employer"


STAFF = (Role.ADMIN, Role.MANAGER, Role.AGENT, Role.PARTNER)
ANYONE = "anyone"


@dataclass(frozen=True)
class Granted:
    """A role that a person holds. `program_id` None: everywhere. `partner_id`: only in this partner's territory."""

    role: Role
    program_id: int | None = None
    partner_id: int | None = None


@dataclass(frozen=True)
class Actor:
    """Whoever acts: a person, a visitor or the system itself. Passed to acts as `by`."""

    ref: str
    name: str
    email: str = ""
    user_id: int | None = None
    roles: frozenset[Role] = frozenset()
    grants: tuple[Granted, ...] = ()
    awaits_second_factor: bool = False

    @property
    def is_signed_in(self) -> bool:
        """Whether we know who this is."""
        return self.user_id is not None

    @property
    def is_staff(self) -> bool:
        """Whether this person works for a regional body or a partner, and has shown a second factor."""
        return bool(self.roles.intersection(STAFF))

    def program_ids(self, *roles: Role) -> frozenset[int] | None:
        """Give the programs in which this person holds one of `roles`; None means all of them."""
        held = [grant for grant in self.grants if grant.role in roles]
        if any(grant.program_id is None for grant in held):
            return None
        return frozenset(grant.program_id for grant in held if grant.program_id is not None)

    def holds(self, program_id: int, *roles: Role) -> bool:
        """Whether this person holds one of `roles` in this program."""
        programs = self.program_ids(*roles)
        return programs is None or program_id in programs


SYSTEM = Actor(ref="system", name="Certif")
VISITOR = Actor(ref="visitor", name="Visite anonyme")

_identify: Callable[[], Actor] = lambda: VISITOR  # noqa: E731 — replaced by accounts


def audience(*roles: Role | str) -> Callable[[View], View]:
    """Declare who may open a page: `@audience(Role.AGENT, …)` or `@audience(ANYONE)`. Stands right above the view."""
    if not roles:
        raise TypeError("an audience of nobody")

    def declared(view: View) -> View:
        view.audience = frozenset(roles)  # type: ignore[attr-defined]
        return view

    return declared


def identify_with(function: Callable[[], Actor]) -> None:
    """Let `accounts` say who sends a request."""
    global _identify  # noqa: PLW0603 — set once, when the room is imported
    _identify = function


def actor() -> Actor:
    """Give whoever sent this request; asked once a request."""
    if "actor" not in g:
        g.actor = _identify()
    found = g.actor
    assert isinstance(found, Actor)
    return found


def install_rail(app: Flask) -> None:
    """Let only its audience open a page: nobody signed in → sign in; signed in as someone else → 403."""

    @app.before_request
    def admit() -> Response | None:
        if request.endpoint is None or request.endpoint == "static":
            return None
        wanted = _audience_of(app, request.endpoint)
        if wanted is None or ANYONE in wanted:
            return None
        visitor = actor()
        if not visitor.is_signed_in:
            return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?") if request.method == "GET" else None), 303)
        if visitor.roles & wanted:
            return None
        if visitor.awaits_second_factor and wanted.intersection(STAFF):
            return redirect(url_for("accounts.second_factor", next=request.full_path.rstrip("?") if request.method == "GET" else None), 303)
        raise Forbidden


def check_every_route(app: Flask) -> None:
    """Refuse to start while a route has no audience."""
    bare = sorted(name for name in app.view_functions if name != "static" and _audience_of(app, name) is None)
    if bare:
        raise RuntimeError(f"These views say nothing of who may open them; add @audience(…): {', '.join(bare)}")


def _audience_of(app: Flask, endpoint: str) -> frozenset[Any] | None:
    return getattr(app.view_functions[endpoint], "audience", None)
