"""What can happen to accountability, in story order: a period opened, targets set, the period locked and unlocked; a trial concluded."""

from __future__ import annotations

import datetime as dt
import hashlib
import json

from sqlalchemy import select

from certif.kit import audit, clock
from certif.kit.access import Actor
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.inserting import insert_new
from certif.kit.languages import _, _l
from certif.plans import ActionPlan, Objective
from certif.programs import Program
from certif.reports.asked import Asked
from certif.reports.figures import all_cells
from certif.reports.indicators import INDICATORS
from certif.reports.model import FrozenFigure, PeriodLock, PilotEvaluation, ReportPeriod, Target
from certif.reports.queries import DECIDERS, evaluation_of
from certif.territory import Mrc

audit.declare(
    "period_opened", _l("%(by)s a ouvert la période « %(title)s », du %(from_on)s au %(until_on)s."), "title", "from_on", "until_on"
)
_WORDS = {"indicator": {code: indicator.label for code, indicator in INDICATORS.items()}, "place": {"": _l("ensemble du programme")}}
audit.declare("target_set", _l("%(by)s a fixé la cible %(indicator)s à %(aim)s (%(place)s)."), "indicator", "aim", "place", words=_WORDS)
audit.declare("target_dropped", _l("%(by)s a retiré la cible %(indicator)s (%(place)s)."), "indicator", "place", words=_WORDS)
audit.declare("period_locked", _l("%(by)s a verrouillé la période. Empreinte des chiffres : %(digest)s"), "digest")
audit.declare("period_unlocked", _l("%(by)s a déverrouillé la période. Motif : %(reason)s"), "reason")
audit.declare("evaluation_written", _l("%(by)s a rédigé la conclusion de l’évaluation du projet pilote."))
audit.declare("evaluation_signed", _l("%(by)s a signé l’évaluation du projet pilote. Empreinte du texte : %(digest)s"), "digest")


def open_period(program: Program, title: str, from_on: dt.date, until_on: dt.date, *, by: Actor) -> ReportPeriod:
    """Say which days a program will answer for.

    Refuses: someone who does not decide in the program; days in the wrong order; days that are a period already.
    """
    _check_decides(program, by)
    if until_on < from_on:
        raise Refusal(_("Le dernier jour de la période ne vient pas avant le premier."))
    days = {"from_on": from_on, "until_on": until_on}
    row = {"program_id": program.id, "title": title, **days, "opened_at": clock.now(), "opened_by": by.ref}
    found = insert_new(ReportPeriod, [row], ReportPeriod.id)
    if not found:
        raise Refusal(_("Ces jours sont déjà ceux d’une période."))
    period = db.session.get_one(ReportPeriod, found[0])
    audit.record("period_opened", period, by=by, title=title, from_on=from_on.isoformat(), until_on=until_on.isoformat())
    return period


def set_target(
    period: ReportPeriod, indicator: str, aim: int, *, mrc: Mrc | None = None, objective: Objective | None = None, by: Actor
) -> Target:
    """Say what a period aims at, on the whole, in one MRC or under one objective; the last one said counts.

    Refuses: both an MRC and an objective; what the indicator cannot be narrowed to; an objective of another program.
    """
    lock(period)
    _check_target(period, indicator, mrc, objective)
    here = {
        "period_id": period.id,
        "indicator": indicator,
        "mrc_id": mrc.id if mrc else None,
        "objective_id": objective.id if objective else None,
    }
    same = [getattr(Target, name).is_(None) if value is None else getattr(Target, name) == value for name, value in here.items()]
    target = db.session.scalar(select(Target).where(*same))
    if target is None:
        target = Target(**here)
        db.session.add(target)
    target.aim, target.set_at, target.set_by = aim, clock.now(), by.ref
    db.session.flush()
    audit.record("target_set", period, by=by, indicator=indicator, aim=aim, place=_place_code(target))
    return target


def drop_target(target: Target, *, by: Actor) -> None:
    """Aim at nothing there any more. Refuses (404) a target that was dropped in the meantime."""
    lock(target.period)
    lock(target)
    audit.record("target_dropped", target.period, by=by, indicator=target.indicator, place=_place_code(target))
    db.session.delete(target)


def place_of(target: Target) -> str:
    """Say in words of what a target is."""
    return _place_code(target) or _("ensemble du programme")


def _place_code(target: Target) -> str:
    """Give what the journal keeps of a place: a name or a code, nothing for the whole."""
    return target.mrc.name if target.mrc else target.objective.code if target.objective else ""


