"""The bosses of a contest as staff see them: the ranking, one of them, those that may be one, and the register."""

from __future__ import annotations

from flask import Response, request
from werkzeug import Response as Answer

from certif.kit import audit
from certif.kit.access import STAFF, actor, audience
from certif.kit.filters import following
from certif.kit.forms import Form
from certif.kit.languages import _
from certif.kit.web import go, page, say
from certif.nominations import boss_actions, lead_actions, thanks_queries
from certif.nominations import boss_queries as queries
from certif.nominations.boss_check_actions import WAYS
from certif.nominations.boss_forms import BossFilterForm, FindPlaceForm, LinkBossForm, UndoMergeForm
from certif.nominations.boss_likeness import why_alike
from certif.nominations.boss_queries import RULERS, BossFilter, boss_of, contest_of
from certif.nominations.boss_twins import like, twins_of
from certif.nominations.views import pages

VERDICTS = {"fit": "certified", "unfit": "revoked", "split": "action", None: "waiting"}
"""The look of what is thought of whether a boss may be kept."""


@pages.route("/personnel/concours/<ref>/boss")
@audience(*STAFF)
def list_bosses(ref: str) -> Response:
    """The bosses of a contest, the most named first."""
    campaign = contest_of(actor(), ref)
    form = BossFilterForm().offer(campaign)
    asked = BossFilter(form.asked("mrc"), form.category_of(campaign))
    found = queries.ranking_of(campaign, actor(), asked, request.args.get("suite"))
    return page("nominations/list_bosses.html", campaign=campaign, form=form, found=found, next_url=following(found), looks=VERDICTS)


@pages.route("/personnel/boss/<ref>")
@audience(*STAFF)
def show_boss(ref: str) -> Response:
    """One boss: for whom it counts, what reviewers think, what it looks like, how it was thanked."""
    boss = boss_of(actor(), ref)
    checks, ruling = queries.checks_of(boss)
    verdict, merge, lead = queries.verdict_of(boss), queries.merge_of(boss), lead_actions.lead_of(boss)
    return page(
        "nominations/show_boss.html", boss=boss, count=queries.count_of(boss), merge=merge, merged=queries.merged_into(boss),
        twins=like(boss), why_alike=why_alike, checks=checks, ruling=ruling, verdict=verdict, look=VERDICTS[verdict],
        rules=actor().holds(boss.campaign.program_id, *RULERS), ways={way.value: label for way, label in WAYS.items()}, lead=lead,
        is_certified=lead_actions.is_certified_now(boss), thanks=thanks_queries.thanks_given(boss), history=audit.history(boss),
    )  # fmt: skip


@pages.route("/personnel/concours/<ref>/boss/doublons")
@audience(*STAFF)
def list_twins(ref: str) -> Response:
    """The bosses that may be one, the likeliest first, with the reasons."""
    campaign = contest_of(actor(), ref)
    found = twins_of(campaign, actor(), request.args.get("suite"))
    return page("nominations/list_twins.html", campaign=campaign, found=found, next_url=following(found), why_alike=why_alike, form=Form())


@pages.route("/personnel/boss/<ref>/fusion/<other>", methods=["GET", "POST"])
@audience(*STAFF)
def merge_bosses(ref: str, other: str) -> Response | Answer:
    """See two bosses side by side, and let the first count for the other."""
    merged, kept, form = boss_of(actor(), ref), boss_of(actor(), other), Form()
    if form.validate_on_submit():
        with form.held():
            boss_actions.merge_bosses(merged, kept, by=actor())
            say(_("« %(merged)s » compte maintenant pour « %(kept)s ».", merged=merged.name, kept=kept.name))
            return go("nominations.show_boss", ref=kept.ref)
    sides = [(one, queries.count_of(one)) for one in (merged, kept)]
    return page("nominations/merge_bosses.html", form=form, merged=merged, kept=kept, sides=sides)


@pages.route("/personnel/boss/<ref>/distinction/<other>", methods=["POST"])
@audience(*STAFF)
def keep_apart(ref: str, other: str) -> Answer:
    """Note that two bosses are two."""
    boss = boss_of(actor(), ref)
    boss_actions.keep_apart(boss, boss_of(actor(), other), by=actor())
    say(_("C’est noté : ce sont deux boss."))
    return go("nominations.list_twins", ref=boss.campaign.ref)


@pages.route("/personnel/boss/<ref>/separation", methods=["GET", "POST"])
@audience(*STAFF)
def undo_merge(ref: str) -> Response | Answer:
    """Let a boss that counts for another count for itself again."""
    boss, form = boss_of(actor(), ref), UndoMergeForm()
    merge = queries.merge_of(boss)
    if merge is None:
        return go("nominations.show_boss", ref=ref)
    if form.validate_on_submit():
        with form.held():
            boss_actions.undo_merge(merge, form.reason.data, by=actor())
            return go("nominations.show_boss", ref=ref)
    return page("nominations/undo_merge.html", form=form, boss=boss, merge=merge)


@pages.route("/personnel/boss/<ref>/registre", methods=["GET", "POST"])
@audience(*STAFF)
def link_boss(ref: str) -> Response | Answer:
    """Look for a boss in the register, and say which place it is."""
    boss, search = boss_of(actor(), ref), FindPlaceForm()
    found = boss_actions.places_like(boss, search.asked("q") or boss.name)
    form = LinkBossForm().offer(found)
    if form.validate_on_submit():
        with form.held():
            boss_actions.link_boss(boss, next(one for one in found if one.ref == form.place.data), by=actor())
            return go("nominations.show_boss", ref=ref)
    return page("nominations/link_boss.html", form=form, search=search, boss=boss, found=found)
