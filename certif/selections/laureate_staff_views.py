"""The team names laureates, prepares what is said of each, asks them to be named, replaces one, and tells the results."""

from __future__ import annotations

from flask import Response
from werkzeug import Response as Answer
from werkzeug.exceptions import NotFound

from certif.kit import audit
from certif.kit.access import actor, audience
from certif.kit.languages import _, _n
from certif.kit.web import go, page, say
from certif.selections import laureate_actions, laureate_agreements, laureate_queries
from certif.selections.laureate_actions import NAMERS
from certif.selections.laureate_forms import AskAgreementForm, LaureateForm, ReplaceLaureateForm, WithdrawLaureateForm
from certif.selections.laureate_queries import HONOURERS, category_name, laureate_of, next_in_line
from certif.selections.laureate_views import picture
from certif.selections.model import Laureate
from certif.selections.phase_entries import ref_of
from certif.selections.phase_queries import campaign_of, title_of
from certif.selections.views import pages


@pages.route("/personnel/concours/<ref>/laureats", methods=["POST"])
@audience(*NAMERS)
def name_laureates(ref: str) -> Answer:
    """Name the laureates of a contest."""
    named = laureate_actions.name_laureates(campaign_of(actor(), ref), by=actor())
    say(_n("%(num)s lauréat est nommé.", "%(num)s lauréats sont nommés.", len(named)))
    return go("selections.show_choosing", ref=ref)


@pages.route("/personnel/concours/<ref>/resultats", methods=["POST"])
@audience(*NAMERS)
def release_results(ref: str) -> Answer:
    """Tell the results to everyone."""
    laureate_actions.release_results(campaign_of(actor(), ref), by=actor())
    say(_("Les résultats sont publics."))
    return go("selections.show_choosing", ref=ref)


@pages.route("/personnel/laureats/<ref>")
@audience(*HONOURERS)
def show_laureate(ref: str) -> Response:
    """One laureate: what is said of it, what it agreed to, whether it is certified."""
    laureate = laureate_of(actor(), ref)
    return page(
        "selections/show_laureate.html", laureate=laureate, title=title_of(laureate.campaign), names=_names(laureate),
        category=category_name(laureate.campaign, laureate.category), states=laureate_agreements.states_of(laureate),
        sides=laureate_agreements.sides_of(laureate), is_certified=laureate_queries.is_certified(laureate),
        history=audit.history(laureate),
    )  # fmt: skip


@pages.route("/personnel/laureats/<ref>/modification", methods=["GET", "POST"])
@audience(*HONOURERS)
def edit_laureate(ref: str) -> Response | Answer:
    """Write what is printed and read aloud of a laureate."""
    laureate = laureate_of(actor(), ref)
    form = LaureateForm(obj=laureate)
    if form.validate_on_submit():
        with form.held():
            laureate_actions.prepare_laureate(laureate, form.words(), form.content(), by=actor())
            say(_("C’est enregistré."))
            return go("selections.show_laureate", ref=ref)
    return page("selections/edit_laureate.html", form=form, laureate=laureate)


@pages.route("/personnel/laureats/<ref>/photo.png", bilingual=False)
@audience(*HONOURERS)
def show_photo(ref: str) -> Response:
    """The photo of a laureate, for the team."""
    laureate = laureate_of(actor(), ref)
    if laureate.photo_digest is None:
        raise NotFound
    return picture(laureate.photo_digest)


@pages.route("/personnel/laureats/<ref>/accord/<side>", methods=["GET", "POST"])
@audience(*HONOURERS)
def ask_agreement(ref: str, side: str) -> Response | Answer:
    """Ask the student, or the employer, to agree to be named."""
    laureate = laureate_of(actor(), ref)
    if side not in laureate_agreements.sides_of(laureate):
        raise NotFound
    form = AskAgreementForm(email=laureate_agreements.address_of(laureate, side))
    if form.validate_on_submit():
        with form.held():
            laureate_agreements.ask_agreement(laureate, side, form.email.data or "", language=form.spoken.data, by=actor())
            say(_("Le courriel est en route."))
            return go("selections.show_laureate", ref=ref)
    return page("selections/ask_agreement.html", form=form, laureate=laureate, side=side)


@pages.route("/personnel/laureats/<ref>/retrait", methods=["GET", "POST"])
@audience(*NAMERS)
def withdraw_laureate(ref: str) -> Response | Answer:
    """Say that a laureate is one no more."""
    laureate, form = laureate_of(actor(), ref), WithdrawLaureateForm()
    if form.validate_on_submit():
        with form.held():
            laureate_actions.withdraw_laureate(laureate, form.reason.data or "", by=actor())
            say(_("Ce lauréat est retiré. Vous pouvez nommer le suivant du classement."))
            return go("selections.show_laureate", ref=ref)
    return page("selections/withdraw_laureate.html", form=form, laureate=laureate)


@pages.route("/personnel/laureats/<ref>/remplacement", methods=["GET", "POST"])
@audience(*NAMERS)
def replace_laureate(ref: str) -> Response | Answer:
    """Name the next of the ranking in the place of a laureate that was withdrawn."""
    laureate = laureate_of(actor(), ref)
    following = next_in_line(laureate)
    form = ReplaceLaureateForm().offer(following)
    if form.validate_on_submit():
        with form.held():
            chosen = next(pick for pick in following if ref_of(pick) == form.entry.data)
            named = laureate_actions.replace_laureate(laureate, chosen, by=actor())
            return go("selections.show_laureate", ref=named.ref)
    return page("selections/replace_laureate.html", form=form, laureate=laureate, following=following)


def _names(laureate: Laureate) -> bool:
    return actor().holds(laureate.campaign.program_id, *NAMERS)
