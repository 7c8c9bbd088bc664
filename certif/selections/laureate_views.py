"""What anyone sees of laureates, and where one of them agrees to be named."""

from __future__ import annotations

from flask import Response, request
from werkzeug import Response as Answer

from certif.consents import PURPOSES
from certif.kit import sent_files
from certif.kit.access import ANYONE, VISITOR, audience
from certif.kit.filters import following
from certif.kit.languages import _, language
from certif.kit.limits import limiter
from certif.kit.web import anonymous, go, page, say
from certif.selections import laureate_agreements, laureate_queries
from certif.selections.laureate_forms import LaureateFilterForm
from certif.selections.phase_queries import title_of
from certif.selections.phase_views import kept
from certif.selections.views import pages

FILTERS = ("region", "mrc", "year", "category")
OFTEN = "600 per minute"


@pages.route("/laureats")
@audience(ANYONE)
@anonymous
def list_laureates() -> Response:
    """The laureates of every year, who agreed to be named."""
    form = LaureateFilterForm().offer(*laureate_queries.filters_offered())
    asked = {name: form.asked(name) for name in FILTERS}
    found = laureate_queries.public_laureates(asked, request.args.get("suite"))
    return kept(page("selections/list_laureates.html", form=form, found=found, next_url=following(found), is_narrowed=any(asked.values())))


@pages.route("/laureats/<ref>/photo.png", bilingual=False)
@limiter.limit(OFTEN)
@audience(ANYONE)
@anonymous
def show_laureate_photo(ref: str) -> Response:
    """The photo of a laureate, where everyone on it agreed to be seen."""
    return kept(picture(laureate_queries.public_photo(ref)))


@pages.route("/laureats/accord/<token>")
@audience(ANYONE)
def show_agreement(token: str) -> Response:
    """What a laureate is asked to agree to, each thing apart."""
    asked = laureate_agreements.invitation_behind(token)
    states = laureate_agreements.states_of(asked.laureate)
    texts = [
        (name, PURPOSES[name].text(language()), states[name] == "given")
        for name in laureate_agreements.sides_of(asked.laureate)[asked.side]
    ]
    return page("selections/show_agreement.html", asked=asked, texts=texts, token=token, title=title_of(asked.laureate.campaign))


@pages.route("/laureats/accord/<token>/<purpose>", methods=["POST"])
@audience(ANYONE)
def agree(token: str, purpose: str) -> Answer:
    """Agree to one thing."""
    laureate_agreements.agree(laureate_agreements.invitation_behind(token), purpose, language=language(), by=VISITOR)
    say(_("Merci, c’est noté."))
    return go("selections.show_agreement", token=token)


@pages.route("/laureats/accord/<token>/<purpose>/retrait", methods=["POST"])
@audience(ANYONE)
def disagree(token: str, purpose: str) -> Answer:
    """Take an agreement back."""
    laureate_agreements.disagree(laureate_agreements.invitation_behind(token), purpose, by=VISITOR)
    say(_("C’est retiré."))
    return go("selections.show_agreement", token=token)


def picture(digest: str) -> Response:
    """Answer with a kept picture that may never run as a page of ours."""
    answer = Response(sent_files.fetch(digest).content, mimetype="image/png")
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
