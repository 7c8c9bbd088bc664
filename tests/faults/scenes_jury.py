"""The forms of juries: whoever keeps one, and whoever sits."""

from __future__ import annotations

from certif.kit.access import Role
from certif.selections import RecusalKind, jury_actions
from tests import factories
from tests.factories import Person, unit
from tests.faults.crowds import Press, filled
from tests.faults.scenery import Scenery
from tests.nominations.making import make_boss, make_nomination
from tests.selections.juries import Case, make_contest, make_jury


def at_desk(jurors: int = 1, **decided: object) -> tuple[Case, Person]:
    """Give a jury of two entries that judges, and who keeps it."""
    case = make_jury(jurors, 2, **decided)
    return case, case.manager


def reading() -> tuple[Person, str]:
    """Give a juror, and where it reads an entry."""
    case, _manager = at_desk()
    return case.people[0], f"{case.path}/{case.entries[0].ref}"


def cast_ballot(_scenery: Scenery) -> Press:
    juror, path = reading()
    return filled(juror, path, "Garder et continuer", score_0=4, score_1=3, comment="Beau geste.")


def rank_entries(_scenery: Scenery) -> Press:
    case, _manager = at_desk(is_ranked=True, criteria=(), keeps=1)
    return filled(case.people[0], f"{case.path}/classement", rank_1="2", rank_2="1")


def recuse(_scenery: Scenery) -> Press:
    juror, path = reading()
    return filled(juror, f"{path}/retrait", kind="conflict", reason="Ma cousine y travaille.")


def take_back_recusal(_scenery: Scenery) -> Press:
    case, _manager = at_desk()
    entry = case.entries[0]
    with unit():
        jury_actions.recuse(case.seats[0], entry, RecusalKind.ABSTENTION, "", by=case.people[0].actor)
    return filled(case.people[0], f"{case.path}/{entry.ref}", "Revenir")


def open_jury(_scenery: Scenery) -> Press:
    campaign = make_contest()
    manager = factories.make_staff(Role.MANAGER, campaign.program)
    return filled(manager, f"/personnel/concours/{campaign.ref}/jury/jury", "Ouvrir le jury")


def fill_jury(_scenery: Scenery) -> Press:
    case, manager = at_desk()
    make_nomination(make_boss(case.campaign, "Une de plus"))
    return filled(manager, case.desk, "Les soumettre au jury")


def invite_juror(scenery: Scenery) -> Press:
    case, manager = at_desk()
    return filled(manager, f"{case.desk}/sieges", name="Ana", email=f"ana{scenery.next()}@exemple.com", language="fr")


def end_seat(_scenery: Scenery) -> Press:
    case, manager = at_desk()
    return filled(manager, f"{case.desk}/sieges/{case.seats[0].ref}/fin", "Mettre fin")


def nudge_jurors(_scenery: Scenery) -> Press:
    case, manager = at_desk()
    return filled(manager, case.desk, "Relancer")


def assign_entries(_scenery: Scenery) -> Press:
    case, manager = at_desk(2, jurors_each=1)
    lines = "\n".join(f"{one.number} ; {case.seats[0].email}" for one in case.entries)
    return filled(manager, f"{case.desk}/repartition", lines=lines)


JURIES = {
    f"selections.{scene.__name__}": scene
    for scene in (
        cast_ballot, rank_entries, recuse, take_back_recusal, open_jury, fill_jury, invite_juror, end_seat, nudge_jurors, assign_entries,
    )
}  # fmt: skip
ONCE_JUDGED = tuple(name for name in JURIES if name != "selections.assign_entries")
"""What happens once by its nature."""
