"""The schedule checker: anyone fills in a week and reads what the law says of it. No account, no cookie, nothing kept, nothing of it in an
address."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import Response, request
from flask_limiter.util import get_remote_address

from certif import law
from certif.agreements.ages import AgeBand, Studies
from certif.agreements.schedules import Judgement, Student, judge, legal_calendar, spoken_hours, usual_week
from certif.agreements.views import pages
from certif.agreements.week_forms import ScheduleForm
from certif.kit import clock, tokens
from certif.kit.access import ANYONE, audience
from certif.kit.limits import limiter
from certif.kit.web import cookieless, page
from certif.programs import Program, hour_sentences, open_programs, version_in_force
from certif.territory import Partner, PartnerKind, partners, regions

A_SCHOOL = "6000 per minute"
_KEPT_SECONDS = 300


def _network() -> str:
    return tokens.digest(f"{clock.today()} {get_remote_address()}")[:16]


@pages.route("/horaire", methods=["GET", "POST"])
@limiter.limit(A_SCHOOL, key_func=_network, methods=["POST"], override_defaults=True)
@audience(ANYONE)
@cookieless
def check_schedule() -> Response:
    """A week of work, and what the law and a program’s promise say of it."""
    bodies, programs = partners(PartnerKind.SCHOOL_BODY), _programs()
    form = ScheduleForm(on=clock.today(), studies="secondary").offer(bodies, programs)
    found = _judged(form, bodies, programs) if request.method == "POST" and form.validate() else None
    on = form.on.data or clock.today()
    answer = page("agreements/check_schedule.html", form=form, found=found, rules=_rules(on), on=on, spoken_hours=spoken_hours)
    if request.method == "GET":
        answer.headers["Cache-Control"] = f"public, max-age={_KEPT_SECONDS}"
    return answer


def _programs() -> list[Program]:
    regions()  # each program then finds its own without a question more
    return open_programs()


def _judged(form: ScheduleForm, bodies: list[Partner], programs: list[Program]) -> dict[str, Any]:
    on: dt.date = form.on.data
    body = next((one for one in bodies if one.ref == form.body.data), None)
    calendar = legal_calendar(body, on, form.class_hours)
    student = Student(
        AgeBand(form.band.data), Studies(form.studies.data), calendar, form.has_diploma.data, form.exception.data or None,
        form.has_form.data, form.way_home.data or 0,
    )  # fmt: skip
    program = next((one for one in programs if one.slug == form.program.data), None)
    version = version_in_force(program, on) if program else None
    hours = version.rules.hours if version else ()
    sunday = law.sunday_of(on)
    judged: Judgement = judge(usual_week(form.shifts, sunday), student, hours, on=on, federal=form.federal.data)
    return {
        "judged": judged, "sunday": sunday, "program": program, "body": body, "is_federal": form.federal.data,
        "has_calendar": body is not None and calendar is not None and legal_calendar(body, on) is not None,
        "promise": hour_sentences([law.promised_to(judged.group, hours)]) if version else [],
    }  # fmt: skip


def _rules(on: dt.date) -> list[law.LegalRule]:
    return [rule for rule in law.rules_in_force(on) if rule.may_be_shown]
