"""What is known of me: the page of anyone who is signed in."""

from __future__ import annotations

from flask import Response
from werkzeug import Response as Answer

from certif.kit.access import Role, actor, audience
from certif.kit.clock import today
from certif.kit.languages import _
from certif.kit.web import Pages, download, go, page, say
from certif.privacy import actions, queries
from certif.privacy.forms import AskForm
from certif.privacy.holdings import WORDS

pages = Pages("privacy", __name__)

JSON = "application/json"


@pages.route("/compte/renseignements", methods=["GET", "POST"])
@audience(Role.EMPLOYER)
def show_mine() -> Response | Answer:
    """What is known of me, and asking about it."""
    form = AskForm()
    if form.validate_on_submit():
        with form.held():
            actions.ask_about_me(form.words.data, by=actor())
            say(_("Votre demande est partie. La réponse vous viendra par courriel, dans trente jours au plus."))
            return go("privacy.show_mine")
    return page("privacy/show_mine.html", form=form, found=queries.held_of(actor().email), asked=queries.requests_of(actor()), words=WORDS)


@pages.route("/compte/renseignements/copie", methods=["POST"], bilingual=False)
@audience(Role.EMPLOYER)
def take_mine() -> Response:
    """Everything that is known of me, as a file."""
    return download(queries.copy_of(actor().email), JSON, f"mes-renseignements-{today()}.json")
