"""Reviewers say whether a boss may be kept; a manager decides where they do not agree."""

from __future__ import annotations

from flask import Response
from werkzeug import Response as Answer

from certif.kit.access import STAFF, actor, audience
from certif.kit.web import go, page
from certif.nominations import boss_check_actions as actions
from certif.nominations.boss_forms import CheckBossForm, RuleBossForm
from certif.nominations.boss_queries import RULERS, boss_of, checks_of
from certif.nominations.desk_model import CheckWay
from certif.nominations.views import pages


@pages.route("/personnel/boss/<ref>/verification", methods=["GET", "POST"])
@audience(*STAFF)
def check_boss(ref: str) -> Response | Answer:
    """Say whether a boss may be kept, how one looked, and why."""
    boss = boss_of(actor(), ref)
    checks, _ruling = checks_of(boss)
    mine = next((one for one in checks if one.checked_by == actor().ref), None)
    form = CheckBossForm(**({"fitness": "fit" if mine.is_fit else "unfit", "way": mine.way, "reason": mine.reason} if mine else {}))
    if form.validate_on_submit():
        with form.held():
            said = {"is_fit": form.fitness.data == "fit", "way": CheckWay(form.way.data), "reason": form.reason.data}
            actions.check_boss(boss, **said, by=actor())
            return go("nominations.show_boss", ref=ref)
    return page("nominations/check_boss.html", form=form, boss=boss)


@pages.route("/personnel/boss/<ref>/arbitrage", methods=["GET", "POST"])
@audience(*RULERS)
def rule_boss(ref: str) -> Response | Answer:
    """Decide between reviewers."""
    boss, form = boss_of(actor(), ref), RuleBossForm()
    if form.validate_on_submit():
        with form.held():
            actions.rule_boss(boss, is_fit=form.fitness.data == "fit", reason=form.reason.data, by=actor())
            return go("nominations.show_boss", ref=ref)
    return page("nominations/rule_boss.html", form=form, boss=boss, checks=checks_of(boss)[0])
