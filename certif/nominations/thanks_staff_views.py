"""Thanks as staff see them: who was thanked and how, the cards to print, and those that were handed over."""

from __future__ import annotations

from flask import Response, request
from werkzeug import Response as Answer
from werkzeug.exceptions import NotFound

from certif.kit.access import STAFF, actor, audience
from certif.kit.filters import following
from certif.kit.languages import _n
from certif.kit.web import download, go, page, say
from certif.nominations import thanks_actions, thanks_papers
from certif.nominations import thanks_queries as queries
from certif.nominations.boss_queries import boss_of, contest_of
from certif.nominations.desk_model import Thanks
from certif.nominations.reading_queries import approved_of
from certif.nominations.thanks_forms import HandOverForm
from certif.nominations.views import pages


@pages.route("/personnel/concours/<ref>/remerciements")
@audience(*STAFF)
def list_thanks(ref: str) -> Response:
    """Who was thanked, and the cards that wait to be handed over."""
    campaign, shows_all = contest_of(actor(), ref), request.args.get("voir") == "tous"
    found = queries.thanks_of(campaign, actor(), waiting=not shows_all, after=request.args.get("suite"))
    waiting, cards = queries.count_waiting(campaign, actor()), queries.cards_waiting(campaign, actor())
    form = HandOverForm(last=queries.place_of(cards[-1]) if cards else "")
    return page(
        "nominations/list_thanks.html", campaign=campaign, found=found, next_url=following(found), waiting=waiting, shows_all=shows_all,
        most=queries.MOST_CARDS, form=form,
    )  # fmt: skip


@pages.route("/personnel/concours/<ref>/remerciements.pdf")
@audience(*STAFF)
def download_cards(ref: str) -> Response:
    """The cards that wait, in one file to print on both sides."""
    campaign = contest_of(actor(), ref)
    cards = [(one.boss, Thanks(one.kind)) for one in queries.cards_waiting(campaign, actor())]
    if not cards:
        raise NotFound
    return download(thanks_papers.cards_pdf(campaign, cards), "application/pdf", "cartes.pdf")


@pages.route("/personnel/boss/<ref>/carte.pdf")
@audience(*STAFF)
def download_card(ref: str) -> Response:
    """The card of one boss."""
    boss = boss_of(actor(), ref)
    if not approved_of(boss, 1):
        raise NotFound
    return download(thanks_papers.cards_pdf(boss.campaign, [(boss, Thanks.NAMED)]), "application/pdf", "carte.pdf")


@pages.route("/personnel/concours/<ref>/remerciements/remise", methods=["POST"])
@audience(*STAFF)
def hand_over_cards(ref: str) -> Answer:
    """Note that the cards of the last file were handed over."""
    campaign = contest_of(actor(), ref)
    count = thanks_actions.hand_over_cards(queries.cards_waiting(campaign, actor(), HandOverForm().last.data or ""), by=actor())
    say(_n("%(num)s carte est notée comme remise.", "%(num)s cartes sont notées comme remises.", count))
    return go("nominations.list_thanks", ref=ref)
