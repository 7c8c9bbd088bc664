"""Files are checked when they come, where their program says so; one for which everything holds is validated at once, the others wait.

The decision is taken by the system, through the same act as a person's. It only ever grants: refusing, suspending and revoking are for
people. Whoever receives it is told, and may have it reviewed by a person.
Source: Act respecting the protection of personal information in the private sector, s. 12.1.
"""

from __future__ import annotations

import datetime as dt
from contextlib import suppress

from sqlalchemy import exists, select

from certif.certification.actions import validate
from certif.certification.checks import asked_of, entry_level, failing
from certif.certification.model import Certification, Stage
from certif.certification.queries import places_of
from certif.certification.reviews import AutomaticReview, review_of
from certif.certification.stages import at
from certif.kit import audit, clock, tokens
from certif.kit.access import SYSTEM, Actor
from certif.kit.db import db, lock, transaction
from certif.kit.errors import Refusal
from certif.kit.jobs import recurring
from certif.kit.languages import _, _l, speaking
from certif.programs import Automatic, ProgramVersion, is_paused, version_in_force

_MOST = 200

audit.declare("file_checked", _l("%(by)s a vérifié le dossier, sans qu’une personne le regarde. Tenu : %(held)s. Non tenu : %(failed)s."),
              "held", "failed", "is_drawn")  # fmt: skip


@recurring("validate_automatically", every=dt.timedelta(minutes=5))
def validate_automatically() -> None:
    """Check the files that have come and were not checked yet, each in a transaction of its own."""
    for certification_id in _candidates():
        with suppress(Refusal), transaction():  # what a rule refuses in the meantime waits for a person
            examine(lock(db.session.get_one(Certification, certification_id)), by=SYSTEM)


def examine(certification: Certification, *, by: Actor) -> AutomaticReview | None:
    """Check a file once, and validate it when everything holds and the lot leaves it.

    Gives: what was found; None for a file that is not to be checked, or was checked already.
    """
    rules = _rules_for(certification)
    if rules is None or certification.stage is not Stage.AWAITING_VALIDATION or review_of(certification) is not None:
        return None
    failed = failing(certification, rules.checks)
    held = [check for check in asked_of(rules.checks) if check not in failed]
    review = AutomaticReview(
        certification_id=certification.id, held=[one.value for one in held], failed=[one.value for one in failed],
        is_drawn=not failed and tokens.below(100) < rules.hand_percent, checked_at=clock.now(),
    )  # fmt: skip
    db.session.add(review)
    db.session.flush()
    with speaking("fr"):
        none = str(_("rien"))
        said = {"held": ", ".join(review.held_labels) or none, "failed": ", ".join(str(one.label) for one in failed) or none}
    audit.record("file_checked", certification, by=by, is_drawn=review.is_drawn, **said)
    if review.allows:
        validate(certification, level=entry_level(certification), establishments=places_of(certification), visited_on=None, seen=0, by=by)
    return review


def _rules_for(certification: Certification) -> Automatic | None:
    """Give the checks of a file: its own version must say so, and the one in force today too, so that a region turns it off at once."""
    own, now = certification.version.rules.automatic, version_in_force(certification.program)
    today = now.rules.automatic if now is not None else None
    if own is None or today is None or is_paused(certification.program):
        return None
    return Automatic(tuple({*own.checks, *today.checks}), max(own.hand_percent, today.hand_percent))


def _candidates() -> list[int]:
    versions = db.session.scalars(select(ProgramVersion).where(ProgramVersion.published_at.is_not(None)))
    named = [version.id for version in versions if version.rules.automatic is not None]
    was_checked = exists().where(AutomaticReview.certification_id == Certification.id)
    query = select(Certification.id).where(Certification.version_id.in_(named), at(Stage.AWAITING_VALIDATION), ~was_checked)
    return list(db.session.scalars(query.order_by(Certification.id).limit(_MOST))) if named else []
