"""Periods: opened, given targets, locked, unlocked."""

from __future__ import annotations

from typing import Any

from flask import Response, request
from werkzeug import Response as Answer

from certif.kit import audit
from certif.kit.access import actor, audience
from certif.kit.filters import following
from certif.kit.forms import Form
from certif.kit.languages import _
from certif.kit.web import go, page, say
from certif.plans import objectives_in
from certif.programs import program_of, programs_of
from certif.reports import actions, queries
from certif.reports.figures import progress_of
from certif.reports.forms import PeriodForm, TargetForm, UnlockForm
from certif.reports.queries import DECIDERS, READERS
from certif.reports.views import pages


@pages.route("/personnel/rapports/periodes")
@audience(*READERS)
def list_periods() -> Response:
    """The periods of my programs."""
    found = queries.periods_of(actor(), request.args.get("suite"))
    return page("reports/list_periods.html", found=found, next_url=following(found), programs=programs_of(actor(), *DECIDERS))


@pages.route("/personnel/rapports/periodes/nouvelle/<slug>", methods=["GET", "POST"])
@audience(*DECIDERS)
def open_period(slug: str) -> Response | Answer:
    """Days that a program will answer for."""
    program, form = program_of(actor(), slug, *DECIDERS), PeriodForm()
    if form.validate_on_submit():
        with form.held():
            period = actions.open_period(program, form.title.data, form.from_on.data, form.until_on.data, by=actor())
            say(_("La période est ouverte. Fixez ses cibles."))
            return go("reports.show_period", ref=period.ref)
    return page("reports/open_period.html", form=form, program=program)


@pages.route("/personnel/rapports/periodes/<ref>")
@audience(*READERS)
def show_period(ref: str) -> Response:
    """One period: its targets and how far they are, whether it is locked, and what became of it."""
    period = queries.period_of(actor(), ref)
    decides = actor().holds(period.program_id, *DECIDERS)
    aims = progress_of(period, queries.targets_of(period))
    shown: dict[str, Any] = {"place_of": actions.place_of, "history": audit.history(period)}
    return page("reports/show_period.html", period=period, aims=aims, decides=decides, form=Form(), **shown)


@pages.route("/personnel/rapports/periodes/<ref>/cibles", methods=["GET", "POST"])
@audience(*DECIDERS)
def set_target(ref: str) -> Response | Answer:
    """What the period aims at."""
    period = queries.period_of(actor(), ref, *DECIDERS)
    form = TargetForm().offer(queries.mrcs_of(period.program), objectives_in(period.program))
    if form.validate_on_submit():
        with form.held():
            actions.set_target(period, **form.said, by=actor())
            say(_("La cible est fixée."))
            return go("reports.show_period", ref=ref)
    return page("reports/set_target.html", form=form, period=period)


@pages.route("/personnel/rapports/cibles/<ref>/retrait", methods=["POST"])
@audience(*DECIDERS)
def drop_target(ref: str) -> Answer:
    """A target that is given up."""
    target = queries.target_of(actor(), ref)
    back = target.period.ref
    actions.drop_target(target, by=actor())
    say(_("La cible est retirée."))
    return go("reports.show_period", ref=back)


@pages.route("/personnel/rapports/periodes/<ref>/verrou", methods=["GET", "POST"])
@audience(*DECIDERS)
def lock_period(ref: str) -> Response | Answer:
    """The figures, frozen."""
    period, form = queries.period_of(actor(), ref, *DECIDERS), Form()
    if form.validate_on_submit():
        with form.held():
            actions.lock_period(period, by=actor())
            say(_("La période est verrouillée : ses chiffres ne changent plus."))
            return go("reports.show_period", ref=ref)
    return page("reports/lock_period.html", form=form, period=period)


@pages.route("/personnel/rapports/periodes/<ref>/deverrouillage", methods=["GET", "POST"])
@audience(*DECIDERS)
def unlock_period(ref: str) -> Response | Answer:
    """The figures, following what is noted again; why."""
    period, form = queries.period_of(actor(), ref, *DECIDERS), UnlockForm()
    if form.validate_on_submit():
        with form.held():
            actions.unlock_period(period, form.reason.data, by=actor())
            say(_("La période est déverrouillée."))
            return go("reports.show_period", ref=ref)
    return page("reports/unlock_period.html", form=form, period=period)
