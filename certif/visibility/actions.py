"""What can happen to the visibility kit: an employer gives its logo, or takes it back; staff order kits for many employers at once."""

from __future__ import annotations

from certif.badges import redrawn
from certif.employers import Employer, is_member
from certif.kit import audit, clock, evidence
from certif.kit.access import Actor
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.languages import _, _l
from certif.visibility.kits import last_logo, logo_of
from certif.visibility.model import EmployerLogo

audit.declare("logo_given", _l("%(by)s a donné le logo de l’organisation."), "digest")
audit.declare("logo_removed", _l("%(by)s a retiré le logo de l’organisation."))


def give_logo(employer: Employer, content: bytes, *, by: Actor) -> EmployerLogo:
    """Give an employer its logo; it stands on its sheets from now on. The very same picture given again changes nothing.

    Takes: `content`, a picture as it was sent.
    Refuses: someone who does not act for this employer; what `redrawn` refuses.
    """
    _let_in(employer, by)
    picture = redrawn(content)
    lock(employer)
    current = logo_of(employer)
    digest = evidence.keep(picture, "image/png")
    if current is not None and current.digest == digest:
        return current
    given = _next(employer, digest, by)
    audit.record("logo_given", employer, by=by, digest=digest)
    return given


def remove_logo(employer: Employer, *, by: Actor) -> None:
    """Take the logo of an employer back; without one, nothing happens.

    Refuses: someone who does not act for this employer.
    """
    _let_in(employer, by)
    lock(employer)
    if logo_of(employer) is not None:
        _next(employer, None, by)
        audit.record("logo_removed", employer, by=by)


def _let_in(employer: Employer, by: Actor) -> None:
    if not is_member(by.user_id, employer):
        raise Refusal(_("Seules les personnes de cette organisation peuvent changer son logo."))


def _next(employer: Employer, digest: str | None, by: Actor) -> EmployerLogo:
    last = last_logo(employer)
    given = EmployerLogo(
        employer=employer, number=last.number + 1 if last else 1, digest=digest, given_at=clock.now(), given_by=by.ref
    )  # fmt: skip
    db.session.add(given)
    db.session.flush()
    return given
