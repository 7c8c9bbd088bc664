"""What can happen to partners' statements: a rate is set from a day on; a statement is approved, once."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
from collections.abc import Sequence

from certif.kit import audit, clock
from certif.kit.access import Actor
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.inserting import insert_new
from certif.kit.languages import _, _l, format_money
from certif.kit.money import Money
from certif.programs import Program
from certif.reports.model import ReportPeriod
from certif.reports.queries import DECIDERS
from certif.reports.statement_model import ActivityRate, ApprovedLine, StatementApproval
from certif.reports.statements import Worked, approval_of, statement_for
from certif.territory import Partner

audit.declare(
    "rate_set",
    _l("%(by)s a fixé les tarifs à compter du %(from_on)s : %(visit)s par rencontre, %(kilometre)s par kilomètre, %(hour)s par heure."),
    "from_on", "visit", "kilometre", "hour",
)  # fmt: skip
audit.declare(
    "statement_approved", _l("%(by)s a approuvé le relevé de %(partner)s : %(visits)s rencontres, %(total)s."), "partner", "visits", "total"
)


def set_rate(program: Program, from_on: dt.date, visit: Money, kilometre: Money, hour: Money, *, by: Actor) -> ActivityRate:
    """Say what meetings are worth from a day on; statements that are approved do not change.

    Refuses: someone who does not decide in the program; a day that has its rates already.
    """
    _check_decides(program, by)
    cents = {"visit_cents": visit.cents, "kilometre_cents": kilometre.cents, "hour_cents": hour.cents}
    row = {"program_id": program.id, "from_on": from_on, **cents, "set_at": clock.now(), "set_by": by.ref}
    found = insert_new(ActivityRate, [row], ActivityRate.id)
    if not found:
        raise Refusal(_("Des tarifs commencent déjà ce jour-là : choisissez un autre jour."))
    rate = db.session.get_one(ActivityRate, found[0])
    said = {"visit": format_money(visit), "kilometre": format_money(kilometre), "hour": format_money(hour)}
    audit.record("rate_set", rate, by=by, from_on=from_on.isoformat(), **said)
    return rate


def approve_statement(period: ReportPeriod, partner: Partner, *, seen: str, by: Actor) -> StatementApproval:
    """Approve what a partner did in a period, once; each meeting is paid once, whatever the periods.

    Takes: `seen`, the digest of the lines on the screen.
    Refuses: someone who does not decide in the program; a period that is not over; a statement that is approved already, is empty, changed
    in the meantime, or has a meeting without a rate.
    """
    _check_decides(period.program, by)
    lock(period.program)
    if approval_of(period, partner) is not None:
        raise Refusal(_("Ce relevé est déjà approuvé."))
    if period.until_on >= clock.today():
        raise Refusal(_("Cette période n’est pas finie : approuvez le relevé à partir du lendemain de son dernier jour."))
    statement = statement_for(period, partner)
    if not statement.lines:
        raise Refusal(_("Ce relevé est vide : il n’y a rien à approuver."))
    if not statement.has_rates:
        raise Refusal(_("Des rencontres n’ont pas de tarif ce jour-là : fixez d’abord les tarifs."))
    digest = digest_of(statement.lines)
    if digest != seen:
        raise Refusal(_("Le relevé vient de changer. Relisez-le avant de l’approuver."))
    approval = StatementApproval(
        period=period, partner=partner, visits=len(statement.lines), kilometres=statement.kilometres, minutes=statement.minutes,
        total_cents=statement.total.cents, digest=digest, approved_at=clock.now(), approved_by=by.ref, approver=by.name,
    )  # fmt: skip
    for number, line in enumerate(statement.lines, 1):
        said = {name: value for name, value in dataclasses.asdict(line).items() if name != "has_rate"}
        approval.lines.append(ApprovedLine(number=number, **said))
    db.session.add(approval)
    db.session.flush()
    audit.record("statement_approved", approval, by=by, partner=partner.name, visits=approval.visits, total=format_money(approval.total))
    return approval


def seen_of(period: ReportPeriod, partner: Partner) -> str:
    """Give the digest of the lines of a statement as it stands."""
    return digest_of(statement_for(period, partner).lines)


def digest_of(lines: Sequence[Worked]) -> str:
    """Give the digest of the lines of a statement: SHA-256, hex."""
    said = [{**dataclasses.asdict(one), "met_on": one.met_on.isoformat()} for one in lines]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _check_decides(program: Program, by: Actor) -> None:
    if not by.holds(program.id, *DECIDERS):
        raise Refusal(_("Dans ce programme, cela revient à la gestion régionale."))
