"""What stands behind the doors of juries: one that judges the employer, with a juror whom nobody else is."""

from __future__ import annotations

from typing import Any

from certif import employers
from certif.campaigns import Unit
from certif.certification import Certification
from certif.kit.access import Role
from certif.programs import Program
from certif.selections import jury_actions
from certif.selections.jury_queries import board_of
from tests.factories import make_staff, make_user, unit
from tests.nominations.making import make_boss, make_nomination
from tests.selections.juries import make_contest

_OF_STAFF = (
    "manage_jury", "open_jury", "fill_jury", "invite_juror", "end_seat", "nudge_jurors", "assign_entries", "show_ranking", "export_ballots",
    "export_verifier",
)  # fmt: skip


def judged(program: Program, certification: Certification, secret: str) -> dict[str, dict[str, Any]]:
    """A jury of one entry, the employer behind the doors, and one juror."""
    campaign = make_contest(program=program, contest={"unit": Unit.BOSS})
    place = employers.establishments_of(certification.employer)[0]
    make_nomination(make_boss(campaign, establishment=place, person=secret), answers={"exams": f"{secret} m’aide."})
    user, by = make_user(), make_staff(Role.MANAGER, program).actor
    with unit():
        jury = jury_actions.open_jury(campaign, campaign.definition.phases[0], by=by)
        seat = jury_actions.invite_juror(jury, user.email, name=user.name, language="fr", by=by)
    kept = {"ref": campaign.ref, "phase": jury.phase_id, "seat": seat.ref}
    entry = board_of(jury).entries[0].ref
    of_jurors = ("show_jury", "cast_ballot", "recuse", "take_back_recusal")
    return {
        **{f"selections.{name}": kept for name in _OF_STAFF},
        **{f"selections.{name}": {"ref": jury.ref, "entry": entry} for name in (*of_jurors, "rank_entries")},
    }
