"""The team reads nominations: a pile at a time, one nomination a page, struck where it must be, approved or set aside."""

from __future__ import annotations

from flask import Response, request, stream_with_context, url_for
from werkzeug import Response as Answer

from certif.kit import audit
from certif.kit.access import STAFF, actor, audience
from certif.kit.filters import following
from certif.kit.languages import _, _n
from certif.kit.sheets import CSV, XLSX
from certif.kit.striking import STRIKES
from certif.kit.web import download, go, go_to, page, say
from certif.nominations import reading_actions, reading_exports
from certif.nominations import reading_queries as queries
from certif.nominations.boss_queries import contest_of, title_of
from certif.nominations.model import Nomination
from certif.nominations.reading_forms import (
    ApproveSeveralForm,
    NominationFilterForm,
    ReadForm,
    SetAsideNominationForm,
    StrikeNominationForm,
)
from certif.nominations.reading_queries import PILES, Pile, nomination_of, said_digest
from certif.nominations.views import pages
from certif.surveys import level_label
from certif.territory import mrcs

pages.context_processor(lambda: {"title_of": title_of})


@pages.route("/personnel/concours/<ref>/nominations")
@audience(*STAFF)
def list_nominations(ref: str) -> Response:
    """The nominations of a contest: those to read, those that may be judged, those set aside."""
    campaign, pile = contest_of(actor(), ref), _pile()
    filters = NominationFilterForm().offer(mrcs(campaign.program.region))
    found = queries.nominations_of(campaign, actor(), pile, filters.asked("mrc"), request.args.get("suite"))
    shown = [(row.Nomination, queries.told_in(row.Nomination), said_digest(row.Nomination)) for row in found.rows]
    return page(
        "nominations/list_nominations.html", campaign=campaign, pile=pile, piles=PILES, counts=queries.counts_of(campaign, actor()),
        shown=shown, next_url=following(found), filters=filters, most=queries.MOST_COUNTED, approve=ApproveSeveralForm(),
    )  # fmt: skip


@pages.route("/personnel/concours/<ref>/nominations/approbation", methods=["POST"])
@audience(*STAFF)
def approve_nominations(ref: str) -> Answer:
    """Approve those of the page that were ticked."""
    campaign, form = contest_of(actor(), ref), ApproveSeveralForm()
    form.chosen.choices = [(value, value) for value in request.form.getlist("chosen")]
    digests = form.digests() if form.validate() else {}
    chosen = [nomination_of(actor(), one) for one in digests]
    count = reading_actions.approve_nominations(chosen, digests, by=actor())
    say(_n("%(num)s nomination est approuvée.", "%(num)s nominations sont approuvées.", count))
    if count < len(chosen):
        say(_("Les autres ont changé depuis que vous les avez vues : relisez-les."))
    return go("nominations.list_nominations", ref=campaign.ref)


@pages.route("/personnel/concours/<ref>/nominations.csv")
@audience(*STAFF)
def download_nominations(ref: str) -> Response:
    """The pile that is listed, as CSV, line by line."""
    campaign = contest_of(actor(), ref)
    rows = reading_exports.nominations_csv(campaign, actor(), _pile(), request.args.get("mrc"))
    answer = Response(stream_with_context(rows), mimetype=CSV)
    answer.headers.set("Content-Disposition", "attachment", filename="nominations.csv")
    return answer


@pages.route("/personnel/concours/<ref>/nominations.xlsx")
@audience(*STAFF)
def download_nominations_workbook(ref: str) -> Response:
    """The same, as a workbook."""
    campaign = contest_of(actor(), ref)
    made = reading_exports.nominations_xlsx(campaign, actor(), _pile(), request.args.get("mrc"))
    return download(made, XLSX, "nominations.xlsx")


@pages.route("/personnel/nominations/<ref>")
@audience(*STAFF)
def read_nomination(ref: str) -> Response:
    """One nomination, and what can be done with it."""
    nomination = nomination_of(actor(), ref)
    return page(
        "nominations/read_nomination.html", nomination=nomination, told=queries.told_in(nomination), strikes=STRIKES,
        form=ReadForm(digest=said_digest(nomination)), struck=queries.strikes_of(nomination), history=audit.history(nomination),
        following=queries.next_held(nomination, actor()), level=level_label(nomination.level),
    )  # fmt: skip


@pages.route("/personnel/nominations/<ref>/approbation", methods=["POST"])
@audience(*STAFF)
def approve_nomination(ref: str) -> Answer:
    """Let it be judged; the next one to read follows."""
    nomination = nomination_of(actor(), ref)
    reading_actions.approve_nomination(nomination, digest=ReadForm().digest.data or "", by=actor())
    say(_("La nomination de %(name)s est approuvée.", name=nomination.boss.name))
    return _on(nomination)


@pages.route("/personnel/nominations/<ref>/mise-de-cote", methods=["GET", "POST"])
@audience(*STAFF)
def set_aside_nomination(ref: str) -> Response | Answer:
    """Set it aside; the next one to read follows."""
    nomination, form = nomination_of(actor(), ref), SetAsideNominationForm()
    if form.validate_on_submit():
        with form.held():
            reading_actions.set_aside_nomination(nomination, form.reason.data, by=actor())
            say(_("La nomination de %(name)s est mise de côté.", name=nomination.boss.name))
            return _on(nomination)
    return page("nominations/set_aside_nomination.html", form=form, nomination=nomination, told=queries.told_in(nomination))


@pages.route("/personnel/nominations/<ref>/caviardage", methods=["GET", "POST"])
@audience(*STAFF)
def strike_nomination(ref: str) -> Response | Answer:
    """Strike words out."""
    nomination = nomination_of(actor(), ref)
    told = queries.told_in(nomination)
    form = StrikeNominationForm().offer(nomination, told)
    if form.validate_on_submit():
        with form.held():
            reading_actions.strike_nomination(nomination, *form.chosen(told), digest=form.digest.data or "", by=actor())
            return go("nominations.read_nomination", ref=ref)
    return page("nominations/strike_nomination.html", form=form, nomination=nomination, told=told)


def _on(nomination: Nomination) -> Answer:
    following = queries.next_held(nomination, actor())
    if following is None:
        return go("nominations.list_nominations", ref=nomination.campaign.ref)
    return go_to(url_for("nominations.read_nomination", ref=following.ref))


def _pile() -> Pile:
    asked = request.args.get("voir", "")
    return Pile(asked) if asked in set(Pile) else Pile.HELD