def lock_period(period: ReportPeriod, *, by: Actor) -> PeriodLock:
    """Freeze the figures of a period: what changes afterwards is shown beside them, and changes them no more.

    Refuses: a period that is locked; one that is not over.
    """
    lock(period)
    if period.lock is not None:
        raise Refusal(_("Cette période est déjà verrouillée."))
    if period.until_on >= clock.today():
        raise Refusal(_("Cette période n’est pas finie : verrouillez-la à partir du lendemain de son dernier jour."))
    cells = all_cells(Asked((period.program,), period.from_on, period.until_on, period))
    held = PeriodLock(number=len(period.locks) + 1, digest=digest_of(cells), locked_at=clock.now(), locked_by=by.ref)
    period.locks.append(held)
    db.session.flush()
    rows = [{"lock_id": held.id, "indicator": name, "cut": cut, "key": key, "count": count} for name, cut, key, count in cells]
    db.session.execute(FrozenFigure.__table__.insert(), rows)  # type: ignore[attr-defined]
    audit.record("period_locked", period, by=by, digest=held.digest)
    return held


def digest_of(cells: list[tuple[str, str, str, int | None]]) -> str:
    """Give the digest of figures, in whatever order they come: SHA-256, hex."""
    return hashlib.sha256(json.dumps(sorted(cells, key=str), ensure_ascii=False).encode()).hexdigest()


def unlock_period(period: ReportPeriod, reason: str, *, by: Actor) -> None:
    """Let the figures of a period follow the rows again; what was frozen stays, for the record. Refuses: a period that is open."""
    lock(period)
    held = period.lock
    if held is None:
        raise Refusal(_("Cette période n’est pas verrouillée."))
    held.unlocked_at, held.unlocked_by, held.unlock_reason = clock.now(), by.ref, reason
    audit.record("period_unlocked", period, by=by, reason=reason)


def write_conclusion(plan: ActionPlan, conclusion: str, *, by: Actor) -> PilotEvaluation:
    """Say what a trial taught. Refuses: a plan that is no trial; an evaluation that was signed."""
    lock(plan)
    if not plan.is_pilot:
        raise Refusal(_("Seul un projet pilote s’évalue ainsi."))
    found = evaluation_of(plan) or PilotEvaluation(plan=plan)
    if found.signed_at is not None:
        raise Refusal(_("Cette évaluation est signée : elle ne change plus."))
    found.conclusion, found.written_at, found.written_by = conclusion, clock.now(), by.ref
    db.session.add(found)
    db.session.flush()
    audit.record("evaluation_written", found, by=by)
    return found


def sign_evaluation(plan: ActionPlan, *, by: Actor) -> PilotEvaluation:
    """Sign what was concluded, once: it changes no more.

    Refuses: someone who does not decide in the program; a trial that is not over; a conclusion that is not written, or is signed already.
    """
    _check_decides(plan.program, by)
    lock(plan)
    found = evaluation_of(plan)
    if found is None:
        raise Refusal(_("Rédigez d’abord la conclusion."))
    if found.signed_at is not None:
        raise Refusal(_("Cette évaluation est déjà signée."))
    if plan.until_on >= clock.today():
        raise Refusal(_("Ce projet pilote n’est pas fini : signez son évaluation à partir du lendemain de son dernier jour."))
    found.signed_at, found.signed_by, found.signer = clock.now(), by.ref, by.name
    audit.record("evaluation_signed", found, by=by, digest=hashlib.sha256(found.conclusion.encode()).hexdigest())
    return found


def _check_decides(program: Program, by: Actor) -> None:
    if not by.holds(program.id, *DECIDERS):
        raise Refusal(_("Dans ce programme, cela revient à la gestion régionale."))


def _check_target(period: ReportPeriod, indicator: str, mrc: Mrc | None, objective: Objective | None) -> None:
    if mrc is not None and objective is not None:
        raise Refusal(_("Choisissez une MRC ou un objectif, pas les deux."))
    if objective is not None and objective.plan.program_id != period.program_id:
        raise Refusal(_("Choisissez un objectif d’un plan du programme."))
    asked = Asked((period.program,), period.from_on, period.until_on, period, mrc=mrc, objective=objective)
    if not INDICATORS[indicator].answers(asked):
        raise Refusal(_("« %(label)s » ne se compte pas par objectif.", label=INDICATORS[indicator].label))
