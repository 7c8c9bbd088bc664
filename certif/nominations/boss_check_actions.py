"""Reviewers say whether an employer may be kept, each once; where they do not agree, a manager decides."""

from __future__ import annotations

from sqlalchemy import func, select

from certif.kit import audit, clock
from certif.kit.access import Actor
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.languages import _, _l
from certif.nominations.boss_queries import RULERS, merge_of, sees, verdict_of
from certif.nominations.desk_model import BossCheck, BossRuling, CheckWay
from certif.nominations.model import Boss

WAYS = {CheckWay.DESK: _l("Au dossier"), CheckWay.PHONE: _l("Par téléphone"), CheckWay.VISIT: _l("Visite sur place")}

audit.declare(
    "boss_found_fit", _l("%(by)s juge que ce boss peut être retenu (%(way)s). « %(reason)s »"), "way", "reason", words={"way": WAYS}
)
audit.declare(
    "boss_found_unfit",
    _l("%(by)s juge que ce boss ne peut pas être retenu (%(way)s). « %(reason)s »"),
    "way",
    "reason",
    words={"way": WAYS},
)
audit.declare("boss_ruled_fit", _l("%(by)s a tranché : ce boss peut être retenu. « %(reason)s »"), "reason")
audit.declare("boss_ruled_unfit", _l("%(by)s a tranché : ce boss ne peut pas être retenu. « %(reason)s »"), "reason")


def check_boss(boss: Boss, *, is_fit: bool, way: CheckWay, reason: str, by: Actor) -> BossCheck:
    """Say whether a boss may be kept. Said again by the same person, it replaces what that person said.

    Refuses: someone who has no say in that place; a boss that stands for another.
    """
    _let_check(boss, by)
    check = db.session.scalar(select(BossCheck).where(BossCheck.boss_id == boss.id, BossCheck.checked_by == by.ref))
    if check is None:
        check = BossCheck(boss=boss, checked_by=by.ref)
        db.session.add(check)
    check.is_fit, check.way, check.reason, check.checked_at, check.checker = is_fit, way.value, reason, clock.now(), by.name
    audit.record("boss_found_fit" if is_fit else "boss_found_unfit", boss, by=by, way=way.value, reason=reason)
    return check


def rule_boss(boss: Boss, *, is_fit: bool, reason: str, by: Actor) -> BossRuling:
    """Decide whether a boss may be kept, where reviewers do not agree; it stands whatever is said later, until it is decided otherwise.

    Refuses: someone who does not manage the program; a boss that stands for another; one of which reviewers agree and nobody has decided.
    """
    _let_check(boss, by)
    if not by.holds(boss.campaign.program_id, *RULERS):
        raise Refusal(_("Dans ce programme, seule la gestion tranche entre les avis."))
    last = db.session.scalar(select(func.max(BossRuling.number)).where(BossRuling.boss_id == boss.id)) or 0
    if not last and verdict_of(boss) != "split":
        raise Refusal(_("Les avis concordent : il n’y a rien à trancher."))
    ruling = BossRuling(
        boss=boss, number=last + 1, is_fit=is_fit, reason=reason, ruled_at=clock.now(), ruled_by=by.ref, ruler=by.name
    )  # fmt: skip
    db.session.add(ruling)
    audit.record("boss_ruled_fit" if is_fit else "boss_ruled_unfit", boss, by=by, reason=reason)
    return ruling


def _let_check(boss: Boss, by: Actor) -> None:
    lock(boss)
    if not sees(by, boss):
        raise Refusal(_("Dans ce concours, votre rôle ne permet pas de décider pour cet endroit."))
    if merge_of(boss) is not None:
        raise Refusal(_("Ce boss a été réuni à un autre : donnez votre avis sur cet autre."))
