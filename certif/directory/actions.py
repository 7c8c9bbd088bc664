"""What can happen to a public profile: its employer edits it, and what it says is public as long as the certification stands."""

from __future__ import annotations

from typing import Any

from certif.directory.profiles import EmployerProfile, hires_by_default, profile_of
from certif.employers import Employer
from certif.kit import audit, clock
from certif.kit.access import Actor
from certif.kit.db import db, lock
from certif.kit.languages import _l

audit.declare("public_profile_edited", _l("%(by)s a modifié la fiche publique (%(fields)s)."), "fields")


def edit_profile(employer: Employer, answers: dict[str, Any], *, by: Actor) -> EmployerProfile:
    """Keep what an employer says of itself to the public. The journal names what changed, never the words.

    Takes: `answers`, the fields of `EmployerProfile` by name, each text empty where nothing is to be shown.
    """
    lock(employer)
    profile = profile_of(employer) or EmployerProfile(employer_id=employer.id, hires_students=hires_by_default(employer.hires))
    changed = sorted(name for name, value in answers.items() if (getattr(profile, name) or "") != (value or ""))
    for name in changed:
        setattr(profile, name, answers[name])
    if not changed:
        return profile
    profile.edited_at, profile.edited_by = clock.now(), by.ref
    db.session.add(profile)
    audit.record("public_profile_edited", employer, by=by, fields=", ".join(changed))
    return profile
