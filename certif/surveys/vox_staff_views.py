"""The team reads the words of students: strikes what must not be read, publishes, sets aside, withdraws."""

from __future__ import annotations

from flask import Response, request, url_for
from werkzeug import Response as Answer

from certif.kit import audit
from certif.kit.access import actor, audience
from certif.kit.languages import _
from certif.kit.striking import digest_of
from certif.kit.web import go, page, say
from certif.surveys import vox_actions
from certif.surveys import vox_queries as queries
from certif.surveys.running_queries import RUNNERS, survey_of, title_of
from certif.surveys.views import pages
from certif.surveys.vox_forms import PublishWordsForm, StrikeWordsForm, WordsReasonForm
from certif.surveys.vox_queries import PILES, Pile, vox_of, words_of


@pages.route("/personnel/sondages/<ref>/mots")
@audience(*RUNNERS)
def list_words(ref: str) -> Response:
    """The words of students of a survey: those to read, those that anyone reads, those set aside."""
    survey, asked = survey_of(actor(), ref, *RUNNERS), request.args.get("voir", "")
    pile = Pile(asked) if asked in set(Pile) else Pile.HELD
    found = words_of(survey, pile, request.args.get("suite"))
    here = url_for("surveys.list_words", ref=ref, voir=pile.value)
    next_url = f"{here}&suite={found.next}" if found.next else None
    return page(
        "surveys/list_words.html", survey=survey, title=title_of(survey), pile=pile, piles=PILES, found=found, here=here, next_url=next_url
    )


@pages.route("/personnel/mots/<ref>")
@audience(*RUNNERS)
def show_words(ref: str) -> Response:
    """The words of one student, and what can be done with them."""
    vox = vox_of(actor(), ref)
    form = PublishWordsForm(digest=digest_of(vox.words))
    return page("surveys/show_words.html", vox=vox, title=title_of(vox.survey), form=form, history=audit.history(vox))


@pages.route("/personnel/mots/<ref>/publication", methods=["POST"])
@audience(*RUNNERS)
def publish_words(ref: str) -> Answer:
    """Let anyone read them."""
    vox = vox_of(actor(), ref)
    vox_actions.publish_words(vox, digest=PublishWordsForm().digest.data or "", by=actor())
    say(_("Ces mots sont publiés."))
    return go("surveys.list_words", ref=vox.survey.ref)


@pages.route("/personnel/mots/<ref>/caviardage", methods=["GET", "POST"])
@audience(*RUNNERS)
def strike_words(ref: str) -> Response | Answer:
    """Strike some of them out."""
    vox = vox_of(actor(), ref)
    form = StrikeWordsForm().offer(vox.words)
    if form.validate_on_submit():
        with form.held():
            vox_actions.strike_words(vox, *form.chosen(), digest=form.digest.data or "", by=actor())
            return go("surveys.show_words", ref=ref)
    return page("surveys/strike_words.html", form=form, vox=vox, title=title_of(vox.survey))


@pages.route("/personnel/mots/<ref>/mise-de-cote", methods=["GET", "POST"])
@audience(*RUNNERS)
def set_aside_words(ref: str) -> Response | Answer:
    """Set them aside."""
    vox, form = vox_of(actor(), ref), WordsReasonForm()
    if form.validate_on_submit():
        with form.held():
            vox_actions.set_aside_words(vox, form.reason.data, by=actor())
            say(_("Ces mots sont mis de côté."))
            return go("surveys.list_words", ref=vox.survey.ref)
    return page("surveys/set_aside_words.html", form=form, vox=vox, title=title_of(vox.survey))


@pages.route("/personnel/mots/<ref>/retrait", methods=["GET", "POST"])
@audience(*RUNNERS)
def withdraw_words(ref: str) -> Response | Answer:
    """Show them no longer."""
    vox, form = vox_of(actor(), ref), WordsReasonForm()
    if form.validate_on_submit():
        with form.held():
            vox_actions.withdraw_words(vox, form.reason.data, by=actor())
            say(_("Ces mots ne se lisent plus sur le portrait."))
            return go("surveys.list_words", ref=vox.survey.ref, voir=queries.Pile.PUBLISHED.value)
    return page("surveys/withdraw_words.html", form=form, vox=vox, title=title_of(vox.survey))
